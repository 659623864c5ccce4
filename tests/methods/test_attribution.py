"""Attribution: Shapley's axioms, games with known answers, and errors that are as large as they should be."""

from itertools import permutations
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.attribution import compute_attribution, compute_shapley_values
from analysis.methods.share_change import compute_paired_difference

NONE = 255
THEMES = ("aims", "battlefield", "commitment")


def make_outcomes(seed, themes=3, draws=40):
    """How draws end in every set; outcomes 0 to 2, about a third of the draws without a match."""
    rows = np.arange(2**themes)[:, np.newaxis]
    numbers = (rows * 7919 + np.arange(draws) * 104729 + seed * 1299709 + rows * np.arange(draws) ** 2) % 97 % 5
    ends = np.where(numbers > 2, NONE, numbers)
    ends[:, :2] = [0, 1]
    return ends


def worths():
    """Worth of every set of up to five players."""
    number = st.floats(-1, 1, allow_nan=False)
    return st.integers(1, 5).flatmap(lambda n: st.lists(number, min_size=2**n, max_size=2**n)).map(np.array)


def compute_by_orders(worth):
    """Shapley values as the mean over all orders."""
    players = worth.size.bit_length() - 1
    found, orders = np.zeros(players), list(permutations(range(players)))
    for order in orders:
        before = 0
        for player in order:
            found[player] += worth[before | 1 << player] - worth[before]
            before |= 1 << player
    return found / len(orders)


@given(worths())
def test_values_add_up_to_the_difference(worth):
    assert abs(sum(compute_shapley_values(worth)) - (worth[-1] - worth[0])) < 1e-12


@given(st.lists(st.floats(-1, 1), min_size=16, max_size=16).map(np.array))
def test_values_are_means_over_all_orders(worth):
    assert compute_shapley_values(worth) == pytest.approx(compute_by_orders(worth), abs=1e-12)


@given(worths())
def test_a_player_that_changes_nothing_gets_nothing(worth):
    assert compute_shapley_values(np.concatenate([worth, worth]))[-1] == 0.0


@given(worths())
def test_players_who_can_take_each_others_place_get_the_same(worth):
    players = worth.size.bit_length() - 1
    sets = np.arange(2 ** (players + 2))
    first, second = sets >> players & 1, sets >> players + 1 & 1
    base = worth[sets % 2**players]
    one, other = compute_shapley_values(base * (1 + first + second - 3 * first * second))[-2:]
    assert one == pytest.approx(other, abs=1e-12)


@given(worths(), st.data())
def test_the_order_of_players_does_not_matter(worth, data):
    order = data.draw(st.permutations(range(worth.size.bit_length() - 1)))
    sets = np.arange(worth.size)
    moved = sum((sets >> new & 1) << old for new, old in enumerate(order))
    values = compute_shapley_values(worth)
    assert compute_shapley_values(worth[moved]) == [values[old] for old in order]


def test_glove_game():
    # one left glove (player 0), two right ones: a pair is worth 1; Shapley value 2/3, 1/6, 1/6
    worth = np.array([float(bool(s & 1) and bool(s & 6)) for s in range(8)])
    assert compute_shapley_values(worth) == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_unanimity_game():
    # worth 1 only if players 0, 2 and 3 of five are all there: they share alike, the others get nothing
    worth = np.array([float(s & 13 == 13) for s in range(32)])
    assert compute_shapley_values(worth) == pytest.approx([1 / 3, 0, 1 / 3, 1 / 3, 0])
    assert compute_shapley_values(worth)[1] == 0.0


def test_airport_game():
    # runways for 1, 2 and 4: each piece is paid by those who need it (Littlechild and Owen, 1973)
    worth = np.array([max([0, *(need for n, need in enumerate((1, 2, 4)) if s >> n & 1)]) for s in range(8)], float)
    assert compute_shapley_values(worth) == pytest.approx([1 / 3, 5 / 6, 17 / 6])


def test_shares_are_of_matching_draws_and_values_add_up():
    ends = make_outcomes(1)
    found = compute_attribution(THEMES, ends, {0}, NONE)
    assert found.first == (ends[0] == 0).sum() / (ends[0] != NONE).sum()
    assert found.second == (ends[7] == 0).sum() / (ends[7] != NONE).sum()
    assert found.matching == tuple((ends != NONE).sum(axis=1))
    assert abs(sum(shift.value for shift in found.themes.values()) - found.difference.value) < 1e-12
    assert found.alone["battlefield"] == found.shares[2] - found.shares[0]
    assert found.last["battlefield"] == found.shares[7] - found.shares[5]
    assert found.together == pytest.approx(found.difference.value - sum(found.alone.values()))
    assert all(shift.low <= shift.value <= shift.high for shift in found.themes.values())


def test_values_of_all_outcomes_add_up_to_nothing():
    ends = make_outcomes(2)
    by_outcome = [compute_attribution(THEMES, ends, {n}, NONE).themes for n in range(3)]
    for theme in THEMES:
        assert sum(found[theme].value for found in by_outcome) == pytest.approx(0, abs=1e-12)
        both = compute_attribution(THEMES, ends, {0, 2}, NONE).themes[theme].value
        assert both == pytest.approx(by_outcome[0][theme].value + by_outcome[2][theme].value, abs=1e-12)


