"""Played run: a run whose weeks stand still where a player decides for one actor.

Read aloud
    The run-up is the model's. From week 1 on the player is asked wherever something calls for an answer: at the first
    week, when other moves are open than the week before, when something has happened at the table or to the actor, when
    its signature is needed, and after some quiet weeks. In weeks that pass without a question the actor waits; where
    the last word was to do as the model would, the model goes on deciding.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sim.engines.paused_engine import PausedEngine
from sim.i18n.said_error import SaidError
from sim.model import run_up
from sim.model.build_layout import build_layout
from sim.model.simulation import Simulation, take_snapshot
from sim.model.state import Snapshot
from sim.model.state_transfer import transfer_state
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


class SharedRun:
    """One run, played week by week with players in some seats; it stands still wherever one of them is asked."""

    def __init__(
        self, scenario: Scenario, seed: int, run: int, actors: Sequence[str], beginning: Snapshot | None = None
    ) -> None:
        """A run at the end of week 0.

        Args:
            scenario: The scenario.
            seed: Seed of all luck.
            run: Number of the run.
            actors: Keys of the actors whose seats are taken.
            beginning: The run as it stands at the end of week 0; simulated if left out.
        """
        self.engine = _play_run_up(scenario, seed, run) if beginning is None else _take_over(beginning, scenario)
        self.horizon = scenario.calendar.horizon
        self.week = 0
        self.week_view = WeekView(self.engine)
        self.events: list[Event] = []
        self.outcomes: list[int] = []
        self.snapshots: dict[int, Snapshot] = {}
        self.keeps_snapshots = False
        self.seats = {actor: PlayedRun(self, actor) for actor in actors}
        self.pause: Pause | None = None
        self.asked: PlayedRun | None = None
        self._narrators = (*BEFORE_MOVES, MoveNarrator(), *AFTER_MOVES)
        self._weeks = self._play()

    def begin(self) -> None:
        """Play up to the first question."""
        if self.keeps_snapshots:
            self.snapshots[0] = take_snapshot(self.engine)
        self._go_on()

    def answer(self, move: SeatMove) -> None:
        """Say something at the present question, and play up to the next one.

        Args:
            move: What is said by the player who is asked.

        Raises:
            UsageError: it is not open.
        """
        if self.pause is None or self.asked is None:
            raise SaidError("seat.refused-over", week=self.week, move=move)
        packages = len(self.engine.layout.packages)
        if not follows_model(move) and is_open_to(self.pause, move) is None:
            raise SaidError("seat.refused-not-open", move=move, week=self.pause.week, known=_list_open(self.pause))
        if move.package > packages:
            raise SaidError("seat.refused-package", move=move, package=move.package, packages=packages)
        self.asked.said = move
        self._go_on()

    def _go_on(self) -> None:
        self.asked, self.pause = next(self._weeks, (None, None))

    def has_ended(self) -> bool:
        """True once the contest has ended: nothing is told or asked after that."""
        return any(event.what == "ended" for event in self.events)

    def _play(self) -> Iterator[tuple["PlayedRun", Pause]]:
        """Play the weeks; stands still wherever a player is asked. Who chooses at the same time is asked in turn."""
        listed = [(point, one) for one in self.seats.values() for point in list_points(one.state)]
        points = sorted(listed, key=lambda found: found[0].step)
        for week in range(1, self.horizon + 1):
            for change in run_up.list_changes(self.engine.layout, week):
                self.engine.write(*change)
            self.engine.begin_week(week)
            self.week_view.week = week
            for point, one in [] if self.has_ended() else points:
                self.engine.play_to(point.step)
                pause = point.find_pause(week)
                if pause is not None:
                    if one.asks(pause):
                        yield one, pause
                    one.decide(point, pause)
            self.engine.finish_week()
            self._end_week(week)
        for one in self.seats.values():
            one.tell()

    def _end_week(self, week: int) -> None:
        """Keep what happened, what came on the table, and how the run stands."""
        if not self.has_ended():
            self.events += [event for narrator in self._narrators for event in narrator(self.week_view)]
        tabled = self._list_tabled()
        for one in self.seats.values():
            one.end_week(week, tabled)
        self.week_view.remember()
        self.week = week
        self.outcomes.append(int(self.week_view.world("outcome")))
        if self.keeps_snapshots:
            self.snapshots[week] = take_snapshot(self.engine)

    def _list_tabled(self) -> list[tuple[str, int]]:
        """Packages that came on the table this week, with who put them there."""
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
        return tabled


def _play_run_up(scenario: Scenario, seed: int, run: int) -> PausedEngine:
    """One run at the end of week 0."""
    simulation = Simulation.begin(scenario, seed, np.array([run]), PausedEngine)
    simulation.advance(0)
    if scenario.in_run_up is not scenario:
        simulation = simulation.transfer(scenario, PausedEngine)
    return simulation.engine


def _take_over(beginning: Snapshot, scenario: Scenario) -> PausedEngine:
    """A run that stands at the end of week 0, on the layout of the scenario."""
    return PausedEngine(transfer_state(beginning, build_layout(scenario)))


def _list_open(pause: Pause) -> str:
    return ", ".join(f"'{one.move}'" for one in pause.open_moves)


class PlayedRun:
    """A run as the player in one seat knows it: what was asked, said, heard of and offered."""

    def __init__(self, shared: SharedRun, actor: str) -> None:
        self.shared = shared
        self.engine = shared.engine
        self.week_view = shared.week_view
        self.horizon = shared.horizon
        self.state = ActorState(shared.engine, actor)
        self.so_far: list[Event] = []
        self.news: list[Event] = []
        self.offers: list[OfferMade] = []
        self.decided: list[Decided] = []
        self.signatures: list[tuple[Decided, float]] = []
        self.lapsed = 0
        self.modelled_ends: dict[int, Snapshot] = {}
        self.reason = ""
        self.said = SeatMove(WAIT)
        self._asked_now = False
        self._standing = SeatMove(WAIT)
        self._pledged: tuple[int, SeatMove] | None = None
        self._last_asked = 0
        self._open_before: tuple[SeatMove, ...] = ()
        self._heard = 0
        self._heard_early: set[tuple[int, str, str]] = set()

    @property
    def pause(self) -> Pause | None:
        """Where the player is asked; none while another is, or once the game is over."""
        return self.shared.pause if self.shared.asked is self else None

    @property
    def is_over(self) -> bool:
        """True once nobody is asked any more."""
        return self.shared.pause is None and self.shared.week >= self.horizon

    @property
    def week(self) -> int:
        """The last week that was played to its end."""
        return self.shared.week

    @property
    def events(self) -> list[Event]:
        """All that has happened since week 1."""
        return self.shared.events

    @property
    def outcomes(self) -> list[int]:
        """Number of the outcome as it stood after each week."""
        return self.shared.outcomes

    @property
    def snapshots(self) -> dict[int, Snapshot]:
        """State after each week, where it is kept."""
        return self.shared.snapshots

    def asks(self, pause: Pause) -> bool:
        """True if the player has to be asked; a word given in advance, or a quiet week, needs no question.

        Args:
            pause: Where the run stands still.
        """
        pledged, self._pledged = self._pledged, None
        self._asked_now = self._finds_reason(pause)
        if self._asked_now and pause.kind == "sign" and pledged is not None and pledged[0] == pause.week:
            self.said = pledged[1]
            return False
        if self._asked_now:
            if pause.kind == "move":
                self._last_asked = pause.week
            self.tell()
        return self._asked_now

    def decide(self, point: DecisionPoint, pause: Pause) -> None:
        """Take what was said, or go by what was said last, and write it over the model's decision.

        Args:
            point: The place in the week.
            pause: What is open there.
        """
        asked, move = self._asked_now, self.said if self._asked_now else self._standing
        if pause.kind == "move" and move.letter in (YES, NO):
            self._pledged, move, asked = (pause.week, move), SeatMove(WAIT), False
        if asked and self.shared.keeps_snapshots and not follows_model(move) and move != pause.modelled:
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
        """The state after this week, had this decision been left to the model, and all others after it."""
        engine = self.engine.copy()
        engine.finish_week()
        return take_snapshot(engine)

    def _finds_reason(self, pause: Pause) -> bool:
        """True if something calls for an answer; what it is, is kept."""
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

    def tell(self) -> None:
        """Gather what has happened since the last question; what was told in the middle of a week is not told again."""
        new = self.events[self._heard :]
        self.news = [event for event in new if _find_address(event) not in self._heard_early]
        self.news += [event for event in self.so_far if _find_address(event) not in self._heard_early]
        self._heard = len(self.events)
        self._heard_early |= {_find_address(event) for event in self.so_far}

    def end_week(self, week: int, tabled: Sequence[tuple[str, int]]) -> None:
        """Keep what came on the table, and words that were not kept.

        Args:
            week: The week.
            tabled: Who put which package there.
        """
        self.so_far = []
        self.lapsed += int(self.state.own("lapsed"))
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


def _find_address(event: Event) -> tuple[int, str, str]:
    """What tells an event of a run from all others."""
    return event.week, event.actor, f"{event.rule}/{event.what}"


def is_belief(event: Event) -> bool:
    """True for what somebody has come to believe; a player knows its own beliefs only."""
    return event.rule == "readiness_belief" or event.rule.startswith("belief_update.")
