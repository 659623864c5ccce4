"""Lessons: every textbook case says what it shows, its runs are as expected, and what one may try can be tried."""

import re

import pytest
from typer.testing import CliRunner

import sim
from sim.cli.app import app
from sim.errors import ScenarioError
from sim.i18n.messages import use_language
from sim.loading.translations import translate_case

CASES = (
    "two-towns", "split-the-pie", "no-zone", "three-parties", "empty-threat", "logrolling", "strike", "two-orders",
    "four-papers",
)  # fmt: skip
"""All of them; runs are the cases' own, 400 each, with their own seed, so that nothing here is left to luck."""


@pytest.fixture(scope="module")
def played():
    return {name: sim.run(f"textbook/{name}", workers=1) for name in CASES}


def test_the_list_says_what_each_case_shows():
    shows = {row.scenario: row.shows for row in sim.list_scenarios().rows}
    assert all(shows[f"textbook/{name}"] for name in CASES)
    assert shows["alaska-budapest"]
    said = CliRunner().invoke(app, ["list"]).stdout
    assert "textbook/strike shows: Who would both settle today strikes only while" in said


@pytest.mark.parametrize("name", CASES)
def test_runs_are_as_expected(name, played):
    seen = played[name].expectations
    assert seen
    assert [one.key for one in seen if not one.met] == []


@pytest.mark.parametrize("name", CASES)
def test_what_one_may_try_can_be_tried(name):
    found = sim.load_scenario(f"textbook/{name}").scenario
    for attempt in found.attempts.values():
        assert sim.load_scenario(f"textbook/{name}", changes=attempt.changes).scenario != found


@pytest.mark.parametrize("name", CASES)
def test_a_lesson_is_said_in_german_too(name):
    case = sim.load_scenario(f"textbook/{name}").case
    german, lacking = translate_case(case, "de")
    assert lacking == ()
    assert german.scenario.shows != case.scenario.shows
    for key, one in case.scenario.expected.items():
        assert german.scenario.expected[key].label != one.label


def test_expected_stands_beside_seen_on_the_terminal_and_the_page(tmp_path):
    said = CliRunner().invoke(app, ["run", "textbook/strike", "--out", str(tmp_path), "--workers", "1", "--no-sweeps"])
    assert said.exit_code == 0
    row = next(line for line in said.stdout.splitlines() if "nobody signs before" in line)
    assert "not before week 13" in row
    assert re.search(r"first in week 1[3-9] ", row)
    assert "zopa run textbook/strike --set 'actors.north.interests.conflict_cost=*2'" in said.stdout
    (page,) = tmp_path.rglob("report.html")
    text = page.read_text(encoding="utf-8")
    assert "What this case shows" in text
    assert "not before week 13" in text


def test_a_changed_case_is_compared_with_nothing():
    assert (
        sim.run("textbook/no-zone", changes="actors.north.interests.optimism=0", runs=20, workers=1).expectations == ()
    )
    assert sim.run("textbook/no-zone", horizon=5, runs=20, workers=1).expectations == ()


def test_an_expectation_that_is_not_met_is_told():
    found = sim.run("textbook/logrolling", runs=20, workers=1)
    wrong = found.manifest.text | {"expected": {"middle": {
        "label": "they halve both", "agreed": {"rent": ["half"]}, "at_least": 0.5, "assumed": "wrong"}}}  # fmt: skip
    changed = sim.EnsembleResult(type(found.results)(found.manifest.model_copy(update={"text": wrong}), found.views))
    (seen,) = changed.expectations
    assert (seen.met, seen.share.share) == (False, 0.0)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (
            "{label: x, outcomes: [strikes], at_least: 1, assumed: x}",
            "expected.x.outcomes: no outcome 'strikes'",
        ),
        ("{label: x, agreed: {raise: [ten]}, at_least: 1, assumed: x}", "expected.x.agreed.raise"),
        ("{label: x, agreed: {rise: [two]}, at_least: 1, assumed: x}", "expected.x.agreed"),
        ("{label: x, outcomes: [strike], assumed: x}", "need `at_least` or `at_most`"),
        ("{label: x, at_least: 1, assumed: x}", "say one of"),
        ("{label: x, outcomes: [strike], at_least: 1}", "say where it comes from"),
    ],
)
def test_what_cannot_be_expected_is_refused(wrong, says, tmp_path):
    strike = sim.load_scenario("textbook/strike").case.path
    file = tmp_path / "wrong.yaml"
    file.write_text(f"extends: {strike}\nexpected:\n  x: {wrong}\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match=re.escape(says)):
        sim.load_scenario(file)


def test_german_is_spoken_on_the_page(played, tmp_path):
    found = played["no-zone"]
    folder = found.save(tmp_path / "kept")
    with use_language("de"):
        text = sim.report(folder, lang="de", workers=1).path.read_text(encoding="utf-8")
    assert "Was dieser Fall zeigt" in text
    assert "Zwei Optimisten." in text
