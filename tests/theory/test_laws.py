"""Laws: what must hold in the simulator itself, whatever the numbers."""

import numpy as np
import pytest

from sim.model.build_layout import build_layout
from sim.model.outcome_classifier import OutcomeClassifier
from sim.model.packages import terms_value
from sim.model.parameters import sample_quantities
from sim.rules.week import VALUES
from sim.schema.quantity import find_quantities
from tests.theory.simulate import (
    FLAGSHIP,
    apply_rules,
    flagship,
    list_changes,
    play_runs,
    play_weekly,
    scenario,
    world,
    zone,
)

TOWNS, THREE, EMPTY, NO_ZONE, PIE = (
    f"textbook/{name}" for name in ("two-towns", "three-parties", "empty-threat", "no-zone", "split-the-pie")
)
CASES = [(FLAGSHIP, "wide"), (TOWNS, None), (THREE, None), (EMPTY, None)]
CASES += [("textbook/logrolling", None), ("textbook/strike", None)]
RUNS = 200


@pytest.mark.parametrize(("name", "view"), CASES, ids=str)
def test_outcomes_are_a_partition(name, view):
    found = scenario(name, view=view)
    for arrays in play_weekly(found, RUNS, 40):
        book = OutcomeClassifier(arrays.layout)
        holds = np.array([book.evaluate(o.when, arrays.read) * np.ones(RUNS) for o in found.outcomes.values()])
        assert np.isin(holds, (0.0, 1.0)).all()
        assert holds[-1].all()
        assert np.array_equal(world(arrays, "outcome"), holds.argmax(axis=0))


def test_no_mediator_and_no_proposal_no_agreement():
    silent = [
        f"actors.{side}.disputant.{what}_price=1000" for side in ("north", "south") for what in ("offer", "concession")
    ]
    assert world(play_runs(scenario(TOWNS), RUNS, 52), "agreements").sum() > RUNS / 2
    assert world(play_runs(scenario(TOWNS, *silent), RUNS, 52), "agreements").sum() == 0


def without_leaning(*changes):
    return flagship("choice.precision=100000", f"actors.{flagship().mediator}.mediator.lean_price=1000", *changes)


@pytest.mark.parametrize(("name", "ultimatums"), [(NO_ZONE, True), (FLAGSHIP, True), (FLAGSHIP, False)])
def test_empty_zone_and_high_precision_never_an_agreement(name, ultimatums):
    """The menu in use, leaning off; runs in which the zone was empty in every week.

    Where there are ultimatums, a refusal costs what is threatened for it, and the zone counts that; without them it is
    that of the packages alone.
    """
    silent = () if ultimatums else list_changes(flagship(), "levers.*.threatens", "false")
    found = scenario(NO_ZONE) if name == NO_ZONE else without_leaning(*silent)
    ever = np.zeros(RUNS, dtype=bool)
    for arrays in play_weekly(found, RUNS, 52):
        ever |= zone(arrays, under_threat=name == FLAGSHIP and ultimatums).any(axis=0)
    agreed = world(arrays, "agreements") > 0
    assert (~ever).sum() > 10
    assert not agreed[~ever].any()
    if name == FLAGSHIP:
        assert agreed[ever].any()


def raise_costs(found, factor):
    return [
        f"actors.{key}.interests.conflict_cost=*{factor}"
        for key, actor in found.actors.items()
        if actor.interests and actor.interests.conflict_cost
    ]


@pytest.mark.parametrize("factor", [1.2, 2.0, 5.0])
def test_without_fear_of_breakdown_a_higher_cost_never_shrinks_the_zone(factor):
    calm = list_changes(flagship(), "sequences.*.breakdown_factor", "0")
    low, high = (zone(apply_rules(flagship(*calm, *raise_costs(flagship(), f)), 400, VALUES)) for f in (1, factor))
    assert low.any()
    assert high.sum() > low.sum()
    assert not (low & ~high).any()


def test_with_fear_of_breakdown_the_zone_is_not_rarer():
    """Statistical: n 400, paired; the share of runs with a zone must not fall by more than 3 standard errors."""
    low, high = (zone(apply_rules(flagship(*raise_costs(flagship(), f)), 400, VALUES)).any(axis=0) for f in (1, 2))
    moved = high.astype(float) - low
    assert moved.mean() > -3 * moved.std() / np.sqrt(moved.size)


def remove_veto(found):
    return [f"actors.{key}.veto_player.must_consent=null" for key, actor in found.actors.items() if actor.veto_player]


def test_removing_a_veto_never_lowers_agreements():
    with_veto = world(play_runs(scenario(THREE), RUNS, 52), "agreements") > 0
    without = world(play_runs(scenario(THREE, *remove_veto(scenario(THREE))), RUNS, 52), "agreements") > 0
    assert not (with_veto & ~without).any()
    assert without.sum() > with_veto.sum() + RUNS / 2


@pytest.mark.slow
def test_in_the_flagship():
    """Statistical: n 400 draws, paired, run-up and 52 weeks; false alarm below .002 if a veto had no effect."""
    with_veto = world(play_runs(flagship(), 400, 52), "agreements") > 0
    without = world(play_runs(flagship(*remove_veto(flagship())), 400, 52), "agreements") > 0
    moved = without.astype(float) - with_veto
    assert moved.mean() > -3 * moved.std() / np.sqrt(moved.size)
    assert moved.any()


