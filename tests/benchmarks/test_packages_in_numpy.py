"""Packages in NumPy: the baseline of the benchmarks plays the very same runs as the told one."""

import numpy as np
import pytest

from sim.engines.mesa_engine import NegotiationModel
from sim.model.build_layout import build_layout
from sim.model.initial_state import InitialState
from tests.benchmarks.packages_in_numpy import PackagesInNumpy, array_spaces
from tests.theory.simulate import SEED, differences, scenario

WEEKS = 10


@pytest.mark.parametrize(("case", "view"), [("alaska-budapest", "wide"), ("textbook/two-towns", None)])
def test_the_same_state_after_ten_weeks(case, view):
    layout = build_layout(scenario(case, view=view))
    plain, ours = (made(InitialState(layout, SEED, np.array([3]))) for made in (NegotiationModel, PackagesInNumpy))
    for week in range(1, WEEKS + 1):
        plain.play(week)
        ours.play(week)
    assert differences(plain.table, ours.table) == []


def test_packages_are_arrays_and_actors_are_not():
    found = array_spaces(build_layout(scenario("textbook/two-towns")))
    assert {"party_package", "package", "side_package", "party_sequence", "sequence"} <= found
    assert not {"actor", "world", "belief", "lever", "move"} & found
