"""Concede: what is it worth to a side to table a package that the others would take?

Read aloud
    A real concession opens the way to a package the others would sign, and meets what an ultimatum demands. It ends
    the ultimatum if its terms are new and the others would more likely take them than not; otherwise only with the
    chance that they do. It is worth that package, as far as the others and the mediator's word can be relied on, and
    has a price at home. A plan on the table is lost.

Symbols
    threatened_harm (X)   concession_others  chance that all others sign    commitment (m), 1 where nobody mediates
    relief  chance that the ultimatum ends    last_conceded  number of the last package conceded plus 1, 0 for none
    tabling  1 if the side may put a proposal on the table now

Sources
    Concession making: Pruitt (1981), Negotiation Behavior. Compliance that ends a threat, and token compliance that
    does not: George (1991), Forceful Persuasion.
"""

from sim.rules.numerics import Number, at_least, where
from sim.rules.own_proposal import LIKELIER_THAN_NOT
from sim.rules.stages import IDLE, PLAN


def relief(concession_others: Number, concession: Number, last_conceded: Number) -> Number:
    """Chance that the concession ends the ultimatum."""
    met = (concession_others >= LIKELIER_THAN_NOT) & (concession + 1.0 != last_conceded)
    return where(met, 1.0, concession_others)


def remember_concession(conceded: Number, concession: Number, last_conceded: Number) -> Number:
    """Number of the last package conceded, plus 1."""
    return where(conceded > 0.0, concession + 1.0, last_conceded)


def worth(
    actor_threatened_harm: Number,
    actor_relief: Number,
    actor_concession_others: Number,
    actor_concession_surplus: Number,
    commitment_chance: Number,
    mediated: Number,
    actor_concession_price: Number,
    stage: Number,
    actor_draft_surplus: Number,
) -> Number:
    """Worth of tabling the concession."""
    stands = where(mediated > 0.0, commitment_chance, 1.0)
    plan_lost = where(stage == PLAN, at_least(actor_draft_surplus, 0.0), 0.0)
    opened = stands * actor_concession_others * actor_concession_surplus
    return actor_relief * actor_threatened_harm + opened - actor_concession_price - plan_lost


def may_table(mediated: Number, stage: Number, at_table: Number) -> Number:
    """1 if a side may table something: the side at the table before a plan exists, the other side at any time.

    Without a mediator, proposals answer one another freely as long as nothing is signed.
    """
    before = where(stage < PLAN, 1.0, where(at_table > 0.0, 0.0, 1.0))
    return where(stage > PLAN, 0.0, where(mediated > 0.0, before, where(stage == IDLE, 1.0, 1.0 - at_table)))
