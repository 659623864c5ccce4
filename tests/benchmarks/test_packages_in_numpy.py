"""Packages in NumPy: the baseline of the benchmarks plays the very same runs as the told one."""

import numpy as np
import pytest

from sim.play.negotiation import Negotiation
from sim.play.opening import Opening
from sim.play.spaces import board_of
from tests.benchmarks.packages_in_numpy import PackagesInNumpy, array_spaces
from tests.theory.play import SEED, differences, scenario

WEEKS = 10


@pytest.mark.parametrize(("case", "lens"), [("alaska-budapest", "wide"), ("textbook/two-towns", None)])
def test_the_same_state_after_ten_weeks(case, lens):
    board = board_of(scenario(case, lens=lens))
    told, ours = (made(Opening(board, SEED, np.array([3]))) for made in (Negotiation, PackagesInNumpy))
    for week in range(1, WEEKS + 1):
        told.play(week)
        ours.play(week)
    assert differences(told.position.state, ours.position.state) == []


def test_packages_are_arrays_and_actors_are_not():
    found = array_spaces(board_of(scenario("textbook/two-towns")))
    assert {"stake", "package", "offer", "road", "path"} <= found
    assert not {"actor", "world", "dyad", "lever", "move"} & found
