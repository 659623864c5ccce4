"""Theme interactions: games whose interactions are known."""

import numpy as np
import pytest

from analysis.methods.attribution import compute_shapley_values
from analysis.methods.theme_interactions import compute_interactions

NONE = 9


def play(worth, draws=1000):
    """Outcomes of draws in which a share of `worth[s]` ends in outcome 0 for set s."""
    hits = np.arange(draws)[None] < np.round(np.array(worth) * draws)[:, None]
    return np.where(hits, 0, 1)


def test_themes_that_only_add_up_have_none():
    worth = [0.1 + 0.2 * (s & 1) + 0.3 * (s >> 1 & 1) for s in range(4)]
    found = compute_interactions(("a", "b"), play(worth), {0}, NONE)
    assert found["a", "b"].value == pytest.approx(0.0)


def test_themes_that_work_only_together():
    """In the glove game of two, all of the worth is interaction: v(ab) - v(a) - v(b) + v()."""
    found = compute_interactions(("a", "b"), play([0.0, 0.0, 0.0, 0.6]), {0}, NONE)["a", "b"]
    assert found.value == pytest.approx(0.6)
    assert found.low < 0.6 < found.high


def test_three_players_by_hand():
    """Unanimity game of three: the index of each pair is 1/(n-s+1) = 1/2 (Grabisch and Roubens 1999)."""
    worth = [0.0] * 7 + [1.0]
    found = compute_interactions(("a", "b", "c"), play(worth), {0}, NONE)
    assert [shift.value for shift in found.values()] == pytest.approx([0.5] * 3)
    assert compute_shapley_values(np.array(worth)) == pytest.approx([1 / 3] * 3)


def test_one_theme_has_no_pair():
    assert compute_interactions(("a",), play([0.1, 0.4]), {0}, NONE) == {}
