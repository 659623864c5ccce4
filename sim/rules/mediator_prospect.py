"""Mediator prospect: which package should the mediator draft with a side, and what is the meeting worth?

Read aloud
    A package promises the chance that the side at the table signs, times the chance that the others then do not
    stand in the way, times what it is worth to the mediator. A mediator may leave the others partly out of account.
    An envoy who runs ahead asks only what the side at the table will sign.

Symbols
    others_accept   chance that the others agree, as far as the mediator reckons with them (exponent 1 - ignores_others)
    success, expected_value   at the hope at hand

Sources
    A deal between two must pass the third: Putnam (1988). Mediator with interests: Kydd (2003), Which side are you on?
"""

from sim.rules.numerics import Number, at_least, power


def others_accept_probability(
    opponent_signs: Number, outside_parties_accept: Number, mediator_ignores_others: Number
) -> Number:
    """Chance that the other side and the third parties agree, as the mediator reckons."""
    return power(opponent_signs * outside_parties_accept, 1.0 - mediator_ignores_others)


def success_and_value(
    hope: Number, ready_signs: Number, own_signs: Number, others_accept: Number, mediator_surplus: Number
) -> tuple[Number, Number]:
    """Chance of success of a package, and that chance times its worth to the mediator."""
    success = (hope * ready_signs + (1.0 - hope) * own_signs) * others_accept
    return success, success * mediator_surplus


def value_alone(
    hope: Number, ready_signs: Number, own_signs: Number, others_accept: Number, mediator_surplus: Number
) -> Number:
    """Chance of success times worth, where only that is asked."""
    return (hope * ready_signs + (1.0 - hope) * own_signs) * others_accept * mediator_surplus


def envoy_expected_value(hope: Number, ready_signs: Number, own_signs: Number, mediator_surplus: Number) -> Number:
    """The same without regard to the others."""
    return (hope * ready_signs + (1.0 - hope) * own_signs) * mediator_surplus


def floor_at_zero(prospect: Number, reopening: Number) -> Number:
    """The mediator need not propose what it does not want, and can as far as nothing signed stands in the way."""
    return at_least(prospect, 0.0) * reopening
