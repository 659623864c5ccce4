"""The week, part 6: events are counted and the present state is named."""

from sim.rules import books, tally
from sim.rules.entry import Classify, Entry, Rule, Total

COUNTED = {
    "calls": "called",
    "steps": "symbolic",
    "concessions": "conceded",
    "offers": "offered",
    "strikes": "struck",
    "threats": "threatened",
    "deeds": "hit",
    "meetings": "engaged",
    "lobbying": "lobby_rounds",
}
"""World tallies of what actors did, and the actor variable that is counted."""

BOOKED = {
    "summits": "summit",
    "failures": "failed",
    "cancellations": "cancelled",
    "plans": "plan_now",
    "plans_refused": "by_refusal",
    "plans_unconfirmed": "by_no_confirmation",
    "plans_refused_and_unconfirmed": "by_both",
    "agreements": "signed_now",
    "impositions": "leaning_worked",
    "breakdowns": "broke",
    "truces": "truces_begun",
    "truces_violated": "truce_violated",
    "leavings": "left_now",
}
"""World tallies of events of the process, and the world variable that is counted."""

TALLIES: tuple[Entry, ...] = (
    Rule(
        tally.callable_weeks,
        "actor",
        ("weeks_under", "calls_under", "weeks_free", "calls_free"),
        only="belligerent",
    ),
    Rule(books.worked, "world", "leaning_worked"),
    *(Total("world", f"{name}_now", f"actor.{who}") for name, who in COUNTED.items()),
    *(Rule(tally.counts, "world", name, given={"count": name, "now": f"{name}_now"}) for name in COUNTED),
    *(Rule(tally.counts, "world", name, given={"count": name, "now": now}) for name, now in BOOKED.items()),
    Rule(books.as_before, "world", "outcome_before", given={"value": "outcome"}),
    Classify("outcome"),
    Rule(tally.since, "world", "since_week"),
)
"""Events are counted and the present state is named."""
