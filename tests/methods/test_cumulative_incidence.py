"""Cumulative incidence: against counts made by hand."""

import numpy as np
import pytest

from analysis.methods.cumulative_incidence import compute_outcome_curves
from tests.factories.results import results


def test_incidence_counts_runs_that_have_arrived():
    course = compute_outcome_curves(results())["wide"]
    assert course.weeks.tolist() == [1, 2, 3, 4]
    assert course.for_good["deal"].tolist() == [0.1, 0.1, 0.2, 0.2]
    assert course.for_good["drift"].tolist() == [0.4, 0.5, 0.5, 0.7]


def test_incidence_never_falls_and_reaches_the_share_at_the_horizon():
    for course in compute_outcome_curves(results()).values():
        total = sum(course.for_good.values())
        assert all((np.diff(shares) >= 0).all() for shares in course.for_good.values())
        assert total[-1] == pytest.approx(1)


def test_states_add_up_in_every_week():
    for course in compute_outcome_curves(results()).values():
        assert sum(course.state.values()) == pytest.approx(np.ones(4))
    assert compute_outcome_curves(results())["ito-2030"].state["deal"].tolist() == [0.25, 0.5, 0.5, 0.75]