def test_the_order_of_draws_does_not_matter():
    ends = make_outcomes(3)
    one, other = (compute_attribution(THEMES, some, {0}, NONE) for some in (ends, ends[:, ::-1]))
    assert [one.themes[name].value for name in THEMES] == [other.themes[name].value for name in THEMES]
    assert [one.themes[name].low for name in THEMES] == pytest.approx([other.themes[name].low for name in THEMES])


def test_the_way_back_has_the_opposite_sign():
    ends = make_outcomes(4)
    there, back = (compute_attribution(THEMES, some, {0}, NONE) for some in (ends, ends[::-1]))
    for theme in THEMES:
        one, other = there.themes[theme], back.themes[theme]
        assert (one.value, one.low, one.high) == pytest.approx((-other.value, -other.high, -other.low))


def test_a_theme_without_effect_gets_exactly_nothing_and_a_bound():
    ends = make_outcomes(5, themes=2)
    found = compute_attribution((*THEMES[:2], "nothing"), np.concatenate([ends, ends]), {0}, NONE)
    shift, fewest = found.themes["nothing"], min(found.matching)
    assert (shift.value, shift.kind) == (0.0, "conservative")
    assert (shift.low, shift.high) == pytest.approx((-(1 - 0.05 ** (1 / fewest)), 1 - 0.05 ** (1 / fewest)))
    assert found.themes["aims"].value == compute_attribution(THEMES[:2], ends, {0}, NONE).themes["aims"].value


def test_with_one_theme_the_interval_is_the_paired_one():
    ends = make_outcomes(6, themes=1, draws=60)
    found = compute_attribution(("aims",), ends, {0}, NONE)
    runs = [np.flatnonzero(row != NONE) for row in ends]
    parts = [(row[some] == 0).astype(float) for row, some in zip(ends, runs, strict=True)]
    ones = [np.ones(some.size) for some in runs]
    known = compute_paired_difference(60, runs[0], parts[0], runs[1], parts[1], *ones)
    for shift in (found.themes["aims"], found.difference):
        assert shift.value == pytest.approx(known.difference)
        assert (shift.high - shift.value, shift.kind) == (pytest.approx(known.reach), known.kind)


def test_an_interval_that_rests_on_few_draws_is_a_bound():
    """Three of 200 draws change over: as uncertain as a count of three, whose upper limit is 8.77 (Garwood 1936)."""
    ends = np.zeros((2, 200), dtype=np.uint8)
    ends[0, :50] = ends[1, 3:50] = 1
    found = compute_attribution(("aims",), ends, {1}, NONE)
    for part in (found.themes["aims"], found.difference):
        assert (part.value, part.kind) == (pytest.approx(-3 / 200), "conservative")
        assert part.high - part.value == pytest.approx((8.7673 - 3) / 200, rel=0.02)


def test_errors_are_those_of_values_over_all_draws():
    # without a condition shares are plain means, so a theme's error is that of the mean of each draw's own value
    ends = make_outcomes(7, draws=500) % 3
    found = compute_attribution(THEMES, ends, {0}, NONE)
    own = np.array([compute_shapley_values((ends[:, draw] == 0).astype(float)) for draw in range(500)])
    for n, theme in enumerate(THEMES):
        shift = found.themes[theme]
        assert shift.value == pytest.approx(own[:, n].mean())
        assert shift.high - shift.value == pytest.approx(1.959964 * own[:, n].std(ddof=1) / sqrt(500))


def test_very_many_draws_are_worked_out_in_parts(monkeypatch):
    ends = make_outcomes(8)
    whole = compute_attribution(THEMES, ends, {0}, NONE)
    monkeypatch.setattr("analysis.methods.attribution.CHUNK_SIZE", 7)
    parts = compute_attribution(THEMES, ends, {0}, NONE)
    assert parts.shares == whole.shares
    assert [parts.themes[name].low for name in THEMES] == pytest.approx([whole.themes[name].low for name in THEMES])


@pytest.mark.parametrize(
    "ends", [make_outcomes(1)[:7], np.where(np.arange(8)[:, np.newaxis] == 3, NONE, make_outcomes(1))]
)
def test_a_set_without_matching_draws_is_refused(ends):
    with pytest.raises(ValueError, match="there must be matching draws for every set of themes"):
        compute_attribution(THEMES, ends, {0}, NONE)


def test_ranked_and_json():
    found = compute_attribution(THEMES, make_outcomes(9), {0}, NONE)
    sizes = [abs(found.themes[name].value) for name in found.ranked_themes]
    assert sizes == sorted(sizes, reverse=True)
    data = found.as_json()
    assert list(data["themes"]) == list(THEMES)
    assert set(data["themes"]["aims"]) == {"value", "low", "high", "kind", "alone", "last"}
    assert len(data["shares"]) == len(data["matching"]) == 8


def test_errors_of_conditional_shares_agree_with_the_jackknife():
    ends = make_outcomes(10, draws=97)
    left_out = [compute_attribution(THEMES, np.delete(ends, draw, axis=1), {0}, NONE) for draw in range(97)]
    found = compute_attribution(THEMES, ends, {0}, NONE)
    for theme in THEMES:
        values = np.array([one.themes[theme].value for one in left_out])
        jackknife = sqrt(96 / 97 * ((values - values.mean()) ** 2).sum())
        assert (found.themes[theme].high - found.themes[theme].value) / 1.959964 == pytest.approx(jackknife, rel=0.05)
