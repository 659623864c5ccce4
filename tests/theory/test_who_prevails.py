"""Who prevails: the chance on which the sides count is the chance with which it happens.

Nobody proposes anything, both sides have the same staying power, and the contest is fought until one of them breaks.
Each statistic fails once in 1,000 times if what it says is so.
"""

from math import exp

import numpy as np
import pytest
from scipy.stats import binomtest

from tests.theory.simulate import flagship, play_runs, scenario, world

ERROR = 0.001
RUNS = 2000
MARGIN = 1.0
EQUAL = (
    f"contest.stalemate_margin={MARGIN}",
    *(f"contest.{name}=0" for name in ("drift", "noise", "reversion")),
    *(
        f"actors.{side}.disputant.{name}={value}"
        for side in ("north", "south")
        for name, value in (
            ("offer_price", 1000), ("concession_price", 1000), ("resilience", 0.45), ("erosion", 0),
            ("strike_toll", 0), ("collapse_hazard", 0.01),
        )
    ),
)  # fmt: skip


def count_ends(balance):
    """How often either side prevails within a year."""
    found = scenario("textbook/two-towns", *EQUAL, f"contest.balance={balance}")
    ended = world(play_runs(found, RUNS, 52), "ended")
    return int((ended == 1.0).sum()), int((ended == 2.0).sum())


@pytest.mark.parametrize("balance", [-1.5, -0.5, 0.0, 0.5, 1.5])
def test_a_decided_contest_is_won_with_the_chance_that_the_sides_count_on(balance):
    first, second = count_ends(balance)
    believed = [1.0 / (1.0 + exp(MARGIN - favour)) for favour in (balance, -balance)]
    assert binomtest(first, first + second, believed[0] / sum(believed)).pvalue > ERROR
    assert first + second > 500


def test_the_same_lead_helps_either_side_alike():
    ahead, behind = count_ends(3.0), count_ends(-3.0)
    assert binomtest(ahead[0], ahead[0] + behind[1], 0.5).pvalue > ERROR
    assert binomtest(ahead[1], ahead[1] + behind[0], 0.5).pvalue > ERROR


def test_in_the_flagship_the_side_that_is_ahead_prevails_more_often():
    """The finding that asked for the rule: a balance of 3 and of -3 gave equal shares."""
    held = [flagship(f"contest.balance={balance}", "contest.reversion=0") for balance in (3, -3)]
    ends = [world(play_runs(found, 1000, 178), "ended") for found in held]
    first = [int(np.sum(ended == 1.0)) for ended in ends]
    second = [int(np.sum(ended == 2.0)) for ended in ends]
    assert binomtest(first[0], first[0] + first[1], 0.5, alternative="greater").pvalue < ERROR
    assert binomtest(second[1], second[0] + second[1], 0.5, alternative="greater").pvalue < ERROR
