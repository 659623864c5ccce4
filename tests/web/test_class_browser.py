"""In a browser: a game by keyboard alone, a room with students and a teacher, pages for readers of any kind."""

import pytest

pytestmark = pytest.mark.browser
SEAT = "/seat/textbook/two-towns?lang=de&actor=north&seed=1&run=0"


def press(page, name, most=30):
    """Tab to something from where an address with `#now` leaves its reader, and press Enter."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({name!r})"):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"{name} cannot be reached")


def follow(page, name):
    """Press something with the mouse, and wait for where it leads."""
    with page.expect_navigation():
        page.click(name)


def open_room(page, address):
    page.goto(f"{address}/rooms?lang=en")
    follow(page, "main button")
    follow(page, "main button")
    return page.url.split("/r/")[1][:5]


def join(browser, address, code, nickname):
    """A student on a device of its own, small enough for a pocket."""
    found = browser.new_context(viewport={"width": 360, "height": 700}).new_page()
    found.goto(f"{address}/r/{code}?lang=en")
    found.fill("#nickname", nickname)
    follow(found, "form button")
    return found


def play_on(page):
    """Do nothing until the game is over."""
    over, move = page.locator("text=Your game is over"), page.locator("button[value=a]")
    over.or_(move).first.wait_for()
    while not over.count():
        follow(page, "button[value=a]")
        over.or_(move).first.wait_for()


def test_a_game_by_keyboard_alone(page, address):
    page.goto(f"{address}{SEAT}#now")
    while "/debrief" not in page.url:
        press(page, "button[value=a]")
    assert page.locator(".zone").count() == 1
    press(page, "a.button")
    assert "moves=" not in page.url
    page.go_back()
    assert "/debrief" in page.url
    assert all(one.startswith(address) for one in page.asked)
    assert not page.wrong


def test_a_room_with_students_and_a_teacher(page, browser, address):
    code = open_room(page, address)
    students = [join(browser, address, code, name) for name in ("Ada", "<b>Bo</b>", "Çelik")]
    page.wait_for_selector("text=<b>Bo</b>")
    for one in students[:2]:
        play_on(one)
    page.wait_for_selector("text=2 of 3 games are over")
    follow(page, "button[value=reveal]")
    students[0].wait_for_selector("text=Look back on your game")
    page.goto(f"{address}/r/{code}/board?lang=en")
    assert page.locator(".class-mark").count() > 0
    assert not page.wrong
    for one in students:
        one.context.close()


def test_two_against_each_other_each_on_a_device_of_its_own(page, browser, address):
    page.goto(f"{address}/seat/textbook/two-towns?lang=en")
    page.click("main summary")
    follow(page, "text=Begin, and get the link")
    other = browser.new_context().new_page()
    other.goto(page.inner_text(".address-small"))
    follow(other, "form button")
    page.wait_for_selector("button[value=o]")
    page.select_option("#package-o", "3")
    follow(page, "button[value=o]")
    other.wait_for_selector("button[value=w]")
    assert not page.wrong
    other.context.close()


def save(page, form, name):
    """What is saved of a chart, and what its file is called."""
    with page.expect_download() as found:
        page.locator(f"[data-save={form}][data-name={name}]").first.click()
    return found.value.path().read_bytes(), found.value.suggested_filename


def test_a_chart_is_saved_alone_with_what_it_shows(page, address):
    page.emulate_media(color_scheme="dark")
    page.goto(f"{address}/explore/textbook/two-towns?lang=en&set=agreement_durability.paper_share=0.9")
    page.wait_for_selector("#results:not([aria-busy])")
    drawn, called = save(page, "svg", "shares")
    text = drawn.decode()
    assert called == "two-towns-shares.svg"
    for said in (page.inner_text("#shares-head"), "Two towns and a river", "changed: ", "52 weeks", "seed ", "Not a"):
        assert said in text, said
    assert 'fill="#ffffff"' in text, "dark on white, whatever the page is"
    assert "The same as a table" not in text
    assert text.count("<path") >= page.locator("#shares-head ~ .rows .row-chart .dot").count() > 0
    assert save(page, "png", "weeks")[0].startswith(b"\x89PNG")
    rows = save(page, "csv", "shares")[0].decode("utf-8-sig").splitlines()
    assert rows[1].startswith('"Outcome","')
    page.goto(f"{address}/lessons/veto?lang=de")
    page.locator("input[type=radio]").first.check()
    page.locator(".reveal > summary").first.click()
    label = page.locator(".step-chart .row-label").first.inner_text()
    assert label.split()[0] in save(page, "svg", "veto-1")[0].decode(), "inside of what is folded out"
    assert all(one.startswith(address) for one in page.asked)
    assert not page.wrong


def test_dots_move_from_where_they_were_unless_less_motion_is_wanted(page, address):
    moving = "document.getAnimations().filter(one => one.effect.target.matches('.dot')).length"
    for motion, moves in (("reduce", False), ("no-preference", True)):
        page.emulate_media(reduced_motion=motion)
        page.goto(f"{address}/lessons/words-and-deeds?lang=en")
        for number in range(2):
            step = page.locator(".step").nth(number)
            step.locator("input[type=radio]").first.check()
            step.locator(".reveal").evaluate("one => { one.open = true; }")
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert (page.evaluate(moving) > 0) == moves


def look_at(page, width, scheme):
    """What axe finds on a page as it stands, with everything opened; and that it is no wider than its window."""
    from axe_playwright_python.sync_playwright import Axe

    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    found = [(one["id"], one["nodes"][0]["html"][:200]) for one in Axe().run(page).response["violations"]]
    assert not found, page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def test_axe_finds_nothing_on_any_page_of_a_class(page, address):
    code = open_room(page, address)
    paths = [
        "/seat/textbook/three-parties",
        f"{SEAT}&moves=op3-w",
        f"{SEAT.replace('?', '/debrief?')}&moves=op3-w",
        f"/r/{code}",
        f"/r/{code}/teacher",
        f"/r/{code}/board",
        f"/r/{code}/watch",
        "/lessons/veto/guided/alaska-budapest?care=read",
        "/lessons/veto/teacher/alaska-budapest?care=read",
        "/replay/case/textbook/two-towns",
        "/rooms",
        "/rooms/new?case=textbook/three-parties",
        "/seat/alaska-budapest",
        "/explore/textbook/three-parties?set=levers.nothing=1",
    ]
    for number, path in enumerate(paths):
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang=de")
        look_at(page, 360 if number % 2 else 1920, "dark" if number % 3 else "light")
    page.goto(f"{address}/r/{code}?lang=de")
    page.fill("#nickname", "Çelik")
    follow(page, "form button")
    look_at(page, 360, "dark")
    page.emulate_media(media="print")
    assert not page.locator(".bar").is_visible()
