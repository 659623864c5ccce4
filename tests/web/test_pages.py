"""Pages: what a class sees, in both languages, from the address alone."""

import datetime
import json
import re
from html import unescape
from html.parser import HTMLParser

import pytest
import yaml
from starlette.testclient import TestClient

from analysis.figures.number_text import format_share
from sim.loading.discovery import find_scenarios
from sim.loading.loader import list_views
from sim.web import case_lessons, explore_page, lesson_page, real_cases
from sim.web.app import make_app
from sim.web.case_lessons import find_case_answers
from sim.web.language import choose_language
from sim.web.lesson_files import Step, load_lessons
from sim.web.lesson_page import find_all
from sim.web.page_state import PageState
from sim.web.scenario_text import read_scenario
from sim.web.week_panels import list_week_ends
from sim.workflows.explore import Exploration, Explorer

HERE = "http://127.0.0.1:8765"
THREE = "/explore/textbook/three-parties"
VETO = "actors.east.veto_player.must_consent=null"


@pytest.fixture(scope="module")
def client():
    with TestClient(make_app(warm=False), base_url=HERE, client=("127.0.0.1", 5000)) as found:
        yield found


class Reader(HTMLParser):
    """Addresses, names of form fields and labels of a page."""

    def __init__(self, text):
        super().__init__()
        self.addresses, self.fields, self.labels, self.styles, self.ids = [], [], set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.addresses += [found[name] for name in ("href", "src", "action") if name in found]
        self.styles += [found["style"]] if "style" in found else []
        self.ids += [found["id"]] if "id" in found else []
        if tag in ("select", "input") and found.get("type") not in ("radio", "checkbox"):
            self.fields.append(found.get("id"))
        if tag == "label" and "for" in found:
            self.labels.add(found["for"])


@pytest.mark.parametrize("lang", ["en", "de"])
def test_start_lists_every_case_in_the_language(client, lang):
    page = client.get(f"/?lang={lang}").text
    assert f'<html lang="{lang}">' in page
    found = Reader(page).addresses
    assert all(PageState(one.name, lang).address() in found for one in find_scenarios())
    assert ("Drei Parteien" in page) == (lang == "de")


@pytest.mark.parametrize("path", ["/", "/lessons", "/lessons/veto", "/lessons/veto/teacher", THREE])
@pytest.mark.parametrize("lang", ["en", "de"])
def test_pages_load_nothing_from_elsewhere_and_label_every_field(client, path, lang):
    answer = client.get(path, params={"lang": lang})
    assert answer.status_code == 200
    page = Reader(answer.text)
    assert all(one.startswith(("/", "#")) for one in page.addresses), page.addresses
    assert not page.styles, "the content security policy refuses them"
    assert set(page.fields) <= page.labels
    assert len(page.ids) == len(set(page.ids))
    assert "set-cookie" not in answer.headers


def test_language_is_the_browsers_unless_the_address_says_otherwise(client):
    german = {"accept-language": "fr-FR,de-CH;q=0.8,en;q=0.5"}
    assert '<html lang="de">' in client.get("/lessons", headers=german).text
    assert '<html lang="en">' in client.get("/lessons?lang=en", headers=german).text
    assert choose_language("xx", "fr") == "en"


def test_a_lever_moves_the_chart_and_the_reference_stays_in_sight(client):
    before = client.get(f"{THREE}/results?lang=en").text
    after = client.get(f"{THREE}/results?lang=en&set={VETO}").text
    assert 'class="before"' not in before
    assert after.count('class="before"') > 3
    assert "by +99" in after
    assert "Effect and selection" in after
    assert 'role="status"' in after


def test_controls_stand_where_the_address_puts_them(client):
    page = client.get(f"{THREE}?set={VETO}&set=levers.fine.price=*2&lang=en").text
    assert "not needed</option>" in re.sub(r"\s+", " ", page).split("Consent of Sedge")[1].split("selected>")[1][:30]
    price = page.split('data-path="levers.fine.price"')[1][:700]
    assert 'value="1.0"' in price
    assert 'data-start="0.0"' in price


