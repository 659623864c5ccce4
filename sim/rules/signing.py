"""Signing: when does a party put its name to a package?

Read aloud
    The better the package against fighting on, and against bargaining on, the likelier a key turns; a signature also
    ends what is threatened. It needs two keys, the envoy's and the principal's; terms that must be ratified at home
    need a third. Institutions consent by their own rule. The luck of a signature is drawn once for talks and a package:
    asking again does not help.

Symbols
    surplus (S)  worth over fighting on    continuation  worth of bargaining on over fighting on (0 for third parties)
    threatened_harm (X)  expected harm of the ultimatums that stand against the party
    precision (lambda), second_key (kappa_2)  sharpness
    needed       1 if this party must consent    luck_*  draws in [0, 1)

Sources
    Logit choice: McFadden (1974); McKelvey and Palfrey (1995), Quantal response equilibria.
    Yielding to a threat that ends with it: Schelling (1966), Arms and Influence.
    Ratification: Putnam (1988), Diplomacy and domestic politics. Veto players: Tsebelis (2002).
"""

from sim.rules.numerics import Number, flag, logistic, where


def approval_probability(
    surplus: Number, continuation: Number, threatened_harm: Number, precision: Number, second_key: Number
) -> Number:
    """Chance that one key turns."""
    return logistic(precision * second_key * (surplus + threatened_harm - continuation))


def signature_probability(approval: Number, ratifies: Number, institution: Number) -> Number:
    """Chance of a signature."""
    return where(institution > 0.0, approval, approval * approval * where(ratifies > 0.0, approval, 1.0))


def not_blocking_probability(needed: Number, signs: Number) -> Number:
    """Chance that this party does not stand in the way."""
    return where(needed > 0.0, signs, 1.0)


def institution_consents(needed: Number, consents: Number) -> tuple[Number, Number, Number]:
    """The same three chances for an institution, which weighs nothing: it consents by its own rule."""
    return consents, consents, where(needed > 0.0, consents, 1.0)


def signature(
    draft_approval: Number,
    draft_ratifies: Number,
    institution: Number,
    luck_envoy: Number,
    luck_principal: Number,
    luck_ratification: Number,
) -> Number:
    """1 if the party signs the draft on the table."""
    alone = institution > 0.0
    both = alone | (luck_principal < draft_approval)
    third = alone | (draft_ratifies == 0.0) | (luck_ratification < draft_approval)
    return flag((luck_envoy < draft_approval) & both & third)
