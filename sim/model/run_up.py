"""Run-up: the weeks before week 1, the account of them in use, and the condition by which runs match what is reported.

Run-up weeks are numbered up to 0, weeks of the scenario from 1. Parameters are drawn at the start of the run-up;
beliefs and state at week 1 are what the run-up has made of them.
"""

from collections.abc import Iterator
from typing import Any

from sim.model.layout import Layout
from sim.model.outcome_classifier import OutcomeClassifier, Read
from sim.rules.numerics import Number
from sim.rules.week import EVENT_TALLIES, MOVE_TALLIES

Place = tuple[str, str, int]
"""A variable of one entity: space, name, row."""

Change = tuple[str, str, int, float]
"""A variable that is set in all runs: space, name, row, value."""

WEEKS_IN_EFFECT = 4
"""Weeks before week 1 from which levers of the account in use count as executed."""

COUNTS = (*MOVE_TALLIES, *EVENT_TALLIES)
"""World tallies that begin anew at week 1."""

SIDE_COUNTS = ("weeks_with_ultimatum", "calls_with_ultimatum", "weeks_without_ultimatum", "calls_without_ultimatum")
"""Tallies of the sides that begin anew at week 1."""


def list_changes(layout: Layout, week: int) -> list[Change]:
    """What happens to the state before a week is simulated."""
    changes = [("lever", "executed", row, 1.0) for row in list_executed_levers(layout, week)]
    return changes + list(_begin_anew(layout)) if week == 1 else changes


def list_executed_levers(layout: Layout, week: int) -> list[int]:
    """Rows of the levers that count as executed from a week on, as the account of the run-up in use has it."""
    account = layout.scenario.run_up_account
    first = max(1 - layout.scenario.run_up.weeks, 2 - WEEKS_IN_EFFECT)
    if week != first or account is None:
        return []
    return [row for row, key in enumerate(layout.scenario.levers) if key in account.executed]


def _begin_anew(layout: Layout) -> Iterator[Change]:
    yield from (("world", name, 0, 0.0) for name in (*COUNTS, "since_week"))
    yield from (("lever", "ever", row, 0.0) for row in range(len(layout.scenario.levers)))
    for row in layout.spaces["actor"].groups["disputant"]:
        yield from (("actor", name, int(row), 0.0) for name in SIDE_COUNTS)


def list_asked(layout: Layout) -> tuple[Place, ...]:
    """Variables that tell whether a run matches what is reported of the run-up."""
    asked: dict[Place, None] = {}

    def note(*place: Any) -> float:
        asked[place] = None
        return 0.0

    matches_history(layout, note)
    return tuple(asked)


def matches_history(layout: Layout, read: Read) -> Number:
    """1 where nothing is the case now that is reported not to have been; asked after every week of the run-up."""
    classifier = OutcomeClassifier(layout)
    answer: Any = read("world", "stage", 0) * 0.0 + 1.0
    for condition in layout.scenario.run_up.never:
        answer = answer * (1.0 - classifier.evaluate(condition, read))
    return answer
