"""The week, part 6: events are counted and the present state is named."""

from sim.rules import bookkeeping, event_counts
from sim.rules.week.moves import MOVE_TALLIES
from sim.rules.week.steps import ClassifyOutcome, Reduce, Rule, Step

EVENT_TALLIES = {
    "summits": "summit",
    "failures": "failed",
    "cancellations": "cancelled",
    "plans": "plan_now",
    "plans_refused": "by_refusal",
    "plans_unconfirmed": "by_no_confirmation",
    "plans_refused_and_unconfirmed": "by_both",
    "agreements": "signed_now",
    "impositions": "leaning_worked",
    "signatures_repudiated": "repudiations",
    "breakdowns": "broke",
    "truces": "truces_begun",
    "truces_violated": "truce_violated",
    "leavings": "left_now",
    "threats_executed": "threats_executed_now",
    "threats_believed": "threats_believed_now",
}
"""World tallies of events of the talks, and the world variable that is counted."""

EVENT_COUNTS: tuple[Step, ...] = (
    Rule(
        event_counts.callable_weeks,
        "actor",
        ("weeks_with_ultimatum", "calls_with_ultimatum", "weeks_without_ultimatum", "calls_without_ultimatum"),
        group="disputant",
    ),
    Rule(bookkeeping.pressure_succeeded, "world", "leaning_worked"),
    *(Reduce("world", f"{name}_now", f"actor.{who}") for name, who in MOVE_TALLIES.items()),
    *(
        Rule(event_counts.count_events, "world", name, argument_names={"count": name, "now": f"{name}_now"})
        for name in MOVE_TALLIES
    ),
    *(
        Rule(event_counts.count_events, "world", name, argument_names={"count": name, "now": now})
        for name, now in EVENT_TALLIES.items()
    ),
    Rule(bookkeeping.keep_previous, "world", "outcome_before", argument_names={"value": "outcome"}),
    ClassifyOutcome("outcome"),
    Rule(event_counts.week_reached, "world", "since_week"),
)
"""Events are counted and the present state is named."""
