"""The command that compares any pair: a case with a change, an answer or another view, and one case with another."""

import json
from pathlib import Path

import numpy as np
import pytest

import sim
from tests.cli.test_cli import expect_refusal, zopa

FLAGSHIP, VIEW = "alaska-budapest", "wide"
PRICE = "levers.oil-sanctions.price=*0.25"
NUMBERS = {"runs": 60, "horizon": 26, "workers": 1}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def compare(*scenarios, **how):
    """The lone scenario that is compared with the reference, and the results of both."""
    found = sim.compare(list(scenarios), **{"view": VIEW, **NUMBERS, **how})
    (one,) = found.comparison.scenarios.values()
    return one, found.results


def test_a_change_holds_in_the_second_only_and_the_runs_are_those_of_run():
    one, (plain, changed) = compare(FLAGSHIP, added=PRICE)
    ran = sim.run(FLAGSHIP, view=VIEW, changes=PRICE, report=False, **NUMBERS)
    assert plain.manifest.changes == ()
    for name, column in ran.views[VIEW].columns.items():
        if name not in ("zone_on_menu", "zone_off_menu_only"):
            assert np.array_equal(changed.views[VIEW].columns[name], column), name
    assert one.label == "Alaska to Budapest, changed: price of Primary oil sanctions × 0.25"
    assert one.kinds == ("assumption",)
    assert one.split.views[VIEW].agreement.difference.value == one.views[VIEW].agreement.difference


@pytest.mark.parametrize(
    ("case", "added", "kinds"),
    [
        (FLAGSHIP, PRICE, ("assumption",)),
        (FLAGSHIP, "X12=fazi", ("assumption",)),
        (FLAGSHIP, "levers.oil-sanctions.executes=false", ("decision",)),
        (FLAGSHIP, "levers.oil-sanctions.delay=*2", ("decision",)),
        (FLAGSHIP, "view=fazi-2025", ("view",)),
        (FLAGSHIP, [PRICE, "view=fazi-2025"], ("assumption", "view")),
        (f"{FLAGSHIP}/oil-sanctions", "india=refuse", ("decision",)),
    ],
    ids=str,
)
def test_whatever_is_asked_says_what_it_is(case, added, kinds):
    one, results = compare(case, added=added, runs=8, horizon=4)
    assert one.kinds == kinds or one.kinds == ("decision", *kinds)
    assert len({found.manifest.scenario for found in results}) == 2
    assert one.views[VIEW].draws >= 8


def test_an_answer_is_asked_of_the_file_that_offers_it():
    one, (_, second) = compare(FLAGSHIP, f"{FLAGSHIP}/oil-sanctions", added="india=refuse", runs=8, horizon=14)
    assert second.manifest.answers == ("india=refuse",)
    assert one.views[VIEW].n_jointly_matching == one.views[VIEW].n_matching


def test_a_view_against_another_splits_what_it_selects():
    found = sim.compare([FLAGSHIP], added="view=fazi-2025", view=VIEW, **NUMBERS)
    (one,) = found.comparison.scenarios.values()
    assert one.changed == "view: Thomas Fazi instead of Wide spreads, in the run-up too"
    ((table, notes),) = found.list_splits()
    assert table.caption.startswith(f"{one.changed}, against the unchanged case")
    assert notes[0].startswith("The change holds always, in the run-up too")
    assert "from week 1 on" not in found.page.read_text(encoding="utf-8")
    assert found.build_text_table().rows[0][1] == "Thomas Fazi instead of Wide spreads"
    split = one.split.views[VIEW]
    assert not split.is_same_selection
    for part in (split.agreement, *split.outcomes.values()):
        assert part.effect.value + part.selection.value == pytest.approx(part.difference.value, abs=1e-12)


def test_one_case_against_another_on_the_outcomes_of_both():
    found = sim.compare(["two-towns", "three-parties"], **NUMBERS)
    (one,) = found.comparison.scenarios.values()
    assert list(found.comparison.outcomes) == ["settled", "in-force", "north", "south", "broken"]
    assert one.views["as-written"].agreement.difference < -0.5
    assert found.page.is_file()


def test_a_decision_and_an_assumption_are_told_apart_on_the_terminal():
    words = ("--view", VIEW, "--runs", "8", "--horizon", "4", "--workers", "1", "-q")
    assert (
        "An assumption: something that is believed from week 1 on."
        in zopa("compare", FLAGSHIP, "--with", PRICE, *words).stdout
    )
    assert (
        "believed always, in the run-up, too."
        in zopa("compare", FLAGSHIP, "--with", PRICE, "--from", "always", *words, "--runs", "60").stdout
    )
    assert "A decision: something that is done" in zopa("compare", FLAGSHIP, f"{FLAGSHIP}/words-only", *words).stdout


def test_the_page_and_machines_are_told_the_change():
    done = zopa("compare", FLAGSHIP, "--with", PRICE, "--view", VIEW, "--runs", "8", "--horizon", "4", "--json", "-q")
    told = json.loads(done.stdout)
    (one,) = told["scenarios"].values()
    assert one["changed"] == "changed: price of Primary oil sanctions × 0.25"
    assert one["kinds"] == ["assumption"]
    assert one["paired_change"]["holds_from"] == "week-1"
    page = Path(told["outputs"], "difference.html").read_text(encoding="utf-8")
    assert f'<p class="changed"><strong>{one["changed"]}</strong></p>' in page


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--with", "foo"], 3, "--with foo: is not of the form name=value; for example"),
        (
            ["--with", "sequenc=framework"],
            3,
            "--with sequenc=framework: there is no sequenc in the scenario; did you mean 'sequence'",
        ),
        (["--with", "X12=fazzi"], 3, "--with X12=fazzi: X12 has no side 'fazzi'; did you mean 'fazi'?"),
        (
            ["--with", "levers.oil-sanction.price=1"],
            3,
            "--with levers.oil-sanction.price=1: there is no levers.oil-sanction in the scenario; "
            "did you mean 'levers.oil-sanctions'?",
        ),
        (["--view", "wide", "--with", "view=wide"], 2, "zopa: --with view=wide would be compared with itself;"),
    ],
)
def test_a_slip_gets_one_message(words, code, message):
    assert expect_refusal(code, "compare", FLAGSHIP, *words).startswith(message)


def test_cases_without_a_common_outcome_get_one_sentence():
    assert expect_refusal(2, "compare", "two-towns", "strike") == (
        "zopa: textbook/two-towns, textbook/strike have no outcome in common; "
        "compare cases whose outcomes have the same keys"
    )
