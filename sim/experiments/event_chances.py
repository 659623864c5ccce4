"""Event chances: in how many runs does an event that is scored happen within its period?

Read aloud
    A run reaches a rung if the rung's steps can be found one after the other within the weeks of the period, as the
    steps of a pattern are (`pattern_matches`). It is on the highest rung that it reaches, or on none. Where an event
    counts only if something else happens, runs without that are left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.experiments.pattern_events import MOMENTS, EventRecord, Happened, record_events
from sim.experiments.pattern_matches import NEVER, match_steps
from sim.schema.pattern import PatternEvent, PatternStep
from sim.schema.scenario import Scenario
from sim.schema.scored_event import ScoredEvent


@dataclass(frozen=True)
class RungCounts:
    """Runs by what happens in them."""

    counts: tuple[int, ...]
    """Runs in which nothing of it happens, then those on each rung."""

    @property
    def runs(self) -> int:
        """Runs that count."""
        return sum(self.counts)

    @property
    def shares(self) -> tuple[float, ...]:
        """Shares of runs as a forecast: none is 0 or 1, for half a run is added to each (Krichevsky, Trofimov 1981)."""
        whole = self.runs + len(self.counts) / 2
        return tuple((count + 0.5) / whole for count in self.counts)


def count_rungs(
    scenario: Scenario, seed: int, runs: NDArray[np.int64], events: Mapping[str, ScoredEvent]
) -> dict[str, RungCounts]:
    """Play runs again, and count those on each rung of each event.

    Args:
        scenario: The scenario through a source view.
        seed: Seed of all random streams.
        runs: Run numbers; those that do not match the reported run-up are left out.
        events: The events, by key.
    """
    weeks = {key: one.find_weeks(scenario.calendar.starts) for key, one in events.items()}
    asked = [event for one in events.values() for step in one.list_steps() for event in _list_events(step)]
    record = record_events(scenario, seed, runs, max(last for _, last in weeks.values()), asked)
    return {key: _count(one, _cut(record, weeks[key])) for key, one in events.items()}


def _list_events(step: PatternStep) -> tuple[PatternEvent, ...]:
    return (step.happening, *step.without)


def _cut(record: EventRecord, weeks: tuple[int, int]) -> Mapping[PatternEvent, Happened]:
    """What happened within some weeks."""
    first, last = weeks
    return {event: found[(first - 1) * MOMENTS : last * MOMENTS] for event, found in record.happened.items()}


def _count(event: ScoredEvent, happened: Mapping[PatternEvent, Happened]) -> RungCounts:
    """Runs on each rung."""
    reached = [_reach(rung.steps, happened) for rung in event.rungs]
    highest = np.zeros(reached[0].size, dtype=np.int64)
    for number, found in enumerate(reached, start=1):
        highest[found] = number
    counted = _reach(event.given, happened) if event.given else np.ones(highest.size, dtype=np.bool_)
    counts = np.bincount(highest[counted], minlength=len(event.rungs) + 1)
    return RungCounts(tuple(int(count) for count in counts))


def _reach(steps: tuple[PatternStep, ...], happened: Mapping[PatternEvent, Happened]) -> NDArray[np.bool_]:
    """Runs in which the steps follow one another."""
    weeks = len(happened[steps[0].happening]) // MOMENTS
    return np.not_equal(match_steps(steps, weeks, happened), NEVER)
