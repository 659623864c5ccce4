"""Bargaining solutions: closed forms, what other libraries choose, and what must hold among any packages."""

import json

import hypothesis.extra.numpy as arrays
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from analysis.methods.alternating_offers import rubinstein_shares
from analysis.methods.bargaining import find_pareto_frontier, measure_distances, solve_bargaining
from sim.errors import OptionError
from tests.methods.negmas_tables import CHOICES, TABLES, ask_negmas, make_table

WORTHS = arrays.arrays(
    np.float64,
    st.tuples(st.integers(1, 40), st.integers(2, 4)),
    elements=st.integers(0, 10).map(lambda tenths: tenths / 10),
)
CHOSEN = json.loads(CHOICES.read_text(encoding="utf-8"))["tables"]
PIE = np.stack([np.arange(1001) / 1000, 1 - np.arange(1001) / 1000], axis=1)


def find_frontier_by_definition(worths):
    """Packages that no other one dominates, each compared with each."""
    at_least = (worths[:, np.newaxis] <= worths[np.newaxis]).all(axis=2)
    better = (worths[:, np.newaxis] < worths[np.newaxis]).any(axis=2)
    return np.flatnonzero(~(at_least & better).any(axis=1))


@given(WORTHS)
def test_nothing_on_the_frontier_is_dominated_and_nothing_else_is_left_out(worths):
    assert find_pareto_frontier(worths).tolist() == find_frontier_by_definition(worths).tolist()


@given(WORTHS)
def test_every_solution_is_efficient_and_costs_nobody(worths):
    none = np.full(worths.shape[1], 0.2)
    found = solve_bargaining(worths, none, [0.9] * worths.shape[1])
    for at in found.chosen.values():
        if at is not None:
            assert (worths[at] >= none - 1e-12).all()
            assert at in found.pareto
    assert (found.chosen["nash"] is None) == (found.acceptable.size == 0)


@given(WORTHS, st.permutations(range(4)))
def test_names_of_parties_do_not_matter(worths, order):
    order = [party for party in order if party < worths.shape[1]]
    none = np.zeros(worths.shape[1])
    ours, theirs = (solve_bargaining(one, none, [0.9] * len(order)) for one in (worths, worths[:, order]))
    for name in ("nash", "kalai-smorodinsky", "egalitarian", "utilitarian"):
        assert (ours.chosen[name] is None) == (theirs.chosen[name] is None)
        assert ours.tied[name].tolist() == theirs.tied[name].tolist()
        if ours.chosen[name] is not None:
            first, second = worths[ours.chosen[name]], worths[theirs.chosen[name]]
            assert np.sort(first).tolist() == np.sort(second).tolist()


@given(WORTHS, st.floats(0.5, 20), st.floats(-5, 5))
def test_scales_of_worth_do_not_matter_to_nash_and_kalai(worths, factor, shift):
    none = np.zeros(worths.shape[1])
    scale = np.ones(worths.shape[1])
    scale[0] = factor
    ours = solve_bargaining(worths, none, [0.9] * len(none))
    theirs = solve_bargaining(worths * scale + shift, none + shift, [0.9] * len(none))
    if ours.chosen["nash"] is not None:
        able = worths[:, worths.max(axis=0) > 0.0]
        gained = {"nash": able.prod(axis=1), "kalai-smorodinsky": (able / able.max(axis=0)).min(axis=1)}
        for name, gain in gained.items():
            assert gain[ours.chosen[name]] == pytest.approx(gain[theirs.chosen[name]])


@given(st.floats(1.0, 5.0), st.floats(0.1, 10.0), st.floats(0.1, 10.0), st.floats(0.0, 0.3))
def test_kalai_agrees_with_nash_on_a_symmetric_set_whatever_the_scales(curve, one, other, none):
    first = np.linspace(0.0, 1.0, 201) ** (1.0 / curve)
    worths = np.stack([first, first[::-1]], axis=1)
    found = solve_bargaining(worths * [one, other], np.array([none * one, none * other]), [0.9, 0.9])
    assert found.chosen["nash"] == found.chosen["kalai-smorodinsky"] == 100


def test_nash_on_a_concave_frontier():
    worths = np.stack([np.sqrt(PIE[:, 0]), PIE[:, 1]], axis=1)
    found = solve_bargaining(worths, np.zeros(2), [0.9, 0.9])
    assert PIE[found.chosen["nash"], 0] == pytest.approx(1 / 3, abs=1e-3)


