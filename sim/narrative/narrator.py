"""Narrator: one run of an ensemble, simulated alone and narrated week by week."""

from collections.abc import Callable, Iterator

import numpy as np

from sim.engines.base import make_engine_for_few
from sim.model import run_up
from sim.model.simulation import Engine, EngineMaker, Simulation
from sim.narrative.ballots import BallotRecorder, describe_start, find_nearest, list_cast
from sim.narrative.digest import Ballot, Digest, Nearness, Start
from sim.narrative.levers import narrate_compliance, narrate_levers
from sim.narrative.moves import MoveNarrator
from sim.narrative.scheduled_events import narrate_scheduled_events
from sim.narrative.state_changes import (
    ReservationNarrator,
    narrate_beliefs,
    narrate_contest_end,
    narrate_outcome_change,
)
from sim.narrative.story import Event, Story
from sim.narrative.talks import narrate_talks
from sim.narrative.week_view import WeekView
from sim.rules.stages import SIGNED
from sim.schema.loaded_case import LoadedCase
from sim.schema.scenario import Scenario

Narrator = Callable[[WeekView], Iterator[Event]]
"""Narrates the events of one kind in the week that was just simulated."""


def narrate_run(
    case: LoadedCase,
    run: int,
    seed: int | None = None,
    horizon: int | None = None,
    make_engine: EngineMaker[Engine] = make_engine_for_few,
) -> Story:
    """The story of one run.

    Args:
        case: The scenario through its source view.
        run: Number of the run.
        seed: Seed of all random numbers; the scenario's own if left out.
        horizon: Weeks to simulate; the scenario's own if left out.
        make_engine: Makes the engine that simulates the run; that which has few runs played soonest if left out. The
            story is the same in all.
    """
    s = case.scenario
    seed = s.defaults.seed if seed is None else seed
    horizon = s.calendar.horizon if horizon is None else horizon
    weeks = range(1 - s.run_up.weeks, horizon + 1)
    narration = _Narration(s, Simulation.begin(s, seed, np.array([run]), make_engine), make_engine, weeks)
    events = tuple(event for week in weeks for event in narration.narrate_week(week))
    outcome = list(s.outcomes)[int(narration.week_view.world("outcome"))]
    return Story(
        case=case.name,
        view=case.view.view if case.view else "",
        run=run,
        seed=seed,
        is_matching=narration.is_matching,
        outcome=outcome,
        label=s.outcomes[outcome].label,
        week=int(narration.week_view.world("since_week")),
        starts=s.calendar.starts,
        weeks=weeks,
        events=events,
        digest=narration.make_digest(),
    )


class _Narration:
    """Simulates a run week by week and narrates each week."""

    def __init__(
        self, scenario: Scenario, simulation: Simulation[Engine], make_engine: EngineMaker[Engine], weeks: range
    ) -> None:
        self.scenario = scenario
        self.simulation = simulation
        self.make_engine = make_engine
        self.week_view = WeekView(simulation.engine)
        self.is_matching = True
        self.over = False
        self.weeks = weeks
        self.narrators = self._make_narrators()
        self.record_ballots = BallotRecorder()
        self.ballots: list[Ballot] = []
        self.nearest: list[Nearness] = []
        self.start: Start | None = None

    def _make_narrators(self) -> tuple[Narrator, ...]:
        """One for each kind of event, remembering nothing yet."""
        return (
            narrate_scheduled_events,
            narrate_levers,
            narrate_compliance,
            MoveNarrator(),
            narrate_talks,
            narrate_beliefs,
            narrate_contest_end,
            narrate_outcome_change,
            ReservationNarrator(self.weeks),
        )

    def narrate_week(self, week: int) -> list[Event]:
        """Simulate one week and narrate it; after the end of the contest nothing is narrated any more."""
        if week == 1 and self.scenario.in_run_up is not self.scenario:
            self._transfer_state()
        self.week_view.week = week
        executed = run_up.list_executed_levers(self.week_view.layout, week)
        events = [self._make_account_event(row) for row in executed]
        self.simulation.advance(week)
        if not self.over:
            events += [event for narrator in self.narrators for event in narrator(self.week_view)]
            self._record(week)
        self.over = self.over or self.week_view.world("ended") > 0.0
        if week == 0:
            self.is_matching = bool(self.simulation.matches_history[0])
        self.week_view.remember()
        return events

    def _record(self, week: int) -> None:
        """What the digest needs of this week."""
        self.ballots += self.record_ballots(self.week_view)
        if self.week_view.world("stage") < SIGNED:
            self.nearest.append(find_nearest(self.week_view))
        if week == 1:
            self.start = describe_start(self.week_view)

    def make_digest(self) -> Digest:
        """The cast, the votes, and how near each week came."""
        view, count = self.week_view, len(self.week_view.layout.packages)
        return Digest(
            cast=list_cast(view),
            start=self.start,
            ballots=tuple(self.ballots),
            nearest=tuple(self.nearest),
            packages=tuple(view.describe_shortly(at) for at in range(count)),
            contents=tuple(view.list_contents(at) for at in range(count)),
            things=view.things,
        )

    def _transfer_state(self) -> None:
        """From week 1 on, the run goes on as a run of the scenario file."""
        self.simulation = self.simulation.transfer(self.scenario, self.make_engine)
        self.week_view = WeekView(self.simulation.engine)
        self.narrators = self._make_narrators()

    def _make_account_event(self, row: int) -> Event:
        key = self.week_view.layout.spaces["lever"].keys[row]
        lever = self.week_view.scenario.levers[key]
        return self.week_view.make_event(
            "account", "run_up", f"executed/{key}", (0.0, 1.0), lever.holder, lever=lever.label
        )