def test_what_was_set_is_a_scenario_file_and_comes_back(client):
    asked = f"set={VETO}&set=levers.fine.price=*2&lang=en"
    text = client.get(f"{THREE}/scenario.yaml?{asked}").text
    found = yaml.safe_load(text)
    assert found["extends"] == "three-parties"
    assert found["assume"]["levers"]["fine"]["price"]["value"] == 0.1
    assert found["changes"]["actors"]["east"]["veto_player"] == {"must_consent": None}
    state = read_scenario(text.encode(), "en")
    assert state.case == "textbook/three-parties"
    assert VETO in state.changes
    opened = client.post("/open?lang=en", content=text, headers={"origin": HERE})
    assert client.get(opened.json()["address"]).status_code == 200


def test_the_file_is_one_that_zopa_plays(client, tmp_path):
    from sim import load_scenario

    text = client.get(f"{THREE}/scenario.yaml?set=levers.fine.price=*2").text
    folder = next(one.path.parent for one in find_scenarios() if one.name == "textbook/three-parties")
    for path in [*folder.glob("*.yaml")]:
        (tmp_path / path.name).write_text(path.read_text("utf-8"), "utf-8")
    (tmp_path / "mine.yaml").write_text(text, "utf-8")
    assert load_scenario(tmp_path / "mine.yaml").scenario.levers["fine"].price.value == 0.1


@pytest.fixture(scope="module")
def explorer():
    found = Explorer()
    yield found
    found.close()


@pytest.mark.parametrize("name", list(load_lessons()))
def test_lessons_say_what_the_model_gives(explorer, name):
    lesson = load_lessons()[name]
    given = [finding.answer for finding, _ in find_all(lesson, explorer)]
    assert given == [step.expect for step in lesson.steps]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"compared": [], "against": {"label": {"en": "x", "de": "x"}, "count": "threats"}}, "not both"),
        ({"compared_label": {"en": "x", "de": "x"}}, "stands under `compared`"),
    ],
)
def test_a_step_is_compared_with_one_thing(given, says):
    whole = next(iter(load_lessons().values())).steps[0].model_dump() | {"compared": None}
    with pytest.raises(ValueError, match=says):
        Step.model_validate(whole | given)


def test_what_is_compared_is_named(client):
    page = client.get("/lessons/threat-call-reset?lang=en").text
    assert "To compare – Calls from Upton, without an ultimatum:" in page
    assert "Before – Ultimatums in a year:" in page


FLAGSHIP = "alaska-budapest"


@pytest.mark.parametrize("name", list(load_lessons()))
def test_versions_about_real_events_say_what_the_model_gives(explorer, name):
    own = real_cases.find_own_lesson(FLAGSHIP, name)
    assert find_case_answers(FLAGSHIP, own, explorer) == [step.expect for step in own.steps]
    assert sum(step.minutes for step in own.steps) <= 35
    assert any(step.changes for step in own.steps), "a knob"


@pytest.mark.parametrize(
    ("client_at", "switch", "sheet", "says"),
    [
        ("127.0.0.1", False, "guided", "Under every source view: "),
        ("127.0.0.1", False, "teacher", "Under every source view: "),
        ("192.0.2.7", True, "guided", "Under every source view: "),
        ("192.0.2.7", True, "handout", "□"),
        ("192.0.2.7", True, "teacher", "is shown at the computer on which zopa runs"),
        ("192.0.2.7", False, "guided", "A teacher may open a version about real events."),
        ("192.0.2.7", False, "handout", "A teacher may open a version about real events."),
    ],
)
def test_a_version_about_real_events_is_opened_by_the_teacher_alone(client_at, switch, sheet, says, monkeypatch):
    monkeypatch.setattr(case_lessons, "RUNS", 30)
    app = make_app(warm=False, real=switch)
    with TestClient(app, base_url=HERE, client=(client_at, 5000)) as asked:
        page = unescape(asked.get(f"/lessons/veto/{sheet}/{FLAGSHIP}?lang=en&care=read").text)
        missing = asked.get(f"/lessons/veto/{sheet}/textbook/strike?lang=en&care=read")
    assert says in page
    own = real_cases.find_own_lesson(FLAGSHIP, "veto")
    is_told = sheet == "guided" and "Under every" in page
    assert (own.steps[0].reveal.en in " ".join(page.split())) == is_told
    assert (own.caveat.en in " ".join(page.split())) == ("Under every" in page)
    assert missing.status_code == 404


