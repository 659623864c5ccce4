"""Waiting agreement: what goes on between a signature and the day on which the agreement is in force?

Read aloud
    A signature ends the ultimatums: what they demanded has come. Until the agreement is in force the fighting goes on,
    and so do words, levers, lobbying and partial truces. What a new plan promises counts now only as far as the
    signature may come to nothing; what an execution puts at risk is the signature, instead of talks. The price of lines
    was paid by signing and does not come back: standing by an agreement is worth more, by so much, than signing it was.

Symbols
    reopening  1 before a signature, then the chance that it comes to nothing    unravels    settles (phi)
    fights_on  1 where the guns fall silent only with the full settlement
    crossing  price of the lines that it crosses (surplus.py)
    talks_at_risk  worth to the mediator of the talks, or the signature, that a deed against the side disturbs

Sources
    Bargaining over whether to keep what is signed: Fearon (1998), Bargaining, enforcement, and international
    cooperation. Ratification as a hurdle after the signature: Putnam (1988), Diplomacy and domestic politics. Sunk
    costs: Fearon (1997), Signaling foreign policy interests: tying hands versus sinking costs.
"""

from sim.rules.numerics import Number, at_least, where
from sim.rules.stages import SIGNED


def reopening(stage: Number, unravels: Number, draft_settles: Number, draft_fights_on: Number) -> Number:
    """How far a new plan can still come about."""
    holds = (1.0 - unravels) * where(draft_fights_on > 0.0, draft_settles, 1.0)
    return where(stage == SIGNED, 1.0 - holds, 1.0)


def talks_at_risk(stage: Number, mediator_draft_surplus: Number, prospect: Number, at_table: Number) -> Number:
    """What a deed against the side disturbs."""
    return where(stage == SIGNED, at_least(mediator_draft_surplus, 0.0), prospect * at_table)


def met_by_signature(threat_left: Number, signed_now: Number) -> Number:
    """Ultimatum left: a signature ends it, and no word was broken."""
    return where(signed_now > 0.0, 0.0, threat_left)


def worth_once_crossed(surplus: Number, crossing: Number) -> Number:
    """Worth of an agreement over fighting on, to who has paid for its lines."""
    return surplus + crossing
