"""In a browser: levers move charts, by keyboard alone; no other host is asked; readers of any kind can use it."""

import time

import pytest

from sim.loading.discovery import find_scenarios
from sim.loading.extends import find_scenario_changes, resolve_extends
from sim.web import explore_page
from sim.web.page_state import PageState

pytestmark = pytest.mark.browser
THREE = "/explore/textbook/three-parties"
PAGES = ["/", "/lessons", "/lessons/veto", "/lessons/veto/teacher", "/lessons/veto/handout", THREE, "/nothing"]


def wait_for(page, holds):
    """Wait until something holds; the policy of the page lets no text become a script, so it is asked from outside."""
    end = time.monotonic() + 60
    while not page.evaluate(holds):
        assert time.monotonic() < end, holds
        page.wait_for_timeout(25)


def wait_until_drawn(page):
    wait_for(page, "Number(document.querySelector('#results').dataset.drawn || 0) > 0")


def test_a_lever_is_moved_by_the_keyboard_alone_and_nobody_else_is_asked(page, address):
    page.goto(f"{address}{THREE}?lang=en")
    before = page.inner_text(".status")
    page.focus("main")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.control')?.dataset.path") == (
            "actors.east.veto_player.must_consent"
        ):
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("ArrowDown")
    wait_until_drawn(page)
    wait_for(page, "document.querySelector('.status').textContent.includes('99')")
    assert page.inner_text(".status") != before
    assert "must_consent=null" in page.url
    page.reload()
    assert page.input_value("[data-path='actors.east.veto_player.must_consent'] select") != "[]"
    page.click("#reset")
    wait_until_drawn(page)
    assert "set=" not in page.url
    assert page.asked
    assert all(one.startswith(address) for one in page.asked)
    assert not page.wrong


def test_a_slider_ends_where_it_was_left(page, address):
    page.goto(f"{address}{THREE}?lang=de")
    slider = page.locator("[data-path='actors.north.interests.conflict_cost'] input")
    slider.focus()
    for _ in range(7):
        page.keyboard.press("ArrowRight")
    wait_for(page, "location.search.includes('conflict_cost=*3.364')")
    wait_until_drawn(page)
    assert slider.evaluate("one => one.value") == "1.75"
    assert slider.get_attribute("aria-valuetext") == "× 3,36"
    assert "3,364" in page.inner_text(".changed")
    assert not page.wrong


def test_what_was_set_without_a_control_stays_set(page, address):
    page.goto(f"{address}{THREE}?lang=en&set=levers.fine.label=a%20fine")
    page.select_option("[data-path='actors.east.veto_player.must_consent'] select", index=1)
    wait_until_drawn(page)
    assert "levers.fine.label=a+fine" in page.url


def test_a_lesson_asks_before_it_tells(page, address):
    page.goto(f"{address}/lessons/veto?lang=en")
    step = page.locator(".step").first
    step.locator(".reveal > summary").click()
    assert not step.locator(".big").is_visible()
    assert not page.locator(".step").nth(1).is_visible(), "it might give the answer away"
    step.locator("input[value=most]").check()
    step.locator(".reveal > summary").click()
    assert step.locator(".big").is_visible()
    assert "Not as you expected" in step.locator(".verdict").inner_text()
    step.locator("input[value=hardly]").check()
    assert step.locator(".verdict").inner_text() == "As you expected."
    step.locator("a.button").click()
    assert THREE in page.url


def test_a_lesson_to_its_end(page, address):
    page.goto(f"{address}/lessons/ripening?lang=de&real=yes")
    steps = page.locator(".step")
    for number in range(steps.count()):
        steps.nth(number).locator("input[type=radio]").first.check()
        steps.nth(number).locator(".reveal > summary").click()
        assert steps.nth(number).locator(".step-chart").is_visible()
    weeks = steps.first.locator(".over-weeks")
    weeks.locator("summary").click()
    said = weeks.locator(".read").inner_text()
    weeks.locator("input[type=range]").press("ArrowLeft")
    assert weeks.locator("output").inner_text().startswith("Woche 50, ab ")
    weeks.locator("input[type=range]").press("Home")
    assert weeks.locator(".read").inner_text() != said
    assert weeks.locator(".read").inner_text() in weeks.locator("input[type=range]").get_attribute("aria-valuetext")
    weeks.locator(".weeks").hover(position={"x": 400, "y": 70})
    assert not weeks.locator("output").inner_text().startswith("Woche 2,")
    assert not page.wrong


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page, address, path, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(f"{address}{path}?lang=de&real=yes&set=levers.fine.price=*0.1")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    found = Axe().run(page).response["violations"]
    assert not [(one["id"], one["nodes"][0]["html"][:200]) for one in found]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [360, 1400])
