"""The week, part 1: the contest moves, and what agreements and fighting on are worth."""

from sim.rules import balance, cost, faith, pressure, signing, support, surplus, walkaway
from sim.rules.entry import Entry, Rule, Together, Total

WORLD: tuple[Entry, ...] = (
    Rule(pressure.ages, "lever", ("executed", "weeks_on")),
    Rule(pressure.bites, "lever", "bite"),
    Rule(pressure.loads, "lever", ("stress_now", "push_now", "aid_now", "clash_now")),
    Total("actor", "stress", "lever.stress_now", by="target"),
    Total("actor", "pushed", "lever.push_now", by="target"),
    Total("actor", "aid_due", "lever.aid_now", by="beneficiary"),
    Total("world", "clash_risk", "lever.clash_now"),
    Rule(support.aid_received, "actor", "aid", only="belligerent"),
    Rule(support.staying_power, "actor", "resilience", only="belligerent"),
    Rule(balance.balance_moves, "world", "balance"),
    Rule(balance.fighting_weeks, "world", "war_weeks"),
)
"""The contest moves."""

VALUES: tuple[Entry, ...] = (
    Rule(cost.cost_of_fighting, "actor", "flow_cost", only="bearer"),
    Rule(walkaway.walk_away_value, "actor", "walk_away", only="party"),
    Rule(walkaway.balance_ahead, "path", "balance_then"),
    Rule(walkaway.walk_away_value, "road", "walk_then", only="interested", given={"balance": "balance_then"}),
    Rule(walkaway.balance_after_breakdown, "setback", "balance_broken"),
    Rule(walkaway.walk_away_value, "fallback", "walk_broken", only="interested", given={"balance": "balance_broken"}),
    Rule(faith.keeps_truce, "actor", "truce_faith", only="belligerent"),
    Rule(faith.middle_of_both, "actor", "truce_faith", only="third"),
    Rule(faith.trusts, "actor", "faith", only="party"),
    Rule(
        surplus.breakdown_risk,
        "fallback",
        "risk",
        only="interested",
        given={"breakdown_factor": "path_breakdown_factor"},
    ),
    Rule(surplus.surplus, "stake", "surplus", only="interested"),
)
"""What agreements and fighting on are worth to everybody."""

WILLINGNESS: tuple[Entry, ...] = (
    Rule(signing.turns_key, "stake", "key", only="interested"),
    Rule(signing.signs, "stake", "signs", only="interested"),
    Rule(signing.is_willing, "stake", "willing", only="interested"),
    Rule(signing.institution_consents, "stake", ("key", "signs", "willing"), only="institution"),
    Together("chorus", "willing", only="chorus"),
)
"""Who would sign what."""
