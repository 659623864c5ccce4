"""Coalitions: the benchmark plays what it says, and finds the ordinary ensembles of an attribution among them."""

import json
import sys

from tests.benchmarks import measure_coalitions
from tests.benchmarks.measure_coalitions import some_sets


def test_some_sets_always_have_the_empty_and_the_full_one():
    for themes, many in ((3, 8), (3, 100), (10, 2), (10, 30)):
        found = some_sets(themes, many)
        assert len(found) == min(many, 2**themes)
        assert (found[0], found[-1]) == (0, 2**themes - 1)


def test_it_measures_and_finds_the_ordinary_ensembles(monkeypatch, capsys):
    words = ["--coalitions", "3", "--draws", "24", "--weeks", "6", "--workers", "1"]
    monkeypatch.setattr(sys, "argv", ["measure", *words])
    measure_coalitions.main()
    found = json.loads(capsys.readouterr().out)
    assert found["as_ordinary_ensembles"] == {"empty": True, "full": True}
    assert (found["sets"], found["draws_per_set"]) == (3, 24)
    assert found["run_weeks"] > found["matching_runs"] > 0
