"""Both sides of the flagship: what holds of one side holds of the other, or a passage says why not."""

import pytest

from sim.schema.term_matching import satisfies
from tests.theory.simulate import FLAGSHIP, scenario

SIDES = {"russia": "gives-up-held-land", "ukraine": "cedes-held-land"}
LINE = {
    "territory": "front-line",
    "alignment": "nato-off-table",
    "guarantees": "arms-and-training",
    "forces": "no-limits",
    "sanctions": "kept",
    "order": "unchanged",
    "politics": "no-terms",
}
GIVEN_UP = {
    "borders-of-1991": {"russia"},
    "february-2022-line": {"russia"},
    "swap": {"russia", "ukraine"},
    "front-line": set(),
    "donbas": {"ukraine"},
    "four-oblasts": {"ukraine"},
}


@pytest.fixture(scope="module")
def flagship():
    return scenario(FLAGSHIP, view="wide")


@pytest.mark.parametrize("option", GIVEN_UP)
def test_whoever_leaves_land_that_it_holds_pays_and_ratifies(flagship, option):
    terms = LINE | {"territory": option}
    for side, line in SIDES.items():
        interests = flagship.actors[side].interests
        leaves = side in GIVEN_UP[option]
        assert satisfies(interests.red_lines[line].when, terms, flagship.issues) == leaves
        assert satisfies(interests.ratifies, terms, flagship.issues) == leaves


def test_both_pay_the_same_for_it_and_say_why_they_ratify(flagship):
    prices = [flagship.actors[side].interests.red_lines[line].price for side, line in SIDES.items()]
    assert (prices[0].low, prices[0].high) == (prices[1].low, prices[1].high)
    reasons = [flagship.actors[side].interests.ratifies for side in SIDES]
    assert all(one.assumed and not one.because for one in reasons)  # no text speaks of a ratification


def test_every_scale_ends_with_the_picture_of_victory_of_a_side(flagship):
    """Where a side prevails the line and Kyiv's politics stand at the end of their scale."""
    contest = flagship.contest
    for key, issue in flagship.issues.items():
        assert contest.first_prevails[key] == list(issue.options)[-1]
    assert contest.second_prevails["territory"] == next(iter(flagship.issues["territory"].options))


def test_the_menu_reaches_both_ends_of_the_line(flagship):
    named = {terms.options["territory"] for terms in flagship.menu.named.values()}
    assert named == set(flagship.issues["territory"].options)


def test_no_terms_on_the_menu_end_the_state(flagship):
    """An aim that no agreement meets speaks only for fighting on."""
    assert all(terms.options["politics"] != "end-of-statehood" for terms in flagship.menu.named.values())
    assert not any("end-of-statehood" in row for row in flagship.menu.nash)
    assert flagship.contest.first_prevails["politics"] == "end-of-statehood"
