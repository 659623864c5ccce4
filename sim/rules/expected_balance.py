"""Expected balance: where do actors expect the contest to stand later?

Read aloud
    They count on the drift and on the pull of the resting point, which go on while the fighting lasts, and on no luck.
    Fighting on is worth what the balance will be when it is decided: late decisions count for less, so the patient look
    further ahead. An agreement is compared with fighting on at the time at which the guns would fall silent, and if it
    breaks the balance has shifted besides. To a side that foresees its decline, fighting on is worth less today.

Symbols
    balance (b), resting_point  logits    drift (mu)  logits/week    reversion (rho)  share per week
    annuity (A)  discounted weeks of fighting, 1/(1 - q), q = delta (1 - 1/T): the chance and discount of one more week
    weeks after n weeks: b + (mu + rho (rest - b)) (1 - (1 - rho)^n) / rho; its mean over n with weights (1 - q) q^n is
    b + (mu + rho (rest - b)) q / (1 - q (1 - rho))

Sources
    Foreseen shifts of power: Fearon (1995), Rationalist explanations for war; Powell (2006), War as a commitment
    problem.
"""

from sim.rules.numerics import Number, at_least, power, where

SMALLEST_SHARE = 1e-9
"""Shares per week below this one count as none."""


def balance_when_decided(
    balance: Number, drift: Number, reversion: Number, resting_point: Number, annuity: Number
) -> Number:
    """Balance expected when the contest is decided, weighted as its end is."""
    one_more = 1.0 - 1.0 / at_least(annuity, 1.0)
    weeks = one_more / (1.0 - one_more * (1.0 - reversion))
    return balance + (drift + reversion * (resting_point - balance)) * weeks


def balance_ahead(balance: Number, drift: Number, reversion: Number, resting_point: Number, weeks: Number) -> Number:
    """Balance expected when the guns fall silent by this sequence."""
    left = 1.0 - power(1.0 - reversion, weeks)
    counted = where(reversion > SMALLEST_SHARE, left / at_least(reversion, SMALLEST_SHARE), weeks)
    return balance + (drift + reversion * (resting_point - balance)) * counted


def balance_after_breakdown(
    balance: Number, drift: Number, reversion: Number, resting_point: Number, weeks: Number, shift: Number
) -> Number:
    """Balance expected if the agreement then breaks."""
    return balance_ahead(balance, drift, reversion, resting_point, weeks) + shift
