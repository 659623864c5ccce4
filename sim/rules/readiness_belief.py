"""Readiness belief: how does the belief that a side is ready move?

Read aloud
    Believed friendly words raise hope; a strike, lobbying, a failed summit and a lapsed plan lower it; ministers may
    tell. What the other side has refused tells that it is less ready than hoped. A threat or an execution raises it,
    because it is believed to change minds. Hope fades week by week.

Symbols
    hope (h)  in (0, 1); factors act on its odds h / (1 - h)    warm_words (w), sincerity (rho)
    odds factor of a word: 1 / (1 - w rho)    persuaded: h + (1 - h) nu

Sources
    Bayesian odds: Good (1950). Tacit use of signals: Jervis (1970), The Logic of Images. Refusals that tell:
    Fudenberg and Tirole (1983), Sequential bargaining with incomplete information.
"""

from sim.rules.numerics import Number, at_least, at_most, where

FLOOR = 0.001


def mediator_likelihood_ratio(
    words_heard: Number,
    warm_words: Number,
    sincerity: Number,
    struck: Number,
    strike_cools: Number,
    lobbied: Number,
    lobby_cools: Number,
    signal: Number,
    failed: Number,
    failed_summit: Number,
    lapsed: Number,
    lapsed_plan: Number,
) -> Number:
    """Factor on the odds of the mediator's hope from all that happened this week."""
    heard = rival_likelihood_ratio(words_heard, warm_words, sincerity, struck, strike_cools, lapsed, lapsed_plan)
    return heard * where(lobbied > 0.0, lobby_cools, 1.0) * where(failed > 0.0, failed_summit, 1.0) * signal


def rival_likelihood_ratio(
    words_heard: Number,
    warm_words: Number,
    sincerity: Number,
    struck: Number,
    strike_cools: Number,
    refused: Number,
    lapsed_plan: Number,
) -> Number:
    """Factor on the odds of hope from words, strikes, and a plan that was refused."""
    word = where(words_heard > 0.0, 1.0 / (1.0 - warm_words * sincerity), 1.0)
    return word * where(struck > 0.0, strike_cools, 1.0) * where(refused > 0.0, lapsed_plan, 1.0)


def update_readiness_belief(chance: Number, factor: Number, persuaded: Number, mediator_hope_fades: Number) -> Number:
    """Hope after this week."""
    odds = chance / (1.0 - chance) * factor
    moved = odds / (1.0 + odds)
    moved = moved + (1.0 - moved) * persuaded
    return at_most(at_least(moved - mediator_hope_fades * moved, FLOOR), 1.0 - FLOOR)
