"""Run-up: the weeks before week 1, the account of them in use, and the condition by which runs are kept.

Run-up weeks are numbered up to 0, played weeks from 1. Parameters are drawn at the start of the run-up; beliefs and
state at week 1 are what the run-up has made of them.
"""

from collections.abc import Callable, Iterator
from typing import Any

from sim.play.board import Board
from sim.play.codebook import Codebook, Look
from sim.rules.week import BOOKED, COUNTED
from sim.rules.words import Number

Put = Callable[[str, str, int, float], None]
"""Sets a variable: space, name, row, value."""

WEEKS_IN_EFFECT = 4
"""Weeks before week 1 from which levers of the account in use count as executed."""

COUNTS = (*COUNTED, *BOOKED)
"""World tallies that begin anew at week 1."""

SIDE_COUNTS = ("weeks_under", "calls_under", "weeks_free", "calls_free")
"""Tallies of the sides that begin anew at week 1."""


def weeks(board: Board, horizon: int) -> Iterator[int]:
    """Numbers of all weeks, those of the run-up first."""
    return iter(range(1 - board.scenario.run_up.weeks, horizon + 1))


def before(board: Board, week: int, put: Put) -> None:
    """What happens to the state before a week is played."""
    first = max(1 - board.scenario.run_up.weeks, 2 - WEEKS_IN_EFFECT)
    reading = board.scenario.reading
    if week == first and reading is not None:
        for row, key in enumerate(board.scenario.levers):
            if key in reading.executed:
                put("lever", "executed", row, 1.0)
    if week == 1:
        _begin_anew(board, put)


def _begin_anew(board: Board, put: Put) -> None:
    for name in COUNTS:
        put("world", name, 0, 0.0)
    put("world", "since_week", 0, 0.0)
    for row in range(len(board.scenario.levers)):
        put("lever", "ever", row, 0.0)
    for row in board.spaces["actor"].groups["belligerent"]:
        for name in SIDE_COUNTS:
            put("actor", name, int(row), 0.0)


def matches(board: Board, look: Look) -> Number:
    """1 where the run-up matches what is reported of it."""
    codebook = Codebook(board)
    answer: Any = look("world", "stage", 0) * 0.0 + 1.0
    for situation in board.scenario.run_up.never:
        answer = answer * (1.0 - codebook.holds(situation, look))
    return answer