def test_a_version_about_real_events_asks_every_source_view(client, monkeypatch):
    monkeypatch.setattr(case_lessons, "RUNS", 30)
    lesson = unescape(client.get("/lessons/sequencing?lang=de&real=yes").text)
    assert f'href="/lessons/sequencing/guided/{FLAGSHIP}?lang=de"' in lesson
    page = unescape(client.get(f"/lessons/sequencing/guided/{FLAGSHIP}?lang=de&care=read").text)
    own, views = real_cases.find_own_lesson(FLAGSHIP, "sequencing"), list_views(FLAGSHIP)
    assert page.count('class="step"') == len(own.steps)
    assert page.count('<div class="row-values">') == len(own.steps) * len(views)
    assert f'href="/explore/{FLAGSHIP}/treaty-first?care=read&lang=de"' in page
    for address in re.findall(r'class="button" href="(/explore/[^"]+)"', page):
        assert client.get(address).status_code == 200


REAL = "/lessons/threat-call-reset?lang=en"


@pytest.mark.parametrize(
    ("client_at", "switch", "query", "is_open"),
    [
        ("127.0.0.1", False, "", False),
        ("127.0.0.1", False, "&real=yes", True),
        ("192.0.2.7", False, "&real=yes", False),
        ("192.0.2.7", True, "", True),
    ],
)
def test_real_events_are_opened_by_the_teacher_alone(client_at, switch, query, is_open, tmp_path, monkeypatch):
    monkeypatch.setattr(real_cases, "RUNS", 30)
    app = make_app(warm=False, out=tmp_path, real=switch)
    with TestClient(app, base_url=HERE, client=(client_at, 5000)) as asked:
        page = asked.get(REAL + query).text
    assert ('href="/explore/alaska-budapest?lang=en"' in page) == is_open
    assert ("A note of care" in page) == is_open
    assert ("I am the teacher" in page) == (client_at == "127.0.0.1" and not is_open)


@pytest.mark.parametrize(
    "asked",
    [
        "/explore/alaska-budapest?set=levers.aid-cut.price=*2&lang=en",
        "/explore/alaska-budapest/zone?set=levers.aid-cut.price=*2&lang=en",
        "/replay/case/alaska-budapest?run=3&week=2&lang=en",
    ],
)
def test_a_note_of_care_stands_before_a_real_case_and_leads_on_to_what_was_asked_for(client, asked):
    care = client.get(asked).text
    assert "I have read this; open the case" in care
    assert "<figure" not in care
    assert 'type="range"' not in care
    onward = re.search(r'class="button" href="([^"]+)"', care)[1].replace("&amp;", "&")
    assert onward == asked.replace("&lang", "&care=read&lang")


@pytest.mark.parametrize("name", list(load_lessons()))
def test_a_lesson_fits_45_minutes_and_flips_a_result(name):
    lesson = load_lessons()[name]
    assert sum(step.minutes for step in lesson.steps) <= 35
    assert any(step.expect in ("less", "more") for step in lesson.steps)


@pytest.mark.parametrize("name", list(load_lessons()))
@pytest.mark.parametrize("sheet", ["", "/teacher", "/handout"])
def test_sheets_of_every_lesson(client, name, sheet):
    page = client.get(f"/lessons/{name}{sheet}?lang=de").text
    lesson = load_lessons()[name]
    assert lesson.title.de in page
    assert ("□" in page) == (sheet == "/handout")
    told = sheet != "/handout"
    assert (lesson.steps[0].reveal.de in " ".join(page.split()) or sheet == "/teacher") == told


@pytest.mark.parametrize("name", list(load_lessons()))
def test_every_reveal_has_a_chart_with_its_numbers_and_a_table(client, name):
    page = client.get(f"/lessons/{name}?lang=en").text
    for step in page.split('<section class="step"')[1:]:
        reveal = step.split('class="reveal"')[1].split("</section>")[0]
        values = re.findall(r'<div class="row-values">([^<]+)</div>', reveal)
        table = reveal.split("<table>")[1].split("</table>")[0]
        assert 1 <= len(values) <= 2
        assert reveal.count('class="dot view-') >= 2 * len(values), "each in the chart and in its legend"
        assert all(f"<td>{value}</td>" in table for value in values)
        assert values[-1] in reveal.split('class="big"')[1].split("</p>")[0]
        assert re.search(r'class="axis-title">(Share of runs|Per run|Per week|Week)<', reveal)
        ticks = re.search(r'<div class="ticks">(.*?)</div>', reveal)[1]
        end = float(re.findall(r"<span>([\d.]+)%?</span>", ticks)[-1])
        places = re.findall(r'<svg x="([\d.]+)%" y=', reveal.split("</figure>")[0])
        for place, value in zip(places, values, strict=True):
            assert float(place) / 100 * end == pytest.approx(
                float(re.search(r"[\d.]+", value)[0]), abs=0.51 if "%" in value else 0.051
            )


