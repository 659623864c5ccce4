"""Alternating offers on a menu: closed forms, and what must hold of the package that is named, in whatever order."""

import json
import math

import hypothesis.extra.numpy as arrays
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import sim
from analysis.methods.alternating_offers import find_proposal, rubinstein_shares
from analysis.methods.bargaining import solve_bargaining
from tests.cli.test_cli import zopa
from tests.methods.test_bargaining import WORTHS

FACTORS = st.floats(0.05, 0.999)
FEW = settings(max_examples=40)
WORTHS_OF_TWO, WORTHS_OF_MORE = (
    arrays.arrays(
        np.float64,
        st.tuples(st.integers(1, 20), parties),
        elements=st.integers(0, 10).map(lambda tenths: tenths / 10),
    )
    for parties in (st.just(2), st.integers(3, 4))
)
HALF_PIE = np.array([[one, 1.0 - one] for one in (0.0, 0.5, 1.0)])


def cut(pieces):
    """A pie that can be cut into so many pieces."""
    first = np.arange(pieces + 1) / pieces
    return np.stack([first, 1.0 - first], axis=1)


@FEW
@given(FACTORS, FACTORS, st.integers(1, 30))
def test_the_first_of_two_asks_what_rubinstein_says_however_coarse_the_menu(one, other, pieces):
    asked = find_proposal(cut(pieces), (one, other))
    assert asked == pytest.approx([(1 - other) / (1 - one * other), other * (1 - one) / (1 - one * other)], abs=1e-9)
    assert asked == pytest.approx(rubinstein_shares((one, other)), abs=1e-9)


@FEW
@given(FACTORS, FACTORS, st.integers(1, 30))
def test_no_package_of_a_coarse_menu_is_nearer(one, other, pieces):
    menu = cut(pieces)
    found = solve_bargaining(menu, np.zeros(2), (one, other))
    first = (1 - other) / (1 - one * other)
    assert abs(menu[found.chosen["rubinstein"], 0] - first) <= 0.5 / pieces + 1e-9
    assert found.proposal.away == pytest.approx(np.abs(menu[:, 0] - first).min(), abs=1e-9)


@FEW
@given(st.integers(2, 30), st.floats(0.9, 0.999))
def test_equally_patient_parties_are_never_given_an_end_of_a_menu_with_a_middle(pieces, patience):
    chosen = solve_bargaining(cut(2 * pieces), np.zeros(2), (patience, patience)).chosen["rubinstein"]
    assert abs(chosen - pieces) <= 0.5 + pieces * (1 - patience)


@FEW
@given(WORTHS_OF_TWO, FACTORS, FACTORS)
def test_with_the_parties_in_the_other_order_the_same_package_follows_from_the_same_first_proposer(worths, one, other):
    ours = solve_bargaining(worths, np.zeros(2), (one, other))
    theirs = solve_bargaining(worths[:, ::-1], np.zeros(2), (other, one))
    assume(ours.proposal is not None)
    if ours.proposal.other_first is not None:
        assert theirs.chosen["rubinstein"] == ours.proposal.other_first
        assert ours.chosen["rubinstein"] == theirs.proposal.other_first


@FEW
@given(WORTHS_OF_MORE, st.permutations(range(4)), FACTORS)
def test_among_three_or_more_no_order_matters(worths, order, patience):
    order = [party for party in order if party < worths.shape[1]]
    factors = patience ** np.arange(1, len(order) + 1)
    ours = solve_bargaining(worths, np.zeros(len(order)), factors)
    theirs = solve_bargaining(worths[:, order], np.zeros(len(order)), factors[order])
    assume(ours.proposal is not None and len(ours.proposal.turns) > 2)
    assert theirs.proposal.worth == pytest.approx(ours.proposal.worth[order], abs=1e-5)


