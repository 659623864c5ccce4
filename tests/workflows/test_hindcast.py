"""Hindcast: shares of events beside what happened, wrong histories, and that nothing else can open them."""

import datetime
import json
import sys
from dataclasses import replace

import numpy as np
import pytest

import sim
from analysis.methods.hindcast import ComparedEvent, Hindcast
from analysis.report.hindcast import list_statements
from sim.experiments.event_chances import RungCounts, count_rungs
from sim.loading.loader import load_case
from sim.schema.loaded_case import ALWAYS
from sim.schema.scored_event import ScoredEvent
from sim.workflows.load_scenario import resolve_case
from sim.workflows.scored_events import plan_events, read_case_history
from tests.architecture.tree import ROOT
from tests.cli.test_cli import expect_refusal, well, zopa  # noqa: F401 - the fixture
from tests.theory.simulate import play_weekly, world

SCORED = """
scored:
  agreed:
    label: "The villages agree"
    label_in: {de: "Die Dörfer einigen sich"}
    date: "2031-03-01/2031-05-30"
    known_since: "2031-05-01"
    coding: [1]
    because: [dale-is-patient]
    rungs:
      - {label: agreed, steps: [{event: signed}]}
    forecasts:
      stated: {chance: 0.25, because: [hill-carries-water]}
  threatened:
    label: "Hill threatens"
    date: "2031-03-01/2031-05-30"
    known_since: "2031-05-02"
    coding: [0, 1]
    assumed: invented for a test
    rungs:
      - {label: threatened, steps: [{event: threaten, by: hill}]}
  later:
    label: "The villages agree later"
    date: "2031-06-01/2031-07-30"
    assumed: invented for a test
    rungs:
      - {label: agreed, steps: [{event: signed}]}
"""
RUNS = {"runs": 30, "workers": 1}


@pytest.fixture
def scored(well):  # noqa: F811 - the fixture
    """The small case with events to score."""
    (well / "history.yaml").write_text(SCORED, encoding="utf-8")
    return well


def test_the_command_scores_what_is_known_and_leaves_open_events_out(scored):
    done = zopa("hindcast", scored, "--runs", 30, "--workers", 1, "--json")
    found = json.loads(done.stdout)
    assert list(found["events"]) == ["agreed", "threatened"]
    assert {one["coding"] for one in found["scores"]} == {"clear", "lower", "higher"}
    (stated,) = [one for one in found["outside_scores"]["stated"] if one["forecaster"] == "stated"]
    assert stated["brier"] == {"mean": 0.5625, "error": None}
    agreed = found["events"]["agreed"]["views"]["wide"]
    assert sum(agreed["counts"]) == agreed["runs"] == 30
    assert agreed["shares"][1] == pytest.approx((agreed["counts"][1] + 0.5) / 31)


def test_text_page_and_rows_say_the_same_in_both_languages(scored):
    english = sim.hindcast(scored, to="found.html", **RUNS)
    (scored / "texts").mkdir()
    (scored / "texts" / "de.yaml").write_text("views: {wide: {label: Weite Vorannahmen}}\n", encoding="utf-8")
    german = sim.hindcast(scored, lang="de", **RUNS)
    assert german.found.labels["wide"] == "Weite Vorannahmen"
    assert english.found.labels["wide"] == "Wide priors"
    page = (scored.parent / "found.html").read_text(encoding="utf-8")
    for one in list_statements(english.found):
        assert one in str(english)
        assert one.replace('"', "&quot;").replace("'", "&#x27;") in page
    assert "Die Dörfer einigen sich" in str(german)
    assert english.as_json()["scores"] == german.as_json()["scores"]


def test_a_run_is_on_the_highest_rung_that_it_reaches():
    found = load_case("textbook/two-towns").scenario
    steps = [{"event": "offer"}], [{"event": "signed"}]
    event = {"label": "x", "date": "2031-03-03/2031-06-01", "assumed": "for a test"}
    ladder = ScoredEvent.model_validate_json(
        json.dumps(event | {"rungs": [{"label": "y", "steps": one} for one in steps]})
    )
    single = {str(place): ladder.model_copy(update={"rungs": (rung,)}) for place, rung in enumerate(ladder.rungs)} | {
        "both": ladder,
        "none": ladder.model_copy(update={"given": ladder.rungs[1].steps}),
    }

    counts = count_rungs(found, 1, np.arange(40), single)
    assert counts["both"].counts[2] == counts["1"].counts[1] > 0
    assert counts["both"].runs == 40
    assert counts["none"].counts == (0, 0, counts["1"].counts[1])


