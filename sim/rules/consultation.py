"""Consultation: does a plan between two pass the others, and does the principal confirm it?

Read aloud
    A week after a plan is drafted, everybody whose consent it needs is asked, and the mediator's principal confirms
    it or does not. If somebody refuses and the mediator stands by the plan, it may lean on those who refuse.
    A mediator that has left is asked like a party where the plan promises what only it can deliver.
    A plan fails when it is not confirmed, when it is refused, or both.

Symbols
    asks_others, needs_confirmation  1 unless a scenario says otherwise
    hesitates  chance that the principal does not confirm     refusals  number of parties that refuse
    yielding  chance that all who refuse give in when leaned on     lean_price (k_lean)

Sources
    Two-level games: Putnam (1988). Veto players: Tsebelis (2002). Pressure on clients: Beardsley (2008).
"""

from sim.rules.numerics import Number, flag, where


def refuses(asks_others: Number, draft_needed: Number, at_table: Number, signs_draft: Number) -> Number:
    """1 if this party is asked and refuses."""
    return asks_others * draft_needed * (1.0 - at_table) * (1.0 - signs_draft)


def confirms(hesitates: Number, signs_draft: Number, luck_confirmation: Number) -> Number:
    """1 if the mediator's principal confirms the plan."""
    return flag(luck_confirmation >= hesitates) * signs_draft


def passes(confirmed: Number, refusals: Number, leaning: Number, holdouts: Number) -> Number:
    """1 if the plan passes."""
    return confirmed * flag((refusals == 0.0) | ((leaning > 0.0) & (holdouts == 0.0)))


def confirmation(
    mediated: Number,
    needs_confirmation: Number,
    mediator_confirms: Number,
    mediator_draft_delivers: Number,
    mediator_signs_draft: Number,
) -> Number:
    """1 if no confirmation is needed, or if the mediator's principal confirms; once it has left, if it would sign."""
    here = where(needs_confirmation > 0.0, mediator_confirms, 1.0)
    return where(mediated > 0.0, here, where(mediator_draft_delivers > 0.0, mediator_signs_draft, 1.0))
