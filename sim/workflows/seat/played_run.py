"""Played run: a run whose weeks stand still where a player decides for one actor.

Read aloud
    The run-up is the model's. From week 1 on the player is asked wherever something calls for an answer: at the first
    week, when other moves are open than the week before, when something has happened at the table or to the actor, when
    its signature is needed, and after some quiet weeks. In weeks that pass without a question the actor waits; where
    the last word was to do as the model would, the model goes on deciding.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.engines.paused_engine import PausedEngine
from sim.errors import UsageError
from sim.model import run_up
from sim.model.simulation import Simulation, take_snapshot
from sim.model.state import Snapshot
from sim.narrative.levers import narrate_compliance, narrate_levers
from sim.narrative.moves import MoveNarrator
from sim.narrative.scheduled_events import narrate_scheduled_events
from sim.narrative.state_changes import narrate_beliefs, narrate_contest_end, narrate_outcome_change
from sim.narrative.story import Event
from sim.narrative.talks import narrate_talks
from sim.narrative.week_view import WeekView
from sim.schema.scenario import Scenario
from sim.workflows.seat.decisions import (
    CHOOSERS,
    ActorState,
    DecisionPoint,
    Pause,
    follows_model,
    is_open_to,
    list_points,
)
from sim.workflows.seat.moves_text import NO, WAIT, YES, SeatMove

BEFORE_MOVES = (narrate_scheduled_events, narrate_levers, narrate_compliance)
AFTER_MOVES = (narrate_talks, narrate_beliefs, narrate_contest_end, narrate_outcome_change)
"""Narrators of a week, those before and after the one of moves, which remembers."""

QUIET_WEEKS = 4
"""Weeks that pass at most without a question while something is open."""

BACKGROUND = frozenset({"moves.strike", "moves.lobby", "moves.call", "moves.symbolic"})
"""Rules whose events call for no answer by themselves."""


@dataclass(frozen=True)
class Decided:
    """What was decided at one place, by the player or in its name."""

    pause: Pause
    """Where."""
    move: SeatMove
    """What was said; `a` where it was left to the model."""
    asked: bool
    """True if the player was asked; False in a week that passed quietly."""

    @property
    def made(self) -> SeatMove:
        """What was done."""
        return self.pause.modelled if follows_model(self.move) else self.move


@dataclass(frozen=True)
class OfferMade:
    """A package that came on the table."""

    week: int
    """When."""
    by: str
    """Key of the side that tabled it, or of the mediator that drafted it."""
    package: int
    """Its number, counted from 0."""
    gain: float
    """What it was worth to the player's actor then, over no agreement."""


class MidWeekView(WeekView):
    """A run in the middle of a week, as narrators see it: the talks stand where they stood before the week."""

    def world(self, name: str) -> float:
        """Value of one of the world's variables; the stage before the week is that of now."""
        return super().world("stage" if name == "stage_before" else name)


