"""Summit: is one held, and which package does it draft?

Read aloud
    When a summit is due and the mediator engages, it is held: what lies on the table is put to the side that sits
    there, even if it was tabled, or the seat was taken over, this very week.
    Without a mediator a tabled proposal becomes the draft at once.

Symbols
    engaged  1 if the mediator meets the side this week    tabled_now  1 if the side tabled something this week
    draft  number of the package on the table

Sources
    Single negotiating text: Raiffa (1982), The Art and Science of Negotiation.
"""

from sim.rules.numerics import Number, flag, where
from sim.rules.stages import SUMMIT_DUE


def is_held(
    stage: Number,
    mediated: Number,
    first_at_table: Number,
    first_engaged: Number,
    first_tabled_now: Number,
    second_at_table: Number,
    second_engaged: Number,
    second_tabled_now: Number,
) -> tuple[Number, Number, Number]:
    """1 if the seated side was engaged, 1 if it tabled something, 1 if a summit is held this week."""
    met = flag(first_at_table * first_engaged + second_at_table * second_engaged > 0.0)
    tabled_now = flag(first_tabled_now + second_tabled_now > 0.0)
    comes = flag(first_engaged + second_engaged > 0.0) * flag(first_at_table + second_at_table > 0.0)
    return met, tabled_now, flag((stage == SUMMIT_DUE) & (mediated > 0.0)) * comes


def drafted_package(
    draft: Number,
    summit: Number,
    tabled_now: Number,
    mediated: Number,
    first_at_table: Number,
    first_proposal: Number,
    second_proposal: Number,
) -> Number:
    """Number of the package on the table."""
    seated = where(first_at_table > 0.0, first_proposal, second_proposal)
    now = (summit > 0.0) | ((tabled_now > 0.0) & (mediated == 0.0))
    return where(now, seated, draft)


def seat_signs(
    first_at_table: Number, first_signs_draft: Number, second_at_table: Number, second_signs_draft: Number
) -> Number:
    """1 if the side at the table signs the draft."""
    return first_at_table * first_signs_draft + second_at_table * second_signs_draft
