"""The week, part 1: the contest moves, and what agreements and fighting on are worth."""

from sim.rules import (
    aid_and_resilience,
    awaited_change,
    conflict_cost,
    contest_balance,
    continuation_value,
    expected_balance,
    lever_effects,
    reservation_value,
    settlement,
    signing,
    surplus,
    trust_in_agreements,
)
from sim.rules.week.steps import BestPackage, Lookup, ProductOverParties, Reduce, Rule, Step

CONTEST: tuple[Step, ...] = (
    Rule(lever_effects.age, "lever", ("executed", "weeks_on")),
    Rule(lever_effects.phase_in, "lever", "effect_share"),
    Rule(lever_effects.effect_sizes, "lever", ("stress_now", "push_now", "aid_now", "clash_now")),
    Reduce("actor", "stress", "lever.stress_now", by="target"),
    Reduce("actor", "pushed", "lever.push_now", by="target"),
    Reduce("actor", "aid_due", "lever.aid_now", by="beneficiary"),
    Reduce("world", "clash_risk", "lever.clash_now"),
    Rule(aid_and_resilience.aid_received, "actor", "aid", group="disputant"),
    Rule(aid_and_resilience.staying_power, "actor", "resilience", group="disputant"),
    Rule(aid_and_resilience.means_gathered, "actor", "strike_means", group="disputant"),
    Rule(contest_balance.next_balance, "world", "balance"),
    Rule(contest_balance.fighting_weeks, "world", "conflict_weeks"),
)
"""The contest moves."""

VALUES: tuple[Step, ...] = (
    Rule(conflict_cost.cost_of_fighting, "actor", "flow_cost", group="bears_conflict"),
    Rule(awaited_change.waiting_gain, "actor", "waiting", group="bears_conflict"),
    Rule(reservation_value.reservation_value, "actor", "reservation", group="party"),
    Rule(expected_balance.balance_ahead, "sequence", "balance_then"),
    Rule(
        reservation_value.reservation_value,
        "party_sequence",
        "reservation_at_ceasefire",
        group="has_interests",
        argument_names={"balance": "balance_then"},
    ),
    Rule(expected_balance.balance_after_breakdown, "breakdown_class", "balance_broken"),
    Rule(
        reservation_value.reservation_value,
        "party_breakdown",
        "reservation_after_breakdown",
        group="has_interests",
        argument_names={"balance": "balance_broken"},
    ),
    Rule(trust_in_agreements.truce_trust_of_side, "actor", "truce_trust", group="disputant"),
    Rule(trust_in_agreements.truce_trust_of_others, "actor", "truce_trust", group="non_disputants"),
    Rule(trust_in_agreements.guarantee_trust, "actor", "guarantee_trust", group="party"),
    Rule(
        surplus.breakdown_risk,
        "party_breakdown",
        "risk",
        group="has_interests",
        argument_names={name: f"sequence_{name}" for name in ("breakdown_factor", "settles", "fights_on")},
    ),
    Rule(surplus.surplus, "party_package", "surplus", group="has_interests"),
)
"""What agreements and fighting on are worth to everybody."""


def willingness_of(group: str) -> tuple[Step, ...]:
    """Whether a group of parties would sign."""
    return (
        Rule(signing.approval_probability, "party_package", "approval", group=group),
        Rule(signing.signature_probability, "party_package", "signs", group=group),
        Rule(signing.not_blocking_probability, "party_package", "willing", group=group),
    )


WILLINGNESS: tuple[Step, ...] = (
    *willingness_of("third_parties"),
    Rule(signing.institution_consents, "party_package", ("approval", "signs", "willing"), group="institution"),
    ProductOverParties("outside_parties_accept", "willing", group="outside_parties"),
    Rule(settlement.weighted_gain, "party_package", "weighted_gain", group="disputant"),
    Rule(settlement.settlement_score, "side_package", ("others_let_pass", "expected_value")),
    BestPackage("settlement_worth", "settlement", "expected_value"),
    Lookup("actor", "settlement_surplus", "party_package.surplus", at="settlement", group="disputant"),
    Lookup("actor", "settlement_ratifies", "party_package.ratifies", at="settlement", group="disputant"),
    Lookup("actor", "settlement_passes", "side_package.others_let_pass", at="settlement", group="disputant"),
    Rule(
        continuation_value.settlement_chance,
        "world",
        "settlement_chance",
        argument_names={"settlement_passes": "first_settlement_passes"},
    ),
    Rule(continuation_value.continuation_value, "actor", "continuation", group="disputant"),
    *willingness_of("disputant"),
)
"""Who would sign what: third parties first; a side also asks what bargaining on would bring."""
