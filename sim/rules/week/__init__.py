"""The week: every rule, in the order in which it is applied. Read the parts from top to bottom."""

from sim.rules.week.agreements_and_beliefs import AGREEMENTS, BELIEFS, CONTEST_END
from sim.rules.week.choices import DISPUTANTS, OBSERVED_MOVES, THIRD_PARTIES, ULTIMATUMS
from sim.rules.week.contest import CONTEST, VALUES, WILLINGNESS
from sim.rules.week.event_counts import EVENT_COUNTS, EVENT_TALLIES
from sim.rules.week.moves import MOVE_TALLIES
from sim.rules.week.prospects import LEVER_EFFECTS, PROSPECTS
from sim.rules.week.steps import Step
from sim.rules.week.talks import TALKS

WEEK: tuple[Step, ...] = (
    *CONTEST,
    *VALUES,
    *WILLINGNESS,
    *PROSPECTS,
    *LEVER_EFFECTS,
    *THIRD_PARTIES,
    *ULTIMATUMS,
    *DISPUTANTS,
    *OBSERVED_MOVES,
    *TALKS,
    *AGREEMENTS,
    *CONTEST_END,
    *BELIEFS,
    *EVENT_COUNTS,
)
"""The week from beginning to end."""

__all__ = ["EVENT_TALLIES", "MOVE_TALLIES", "VALUES", "WEEK", "WILLINGNESS"]
