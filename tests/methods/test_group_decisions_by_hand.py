"""Group decisions by hand: the published formulas written anew in plain Python, number by number, and what must hold.

Ten small tables for the first round of the expected-utility model, ten for the exchange of positions, ten issue tables
with blanks as DEU writes them. Nothing here calls the code under test to find what is expected.
"""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.baselines import compute_baselines
from analysis.methods.expected_utility import expect_utility
from analysis.methods.position_exchange import exchange_positions
from sim.loading.tables.position_table import PositionTable

# Position from 0 to 1, salience, capability of every actor.
CONTESTS = {
    "two alike": [(0, 1, 1), (1, 1, 1)],
    "two, one indifferent": [(0, 1, 1), (1, 0, 1)],
    "two of unlike capability": [(0, 0.5, 3), (1, 0.5, 1)],
    "one in the middle": [(0, 1, 1), (0.5, 1, 1), (1, 1, 1)],
    "a strong middle": [(0, 0.8, 1), (0.4, 0.2, 6), (1, 0.9, 2)],
    "two at one place": [(0.2, 1, 1), (0.2, 0.5, 2), (0.9, 0.7, 1)],
    "all at one place": [(0.3, 1, 1), (0.3, 0.4, 2), (0.3, 0.2, 3)],
    "nobody minds": [(0, 0, 1), (1, 0, 2)],
    "four in a row": [(0, 0.3, 4), (0.25, 0.9, 2), (0.75, 0.6, 1), (1, 1, 3)],
    "five, one powerless": [(0, 0.5, 2), (0.1, 0.7, 0), (0.5, 0.9, 1), (0.6, 0.2, 5), (1, 1, 1.5)],
    "six": [(0.05, 0.6, 1), (0.2, 0.6, 1), (0.4, 0.1, 9), (0.55, 0.8, 2), (0.7, 1, 1), (0.95, 0.3, 4)],
}


def expect(actors):
    """Chances, exponents and expected utilities; Scholz, Calbert and Smith (2011), equations 1 to 6, with Q = 1."""
    everybody = range(len(actors))
    chance, utility = {}, {}
    for i, j in itertools.product(everybody, repeat=2):
        votes = [c * s * (abs(x - actors[j][0]) - abs(x - actors[i][0])) for x, s, c in actors]
        total = math.fsum(map(abs, votes))
        chance[i, j] = math.fsum(v for v in votes if v > 0) / total if total > 1e-15 else 0.5

    def challenge(i, j, r):
        gap, mind = abs(actors[i][0] - actors[j][0]), actors[j][1]
        better, worse = 2 - 4 * (0.5 - 0.5 * gap) ** r, 2 - 4 * (0.5 + 0.5 * gap) ** r
        fight = chance[i, j] * better + (1 - chance[i, j]) * worse
        return mind * fight + (1 - mind) * better - (2 - 4 * 0.5**r)

    against = [math.fsum(challenge(j, i, 1.0) for j in everybody if j != i) for i in everybody]
    low, high = min(against), max(against)
    levels = [0.0 if high - low < 1e-12 else (2 * one - high - low) / (high - low) for one in against]
    exponents = [(1 - level / 3) / (1 + level / 3) for level in levels]
    for i, j in itertools.product(everybody, repeat=2):
        utility[i, j] = challenge(i, j, exponents[i])
    return chance, exponents, utility


def expect_ours(actors):
    return expect_utility(*np.array(actors, dtype=float).T)


@pytest.mark.parametrize("name", CONTESTS)
def test_the_first_round_is_that_of_the_formulas(name):
    found = expect_ours(CONTESTS[name])
    chance, exponents, utility = expect(CONTESTS[name])
    assert found.risk == pytest.approx(exponents, abs=1e-12)
    for (i, j), one in chance.items():
        assert found.probability[i, j] == pytest.approx(one, abs=1e-12), (i, j)
        assert found.utility[i, j] == pytest.approx(utility[i, j], abs=1e-12), (i, j)


@pytest.mark.parametrize(
    ("name", "pair", "chance", "utility"),
    [
        ("two alike", (0, 1), 1 / 2, 0.0),  # 2 and -2 alike likely
        ("two, one indifferent", (0, 1), 1.0, 1.0),  # gives way; the bold one has r = 2: 2 - (2 - 4/4)
        ("two of unlike capability", (0, 1), 3 / 4, 1 / 2 * 2 + (1 / 2) * (3 / 4 * 2 - 1 / 4 * 2) - (2 - 4 * 0.5**2)),
        ("one in the middle", (1, 0), 2 / 3, None),  # votes 1/2 and 1/2 against 1/2
        ("all at one place", (0, 2), 1 / 2, 0.0),
        ("nobody minds", (0, 1), 1 / 2, 2.0),
    ],
)
def test_pairs_by_hand(name, pair, chance, utility):
    found = expect_ours(CONTESTS[name])
    assert found.probability[pair] == pytest.approx(chance)
    if utility is not None:
        assert found.utility[pair] == pytest.approx(utility)