class PlayedRun:
    """One run, played week by week with a player in one seat."""

    def __init__(self, scenario: Scenario, seed: int, run: int, actor: str) -> None:
        simulation = Simulation.begin(scenario, seed, np.array([run]), PausedEngine)
        simulation.advance(0)
        if scenario.in_run_up is not scenario:
            simulation = simulation.transfer(scenario, PausedEngine)
        self.engine = simulation.engine
        self.horizon = scenario.calendar.horizon
        self.week = 0
        self.state = ActorState(self.engine, actor)
        self.week_view = WeekView(self.engine)
        self.events: list[Event] = []
        self.so_far: list[Event] = []
        self.offers: list[OfferMade] = []
        self.decided: list[Decided] = []
        self.snapshots: dict[int, Snapshot] = {}
        self.keeps_snapshots = False
        self.signatures: list[tuple[Decided, float]] = []
        self.lapsed = 0
        self.modelled_ends: dict[int, Snapshot] = {}
        self.outcomes: list[int] = []
        self._narrators = (*BEFORE_MOVES, MoveNarrator(), *AFTER_MOVES)
        self._standing = SeatMove(WAIT)
        self._pledged: tuple[int, SeatMove] | None = None
        self._last_asked = 0
        self._open_before: tuple[SeatMove, ...] = ()
        self.reason = ""
        self.news: list[Event] = []
        self._heard = 0
        self._heard_early: set[tuple[int, str, str]] = set()
        self._weeks = self._play()
        self.pause: Pause | None = None

    @property
    def is_over(self) -> bool:
        """True once the last week has been played, or the contest has ended."""
        return self.pause is None and self.week >= self.horizon

    def begin(self) -> None:
        """Play up to the first question."""
        if self.keeps_snapshots:
            self.snapshots[0] = self.take_snapshot()
        self.pause = next(self._weeks, None)

    def answer(self, move: SeatMove) -> None:
        """Say something at the present question, and play up to the next one.

        Args:
            move: What is said.

        Raises:
            UsageError: it is not open.
        """
        if self.pause is None:
            raise UsageError(f"the game is over after week {self.week}; '{move}' has no place in it")
        packages = len(self.engine.layout.packages)
        if not follows_model(move) and is_open_to(self.pause, move) is None:
            raise UsageError(f"'{move}' is not open in week {self.pause.week}; {self._list_open()}")
        if move.package > packages:
            raise UsageError(f"'{move}' names package {move.package}; there are packages 1 to {packages}")
        self._answer = move
        self.pause = next(self._weeks, None)

    def _list_open(self) -> str:
        known = [f"'{one.move}'" for one in self.pause.open_moves] if self.pause else []
        return f"open are {', '.join(known)}, or 'a' for what the model would do"

    def _play(self) -> Iterator[Pause]:
        """Play the weeks; stands still wherever the player is asked."""
        points = list_points(self.state)
        for week in range(1, self.horizon + 1):
            for change in run_up.list_changes(self.engine.layout, week):
                self.engine.write(*change)
            self.engine.begin_week(week)
            self.week_view.week = week
            for point in [] if self._has_ended() else points:
                self.engine.play_to(point.step)
                pause = point.find_pause(week)
                if pause is not None:
                    yield from self._decide(point, pause)
            self.engine.finish_week()
            self._end_week(week)
        self._tell()

    def _decide(self, point: DecisionPoint, pause: Pause) -> Iterator[Pause]:
        """Ask the player, or go by what it said last."""
        pledged, self._pledged = self._pledged, None
        asked = self._asks(pause)
        if asked and pause.kind == "sign" and pledged is not None and pledged[0] == pause.week:
            self._answer = pledged[1]
        elif asked:
            if pause.kind == "move":
                self._last_asked = pause.week
            self._tell()
            yield pause
        move = self._answer if asked else self._standing
        if pause.kind == "move" and move.letter in (YES, NO):
            self._pledged, move, asked = (pause.week, move), SeatMove(WAIT), False
        if asked and self.keeps_snapshots and not follows_model(move) and move != pause.modelled:
            self.modelled_ends[len(self.decided)] = self._finish_as_modelled()
        self.decided.append(Decided(pause, move, asked))
        if pause.kind in ("sign", "yield"):
            self.signatures.append((self.decided[-1], self.find_gain(int(self.week_view.world("draft")))))
        if pause.kind == "move":
            self._standing = move if follows_model(move) else SeatMove(WAIT)
        if not follows_model(move):
            made = is_open_to(pause, move)
            if made is not None:
                point.write(made, move)

    def _finish_as_modelled(self) -> Snapshot:
        """The state after this week, had the decision been left to the model."""
        engine = self.engine.copy()
        engine.finish_week()
        return take_snapshot(engine)

    def _asks(self, pause: Pause) -> bool:
        """True if the player is asked here; why is kept."""
        if pause.kind != "move":
            self.reason = pause.kind
            return True
        self._look_around()
        open_moves = tuple(one.move for one in pause.open_moves)
        last = [event for event in self.events if event.week >= self._last_asked and self._calls(event)]
        before, self._open_before = self._open_before, open_moves
        if not self._last_asked:
            self.reason = "first"
        elif last or any(self._calls(event) for event in self.so_far):
            self.reason = "event"
        elif open_moves != before:
            self.reason = "open"
        elif pause.week - self._last_asked > QUIET_WEEKS:
            self.reason = "quiet"
        else:
            return False
        return True

    def _calls(self, event: Event) -> bool:
        """True for what happened at the table, or what others did that may call for an answer."""
        return not is_belief(event) and event.rule not in BACKGROUND and event.actor != self.state.actor

    def _look_around(self) -> None:
        """What those have done this week who choose before the player's actor."""
        earlier = CHOOSERS[: CHOOSERS.index(self.state.group)]
        view = MidWeekView(self.engine)
        view.week = self.week_view.week
        found = list(MoveNarrator(earlier)(view))
        is_side = self.state.group == CHOOSERS[-1]
        self.so_far = [event for event in found if is_side or event.rule == "moves.lobby"]

    def _tell(self) -> None:
        """What has happened since the last question; what was told in the middle of a week is not told again."""
        new = self.events[self._heard :]
        self.news = [event for event in new if _find_address(event) not in self._heard_early]
        self.news += [event for event in self.so_far if _find_address(event) not in self._heard_early]
        self._heard = len(self.events)
        self._heard_early |= {_find_address(event) for event in self.so_far}

    def _end_week(self, week: int) -> None:
        """Keep what happened, what came on the table, and how the run stands."""
        if not self._has_ended():
            self.events += [event for narrator in self._narrators for event in narrator(self.week_view)]
        self.so_far = []
        self._keep_offers(week)
        self.lapsed += int(self.state.own("lapsed"))
        self.week_view.remember()
        self.week = week
        self.outcomes.append(int(self.week_view.world("outcome")))
        if self.keeps_snapshots:
            self.snapshots[week] = self.take_snapshot()

    def _has_ended(self) -> bool:
        """True once the contest has ended: nothing is told or asked after that."""
        return any(event.what == "ended" for event in self.events)

    def _keep_offers(self, week: int) -> None:
        """Packages that came on the table this week."""
        view = self.week_view
        found = [(view.actors[row], view.current("actor", "tabled", row)) for row in view.sides]
        tabled = [
            (key, int(number) - 1)
            for (key, number), row in zip(found, view.sides, strict=True)
            if view.current("actor", "tabled_now", row) > 0.0 and number > 0.0
        ]
        drafted = int(view.world("draft"))
        if view.world("summit") > 0.0 and all(number != drafted + 1 for _, number in found):
            tabled.append((view.mediator, drafted))
        self.offers += [OfferMade(week, by, package, self.find_gain(package)) for by, package in tabled]

    def find_gain(self, package: int) -> float:
        """What a package is worth to the player's actor over no agreement, now; 0 for an actor without interests.

        Args:
            package: Its number, counted from 0.
        """
        parties = self.engine.layout.parties
        if self.state.actor not in parties:
            return 0.0
        row = parties.index(self.state.actor)
        return float(self.engine.read_variable("party_package", "surplus")[row, package, 0])

    def take_snapshot(self) -> Snapshot:
        """The run as it stands now."""
        return take_snapshot(self.engine)


def _find_address(event: Event) -> tuple[int, str, str]:
    """What tells an event of a run from all others."""
    return event.week, event.actor, f"{event.rule}/{event.what}"


def is_belief(event: Event) -> bool:
    """True for what somebody has come to believe; a player knows its own beliefs only."""
    return event.rule == "readiness_belief" or event.rule.startswith("belief_update.")
