"""States by week: against counts made by hand."""

import numpy as np
import pytest

from analysis.methods.states_by_week import compute_states_by_week
from tests.factories.results import results


def test_shares_of_states_by_hand():
    found = compute_states_by_week(results())["ito-2030"]
    assert found.weeks.tolist() == [1, 2, 3, 4]
    assert found.states["agreement"].shares.tolist() == [0.25, 0.5, 0.5, 0.75]
    assert found.states["drift"].shares.tolist() == [0.75, 0.5, 0.5, 0.25]
    assert found.states["rare"].count == 1  # no run of this view is ever in it
    assert found.states["rare"].shares.tolist() == [0, 0, 0, 0]


def test_states_add_up_in_every_week_and_stand_in_one_order():
    for found in compute_states_by_week(results()).values():
        assert sum(state.shares for state in found.states.values()) == pytest.approx(np.ones(4))
        assert found.order == ("agreement", "broken", "drift", "rare")
        assert list(found.states) == [key for key in found.order if key in found.states]


def test_without_agreements_among_the_outcomes_there_is_no_such_state():
    found = compute_states_by_week(results(agreements=()))["wide"]
    assert "agreement" not in found.states
    assert found.states["deal"].label == "agreement"
