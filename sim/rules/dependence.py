"""Dependence: what does a side that is helped stand to lose by angering its helpers?

Read aloud
    Help is worth to its beneficiary what the side would lose without it. It is at stake as far as the beneficiary
    believes that the helper acts. A side that nobody helps has nothing of this kind to fear.

Symbols
    helps  1 for a lever that gives its beneficiary something    beneficiary_after  reservation value with the help
    dependence_chance (q)  the beneficiary's belief that the helper acts

Sources
    Restraint of those who depend on help: Pressman (2008), Warring Friends; Crawford (2003), Pivotal Deterrence.
"""

from sim.rules.numerics import Number, at_least, where


def help_at_stake(
    helps: Number, beneficiary_after: Number, beneficiary_reservation: Number, dependence_chance: Number
) -> Number:
    """What the beneficiary would lose if this help did not come, times the chance."""
    return where(helps > 0.0, dependence_chance * at_least(beneficiary_after - beneficiary_reservation, 0.0), 0.0)
