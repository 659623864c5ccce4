"""Threat record: how does a record of threats age?

Read aloud
    What was seen of threats kept and broken counts less with every week, but does not come clean: the belief stays as
    high as it was and is held less firmly, until it weighs as little as at the start. New words kept or broken then
    move it the more. So a belief goes where the record goes, and quiet weeks restore no credit.

Symbols
    good, bad (a, b of a Beta belief)   good_start, bad_start  where it began   memory (f)  share kept per week
    chance = good / (good + bad)

Sources
    Discounting that keeps the level: West and Harrison (1989), Bayesian Forecasting and Dynamic Models.
    Reputation by record: Peterson (2013), Sanctions threats and credibility.
"""

from sim.rules.numerics import Number


def update_record(
    good: Number,
    bad: Number,
    good_start: Number,
    bad_start: Number,
    good_now: Number,
    bad_now: Number,
    memory: Number,
) -> tuple[Number, Number, Number]:
    """Experience after this week, and the belief as the share of good."""
    weight = good + bad
    lightest = good_start + bad_start
    kept = (lightest + memory * (weight - lightest)) / weight
    for_it = kept * good + good_now
    against = kept * bad + bad_now
    return for_it, against, for_it / (for_it + against)


def believed_when_set(threatened_now: Number, credibility_chance: Number) -> Number:
    """Chance that the target gives to an execution, of an ultimatum that is set this week."""
    return threatened_now * credibility_chance
