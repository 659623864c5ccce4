"""The week: every rule, in the order in which it is played. Read the parts from top to bottom."""

from sim.rules.entry import Entry
from sim.rules.week.aftermath import LEDGERS, PEACE, RARE
from sim.rules.week.choices import BELLIGERENTS, EVIDENCE, LADDER, THIRD_PARTIES
from sim.rules.week.contest import VALUES, WILLINGNESS, WORLD
from sim.rules.week.promises import FEARS, PROSPECTS
from sim.rules.week.record import BOOKED, COUNTED, TALLIES
from sim.rules.week.talks import PROTOCOL

WEEK: tuple[Entry, ...] = (
    *WORLD,
    *VALUES,
    *WILLINGNESS,
    *PROSPECTS,
    *FEARS,
    *THIRD_PARTIES,
    *LADDER,
    *BELLIGERENTS,
    *EVIDENCE,
    *PROTOCOL,
    *PEACE,
    *RARE,
    *LEDGERS,
    *TALLIES,
)
"""The week from beginning to end."""

__all__ = ["BOOKED", "COUNTED", "VALUES", "WEEK", "WILLINGNESS"]
