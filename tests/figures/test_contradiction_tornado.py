"""Contradiction tornado: what must be said of a share that is smaller than the margin."""

import numpy as np
import pytest

from analysis.figures.contradiction_tornado import summary_text
from analysis.methods.contradiction_ranking import NamedRanking, rank_questions
from sim.i18n.messages import use_language

NONE, DRAWS = 255, 1000


def say(hits, margin):
    """The sentence about a share of so many draws in a thousand, of which one side takes away all."""
    ends = np.repeat([0, 1], [hits, DRAWS - hits])
    ranking = rank_questions(ends, {"X1": {"none": np.ones(DRAWS, dtype=int)}}, {0}, NONE, margin)
    return summary_text(NamedRanking("View", "", 4, "week-1", ranking, {"X1": "Which?"}, 0, {}, ()))


@pytest.mark.parametrize(("hits", "margin", "is_below"), [(20, 0.05, True), (50, 0.05, False), (20, 0.01, False)])
def test_a_share_below_the_margin_is_told(hits, margin, is_below):
    assert ("below the margin of 5.0 points, so no side can lower it by as much" in say(hits, margin)) == is_below
    with use_language("de"):
        assert ("unter der Spanne von 5,0 Punkten; um so viel kann ihn also" in say(hits, margin)) == is_below