@FEW
@given(WORTHS, st.lists(FACTORS, min_size=4, max_size=4), st.floats(0.1, 10.0), st.floats(-5.0, 5.0))
def test_scales_of_worth_move_no_proposal(worths, factors, scale, shift):
    factors, none = factors[: worths.shape[1]], np.zeros(worths.shape[1])
    scales = np.where(np.arange(worths.shape[1]) == 0, scale, 1.0)
    ours = solve_bargaining(worths, none, factors).proposal
    theirs = solve_bargaining(worths * scales + shift, none + shift, factors).proposal
    assume(ours is not None)
    assert (theirs.worth - shift) / scales == pytest.approx(ours.worth, abs=1e-5)
    assert theirs.away == pytest.approx(ours.away, abs=1e-5)


@FEW
@given(WORTHS, st.lists(FACTORS, min_size=4, max_size=4))
def test_a_proposal_lies_on_the_frontier_between_packages(worths, factors):
    """No price of the parties' surpluses makes it dearer than every package, and some price makes none dearer."""
    found = solve_bargaining(worths, np.zeros(worths.shape[1]), factors[: worths.shape[1]])
    assume(found.proposal is not None and len(found.proposal.turns) == 2)
    able = list(found.proposal.turns)
    points, asked = worths[found.acceptable][:, able], found.proposal.worth[able]
    prices = np.stack([np.cos(angles := np.linspace(0, math.pi / 2, 2001)), np.sin(angles)])
    lead = (points @ prices).max(axis=0) - asked @ prices
    assert lead.min() >= -1e-9
    assert lead.min() <= 1e-3


@pytest.mark.parametrize("factors", [(0.9, 0.9, 0.9), (0.9, 0.81, 0.9), (0.99, 0.9, 0.5)])
def test_among_three_on_a_pie_shares_are_those_of_short_rounds(factors):
    """Weights 1 / -log d (Binmore, Rubinstein, Wolinsky 1986), which taking turns approaches as rounds grow short."""
    weights = 1 / -np.log(factors)
    asked = find_proposal(np.eye(3), factors)
    assert asked == pytest.approx(weights / weights.sum(), abs=1e-6)
    short = rubinstein_shares([factor**1e-4 for factor in factors])
    assert asked == pytest.approx(short, abs=1e-3)


def test_two_parties_approach_the_same_limit():
    patience = np.array([0.9, 0.8])
    weights = 1 / -np.log(patience)
    assert find_proposal(cut(1), patience**1e-5)[0] == pytest.approx(weights[0] / weights.sum(), abs=1e-4)


def test_on_a_curved_frontier_both_proposals_leave_the_other_what_waiting_brings():
    first = np.arange(20_001) / 20_000
    curved = np.stack([np.sqrt(first), 1.0 - first], axis=1)
    mine, yours = find_proposal(curved, (0.9, 0.8)), find_proposal(curved[:, ::-1], (0.8, 0.9))[::-1]
    assert mine[1] == pytest.approx(0.8 * yours[1], abs=1e-6)
    assert yours[0] == pytest.approx(0.9 * mine[0], abs=1e-6)
    for one in (mine, yours):
        assert one[1] == pytest.approx(1.0 - one[0] ** 2, abs=1e-6)


@pytest.mark.parametrize(("factors", "first"), [((1.0, 1.0), 0.5), ((1.0, 0.9), 1.0), ((0.9, 1.0), 0.0), ((0, 0), 1.0)])
def test_who_loses_nothing_by_waiting_and_who_loses_all(factors, first):
    assert find_proposal(HALF_PIE, factors)[0] == pytest.approx(first, abs=1e-5)


def test_one_package_is_what_everybody_proposes():
    found = solve_bargaining(np.array([[0.3, 0.2, 0.1]]), np.zeros(3), (0.9, 0.9, 0.9))
    assert found.proposal.worth == pytest.approx([0.3, 0.2, 0.1], abs=1e-5)
    assert found.chosen["rubinstein"] == 0


def test_whoever_cannot_gain_takes_no_turn():
    worths = np.concatenate([cut(10), np.zeros((11, 1))], axis=1)
    found = solve_bargaining(worths, np.zeros(3), (0.9, 0.8, 0.1))
    assert found.proposal.turns == (0, 1)
    assert found.proposal.worth[:2] == pytest.approx(rubinstein_shares((0.9, 0.8)), abs=1e-9)