def test_a_period_ends_where_it_says():
    found = load_case("textbook/two-towns").scenario

    whole = {"label": "x", "assumed": "for a test", "rungs": [{"label": "y", "steps": [{"event": "signed"}]}]}
    dates = {"first": "2031-03-03/2031-03-30", "rest": "2031-03-31/2032-02-28", "all": "2031-03-03/2032-02-28"}
    events = {name: ScoredEvent.model_validate_json(json.dumps(whole | {"date": date})) for name, date in dates.items()}
    counts = {name: one.counts[1] for name, one in count_rungs(found, 1, np.arange(60), events).items()}
    assert 0 < counts["first"] < counts["all"] <= counts["first"] + counts["rest"]


def make_event(steps, date="2031-03-17/2031-03-30", **more):
    whole = {"label": "x", "date": date, "assumed": "for a test", "rungs": [{"label": "y", "steps": steps}]}
    return ScoredEvent.model_validate_json(json.dumps(whole | more))


def test_only_the_weeks_of_the_period_count():
    """Two weeks, counted again by playing week by week."""
    found = load_case("textbook/two-towns").scenario
    weeks = [world(arrays, "signed_now") > 0.0 for arrays in play_weekly(found, 200, 9)]
    event = make_event([{"event": "signed"}])
    first, last = event.find_weeks(found.calendar.starts)
    inside = np.any(weeks[first - 1 : last], axis=0)
    assert 0 < inside.sum() < np.any(weeks[:last], axis=0).sum()
    assert weeks[last - 1].any()
    (counted,) = count_rungs(found, 1, np.arange(200), {"x": event}).values()
    assert counted.counts == (200 - inside.sum(), inside.sum())


def test_runs_without_what_is_given_are_left_out():
    found = load_case("textbook/two-towns").scenario
    given, steps = [{"event": "offer", "by": "north"}], [{"event": "signed"}]
    date = "2031-03-03/2031-03-09"
    events = {"all": make_event(steps, date), "given": make_event(given, date)}
    events["of-those"] = make_event(steps, date, given=given)
    counts = {name: one.counts for name, one in count_rungs(found, 1, np.arange(200), events).items()}
    assert 0 < counts["given"][1] < 200
    assert sum(counts["of-those"]) == counts["given"][1]
    assert counts["of-those"][1] <= counts["all"][1]


def test_half_a_run_is_added_to_every_possibility():
    assert RungCounts((3, 0)).shares == (3.5 / 4, 0.5 / 4)
    assert sum(RungCounts((3, 0, 5)).shares) == pytest.approx(1.0)


# ------------------------------------------------------------------------------------------- wrong histories

WRONG = [
    (
        'date: "2031-03-01/2031-05-30"',
        'date: "2031-03-01/9999-12-31"',
        "well/history.yaml:6: scored.agreed.date: 9999-12-31 is more than 520 weeks after the scenario begins; "
        "name days within 520 weeks of 2031-03-01",
    ),
    (
        "event: signed}",
        "event: sighed}",
        "well/history.yaml:11: scored.agreed.rungs[0].steps[0].event: the text 'sighed' is not one of the words known "
        "here; did you mean 'signed'?",
    ),
    (
        'date: "2031-03-01/2031-05-30"',
        'date: "2030-12-01/2031-05-30"',
        "well/history.yaml:6: scored.agreed.date: 2030-12-01 is before the scenario begins (2031-03-01); "
        "name days from 2031-03-01 on; what happened before stands above with `stands: before`",
    ),
    (
        'date: "2031-03-01/2031-05-30"',
        'date: "2031-05-30/2031-03-01"',
        "well/history.yaml:6: scored.agreed: `date` goes backwards; write 2031-03-01/2031-05-30",
    ),
    (
        'date: "2031-03-01/2031-05-30"',
        'date: "May 2031"',
        "well/history.yaml:6: scored.agreed: `date` is a period: two days joined by a slash, such as "
        "2031-03-01/2031-06-30",
    ),
    (
        "coding: [1]",
        "coding: [2]",
        "well/history.yaml:8: scored.agreed: `coding` is 0 for nothing, or the number of a rung, 1 to 1",
    ),
    (
        '    known_since: "2031-05-01"\n',
        "",
        "well/history.yaml:7: scored.agreed: `coding` and `known_since` belong together; leave both out while it is "
        "open",
    ),
    (
        "by: hill",
        "by: hil",
        "well/history.yaml:14: scored.threatened.by: no actor 'hil'; did you mean 'hill'?",
    ),
    (
        "[hill-carries-water]",
        "[hill-carries]",
        "well/history.yaml:13: scored.agreed.forecasts.stated.because: no claim 'hill-carries'; did you mean "
        "'hill-carries-water'?",
    ),
    (
        "chance: 0.25",
        "chance: 25",
        "well/history.yaml:13: scored.agreed.forecasts.stated.chance: must be at most 1, and is 25; write 15% as 0.15",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), WRONG)
