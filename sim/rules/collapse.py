"""Collapse: does a side break this week?

Read aloud
    While the fighting lasts, a side may break, and the other side prevails. The lower its staying power, the likelier
    it is; and the more the balance favours the other side: in proportion to the chance that the other side prevails.
    It is the lottery on which the sides count too, at the balance of this week and without anybody's optimism.

Symbols
    collapse_hazard (hz)  chance per week at a resilience of .45 and an even balance, by definition
    resilience (z)        staying power, 0 to 1      side_sign  +1 for the first side, -1 for the second
    balance (b), stalemate_margin (kappa)  logits    pressed  sigma(b against it - kappa) / sigma(-kappa)

Sources
    Who loses ground breaks first: Smith and Stam (2004), Bargaining and the nature of war. One lottery, believed and
    fought: Powell (2004), Bargaining and learning while fighting. Hazard: Bennett and Stam (1996).
"""

from sim.rules.numerics import Number, exp, flag
from sim.rules.reservation_value import chance_to_prevail

STEEPNESS = 6.0
REFERENCE = 0.45


def collapses(
    collapse_hazard: Number,
    resilience: Number,
    side_sign: Number,
    balance: Number,
    stalemate_margin: Number,
    fighting: Number,
    luck_collapse: Number,
) -> Number:
    """1 if the side collapses this week."""
    against = chance_to_prevail(-(side_sign * balance), stalemate_margin)
    pressed = against / chance_to_prevail(0.0, stalemate_margin)
    hazard = collapse_hazard * exp(STEEPNESS * (REFERENCE - resilience)) * pressed
    return flag((luck_collapse < hazard) & (fighting > 0.0))
