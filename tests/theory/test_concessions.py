"""Concessions: one that nobody is likely to take does not end what is threatened, nor does the same one twice."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.rules.moves import concede
from tests.theory.simulate import play_weekly, scenario

chance = st.floats(0.0, 1.0)
ERROR = 0.001


@given(chance, st.integers(0, 20), st.integers(0, 21))
def test_relief_is_whole_only_for_new_terms_that_are_likely_to_be_taken(accepted, number, last):
    relief = concede.relief(accepted, float(number), float(last))
    new = last != number + 1
    assert relief == (1.0 if accepted >= 0.5 and new else accepted)


def count_ultimatums(*changes):
    """Weeks in which the side under an ultimatum concedes, and of these how many ended it; its mean relief, too."""
    found = scenario("textbook/empty-threat", *changes)
    conceded, ended, relief = 0, 0, 0.0
    rows = None
    for engine in play_weekly(found, 400, 30):
        lever, actor = engine.state["lever"], engine.state["actor"]
        rows = rows or engine.layout.spaces["lever"].relations["target"].index
        for row, target in enumerate(rows):
            stood = lever["standing"][row] > 0.0
            now = (actor["conceded"][target] > 0.0) & stood
            conceded += int(now.sum())
            ended += int((lever["threat_left"][row][now] == 0.0).sum())
            relief += float(actor["relief"][target][now].sum())
    return conceded, ended, relief


def test_ultimatums_end_as_often_as_concessions_meet_them():
    """Within 3.29 standard errors of a sum of independent draws: fails once in 1,000 times if it is so."""
    cheap = ("actors.north.disputant.concession_price=0", "actors.south.disputant.concession_price=0")
    conceded, ended, relief = count_ultimatums(*cheap)
    assert conceded > 100
    assert relief < 0.9 * conceded
    spread = np.sqrt(relief * (1.0 - relief / conceded))
    assert abs(ended - relief) < 3.29 * spread