def test_weeks_are_read_off_with_their_dates(client):
    page = client.get("/lessons/veto?lang=en").text
    panels = page.split('class="weeks-read"')
    assert len(panels) == 4, "three steps ask for the state at the end"
    assert "<span>week 1<br>3 March 2031</span>" in panels[1]
    assert '<span class="between">week 13<br>26 May 2031</span>' in panels[1]
    weeks, names = (
        json.loads(unescape(re.search(rf'data-{one}="([^"]+)"', panels[2])[1])) for one in ("weeks", "names")
    )
    shares = json.loads(unescape(re.search(r'data-shares="([^"]+)"', panels[2])[1]))
    assert len(weeks) == len(shares)
    assert weeks[-1] == "week 52, from 23 February 2032"
    assert all(len(one) == len(names) for one in shares)
    view = next(
        iter(explore_page.explorer.play(Exploration("textbook/three-parties", runs=lesson_page.RUNS)).views.values())
    )
    expected = [int(one) / view.n_matching for one in view.by_week[-1]]
    assert shares[-1] == [format_share(one) if one else "" for one in expected]


@pytest.mark.parametrize("name", ["veto", "words-and-deeds", "ripening", "sequencing"])
def test_the_last_step_asks_all_source_views(name, monkeypatch):
    monkeypatch.setattr(real_cases, "RUNS", 30)
    lesson = load_lessons()[name]
    app = make_app(warm=False, real=True)
    with TestClient(app, base_url=HERE, client=("192.0.2.7", 5000)) as asked:
        page = asked.get(f"/lessons/{name}?lang=de").text.split('class="step real"')[1]
    views = list_views("alaska-budapest")
    assert page.count('<div class="row-values">') == len(views)
    answers = re.findall(r'type="radio" name="real-1" value="([^"]+)"', page)
    assert answers[-1] == "depends"
    assert re.search(r'data-answer="([^"]+)"', page)[1] in answers
    assert lesson.real.look.de in " ".join(unescape(page).split())
    assert lesson.real.caveat.de in " ".join(unescape(page).split())
    found = re.search(r'class="button" href="(/explore/[^"]+)"', page)[1]
    assert ("set=" in found) == bool(lesson.real.changes)
    assert page.count('class="before"') == (len(views) if lesson.real.changes or lesson.real.against else 0)


def test_the_last_step_is_answered_by_what_every_source_view_gives(client, monkeypatch):
    monkeypatch.setattr(real_cases, "RUNS", 30)
    page = client.get("/lessons/veto?lang=en&real=yes").text.split('class="step real"')[1]
    results = explore_page.explorer.play(Exploration("alaska-budapest", runs=30))
    agreed = [list(results.outcomes).index(key) for key in results.manifest.agreements]
    shares = [sum(view.count(one) for one in agreed) / view.n_matching for view in results.views.values()]
    answers = {next(key for below, key in lesson_page.BANDS if share < below) for share in shares}
    assert re.search(r'data-answer="([^"]+)"', page)[1] == (answers.pop() if len(answers) == 1 else "depends")
    said = re.findall(r'<div class="row-values">([^<]+)</div>', page)
    assert all(one.startswith(format_share(share)) for one, share in zip(said, shares, strict=True))


@pytest.mark.parametrize(
    ("last", "weeks"), [(1, [1]), (2, [1, 2]), (4, [1, 2, 4]), (8, [1, 2, 4, 6, 8]), (52, [1, 13, 26, 39, 52])]
)
def test_an_axis_of_weeks_has_dates_at_its_ends_middle_and_quarters(last, weeks):
    starts = datetime.date(2031, 3, 3)
    found = list_week_ends(starts, last)
    assert [one for one, _ in found] == [f"week {week}" for week in weeks]
    assert [date for _, date in found] == [
        f"{day.day} {day:%B %Y}" for day in (starts + datetime.timedelta(weeks=week - 1) for week in weeks)
    ]
