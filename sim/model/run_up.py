"""Run-up: the weeks before week 1, the account of them in use, and the condition by which runs are kept.

Run-up weeks are numbered up to 0, played weeks from 1. Parameters are drawn at the start of the run-up; beliefs and
state at week 1 are what the run-up has made of them.
"""

from collections.abc import Callable, Iterator
from typing import Any

from sim.model.layout import Layout
from sim.model.outcome_classifier import OutcomeClassifier, Read
from sim.rules.numerics import Number
from sim.rules.week import BOOKED, COUNTED

Write = Callable[[str, str, int, float], None]
"""Sets a variable: space, name, row, value."""

WEEKS_IN_EFFECT = 4
"""Weeks before week 1 from which levers of the account in use count as executed."""

COUNTS = (*COUNTED, *BOOKED)
"""World tallies that begin anew at week 1."""

SIDE_COUNTS = ("weeks_with_ultimatum", "calls_with_ultimatum", "weeks_without_ultimatum", "calls_without_ultimatum")
"""Tallies of the sides that begin anew at week 1."""


def list_weeks(layout: Layout, horizon: int) -> Iterator[int]:
    """Numbers of all weeks, those of the run-up first."""
    return iter(range(1 - layout.scenario.run_up.weeks, horizon + 1))


def prepare_week(layout: Layout, week: int, write: Write) -> None:
    """What happens to the state before a week is played."""
    first = max(1 - layout.scenario.run_up.weeks, 2 - WEEKS_IN_EFFECT)
    reading = layout.scenario.run_up_account
    if week == first and reading is not None:
        for row, key in enumerate(layout.scenario.levers):
            if key in reading.executed:
                write("lever", "executed", row, 1.0)
    if week == 1:
        _begin_anew(layout, write)


def _begin_anew(layout: Layout, write: Write) -> None:
    for name in COUNTS:
        write("world", name, 0, 0.0)
    write("world", "since_week", 0, 0.0)
    for row in range(len(layout.scenario.levers)):
        write("lever", "ever", row, 0.0)
    for row in layout.spaces["actor"].groups["disputant"]:
        for name in SIDE_COUNTS:
            write("actor", name, int(row), 0.0)


def matches_history(layout: Layout, read: Read) -> Number:
    """1 where the run-up matches what is reported of it."""
    classifier = OutcomeClassifier(layout)
    answer: Any = read("world", "stage", 0) * 0.0 + 1.0
    for situation in layout.scenario.run_up.never:
        answer = answer * (1.0 - classifier.evaluate(situation, read))
    return answer
