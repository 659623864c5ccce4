"""Continuation value: what is bargaining on worth to a side that refuses a package?

Read aloud
    A side that refuses does not only fight on: it expects to be offered better, or to offer better itself. It expects
    the package on which both could settle, half a round later, with the chance that everybody takes it: the chance at
    which what both expect and what both then do agree. It signs nothing that is worth less.

Symbols
    settlement_chance  P = O signs(S1 + X1 - h1 P S1) signs(S2 + X2 - h2 P S2); O  chance that others let it pass
    half_round (h)  delta^(1/2)    settlement_surplus (S)    threatened_harm (X)

Sources
    Alternating offers: Rubinstein (1982). Expectations that fit what noisy choice then does: McKelvey and Palfrey
    (1995), Quantal response equilibria.
"""

from sim.rules.numerics import Number, flag, where
from sim.rules.signing import approval_probability, signature_probability

HALVINGS = 12
"""Steps of bisection, which find the chance to a four-thousandth."""


def settlement_chance(
    settlement_passes: Number,
    first_settlement_surplus: Number,
    first_threatened_harm: Number,
    first_half_round: Number,
    first_settlement_ratifies: Number,
    second_settlement_surplus: Number,
    second_threatened_harm: Number,
    second_half_round: Number,
    second_settlement_ratifies: Number,
    precision: Number,
    second_key: Number,
) -> Number:
    """Chance that everybody takes the settlement, where both sides expect just that chance."""
    low = settlement_passes * 0.0
    high = low + 1.0
    for _ in range(HALVINGS):
        chance = (low + high) * 0.5
        answer = settlement_passes
        for surplus, harm, half_round, ratifies in (
            (first_settlement_surplus, first_threatened_harm, first_half_round, first_settlement_ratifies),
            (second_settlement_surplus, second_threatened_harm, second_half_round, second_settlement_ratifies),
        ):
            key = approval_probability(surplus, half_round * chance * surplus, harm, precision, second_key)
            answer = answer * signature_probability(key, ratifies, 0.0)
        low, high = where(answer > chance, chance, low), where(answer > chance, high, chance)
    return (low + high) * 0.5


def continuation_value(
    settlement_worth: Number, settlement_surplus: Number, settlement_chance: Number, half_round: Number
) -> Number:
    """What bargaining on is worth over no agreement; 0 where there is nothing to settle on."""
    return half_round * settlement_chance * settlement_surplus * flag(settlement_worth > 0.0)
