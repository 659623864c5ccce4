"""Findings: what the model says about words, deeds, vetoes, costs and commitment on the flagship.

Directions are findings, not targets: where one fails, no number is changed to rescue it. Each test plays the same
1,536 draws with and without a change (28 weeks of run-up, 52 weeks) and asks whether the paired difference is at least
2.33 standard errors, so a direction that is not there passes with a chance of 1%. Tests that something is *not* there
fail by chance in 1 of 1,000 cases (3.29 standard errors).
"""

import pytest

from sim.schema.loaded_case import WEEK_1
from tests.statistical.ensembles import agreements, difference, find_signed, play_draws, share_with_zone, within

ONE_PERCENT = 2.33
ONE_PER_MILLE = 3.29
DEAF = tuple(f"actors.{side}.disputant.words_credibility=0" for side in ("russia", "ukraine"))
COSTLY = tuple(f"actors.{side}.interests.conflict_cost=*2" for side in ("russia", "ukraine"))
TRUCES = ("moscow-trusts-kyiv-to-keep-a-truce", "kyiv-trusts-moscow-to-keep-a-truce")
DISTRUST = tuple(f"beliefs.{belief}.chance=0.1" for belief in TRUCES)
FAITH = tuple(f"beliefs.{belief}.chance=0.9" for belief in TRUCES)
GUARANTORS = tuple(f"beliefs.{who}-trusts-the-guarantor.chance=0.98" for who in ("kyiv", "moscow", "europe"))
TRUSTED = ("agreement_durability.guarantee_bite=3", *GUARANTORS)
FROM_THE_START = "run_up.weeks=0"
"""Lessons about agreements are told without the condition, which sets aside runs that agree early."""

pytestmark = pytest.mark.slow


def column(name):
    return lambda block: block.columns[name]


def uplift(block):
    """Share of weeks with a call by the first side, with an ultimatum against it minus without."""
    return within(
        block,
        column("first_calls_without_ultimatum"),
        column("first_weeks_without_ultimatum"),
        column("first_calls_with_ultimatum"),
        column("first_weeks_with_ultimatum"),
    )


def test_ultimatums_bring_calls_in_the_portnikov_view():
    """The same weeks under an ultimatum, where words may avert what is threatened and where they cannot."""
    calls, weeks = column("first_calls_with_ultimatum"), column("first_weeks_with_ultimatum")
    found = difference(play_draws("portnikov-2025", *DEAF), play_draws("portnikov-2025"), calls, weeks)
    assert found.z > ONE_PERCENT


@pytest.mark.parametrize("view", ["wide", "portnikov-2025"])
def test_a_believed_threat_makes_its_target_sign(view):
    believed = (FROM_THE_START, "beliefs.moscow-credits-washington.chance={value: 0.9}")
    assert difference(play_draws(view, FROM_THE_START), play_draws(view, *believed), find_signed).z > ONE_PERCENT


def test_the_uplift_vanishes_when_words_have_no_credibility():
    assert uplift(play_draws("portnikov-2025", *DEAF)).z < ONE_PER_MILLE


def test_encoding_check_plans_lapse_by_both_causes_in_the_abt_view():
    columns = play_draws("abt-2025").columns
    lapsed = [columns[f"plans_{cause}"].sum() for cause in ("refused", "unconfirmed", "refused_and_unconfirmed")]
    assert min(lapsed) > 0
    assert sum(lapsed) > columns["agreements"].sum()


@pytest.mark.parametrize("cause", ["protocol.asks_others=false", "protocol.needs_confirmation=false"])
def test_encoding_check_removing_either_cause_lets_more_plans_pass_in_the_abt_view(cause):
    """From week 1 on, in the same runs: what it does, not which other runs match the reported run-up."""
    before, after = play_draws("abt-2025"), play_draws("abt-2025", cause, holds_from=WEEK_1)
    found = difference(before, after, column("agreements"), column("plans"))
    assert found.z > ONE_PERCENT


@pytest.mark.parametrize("view", ["wide", "fazi-2025"])
def test_higher_conflict_costs_on_both_sides_raise_agreements(view):
    before, after = play_draws(view, FROM_THE_START), play_draws(view, FROM_THE_START, *COSTLY)
    assert difference(before, after, find_signed).z > ONE_PERCENT


def test_greater_feared_breakdown_shrinks_the_zone_of_agreement():
    # 1,536 draws each; a difference of .05 is 2.8 standard errors even if the two were independent
    assert share_with_zone("wide", *COSTLY, *FAITH) - share_with_zone("wide", *COSTLY, *DISTRUST) > 0.05


def test_a_trusted_guarantee_widens_the_zone_again():
    assert share_with_zone("wide", *COSTLY, *DISTRUST, *TRUSTED) - share_with_zone("wide", *COSTLY, *DISTRUST) > 0.05


def test_a_trusted_guarantee_raises_agreements_where_breakdown_is_feared():
    feared = play_draws("wide", FROM_THE_START, *COSTLY, *DISTRUST)
    assert (
        difference(feared, play_draws("wide", FROM_THE_START, *COSTLY, *DISTRUST, *TRUSTED), agreements).z > ONE_PERCENT
    )


def test_greater_feared_breakdown_lowers_agreements():
    trusting = play_draws("wide", FROM_THE_START, *COSTLY, *FAITH)
    assert difference(trusting, play_draws("wide", FROM_THE_START, *COSTLY, *DISTRUST), agreements).z < -ONE_PERCENT
