"""Tabled proposal: whose proposal lies on the table, and what would be drafted?

Read aloud
    What the side at the table has tabled stays there while it keeps the seat. Otherwise the mediator drafts its
    favourite, or, with some chance, its envoy drafts what the side will sign. Counter-offers are counted: a side whose
    proposals are answered rather than taken learns that they are not.

Symbols
    tabled  number of the tabled package plus 1, 0 for none    envoy_ahead  chance that the envoy runs ahead

Sources
    Single negotiating text: Raiffa (1982). Envoys ahead of principals: Putnam (1988), Diplomacy and domestic politics.
"""

from sim.rules.numerics import Number, flag, where
from sim.rules.stages import IDLE


def table_proposal(
    at_table: Number, tabled: Number, offered: Number, conceded: Number, counter: Number, concession: Number
) -> tuple[Number, Number]:
    """Number of the tabled package plus 1, and 1 if it was tabled this week."""
    tabled_now = where(offered > 0.0, counter + 1.0, where(conceded > 0.0, concession + 1.0, 0.0)) * at_table
    return where(tabled_now > 0.0, tabled_now, tabled * at_table), flag(tabled_now > 0.0)


def proposal(
    tabled: Number,
    favourite: Number,
    envoy_favourite: Number,
    mediator_envoy_ahead: Number,
    luck_envoy: Number,
) -> Number:
    """Number of the package that would be drafted with this side."""
    drafted = where(luck_envoy < mediator_envoy_ahead, envoy_favourite, favourite)
    return where(tabled > 0.0, tabled - 1.0, drafted)


def count_rebuffs(rebuffs: Number, stage: Number, tabled: Number, other_offered: Number) -> Number:
    """How often, in these talks, what the side had tabled was answered by a counter-offer."""
    return where(stage == IDLE, 0.0, rebuffs + flag((tabled > 0.0) & (other_offered > 0.0)))
