"""Pattern matches: which runs show a pattern, and when it is complete for the first time.

Read aloud
    A run shows a pattern if its steps can be found one after the other. Each step comes later than the one before it,
    by the week or by the order of things within the week, and not more weeks later than the step allows. What a step
    is `without` has not happened strictly between the two. From the first step to the last not more weeks go by than
    the pattern allows. It is enough that the steps can be found in some way; other events may stand between them.

Sources
    Existence of an ordered sequence in event data: Abbott (1995), Sequence analysis: new methods for old ideas.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.experiments.pattern_events import MOMENTS, EventRecord, Happened, record_events
from sim.experiments.shuffled_weeks import shuffle_weeks
from sim.schema.pattern import Pattern, PatternEvent, PatternStep
from sim.schema.scenario import Scenario

NEVER = 0
"""Stands for the week of a pattern that is never complete."""


@dataclass(frozen=True)
class PatternMatches:
    """Some runs, and when each shows each pattern."""

    runs: NDArray[np.int64]
    """Numbers of the runs."""
    weeks: Mapping[str, NDArray[np.int64]]
    """By pattern: the week in which it is complete for the first time; NEVER for runs that do not show it."""
    shuffled_weeks: Mapping[str, NDArray[np.int64]]
    """The same if every event of a run is put into other weeks (`sim/experiments/shuffled_weeks.py`)."""


def find_pattern_matches(scenario: Scenario, seed: int, runs: NDArray[np.int64], horizon: int) -> PatternMatches:
    """Play runs again and look for the scenario's patterns from week 1 on.

    Args:
        scenario: The scenario through a source view.
        seed: Seed of all random streams.
        runs: Run numbers; those that do not match the reported run-up are left out.
        horizon: Last week that is looked at.
    """
    levers = tuple(scenario.levers)
    events = [
        event
        for pattern in scenario.patterns.values()
        for steps in pattern.list_variants(levers)
        for step in steps
        for event in (step.happening, *step.without)
    ]
    record = record_events(scenario, seed, runs, horizon, events)
    found = (
        {key: match_pattern(pattern, one, levers) for key, pattern in scenario.patterns.items()}
        for one in (record, shuffle_weeks(record, seed))
    )
    return PatternMatches(record.runs, *found)


def match_pattern(pattern: Pattern, record: EventRecord, levers: Sequence[str] = ()) -> NDArray[np.int64]:
    """The week in which each run shows the pattern for the first time.

    Args:
        pattern: The pattern.
        record: When its events happen.
        levers: Levers of the scenario, for a pattern about the same lever throughout.

    Returns:
        Week by run; NEVER for runs that do not show it.
    """
    first = np.full(record.runs.size, NEVER)
    for steps in pattern.list_variants(levers):
        week = match_steps(steps, pattern.within_weeks, record.happened)
        first = np.where((first == NEVER) | ((week != NEVER) & (week < first)), week, first)
    return first


def match_steps(
    steps: Sequence[PatternStep], within_weeks: int, happened: Mapping[PatternEvent, Happened]
) -> NDArray[np.int64]:
    """The week in which the steps are complete for the first time.

    Kept for every moment is the latest first step from which a chain of steps leads to it; none later exists, so no
    chain is shorter.
    """
    chain = [step for step in steps for _ in range(step.at_least)]
    moments = np.arange(len(happened[chain[0].happening]))[:, np.newaxis]
    begun = np.where(happened[chain[0].happening], moments, -1)
    for step in chain[1:]:
        weeks = within_weeks if step.within_weeks is None else min(step.within_weeks, within_weeks)
        begun = _follow(begun, happened[step.happening], weeks, [happened[event] for event in step.without])
    complete = (begun >= 0) & (moments // MOMENTS - begun // MOMENTS <= within_weeks)
    week = complete.argmax(axis=0) // MOMENTS + 1
    return np.where(complete.any(axis=0), week, NEVER)


def _follow(begun: NDArray[np.int64], happened: Happened, weeks: int, without: Sequence[Happened]) -> NDArray[np.int64]:
    """The latest first step by the moment at which the next step happens; -1 where none leads there."""
    found = np.full_like(begun, -1)
    barred = np.cumsum(np.logical_or.reduce(without), axis=0) if without else None
    for moment in range(1, len(begun)):
        if not happened[moment].any():
            continue
        earliest = max(moment // MOMENTS - weeks, 0) * MOMENTS
        before = begun[earliest:moment]
        if barred is not None:
            before = np.where(barred[earliest:moment] == barred[moment - 1], before, -1)
        if len(before):
            found[moment] = np.where(happened[moment], before.max(axis=0), -1)
    return found
