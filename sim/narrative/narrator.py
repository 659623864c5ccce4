"""Narrator: one run of an ensemble, played alone on plain numbers and narrated week by week."""

from collections.abc import Callable, Iterator

import numpy as np

from sim.engines.mesa_engine import NegotiationModel
from sim.model import run_up
from sim.model.build_layout import build_layout
from sim.model.initial_state import InitialState
from sim.model.layout import Layout
from sim.model.state_transfer import transfer_state
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
from sim.schema.loaded_case import LoadedCase

Narrator = Callable[[WeekView], Iterator[Event]]
"""Narrates the events of one kind in the week that was just played."""


def narrate_run(case: LoadedCase, run: int, seed: int | None = None, horizon: int | None = None) -> Story:
    """The story of one run; seed and horizon are the scenario's own unless given."""
    s = case.scenario
    seed = s.defaults.seed if seed is None else seed
    horizon = s.calendar.horizon if horizon is None else horizon
    negotiation = NegotiationModel(InitialState(build_layout(s.in_run_up), seed, np.array([run])))
    weeks = range(1 - s.run_up.weeks, horizon + 1)
    narration = _Narration(negotiation, weeks, None if s.in_run_up is s else build_layout(s))
    events = tuple(event for week in weeks for event in narration.narrate_week(week))
    outcome = list(s.outcomes)[int(narration.negotiation.table["world"]["outcome"][0])]
    return Story(
        case=case.name,
        view=case.view.view if case.view else "",
        run=run,
        seed=seed,
        is_matching=narration.is_matching,
        outcome=outcome,
        label=s.outcomes[outcome].label,
        week=int(narration.negotiation.table["world"]["since_week"][0]),
        starts=s.calendar.starts,
        weeks=weeks,
        events=events,
    )


class _Narration:
    """Plays a run week by week and narrates each week."""

    def __init__(self, negotiation: NegotiationModel, weeks: range, layout: Layout | None) -> None:
        self.negotiation = negotiation
        self.scenario_layout = layout
        self.week_view = WeekView(negotiation)
        self.is_matching = True
        self.over = False
        self.weeks = weeks
        self.narrators = self._make_narrators()

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
        """Play one week and narrate it; after the end of the contest nothing is narrated any more."""
        if week == 1 and self.scenario_layout is not None:
            self._transfer_state(self.scenario_layout)
        self.week_view.week = week
        events = self._prepare_week(week)
        self.negotiation.play(week)
        if not self.over:
            events += [event for narrator in self.narrators for event in narrator(self.week_view)]
        self.over = self.over or self.week_view.world("ended") > 0.0
        if week == 0:
            self.is_matching = bool(run_up.matches_history(self.negotiation.layout, self.negotiation.read) > 0.0)
        self.week_view.remember()
        return events

    def _transfer_state(self, layout: Layout) -> None:
        """From week 1 on, the run is played with the layout of the scenario file."""
        self.negotiation = NegotiationModel(transfer_state(self.negotiation.snapshot, layout))
        self.week_view = WeekView(self.negotiation)
        self.narrators = self._make_narrators()

    def _prepare_week(self, week: int) -> list[Event]:
        """What the run-up does to the state before the week is played, and the levers it counts as executed."""
        table, found = self.negotiation.table, []

        def write(space: str, name: str, row: int, value: float) -> None:
            table[space][name][row] = value
            if (space, name) == ("lever", "executed") and value > 0.0:
                found.append(row)

        run_up.prepare_week(self.negotiation.layout, week, write)
        return [self._make_account_event(row) for row in found]

    def _make_account_event(self, row: int) -> Event:
        key = self.week_view.layout.spaces["lever"].keys[row]
        lever = self.week_view.scenario.levers[key]
        return self.week_view.make_event(
            "account", "run_up", f"executed/{key}", (0.0, 1.0), lever.holder, lever=lever.label
        )
