"""Typical runs: the medoid is a run that was played, the nearest to all others; frequent outcomes have one each."""

import numpy as np
import pytest

from analysis.methods.typical_runs import NAMES, find_medoid, find_typical_runs
from sim import run
from tests.factories.results import results


def test_the_run_in_the_middle_of_a_made_set_is_found():
    columns = {"calls": np.array([0.0, 2.0, 3.0, 4.0, 50.0]), "plans": np.array([9.0, 1.0, 1.0, 1.0, 0.0])}
    assert find_medoid(columns) == 2


def test_it_is_the_run_that_looking_at_every_pair_finds():
    numbers = np.array([[(7 * n * n + 3 * k * n + k) % 13 for n in range(40)] for k in range(5)], dtype=float)
    spread = np.abs(numbers - numbers.mean(axis=1, keepdims=True)).mean(axis=1, keepdims=True)
    z = numbers / spread
    pairs = np.abs(z[:, :, None] - z[:, None, :]).sum(axis=0).sum(axis=1)
    assert find_medoid({str(k): row for k, row in enumerate(numbers)}) == int(np.argmin(np.round(pairs, 9)))


def test_a_column_counts_in_its_own_measure_and_not_at_all_if_it_never_varies():
    columns = {"a": np.array([0.0, 1.0, 5.0]), "b": np.array([3.0, 3.0, 3.0])}
    assert find_medoid(columns) == find_medoid({"a": 1000 * columns["a"]}) == 1
    assert find_medoid({"b": columns["b"]}) == 0


def test_every_frequent_outcome_is_narrated_under_the_view_where_it_is_most_frequent():
    found = find_typical_runs(results())
    assert [(one.outcome, one.view) for one in found.runs] == [
        ("deal", "ito-2030"),
        ("broken", "wide"),
        ("drift", "okafor-2030"),
    ]
    deal = found.runs[0]
    assert (deal.runs, deal.share.share) == (3, pytest.approx(0.75))
    made = results().views["ito-2030"]
    assert made.columns["outcome"][list(made.columns["run"]).index(deal.run)] == 0
    assert found.omitted_outcomes == ()


def test_rare_outcomes_are_not_narrated_and_those_without_room_are_named():
    assert [one.outcome for one in find_typical_runs(results(), least=0.2).runs] == ["deal", "drift"]
    few = find_typical_runs(results(), most=1)
    assert ([one.outcome for one in few.runs], few.omitted_outcomes) == (
        ["deal"],
        ("agreement that broke", "no agreement"),
    )


def test_columns_that_only_name_something_are_columns(tmp_path):
    played = run("textbook/two-towns", runs=8, workers=1, out=tmp_path)
    assert set(next(iter(played.results.views.values())).columns) >= NAMES
