"""Patterns as Python, the command line and a page show them."""

import json
from dataclasses import replace

import numpy as np
import pytest

import sim
from sim.errors import OptionError, UsageError
from sim.i18n.messages import use_language
from sim.storage.pattern_cache import save_pattern_matches
from sim.workflows.patterns import load_matches
from tests.cli.test_cli import zopa

ASKED = {"view": "portnikov-2025", "runs": 20, "horizon": 8, "workers": 1}


@pytest.fixture(scope="module")
def found():
    return sim.patterns("alaska-budapest", **ASKED)


def test_every_pattern_has_its_share(found):
    data = found.as_json()
    view = data["views"]["portnikov-2025"]
    assert view["runs"] == 20
    assert list(view["patterns"]) == list(data["patterns"])
    for row in view["patterns"].values():
        assert 0 <= row["low"] <= row["share"] == row["count"] / 20 <= row["high"] <= 1
        assert (row["count"] > 0) == (row["example_run"] is not None) == (row["median_week"] is not None)
    assert all(one["because"] or one["assumed"] for one in data["patterns"].values())


def test_it_shows_itself_in_each_language(found):
    assert "Threat, call, back to the start" in str(found)
    with use_language("de") as unsaid:
        assert "Drohung, Anruf, zurück an den Anfang" in str(found)
    assert not unsaid


def test_one_row_for_each_pattern(found):
    assert len(found.to_frame()) == len(found.found.patterns)


def test_a_run_is_named_that_shows_a_pattern(found):
    (said,) = (note for note in found.list_notes() if "zopa play" in note)
    words = said.partition("zopa ")[2].split()
    run, first = int(words[words.index("--run") + 1]), found.found.shares["portnikov-2025"]
    assert run in {one.example_run for one in first.values()}


def test_the_command_says_the_same(found):
    done = zopa(
        "patterns", "alaska-budapest", "--view", "portnikov-2025", "--runs", "20", "--horizon", "8", "--json", "-q"
    )
    assert json.loads(done.stdout) == found.as_json()


def test_a_scenario_without_patterns_says_so():
    with pytest.raises(UsageError, match=r"textbook/strike has no patterns; write them under `patterns:` in its file"):
        sim.patterns("textbook/strike", runs=5, horizon=4, workers=1)


@pytest.mark.parametrize(("option", "number"), [("runs", 0), ("horizon", 521), ("workers", 0)])
def test_numbers_are_within_bounds(option, number):
    with pytest.raises(OptionError, match=f"{option} is {number}"):
        sim.patterns("alaska-budapest", **ASKED | {option: number})


def test_a_page_looks_once(tmp_path, monkeypatch):
    results = sim.run("alaska-budapest", view="portnikov-2025", runs=20, horizon=8, workers=1).results
    first = load_matches(results, tmp_path, 1)
    monkeypatch.setattr("sim.workflows.patterns.parallel_map", lambda *_: pytest.fail("played again"))
    again = load_matches(results, tmp_path, 1)
    assert np.array_equal(first["portnikov-2025"].runs, again["portnikov-2025"].runs)
    for key, weeks in first["portnikov-2025"].weeks.items():
        assert np.array_equal(weeks, again["portnikov-2025"].weeks[key])
    fewer = replace(first["portnikov-2025"], weeks={}, shuffled_weeks={})
    save_pattern_matches(tmp_path, results.manifest.fingerprint, {"portnikov-2025": fewer})
    monkeypatch.setattr("sim.workflows.patterns.parallel_map", lambda *_: [first["portnikov-2025"]])
    told = load_matches(results, tmp_path, 1)["portnikov-2025"]
    assert set(told.weeks) == set(first["portnikov-2025"].weeks)


def test_a_page_of_a_scenario_without_patterns_has_none(tmp_path):
    results = sim.run("textbook/strike", runs=5, horizon=4, workers=1).results
    assert load_matches(results, tmp_path, 1) == {}
    assert not list(tmp_path.iterdir())