def test_no_page_is_wider_than_its_window(page, address, path, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}{path}?lang=de&real=yes")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_many_moves_are_answered_by_the_newest(page, address):
    page.goto(f"{address}{THREE}?lang=en")
    start, asked = time.monotonic(), len(page.asked)
    page.evaluate(
        """() => { const one = document.querySelector("[data-path='actors.south.interests.conflict_cost'] input");
        const tell = name => one.dispatchEvent(new Event(name, { bubbles: true }));
        for (let at = 0; at <= 8; at++) { one.value = at / 4; tell("input"); }
        tell("change"); }"""
    )
    wait_for(page, "location.search.includes('south.interests.conflict_cost=*4')")
    wait_until_drawn(page)
    assert len(page.asked) - asked <= 4
    assert time.monotonic() - start < 30


READ = """() => ({ set: new URL(location).searchParams.getAll("set"),
    moved: document.querySelectorAll(".control.is-moved").length,
    download: new URL(document.querySelector("#download").href).searchParams.getAll("set") })"""
NAMES = [one.name for one in find_scenarios() if not find_scenario_changes(resolve_extends(one.path))]


@pytest.fixture
def unplayed(monkeypatch):
    """Pages of cases whose results are those of one that is quickly played: what a page asks for is looked at."""
    played = explore_page.build_results(PageState("textbook/two-towns", runs=300))
    asked = []
    monkeypatch.setattr(explore_page, "build_results", lambda state: asked.append(state) or played)
    return asked


def test_what_nobody_touched_is_not_set(page, address, unplayed):
    """A start between two places of a slider was sent a whole step away: seven numbers of one case."""
    for name in NAMES:
        page.goto(f"{address}/explore/{name}?lang=en&care=read")
        page.click("#more-runs")
        wait_until_drawn(page)
        assert "care" not in page.url, "an address that is passed on leads to the note of care"
        slider = page.locator(".control input[type=range]").first
        assert page.evaluate(READ)["set"] == [], name
        slider.press("ArrowRight")
        wait_for(page, "location.search.includes('set=')")
        found = page.evaluate(READ)
        assert len(found["set"]) == found["moved"] == 1, name
        assert found["download"] == found["set"]
        page.click("#reset")
        wait_for(page, "!location.search.includes('set=')")
        assert page.evaluate(READ)["moved"] == 0
    assert {len(state.changes) for state in unplayed} == {0, 1}
    assert not page.wrong


@pytest.mark.parametrize(
    ("given", "said"),
    [("=0.0707", "0.0707"), ("={low: 1, high: 3, unit: worth/week}", "1 to 3"), ("=*0.1", "× 0.1"), ("=*9", "× 9")],
)
def test_what_a_file_has_set_is_shown_and_sent_as_it_is(page, address, unplayed, given, said):
    path = "actors.north.interests.conflict_cost"
    page.goto(f"{address}{THREE}?lang=en&set={path}{given}&set=levers.fine.scheduled_week=5")
    assert said in page.inner_text(f"[data-path='{path}'] output")
    assert "5" in page.locator("[data-path='levers.fine'] select option:checked").inner_text()
    page.click("#more-runs")
    wait_until_drawn(page)
    assert set(page.evaluate(READ)["set"]) == {f"{path}{given}", "levers.fine.scheduled_week=5"}
    page.click("#reset")
    wait_for(page, "!location.search.includes('set=')")
    assert page.evaluate(READ)["moved"] == 0
    assert not page.wrong