def test_splitting_the_pie_takes_a_middle_package_whoever_proposes_first():
    """Of surpluses from .00 to .30 for each side."""
    both = [sim.solve("textbook/split-the-pie", party=order) for order in (["north", "south"], ["south", "north"])]
    (first, second), (other_second, other_first) = ([*one.problem.parties] for one in both)
    assert (first, second) == (other_first, other_second)
    ours, theirs = (one.as_json() for one in both)
    worth, turned = (one["solutions"]["rubinstein"]["worth"] for one in (ours, theirs))
    assert [worth["north"], worth["south"]] == pytest.approx([0.198, 0.099], abs=0.001)
    assert [turned["north"], turned["south"]] == pytest.approx([0.099, 0.198], abs=0.001)
    assert ours["proposal"]["other_first"] == theirs["solutions"]["rubinstein"]["package"]
    assert ours["proposal"]["worth"]["north"] == pytest.approx(0.1486, abs=0.001)
    assert ours["proposal"]["away"] == pytest.approx(0.17, abs=0.01)


def test_ties_are_said_in_the_terminal_on_the_page_and_in_json(tmp_path):
    page = tmp_path / "solve.html"
    said = " ".join(zopa("solve", "textbook/split-the-pie", "--to", page).stdout.split())
    for words in (
        "Nash, Kalai–Smorodinsky and egalitarian: 2 packages are equally good by its measure: six tenths; seven",
        "utilitarian: 4 packages are equally good by its measure",
        "First would propose First 0.149 and Second 0.148.",
        "If Second proposed first, the nearest package would be another one: six tenths.",
    ):
        assert words in said
        assert words in page.read_text(encoding="utf-8")
    found = json.loads(zopa("solve", "textbook/split-the-pie", "--json").stdout)
    assert [len(found["solutions"][name]["tied"]) for name in ("nash", "utilitarian", "rubinstein")] == [2, 4, 1]
    assert found["objections"] is None


def test_that_nobody_can_agree_and_who_refuses_is_said_in_the_terminal_on_the_page_and_in_json(tmp_path):
    page = tmp_path / "solve.html"
    said = " ".join(zopa("solve", "textbook/three-parties", "--to", page, "--lang", "de").stdout.split())
    for words in (
        "Niemand kann sich einigen: Jedes der 3 Pakete",
        "Seggen würde 3 davon ablehnen",
        "Am nächsten kommt",
    ):
        assert words in said
        assert words in page.read_text(encoding="utf-8")
    found = json.loads(zopa("solve", "textbook/three-parties", "--json").stdout)
    assert found["proposal"] is None
    refused = {key: (one["refused"], one["alone"]) for key, one in found["objections"]["parties"].items()}
    assert sorted(refused.values()) == [(0, 0), (0, 0), (0, 0), (3, 3)]


def test_objections_by_hand():
    """Of three packages the last is refused by one party only, and its loss there is the smaller of two such."""
    worths = np.array([[-0.1, -0.1, 0.5], [0.2, -0.3, 0.1], [-0.2, 0.4, 0.0]])
    found = solve_bargaining(worths, np.zeros(3), (0.9,) * 3).objections
    assert (found.refused, found.alone, found.closest) == ((2, 2, 0), (1, 1, 0), 2)
    assert found.losses == pytest.approx((0.2, 0.0, 0.0))


def test_where_nobody_loses_and_nobody_gains_it_is_said():
    found = solve_bargaining(np.zeros((2, 2)), np.zeros(2), (0.9, 0.9))
    assert found.objections.closest is None
    assert not any(found.objections.refused)


def test_thirty_parties_have_a_nash_solution():
    """A product of thirty surpluses of a tenth is 1e-30; the order of packages is that of the product all the same."""
    worths = np.full((3, 30), 0.1)
    worths[1, :10], worths[2] = 0.15, 0.11
    worths[1, 0] = 0.09
    assert solve_bargaining(worths, np.zeros(30), (0.9,) * 30).chosen["nash"] == int(worths.prod(axis=1).argmax())
