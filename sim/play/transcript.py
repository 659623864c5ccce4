"""Transcript: one run of an ensemble, played alone on plain numbers and told week by week."""

from collections.abc import Callable, Iterator

import numpy as np

from sim.play import runup
from sim.play.board import Board
from sim.play.glance import Glance
from sim.play.handover import handed_over
from sim.play.negotiation import Negotiation
from sim.play.opening import Opening
from sim.play.spaces import board_of
from sim.play.story import Event, Story
from sim.play.told_agenda import agenda
from sim.play.told_levers import buyers, levers
from sim.play.told_moves import Moves
from sim.play.told_process import process
from sim.play.told_state import WalkAwayValues, beliefs, ends, state
from sim.spec.case import Case

Teller = Callable[[Glance], Iterator[Event]]
"""Tells the events of one kind in the week that was just played."""


def tell(case: Case, run: int, seed: int | None = None, horizon: int | None = None) -> Story:
    """The story of one run; seed and horizon are the scenario's own unless given."""
    s = case.scenario
    seed = s.defaults.seed if seed is None else seed
    horizon = s.calendar.horizon if horizon is None else horizon
    negotiation = Negotiation(Opening(board_of(s.in_run_up), seed, np.array([run])))
    weeks = range(1 - s.run_up.weeks, horizon + 1)
    telling = _Telling(negotiation, weeks, None if s.in_run_up is s else board_of(s))
    events = tuple(event for week in weeks for event in telling.week(week))
    outcome = list(s.outcomes)[int(telling.negotiation.table["world"]["outcome"][0])]
    return Story(
        case=case.name,
        lens=case.lens.lens if case.lens else "",
        run=run,
        seed=seed,
        matched=telling.matched,
        outcome=outcome,
        label=s.outcomes[outcome].label,
        week=int(telling.negotiation.table["world"]["since_week"][0]),
        starts=s.calendar.starts,
        weeks=weeks,
        events=events,
    )


class _Telling:
    """Plays a run week by week and tells each week."""

    def __init__(self, negotiation: Negotiation, weeks: range, board: Board | None) -> None:
        self.negotiation = negotiation
        self.board_of_week_1 = board
        self.glance = Glance(negotiation)
        self.matched = True
        self.over = False
        self.weeks = weeks
        self.tellers = self._tellers()

    def _tellers(self) -> tuple[Teller, ...]:
        """One for each kind of event, remembering nothing yet."""
        return (agenda, levers, buyers, Moves(), process, beliefs, ends, state, WalkAwayValues(self.weeks))

    def week(self, week: int) -> list[Event]:
        """Play one week and tell it; after the end of the contest nothing is told any more."""
        if week == 1 and self.board_of_week_1 is not None:
            self._hand_over(self.board_of_week_1)
        self.glance.week = week
        events = self._before(week)
        self.negotiation.play(week)
        if not self.over:
            events += [event for teller in self.tellers for event in teller(self.glance)]
        self.over = self.over or self.glance.world("ended") > 0.0
        if week == 0:
            self.matched = bool(runup.matches(self.negotiation.board, self.negotiation.look) > 0.0)
        self.glance.remember()
        return events

    def _hand_over(self, board: Board) -> None:
        """From week 1 on, the run is played on the board of the scenario file."""
        self.negotiation = Negotiation(handed_over(self.negotiation.position, board))
        self.glance = Glance(self.negotiation)
        self.tellers = self._tellers()

    def _before(self, week: int) -> list[Event]:
        """What the run-up does to the state before the week is played, and the levers it counts as executed."""
        table, found = self.negotiation.table, []

        def put(space: str, name: str, row: int, value: float) -> None:
            table[space][name][row] = value
            if (space, name) == ("lever", "executed") and value > 0.0:
                found.append(row)

        runup.before(self.negotiation.board, week, put)
        return [self._counted(row) for row in found]

    def _counted(self, row: int) -> Event:
        key = self.glance.board.spaces["lever"].keys[row]
        lever = self.glance.scenario.levers[key]
        return self.glance.event("reading", "runup", f"executed/{key}", (0.0, 1.0), lever.holder, lever=lever.label)