def test_a_wrong_history_has_one_message(scored, old, new, said):
    file = scored / "history.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert expect_refusal(3, "hindcast", scored) == said
    assert said in zopa("check", scored).stderr


def test_a_case_without_events_says_so(well):  # noqa: F811 - the fixture
    said = "zopa: well has no events to score; write them under `scored:` in history.yaml beside it"
    assert expect_refusal(2, "hindcast", well) == said


# ----------------------------------------------------------------------------------------- what is computed

DAY = datetime.date(2031, 3, 1)
EVENT = ComparedEvent("x", ("y",), DAY, DAY, (1,), None, True, False)


def make_hindcast(chances, known):
    events = {str(place): replace(EVENT, in_hindsight=place < known) for place in range(8)}
    views = {name: dict.fromkeys(events, (1 - chance, chance)) for name, chance in chances.items()}
    return Hindcast(events, {name: name for name in chances}, views, (), {}, "2031-01-01")


def test_plain_forecasts_are_the_mean_of_sources_and_equal_shares():
    views = {"a": {"x": (0.2, 0.8)}, "b": {"x": (0.6, 0.4)}, "wide": {"x": (1.0, 0.0)}}
    found = Hindcast({"x": EVENT}, {name: name for name in views}, views, ("a", "b"), {}, "")
    assert {name: one["x"] for name, one in found.plain.items()} == {
        "mean-of-sources": pytest.approx((0.4, 0.6)),
        "even": (0.5, 0.5),
    }
    ladder = replace(EVENT, rungs=("low", "middle", "high"))
    alone = replace(found, events={"x": ladder}, sources=("a",))
    assert {name: one["x"] for name, one in alone.plain.items()} == {"even": (0.25,) * 4}


def test_what_the_last_text_could_know_is_known_in_hindsight(scored):
    """Known on the day of the last text, and a day later; played to the end of the longest period."""
    sources = scored / "sources.yaml"
    sources.write_text(sources.read_text("utf-8").replace("published: 2030", "published: 2031-05-01"), "utf-8")
    request = resolve_case(scored, None, (), (), ALWAYS)
    history = read_case_history(request)
    assert {key: history.describe(key).in_hindsight for key in ("agreed", "threatened")} == {
        "agreed": True,
        "threatened": False,
    }
    starts = history.case.scenario.calendar.starts
    assert plan_events(request, history.events, starts, 4, None).manifest.horizon_weeks == 22


def test_statements_follow_from_the_numbers():
    alike = " ".join(list_statements(make_hindcast({"A": 0.6, "B": 0.6}, 3)))
    assert "3 of 8 events were known" in alike
    assert "No two of the 2 source views can be told apart by these 8 events" in alike
    apart = " ".join(list_statements(make_hindcast({"A": 0.9, "B": 0.1}, 0)))
    assert "None of the 8 events was known" in apart
    assert "A and B, ambiguous events left out can be told apart: p 0.008" in apart
    assert "1 of 2 source views have a smaller mean Brier score" in apart


# -------------------------------------------------------------------------------- who can open the history

CITING = {"cite.py", "cite_passage.py", "view_from_text.py"}
"""Workflows that look claims and passages up, or write them down."""
ALLOWED = CITING | {"check_scenarios.py", "coverage.py", "forecast.py", "scored_events.py"}
"""Workflows that reach it: besides, two that check what is written, and what scores and registers."""


def test_one_module_names_the_file_and_few_workflows_reach_it():
    files = {path: path.read_text(encoding="utf-8") for path in (ROOT / "sim").rglob("*.py")}
    assert [path.name for path, text in files.items() if '"history.yaml"' in text] == ["history.py"]
    inside = {path for path, text in files.items() if "from sim.evidence" in text}
    assert {path.name for path in inside if path.parent.name != "evidence"} == ALLOWED


OPENED: list[str] = []
WATCHING = [False]


def _watch(event, arguments):
    if WATCHING[0] and event == "open" and isinstance(arguments[0], str):
        OPENED.append(arguments[0])


def test_whatever_plays_and_shows_runs_leaves_the_history_closed(scored):
    sys.addaudithook(_watch)
    WATCHING[0] = True
    try:
        sim.run(scored, out="kept", runs=5, horizon=3, workers=1, report=False)
        sim.play(scored, horizon=3)
        assert any(name.endswith("base.yaml") for name in OPENED)
        assert not [name for name in OPENED if name.endswith("history.yaml")]
        sim.hindcast(scored, **RUNS)
        assert [name for name in OPENED if name.endswith("history.yaml")]
    finally:
        WATCHING[0] = False
