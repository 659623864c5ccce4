"""Motives, scales and sequences: more laws of the simulator."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.argument_binding import list_argument_names
from sim.model.parameters import sample_quantities
from sim.rules import choice
from sim.rules.moves import call
from sim.rules.week import VALUES, WILLINGNESS
from sim.schema.quantity import find_quantities
from tests.theory.simulate import (
    SEED,
    apply_rules,
    flagship,
    list_changes,
    load_edited,
    play_runs,
    play_weekly,
    scenario,
    world,
)

TOWNS, THREE = "textbook/two-towns", "textbook/three-parties"


def call_rate(credibility, runs):
    """Calls of the first side in weeks under an ultimatum, by run: calls and weeks."""
    side = flagship().contest.first
    found = flagship(f"actors.{side}.disputant.words_credibility={{value: {credibility}}}")
    row = list(found.actors).index(side)
    parts = [play_runs(found, np.arange(at, at + 100), 52).state["actor"] for at in range(0, runs, 100)]
    names = ("calls_with_ultimatum", "weeks_with_ultimatum")
    return tuple(np.concatenate([part[name][row] for part in parts]) for name in names)


@pytest.mark.slow
def test_words_that_avert_nothing_leave_no_motive_to_stall():
    """Statistical, 1,000 draws, paired: more calls under an ultimatum where words avert it, by 3 standard errors."""
    (deaf, deaf_weeks), (heard, heard_weeks) = call_rate(0, 1000), call_rate(1, 1000)
    before, after = deaf.sum() / deaf_weeks.sum(), heard.sum() / heard_weeks.sum()
    each = (heard - after * heard_weeks) / heard_weeks.mean() - (deaf - before * deaf_weeks) / deaf_weeks.mean()
    assert after - before > 3 * each.std() / np.sqrt(1000)


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.0, 0.1), st.floats(0.0, 1.0))
def test_a_call_whose_words_are_not_heard_does_not_ask_what_is_threatened(harm, other_harm, prestige, sincerity):
    def worth(threatened):
        given_ = dict.fromkeys(list_argument_names(call.worth), 0.1)
        given_ |= {"actor_words_credibility": 0.0, "sincerity_chance": sincerity, "actor_prestige": prestige}
        return call.worth(**given_ | {"actor_threatened_harm": threatened})

    assert worth(harm) == worth(other_harm)


@pytest.mark.slow
def test_shares_of_ensembles_spread_like_a_binomial():
    """Statistical: 40 ensembles of 50 runs; chi-square of 39 degrees within its .0001 and .9999 quantiles."""
    settled = world(play_runs(scenario(TOWNS), 2000, 20), "settled").reshape(40, 50).mean(axis=1)
    share = settled.mean()
    assert 0.2 < share < 0.8
    spread = ((settled - share) ** 2).sum() / (share * (1.0 - share) / 50)
    assert 13.0 < spread < 84.0


@pytest.mark.parametrize("found", [scenario(TOWNS), flagship()], ids=["two-towns", "flagship"])
def test_no_agreement_in_force_before_its_sequence_allows(found):
    runs = 300
    signed = np.full(runs, np.inf)
    checked, stage = 0, np.zeros(runs)
    for arrays in play_weekly(found, runs, 60):
        week = world(arrays, "week")
        signed = np.where(world(arrays, "signed_now") > 0.0, week, signed)
        begins = (world(arrays, "stage") == 6.0) & (stage != 6.0)
        assert (week - signed)[begins].size == 0 or ((week - signed) >= world(arrays, "draft_weeks"))[begins].all()
        checked += begins.sum()
        stage = world(arrays, "stage").copy()
    assert checked > 20


def test_a_more_trusted_guarantee_never_lowers_the_surplus_of_a_peace_that_is_better_than_war():
    """For every guaranteed package whose terms are worth more than fighting on after a breakdown."""
    side = flagship().contest.second
    places = [place for place, _ in find_quantities(flagship()) if _is_trust(flagship(), place, side)]
    assert places
    low, high = (
        apply_rules(flagship(*(f"{p}={{value: {trust}}}" for p in places)), 200, VALUES) for trust in (0.3, 0.9)
    )
    row = low.layout.parties.index(side)
    guaranteed = low.state["package"]["guarantee"][:-1] > 0.0
    lower, higher = (a.state["party_package"]["surplus"][row] for a in (low, high))
    peace = _compute_terms_worth(low, row) >= _spread_over_packages(
        low, "party_breakdown", "reservation_after_breakdown", row
    )
    assert (guaranteed & peace).sum() > 1000
    assert (higher >= lower)[guaranteed & peace].all()
    assert (higher > lower)[guaranteed & peace].any()
    assert np.array_equal(lower[~guaranteed], higher[~guaranteed])


def _is_trust(found, place, side):
    part = place.split(".")
    if part[0] == "beliefs":
        belief = found.beliefs[part[1]]
        return (belief.kind, belief.holder, part[2]) == ("trust", side, "chance")
    return part == ["actors", side, "interests", "trust"]


def _compute_terms_worth(arrays, row):
    worth, interim = (_spread_over_packages(arrays, "party_terms", name, row) for name in ("worth", "interim"))
    package = {name: array[:-1] for name, array in arrays.state["package"].items()}
    mixed = package["settles"] * worth + (1.0 - package["settles"]) * interim
    return np.where(package["fights_on"] > 0.0, worth, mixed)


def _spread_over_packages(arrays, space, name, row):
    """A variable of terms or breakdown classes as a party sees them, for every package."""
    return arrays.state[space][name][row][arrays.layout.spaces["party_package"].relations[space].index]


HALF = 0.5


def _halve(text):
    for issue in text["issues"].values():
        for option in issue["options"].values():
            option["worth"] = {actor: HALF * worth for actor, worth in option["worth"].items()}


@pytest.mark.parametrize(("name", "view"), [("alaska-budapest", "wide"), (THREE, None)], ids=str)
def test_halving_every_worth_and_doubling_precision_changes_no_choice(name, view):
    """Exact, as halves lose no bits; the value of any deal counts 1 by definition and is left out."""
    found, runs = scenario(name, view=view), np.arange(100)
    drawn = sample_quantities(found, SEED, runs)
    drawn |= {place: 0.0 * array for place, array in drawn.items() if place.endswith(".value_of_any_deal")}
    units = {place: getattr(quantity, "unit", "") for place, quantity in find_quantities(found)}
    scaled = {p: HALF * a if units.get(p) in ("worth", "worth/week") else a for p, a in drawn.items()}
    scaled["choice.precision"] = drawn["choice.precision"] / HALF
    ways = play_weekly(found, 100, 30, drawn=drawn), play_weekly(load_edited(name, _halve, view), 100, 30, drawn=scaled)
    for one, other in zip(*ways, strict=True):
        assert np.array_equal(one.state["move"]["chosen"], other.state["move"]["chosen"])
        assert np.array_equal(HALF * one.state["actor"]["reservation"], other.state["actor"]["reservation"])
        for name in ("stage", "outcome", "draft", "ended"):
            assert np.array_equal(world(one, name), world(other, name))


def test_a_second_key_without_sharpness_is_a_coin():
    arrays = apply_rules(flagship("choice.second_key={value: 0}"), 20, (*VALUES, *WILLINGNESS))
    acting = [r for r, a in enumerate(arrays.layout.parties) if arrays.layout.scenario.actors[a].interests]
    assert (arrays.state["party_package"]["approval"][acting] == 0.5).all()
    lucks = (np.arange(1000) + 0.5) / 1000
    made = choice.choose_move(
        [0.0 * lucks, 9.0 + 0.0 * lucks], [1.0 + 0.0 * lucks] * 2, [0.0, 0.0], [False, True], [lucks, lucks], 50.0, 0.0
    )
    assert made[1].sum() == 500
    assert np.array_equal(made[1] == 1.0, lucks < 0.5)


def test_with_certain_settlement_no_fear_and_equal_weeks_all_sequences_are_equal():
    found = flagship()
    level = [
        c
        for what, v in (("settles", 1), ("breakdown_factor", 0), ("weeks", 6))
        for c in list_changes(found, f"sequences.*.{what}", f"{{value: {v}}}")
    ]
    surplus = apply_rules(flagship(*level), 100, VALUES).state["party_package"]["surplus"]
    by_sequence = surplus.reshape(surplus.shape[0], -1, len(found.sequences), 100)
    assert len(found.sequences) > 1
    assert (by_sequence == by_sequence[:, :, :1]).all()
    usual = apply_rules(found, 100, VALUES).state["party_package"]["surplus"].reshape(by_sequence.shape)
    assert (usual != usual[:, :, :1]).any()
