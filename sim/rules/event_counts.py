"""Event counts: what has happened so far?

Read aloud
    Events are counted until the contest ends. Weeks without talks, in which nothing but an ultimatum sets one call
    apart from another, are counted by whether one stood, so that one can ask whether ultimatums bring calls.

Symbols
    now  1 if it happened this week     count  number so far

Sources
    Counting rule of our own; used by the questions in analysis/methods.
"""

from sim.rules.numerics import Number, flag, where
from sim.rules.stages import IDLE


def count_events(count: Number, now: Number, ended: Number) -> Number:
    """Number of times it has happened."""
    return where(ended > 0.0, count, count + now)


def callable_weeks(
    stage_before: Number,
    mediated: Number,
    ended: Number,
    threatening: Number,
    called: Number,
    weeks_with_ultimatum: Number,
    calls_with_ultimatum: Number,
    weeks_without_ultimatum: Number,
    calls_without_ultimatum: Number,
) -> tuple[Number, Number, Number, Number]:
    """Weeks and calls under an ultimatum, weeks and calls without one."""
    could_call = flag((stage_before == IDLE) & (mediated > 0.0) & (ended == 0.0))
    under = could_call * flag(threatening > 0.0)
    free = could_call - under
    return (
        weeks_with_ultimatum + under,
        calls_with_ultimatum + under * called,
        weeks_without_ultimatum + free,
        calls_without_ultimatum + free * called,
    )


def week_reached(outcome: Number, outcome_before: Number, week: Number, since_week: Number) -> Number:
    """Week in which the present state was reached."""
    return where(outcome == outcome_before, since_week, week)
