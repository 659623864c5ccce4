"""Left out: packages that nobody needs are found, and only those."""

import numpy as np

from sim.model.build_layout import build_layout
from sim.model.initial_state import InitialState
from tests.benchmarks.left_out import compute_changing_shares, find_alike, find_needless
from tests.theory.simulate import SEED, scenario

RUNS = 4


def find_pair(layout):
    same = find_alike(layout)
    return next((one, other) for one, other in np.argwhere(same).tolist() if one < other)


def test_terms_that_are_worse_for_everybody_are_needless_and_those_that_are_better_for_somebody_are_not():
    opening = InitialState(build_layout(scenario("alaska-budapest", view="wide")), SEED, np.arange(RUNS))
    bundle, (one, other) = opening.state["party_terms"], find_pair(opening.layout)
    for name, sign in (("worth", 1.0), ("interim", 1.0), ("crossing", -1.0)):
        bundle[name][:, other] = bundle[name][:, one] - sign * 0.01
    assert find_needless(opening)[other].all()
    bundle["worth"][0, other] = 2.0
    assert not find_needless(opening)[other].any()


def test_of_two_that_are_the_same_one_stays():
    opening = InitialState(build_layout(scenario("alaska-budapest", view="wide")), SEED, np.arange(RUNS))
    bundle, (one, other) = opening.state["party_terms"], find_pair(opening.layout)
    for array in bundle.values():
        array[:, other] = array[:, one]
    found = find_needless(opening)
    assert found[other].all()
    assert not found[one].all()


def test_terms_that_differ_in_consents_are_not_compared():
    layout = build_layout(scenario("alaska-budapest", view="wide"))
    same, needed = find_alike(layout), layout.terms_table.needed
    assert all(np.array_equal(needed[:, one], needed[:, other]) for one, other in np.argwhere(same))
    assert not same.all()


def test_what_changes_after_the_end_is_named():
    record = np.zeros((3, 2, 2))
    record[:, 0] = [[0, 0], [1, 0], [1, 0]]
    record[:, 1] = [[5, 5], [5, 6], [7, 7]]
    columns = [("world", "ended", 0), ("world", "stage", 0)]
    assert compute_changing_shares(record, record[:, 0] > 0.0, columns) == {"world.stage": 1.0}
