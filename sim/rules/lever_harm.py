"""Lever harm: what would it cost the target if a lever were executed, and what is it worth to the holder?

Read aloud
    An execution costs its target the added weekly cost for as long as it lasts, and the reservation value it loses by
    the push of the balance over the weeks it can foresee. What it fears is that harm times its chance.

Symbols
    stress  worth/week   annuity, target_annuity  discounted weeks   foresight  weeks counted of a push
    against  +1 if the push favours the first side, -1 otherwise      credibility (q)   threat_left  weeks

Sources
    Threat = chance times harm: Schelling (1966), Arms and Influence; Sechser (2010), Goliath's curse.
"""

from sim.rules.numerics import Number, at_least, at_most, where


def balance_if_executed(
    balance: Number,
    against: Number,
    push: Number,
    aid_moves: Number,
    aid_against: Number,
    expected_reach: Number,
    foresight: Number,
) -> Number:
    """Balance the execution would lead to."""
    return balance + against * (push * expected_reach + aid_moves * aid_against) * foresight


def harm_if_executed(
    stress: Number,
    expected_reach: Number,
    target_annuity: Number,
    lasts: Number,
    target_reservation: Number,
    target_after: Number,
) -> Number:
    """Worth the target would lose."""
    weeks = where(lasts > 0.0, at_most(lasts, target_annuity), target_annuity)
    return stress * expected_reach * weeks + at_least(target_reservation - target_after, 0.0)


def gain_of_holder(holder_bears_contest: Number, holder_after: Number, holder_reservation: Number) -> Number:
    """What the push is worth to a holder that bears the contest itself."""
    return where(holder_bears_contest > 0.0, holder_after - holder_reservation, 0.0)


def expected_harm(threat_left: Number, credibility_chance: Number, harm_if_executed: Number) -> Number:
    """Expected harm of an ultimatum that stands."""
    return where(threat_left > 0.0, credibility_chance * harm_if_executed, 0.0)


def deterred_harm(credibility_chance: Number, harm_if_executed: Number, price: Number, raised_by: Number) -> Number:
    """Harm averted by making another's lever dearer: the share by which its price rises, times the harm."""
    return credibility_chance * harm_if_executed * raised_by / (raised_by + price)
