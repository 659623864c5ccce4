"""Conflict cost: what does fighting on cost an actor this week?

Read aloud
    The cost grows with the years of fighting, with lost staying power, and with the levers that take effect.

Symbols
    conflict_cost (c)  worth/week at the start     growth  per year, as a share of it
    exhaustion    how far lost staying power raises the cost
    stress (e)    added by executed levers

Sources
    Costs that rise with duration: Zartman (2000), Ripeness: the hurting stalemate and beyond.
"""

from sim.rules.numerics import Number

WEEKS_A_YEAR = 52.0


def cost_of_fighting(
    conflict_cost: Number,
    conflict_cost_growth: Number,
    conflict_weeks: Number,
    exhaustion: Number,
    resilience_start: Number,
    resilience: Number,
    stress: Number,
) -> Number:
    """Worth lost per week of fighting."""
    with_time = conflict_cost * (1.0 + conflict_cost_growth * conflict_weeks / WEEKS_A_YEAR)
    return with_time * (1.0 + exhaustion * (resilience_start - resilience)) + stress
