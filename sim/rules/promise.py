"""Promise: which package should the mediator draft with a side, and what is the meeting worth?

Read aloud
    A package promises the chance that the side at the table signs, times the chance that the others then do not
    stand in the way, times what it is worth to the mediator. A mediator may leave the others partly out of account.
    An envoy who runs ahead asks only what the side at the table will sign.

Symbols
    rest   chance that the others agree, as far as the mediator reckons with them (exponent 1 - neglects_others)
    success, promise   at the hope at hand

Sources
    A deal between two must pass the third: Putnam (1988). Mediator with interests: Kydd (2003), Which side are you on?
"""

from sim.rules.words import Number, at_least, power


def others_agree(across_signs: Number, chorus: Number, mediator_neglects_others: Number) -> Number:
    """Chance that the other side and the third parties agree, as the mediator reckons."""
    return power(across_signs * chorus, 1.0 - mediator_neglects_others)


def promise_of(
    hope: Number, ready_signs: Number, mine_signs: Number, rest: Number, broker_surplus: Number
) -> tuple[Number, Number]:
    """Chance of success of a package, and that chance times its worth to the mediator."""
    success = (hope * ready_signs + (1.0 - hope) * mine_signs) * rest
    return success, success * broker_surplus


def promise_alone(
    hope: Number, ready_signs: Number, mine_signs: Number, rest: Number, broker_surplus: Number
) -> Number:
    """Chance of success times worth, where only that is asked."""
    return (hope * ready_signs + (1.0 - hope) * mine_signs) * rest * broker_surplus


def envoy_promise(hope: Number, ready_signs: Number, mine_signs: Number, broker_surplus: Number) -> Number:
    """The same without regard to the others."""
    return (hope * ready_signs + (1.0 - hope) * mine_signs) * broker_surplus


def no_worse_than_nothing(prospect: Number) -> Number:
    """The mediator need not propose what it does not want."""
    return at_least(prospect, 0.0)
