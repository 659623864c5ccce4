"""Contradiction tornado: what must be said of a share that is smaller than the margin."""

import numpy as np
import pytest

from analysis.figures.contradiction_tornado import draw_figure, summary_text
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


def test_a_question_that_matters_is_written_out_and_equal_ones_are_counted():
    ends, no = np.repeat([0, 1], [100, 900]), np.ones(DRAWS, dtype=int)
    flips = {key: {"none": no} for key in ("X1", "X2")}
    ranking = rank_questions(ends, flips, {0}, NONE, 0.05, [[("X1", "none"), ("X2", "none")]])
    asked = {"X1": "Which?", "X2": "Which else?"}
    given = NamedRanking("View", "", 4, "week-1", ranking, asked, 1, {}, ())
    assert "“Which?” (if X1 = X2: none) −10.0 (−" in summary_text(given)
    assert "Of 3 questions 2 are judged: " in summary_text(given)
    drawn = draw_figure(given)
    assert "← none" in drawn.layout.annotations[0].text
    both = rank_questions(ends, {"X1": {"none": no, "all": no - 1}}, {0}, NONE, 0.05)
    bars = draw_figure(NamedRanking("View", "", 4, "week-1", both, asked, 0, {}, ())).data
    assert len({bar.y[0] for bar in bars}) == 2  # no interval lies on another