# Positions, salience and power: actors down, issues across.
TRADES = {
    "two towns": ([[0, 0], [1, 1]], [[0.9, 0.1], [0.1, 0.9]], [[1, 1], [1, 1]]),
    "unequal power": ([[0, 0], [1, 1]], [[0.8, 0.3], [0.2, 0.6]], [[2, 2], [1, 1]]),
    "one gives more": ([[0, 0.2], [1, 0.9]], [[0.7, 0.2], [0.3, 0.8]], [[1, 1], [1, 1]]),
    "same cares, no trade": ([[0, 0], [1, 1]], [[0.6, 0.3], [0.4, 0.2]], [[1, 1], [1, 1]]),
    "same side, no trade": ([[0, 0], [0.2, 1], [1, 0.5]], [[0.5, 0.5]] * 3, [[1, 1]] * 3),
    "three, best first": ([[0, 0], [1, 1], [0.9, 0.1]], [[0.9, 0.2], [0.3, 0.7], [0.5, 0.6]], [[1, 1], [2, 2], [1, 1]]),
    "three issues": ([[0, 0.1, 1], [1, 0.8, 0]], [[0.9, 0.5, 0.2], [0.1, 0.4, 0.8]], [[1, 1, 1], [1, 1, 1]]),
    "four": (
        [[0, 0.9], [0.1, 0.2], [0.8, 0.1], [1, 1]],
        [[0.9, 0.3], [0.2, 0.8], [0.6, 0.7], [0.4, 0.5]],
        [[3, 3], [1, 1], [2, 2], [1, 1]],
    ),
    "power by issue": ([[0, 0], [1, 1], [0.3, 0.9]], [[0.8, 0.3], [0.3, 0.9], [0.6, 0.2]], [[1, 4], [2, 1], [3, 2]]),
    "five and three": (
        [[0, 0.5, 1], [0.2, 1, 0], [1, 0, 0.4], [0.7, 0.3, 0.9], [0.5, 0.8, 0.1]],
        [[0.9, 0.4, 0.2], [0.3, 0.8, 0.5], [0.6, 0.1, 0.7], [0.2, 0.9, 0.45], [0.35, 0.65, 0.85]],
        [[1, 1, 1], [2, 2, 2], [1.5, 1.5, 1.5], [3, 3, 3], [0.5, 0.5, 0.5]],
    ),
}


def trade(positions, salience, power):
    """Gains of all trades and decisions after them; Stokman and Van Oosten (1994), in fractions, corner by corner."""
    x, s, p = ([[Fraction(str(cell)) for cell in row] for row in part] for part in (positions, salience, power))
    actors, issues = range(len(x)), range(len(x[0]))
    total = [sum(s[a][m] * p[a][m] for a in actors) for m in issues]
    share = [[s[a][m] * p[a][m] / total[m] for m in issues] for a in actors]
    mean = [sum(share[a][m] * x[a][m] for a in actors) for m in issues]
    offers = []
    for (i, j), (m, n) in itertools.product(itertools.permutations(actors, 2), itertools.permutations(issues, 2)):
        if (x[i][m] - mean[m]) * (x[j][m] - mean[m]) < 0 and (x[i][n] - mean[n]) * (x[j][n] - mean[n]) < 0:
            most = share[j][m] * abs(x[i][m] - x[j][m]), share[i][n] * abs(x[i][n] - x[j][n])
            even = s[i][m] + s[j][m], s[i][n] + s[j][n]
            tries = [*itertools.product((0, most[0]), (0, most[1]))]
            tries += [(most[0], most[0] * even[0] / even[1]), (most[1] * even[1] / even[0], most[1])]
            for (
                a,
                b,
            ) in tries:  # the smaller gain is largest in a corner, or where an edge meets the line of equal gains
                if a <= most[0] and b <= most[1]:
                    gain = min(s[i][m] * a - s[i][n] * b, s[j][n] * b - s[j][m] * a)
                    offers.append((gain, i, j, m, n, a, b))
    used, gains = set(), []
    for gain, i, j, m, n, a, b in sorted((one for one in offers if one[0] > 0), key=lambda one: -one[0]):
        places = {(i, m), (i, n), (j, m), (j, n)}
        if not used & places:
            used |= places
            gains.append(gain)
            mean[m] += a if x[i][m] > x[j][m] else -a
            mean[n] += b if x[j][n] > x[i][n] else -b
    return gains, mean


@pytest.mark.parametrize("name", TRADES)
def test_trades_are_those_of_the_formulas(name):
    found = exchange_positions(*(np.array(part, dtype=float) for part in TRADES[name]))
    gains, decisions = trade(*TRADES[name])
    assert [one.gain for one in found.exchanges] == pytest.approx(list(map(float, gains)), abs=1e-12)
    assert found.decisions == pytest.approx(list(map(float, decisions)), abs=1e-12)
    assert ("no trade" in name) == (not gains)


