"""The medoid is a run that was played, the nearest to all others; frequent outcomes have one each."""

import numpy as np
import pytest

from analysis.questions.medoid import medoid, typical_runs
from tests.questions.made import results


def test_the_run_in_the_middle_of_a_made_set_is_found():
    columns = {"calls": np.array([0.0, 2.0, 3.0, 4.0, 50.0]), "plans": np.array([9.0, 1.0, 1.0, 1.0, 0.0])}
    assert medoid(columns) == 2


def test_it_is_the_run_that_looking_at_every_pair_finds():
    numbers = np.array([[(7 * n * n + 3 * k * n + k) % 13 for n in range(40)] for k in range(5)], dtype=float)
    spread = np.abs(numbers - numbers.mean(axis=1, keepdims=True)).mean(axis=1, keepdims=True)
    z = numbers / spread
    pairs = np.abs(z[:, :, None] - z[:, None, :]).sum(axis=0).sum(axis=1)
    assert medoid({str(k): row for k, row in enumerate(numbers)}) == int(np.argmin(np.round(pairs, 9)))


def test_a_column_counts_in_its_own_measure_and_not_at_all_if_it_never_varies():
    columns = {"a": np.array([0.0, 1.0, 5.0]), "b": np.array([3.0, 3.0, 3.0])}
    assert medoid(columns) == medoid({"a": 1000 * columns["a"]}) == 1
    assert medoid({"b": columns["b"]}) == 0


def test_every_frequent_outcome_is_told_under_the_view_where_it_is_most_frequent():
    found = typical_runs(results())
    assert [(one.outcome, one.lens) for one in found.told] == [
        ("deal", "ito-2030"),
        ("broken", "wide"),
        ("drift", "okafor-2030"),
    ]
    deal = found.told[0]
    assert (deal.runs, deal.share.share) == (3, pytest.approx(0.75))
    made = results().lenses["ito-2030"]
    assert made.columns["outcome"][list(made.columns["run"]).index(deal.run)] == 0
    assert found.left_out == ()


def test_rare_outcomes_are_not_told_and_those_without_room_are_named():
    assert [one.outcome for one in typical_runs(results(), least=0.2).told] == ["deal", "drift"]
    few = typical_runs(results(), most=1)
    assert ([one.outcome for one in few.told], few.left_out) == (["deal"], ("agreement that broke", "no agreement"))
