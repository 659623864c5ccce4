"""Leave mediation: when is it better for the mediator to leave the mediation?

Read aloud
    Leaving is worth a fixed amount, minus the best prospect it gives up.

Symbols
    leaving  worth of being out    prospect (J)  of the better of the two sides

Sources
    Mediator's exit: Touval and Zartman (1985), International Mediation in Theory and Practice.
"""

from sim.rules.numerics import Number, at_least, flag
from sim.rules.stages import PLAN


def worth(actor_leaving: Number, first_prospect: Number, second_prospect: Number) -> Number:
    """Worth of leaving for good."""
    return actor_leaving - at_least(first_prospect, second_prospect)


def is_open(mediated: Number, stage: Number) -> Number:
    """Open until there is a plan."""
    return flag((mediated > 0.0) & (stage < PLAN))