def test_a_trade_by_hand():
    """Means 1/6 and 5/6; each moves the whole way on what it minds less, which moves the mean by 1/6."""
    gains, decisions = trade([[0, 0], [1, 1]], [[0.5, 0.1], [0.1, 0.5]], [[1, 1], [1, 1]])
    assert decisions == [0, 1]
    assert gains == [Fraction(1, 2) * Fraction(1, 6) - Fraction(1, 10) * Fraction(1, 6)]


def make_issue_rows(number):
    """A small table with blanks, an outcome and a status quo on every issue, as DEU has; numbers by a fixed rule."""
    rows, issues = 3 + number % 4, 4
    spread = np.modf(np.outer(np.arange(1.0, rows + 1), np.sqrt(np.arange(2.0, 2.0 + issues) + number)))[0]
    positions, salience = np.round(100 * spread), np.round(1 + 99 * spread[::-1, ::-1])
    positions[(np.arange(rows)[:, None] + 2 * np.arange(issues) + number) % 5 == 0] = np.nan
    power = np.repeat(np.arange(1.0, rows + 1)[:, None] ** 2, issues, axis=1)
    ends = np.round(100 * np.modf(np.sqrt(np.arange(1.0, 1 + issues) + 3 * number))[0])
    return positions, salience, power, ends, 100 - ends


@pytest.mark.parametrize("number", range(10))
def test_decisions_and_errors_of_issue_tables_are_those_of_the_formulas(number):
    positions, salience, power, outcomes, status_quo = make_issue_rows(number)
    actors, issues = (range(size) for size in positions.shape)
    table = PositionTable(
        name="own",
        format="issue-rows",
        actors=tuple(f"a{n}" for n in actors),
        issues=tuple(f"i{n}" for n in issues),
        positions=positions,
        salience=salience,
        power=power,
        low=np.zeros(len(issues)),
        high=np.full(len(issues), 100.0),
        separate=True,
        outcomes=outcomes,
        status_quo=status_quo,
    )
    expected = {"weighted-mean": [], "salience-mean": [], "plain-mean": [], "weighted-median": []}
    for m in issues:
        held = [(positions[a, m], salience[a, m], power[a, m]) for a in actors if not math.isnan(positions[a, m])]
        expected["weighted-mean"].append(sum(x * s * p for x, s, p in held) / sum(s * p for _, s, p in held))
        expected["salience-mean"].append(sum(x * s for x, s, _ in held) / sum(s for _, s, _ in held))
        expected["plain-mean"].append(sum(x for x, _, _ in held) / len(held))
        half = sum(s * p for _, s, p in held) / 2
        expected["weighted-median"].append(
            min(x for x, _, _ in held if sum(s * p for y, s, p in held if y <= x) >= half)
        )
    expected |= {"middle": [50.0] * len(issues), "status-quo": list(status_quo)}
    found = compute_baselines(table)
    for method, decided in expected.items():
        errors = sorted(abs(one - out) for one, out in zip(decided, outcomes, strict=True))
        assert found.decisions[method] == pytest.approx(decided, abs=1e-9), method
        assert found.errors[method].mean == pytest.approx(sum(errors) / len(errors)), method
        assert found.errors[method].median == pytest.approx((errors[1] + errors[2]) / 2), method


TENTHS = st.integers(0, 10).map(lambda tenths: tenths / 10)
ACTORS = st.lists(st.tuples(TENTHS, TENTHS.filter(bool), TENTHS.filter(bool)), min_size=2, max_size=6)


@given(ACTORS, st.sampled_from([0.25, 3.0, 1000.0]), st.integers(1, 5))
def test_a_contest_knows_neither_units_of_capability_nor_names_nor_left_and_right(actors, unit, turn):
    found = expect_ours(actors)
    order = [(at + turn) % len(actors) for at in range(len(actors))]
    for other, back in (
        (expect_ours([(x, s, c * unit) for x, s, c in actors]), list(range(len(actors)))),
        (expect_ours([(1 - x, s, c) for x, s, c in actors]), list(range(len(actors)))),
        (expect_ours([actors[at] for at in order]), np.argsort(order).tolist()),
    ):
        assert other.risk[back] == pytest.approx(found.risk, abs=1e-7)
        assert other.probability[np.ix_(back, back)] == pytest.approx(found.probability, abs=1e-9)
        assert other.utility[np.ix_(back, back)] == pytest.approx(found.utility, abs=1e-7)


@given(ACTORS)
def test_the_position_that_none_beats_is_a_weighted_median(actors):
    """Support less opposition is the difference of summed distances, so the winner has the smallest sum."""
    distances = [math.fsum(c * s * abs(x - y) for x, s, c in actors) for y, _, _ in actors]
    assert distances[expect_ours(actors).winner] == pytest.approx(min(distances), abs=1e-9)


@given(ACTORS)
def test_mirrored_actors_agree_at_the_middle(actors):
    both = actors + [(1 - x, s, c) for x, s, c in actors]
    columns = np.array(both)[:, :, np.newaxis]
    found = exchange_positions(*(np.repeat(columns[:, at], 2, axis=1) for at in range(3)))
    assert found.exchanges == ()  # whoever minds two issues alike has nothing to trade
    assert found.decisions == pytest.approx([0.5, 0.5])
