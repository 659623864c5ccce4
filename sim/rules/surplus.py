"""Surplus: how much better than fighting on is a package, for this party, by this sequence?

Read aloud
    A package is worth what it contains. What stays open is settled only with some chance, else the open state remains.
    It may break: then the party fights on, at the balance the package has brought. What is settled breaks more rarely.
    It may unravel before it is in force: then the party fights on as before.
    Where the guns go silent only after everything is settled, failure simply means fighting on.
    Later counts for less. What peace costs the leader in person comes with the peace. Lines are crossed by signing:
    that is paid at once, whatever becomes of the agreement.

Symbols
    worth (U), interim (U with open issues unresolved)   settles (phi)   risk (beta) perceived breakdown
    unravels  chance that it dissolves before it is in force    settled_factor  breakdown where all is settled
    reservation_at_ceasefire (r at the sequence's time)   reservation_after_breakdown (r after the shift Delta)
    delay_weight (delta^t)
    crossing  prices of crossed lines   private_cost (st)

Sources
    Commitment problem: Fearon (1995); Powell (2006), War as a commitment problem.
    Guarantees: Walter (2002), Committing to Peace. Public commitments cost at home when they are made: Fearon (1997),
    Signaling foreign policy interests; Putnam (1988), Diplomacy and domestic politics.
"""

from sim.rules.numerics import Number, at_most, exp, where


def breakdown_risk(
    truce_trust: Number,
    breakdown_factor: Number,
    settles: Number,
    fights_on: Number,
    settled_factor: Number,
    guarantee_bite: Number,
    guarantee: Number,
    guarantee_trust: Number,
) -> Number:
    """Perceived chance that the agreement breaks (beta)."""
    open_share = where(fights_on > 0.0, 0.0, 1.0 - settles)
    bare = (1.0 - truce_trust) * breakdown_factor * (settled_factor + (1.0 - settled_factor) * open_share)
    return at_most(bare * exp(-(guarantee_bite * guarantee * guarantee_trust)), 1.0)


def surplus(
    worth: Number,
    interim: Number,
    settles: Number,
    fights_on: Number,
    unravels: Number,
    risk: Number,
    reservation_at_ceasefire: Number,
    reservation_after_breakdown: Number,
    delay_weight: Number,
    crossing: Number,
    private_cost: Number,
) -> Number:
    """Worth of signing over fighting on (S); above zero it is better than the reservation value."""
    mixed = where(fights_on > 0.0, worth, settles * worth + (1.0 - settles) * interim)
    value = (1.0 - risk) * mixed + risk * reservation_after_breakdown
    comes = (1.0 - unravels) * where(fights_on > 0.0, settles, 1.0)
    return comes * delay_weight * (value - reservation_at_ceasefire - private_cost) - crossing