def test_no_bite_no_stress():
    stressed = [key for key, lever in flagship().levers.items() if lever.effects.stress is not None]
    blunt = flagship(*(f"levers.{key}.effects.stress={{value: 0}}" for key in stressed))
    for arrays in play_weekly(blunt, RUNS, 30):
        assert not arrays.state["actor"]["stress"].any()
    assert world(arrays, "executions").sum() > 0
    assert play_runs(flagship(), RUNS, 30).state["actor"]["stress"].any()


def test_words_only_no_execution_and_less_credibility():
    talk = scenario(EMPTY)
    start = apply_rules(talk, RUNS, ()).state["belief"]
    arrays = play_runs(talk, RUNS, 52)
    rows = arrays.layout.spaces["belief"].groups["credibility"]
    assert not arrays.state["lever"]["ever"].any()
    assert world(arrays, "executions").sum() == 0
    after, before = arrays.state["belief"]["chance"][rows], start["chance"][rows]
    assert (after <= before + 1e-12).all()
    target = [r for r in rows if arrays.layout.spaces["belief"].keys[r].startswith("north")]
    threatened = world(arrays, "threats") > 2
    assert (arrays.state["belief"]["chance"][target] < start["chance"][target])[:, threatened].all()


@pytest.mark.parametrize(("name", "view"), CASES, ids=str)
def test_beliefs_stay_between_0_and_1(name, view):
    for arrays in play_weekly(scenario(name, view=view), RUNS, 40):
        chance = arrays.state["belief"]["chance"][:-1]
        assert ((chance > 0.0) & (chance < 1.0)).all()


@pytest.mark.parametrize(("name", "view"), [*CASES, (PIE, None)], ids=str)
def test_worth_lies_in_0_to_1_and_prevailing_is_best_for_who_prevails(name, view):
    found = scenario(name, view=view)
    drawn = sample_quantities(found, 1, np.arange(30))
    whole = build_layout(found, every=True)
    for actor in found.find_by_role("disputant") + tuple(k for k in (found.mediator,) if k):
        worth = terms_value(found.issues, drawn, actor, whole.terms_table.options)
        assert worth.min() >= -1e-12
        assert worth.max() <= 1.0 + 1e-12
    for own, end, other in (("first", "first_prevails", "second"), ("second", "second_prevails", "first")):
        content = [tuple(getattr(found.contest, end).items())]
        place = [tuple(sorted(c.items())) for _, c in whole.terms].index(tuple(sorted(content[0])))
        best = terms_value(found.issues, drawn, getattr(found.contest, own), whole.terms_table.options)
        worst = terms_value(found.issues, drawn, getattr(found.contest, other), whole.terms_table.options)
        assert np.allclose(best[place], best.max(axis=0), atol=1e-12)
        if name in (FLAGSHIP, PIE):  # there every table is ordered for both sides
            assert np.allclose(worst[place], worst.min(axis=0), atol=1e-12)


def test_an_opposed_single_issue_conserves_the_pie():
    arrays = apply_rules(scenario(PIE), 5, VALUES)
    worth, parties = arrays.state["party_terms"]["worth"], arrays.layout.parties
    total = worth[parties.index("north")] + worth[parties.index("south")]
    assert np.allclose(total, 1.0, atol=1e-12)


@pytest.mark.parametrize(("name", "view"), [*CASES, (PIE, None)], ids=str)
def test_every_table_spans_0_to_1_for_both_sides(name, view):
    found = scenario(name, view=view)
    for issue in found.issues.values():
        for side in found.find_by_role("disputant"):
            worths = [option.worth[side] for option in issue.options.values()]
            assert (min(worths), max(worths)) == (0.0, 1.0)


@pytest.mark.parametrize("name", [FLAGSHIP, PIE])
def test_tables_are_monotone_for_both_sides(name):
    found = flagship() if name == FLAGSHIP else scenario(name)
    for issue in found.issues.values():
        first, second = ([o.worth[side] for o in issue.options.values()] for side in found.find_by_role("disputant"))
        assert first == sorted(first)
        assert second == sorted(second, reverse=True)


@pytest.mark.parametrize("name", [FLAGSHIP, TOWNS])
def test_without_hazard_nothing_breaks(name):
    calm = ("agreement_durability.paper_hazard={value: 0}", "agreement_durability.slow_scale={value: 0}")
    found = flagship if name == FLAGSHIP else lambda *changes: scenario(TOWNS, *changes)
    runs = 400
    assert world(play_runs(found(), runs, 52), "breakdowns").sum() > 0
    arrays = play_runs(found(*calm), runs, 52)
    assert world(arrays, "breakdowns").sum() == 0
    assert world(arrays, "agreements").sum() > 0


def test_changing_one_prior_leaves_every_other_draw_untouched():
    before = sample_quantities(flagship(), 1, np.arange(50))
    for place in ("contest.balance", "actors.russia.interests.conflict_cost", "beliefs.us-hope-russia.chance"):
        if place not in dict(find_quantities(flagship())):
            place = next(key for key in before if key.startswith("beliefs."))
        after = sample_quantities(flagship(f"{place}=*0.5"), 1, np.arange(50))
        assert [key for key in before if not np.array_equal(before[key], after[key])] == [place]