def test_solutions_differ_where_theory_says_so():
    worths = np.array([[10.0, 1.0], [6.0, 4.0], [4.0, 4.5], [0.0, 5.0]])
    chosen = solve_bargaining(worths, np.zeros(2), [0.9, 0.9]).chosen
    assert chosen["utilitarian"] == 0
    assert chosen["nash"] == 1
    assert chosen["egalitarian"] in (1, 2)
    assert chosen["kalai-smorodinsky"] == 1


@pytest.mark.parametrize(
    ("discounts", "first"), [((0.9, 0.9), 0.526316), ((0.9, 0.8), 0.714286), ((0.5, 0.5), 2 / 3), ((0.99, 0.0), 1.0)]
)
def test_rubinstein_on_a_pie(discounts, first):
    assert rubinstein_shares(discounts)[0] == pytest.approx(first, abs=1e-6)
    found = solve_bargaining(PIE, np.zeros(2), discounts)
    assert PIE[found.chosen["rubinstein"], 0] == pytest.approx(first, abs=0.0005)


def test_rubinstein_with_three_parties_takes_turns():
    assert rubinstein_shares([0.9] * 3) == pytest.approx([1 / 2.71, 0.9 / 2.71, 0.81 / 2.71])


def test_whose_consent_is_not_needed_does_not_block():
    worths = np.array([[0.5, 0.5, -0.1], [0.1, 0.1, 0.1]])
    asked = np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 1.0]])
    assert solve_bargaining(worths, np.zeros(3), [0.9] * 3).acceptable.tolist() == [1]
    assert solve_bargaining(worths, np.zeros(3), [0.9] * 3, asked).acceptable.tolist() == [0, 1]


def test_distances_of_no_agreement():
    found = solve_bargaining(PIE, np.zeros(2), [0.9, 0.9])
    distances = measure_distances(found, np.zeros(2))
    assert distances.to_pareto == pytest.approx(0.5**0.5)
    assert distances.to_nash == pytest.approx(0.5**0.5)
    assert distances.welfare == 0


@pytest.mark.parametrize("number", range(TABLES))
def test_negmas_chooses_alike(number):
    """Against what NegMAS once chose from the same table; the file says which version, its module how to ask anew."""
    worths, theirs = make_table(number), CHOSEN[number]
    found = solve_bargaining(worths, np.zeros(worths.shape[1]), [0.9] * worths.shape[1])
    assert {tuple(row) for row in worths[found.pareto].tolist()} == set(map(tuple, theirs["frontier"]))
    for name in ("nash", "egalitarian", "utilitarian"):
        assert worths[found.chosen[name]].tolist() in theirs[name], name


def test_negmas_still_chooses_what_it_chose():
    """Where the extra `oracle` is installed."""
    pytest.importorskip("negmas")
    for number in range(0, TABLES, 10):
        assert json.loads(json.dumps(ask_negmas(make_table(number)))) == CHOSEN[number]


def test_logrolling_is_what_every_theory_chooses():
    found = sim.solve("textbook/logrolling").as_json()
    assert {one["package"] for one in found["solutions"].values()} == {"trade"}
    assert found["acceptable"] == 2


def test_three_parties_have_nothing_to_choose():
    found = sim.solve("textbook/three-parties")
    assert set(found.solutions.chosen.values()) == {None}
    assert "–" in repr(found)
    pair = sim.solve("textbook/three-parties", party=["north", "south"]).as_json()
    assert pair["parties"] == ["north", "south"]


def test_all_words_are_german():
    assert "was Theorien des Verhandelns" in repr(sim.solve("textbook/logrolling", lang="de", agreement="none"))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"party": ["north"]}, "party must name two parties or more, each once"),
        ({"party": ["north", "soth"]}, "party 'soth' is no party here; did you mean 'south'?"),
        ({"agreement": "peace"}, "agreement 'peace' is no package here, such as 'middle'"),
        ({"agreement": "1,2,3"}, "agreement must have one number for each of 2 parties"),
    ],
)
def test_what_is_not_there(asked, words):
    with pytest.raises(OptionError) as error:
        sim.solve("textbook/logrolling", **asked)
    assert str(error.value) == words
