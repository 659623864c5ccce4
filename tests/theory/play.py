"""Play: how the theory tests run a case - through either reader, run-up included - and change it."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from typing import Any

import numpy as np

from sim.ensemble.arrays import Arrays
from sim.play import runup
from sim.play.handover import handed_over
from sim.play.negotiation import Negotiation
from sim.play.opening import Opening
from sim.play.spaces import board_of
from sim.rules.week import WEEK
from sim.spec.find import find_scenarios
from sim.spec.load import available_lenses, load_case
from sim.spec.scenario import Scenario

FLAGSHIP = "alaska-budapest"
SEED = 1
IN_FORCE = 6.0


@cache
def scenario(name: str, *changes: str, lens: str | None = None, switches: tuple[str, ...] = ()) -> Scenario:
    """A shipped scenario, changed as by --set and --switch."""
    return load_case(name, lens=lens, changes=changes, switches=switches).scenario


def flagship(*changes: str) -> Scenario:
    """The flagship with wide priors."""
    return scenario(FLAGSHIP, *changes, lens="wide")


def every(found: Scenario, place: str, value: str) -> tuple[str, ...]:
    """One change for each key of a mapping: `levers.*.executes` with the keys of `levers`."""
    head, _, tail = place.partition(".*.")
    return tuple(f"{head}.{key}.{tail}={value}" for key in getattr(found, head))


def edited(name: str, edit: Callable[[dict[str, Any]], None], lens: str | None = None) -> Scenario:
    """A shipped scenario after an edit of its merged text."""
    text = deepcopy(dict(load_case(name, lens=lens).text))
    edit(text)
    return Scenario.model_validate(text)


def shipped() -> list[tuple[str, str | None]]:
    """Every shipped scenario with each of its lenses, or none where there are none."""
    pairs: list[tuple[str, str | None]] = []
    for found in find_scenarios():
        base = found.path.name in ("base.yaml", "scenario.yaml")
        lenses = available_lenses(found.path)
        pairs += [(found.name, lens) for lens in (lenses if base else lenses[:1])] or [(found.name, None)]
    return pairs


def weekly(found: Scenario, runs: Any, weeks: int, *, seed: int = SEED, drawn: Any = None) -> Iterator[Arrays]:
    """The NumPy reader after each week, the run-up included."""
    numbers = np.arange(runs) if isinstance(runs, int) else np.asarray(runs)
    arrays = Arrays(Opening(board_of(found.in_run_up), seed, numbers, drawn))

    def put(space: str, name: str, row: int, value: float) -> None:
        arrays.state[space][name][row] = value

    for week in runup.weeks(arrays.board, weeks):
        if week == 1 and found.in_run_up is not found:
            arrays = Arrays(handed_over(arrays, board_of(found)))
        runup.before(arrays.board, week, put)
        arrays.play(week)
        yield arrays


def played(found: Scenario, runs: Any, weeks: int, *, seed: int = SEED, drawn: Any = None) -> Arrays:
    """The NumPy reader at the end."""
    *_, arrays = weekly(found, runs, weeks, seed=seed, drawn=drawn)
    return arrays


def told(found: Scenario, run: int, weeks: int) -> Negotiation:
    """The Mesa reader at the end of one run."""
    one = Negotiation(Opening(board_of(found.in_run_up), SEED, np.array([run])))

    def put(space: str, name: str, row: int, value: float) -> None:
        one.table[space][name][row] = value

    for week in runup.weeks(one.board, weeks):
        if week == 1 and found.in_run_up is not found:
            one = Negotiation(handed_over(one.position, board_of(found)))
        runup.before(one.board, week, put)
        one.play(week)
    return one


def opened(found: Scenario, runs: int, entries: Any = WEEK) -> Arrays:
    """The NumPy reader with some rules applied once to the opening."""
    arrays = Arrays(Opening(board_of(found), SEED, np.arange(runs)), entries)
    for step in arrays.steps:
        step()
    return arrays


def world(arrays: Arrays, name: str) -> Any:
    """A variable of the world, over runs."""
    return arrays.state["world"][name][0]


def differences(one: Any, other: Any) -> list[str]:
    """Names of state variables that differ in any bit of their value."""
    return [
        f"{space}.{name}"
        for space, table in one.items()
        for name, array in table.items()
        if not np.array_equal(np.asarray(array, dtype=float), np.asarray(other[space][name], dtype=float))
    ]


def zone(arrays: Arrays) -> Any:
    """1 where every party that is needed prefers the package to fighting on: (packages, runs)."""
    stake, institution = arrays.state["stake"], arrays.state["actor"]["institution"]
    rows = arrays.board.spaces["stake"].links["party"].index
    fine = np.ones(stake["surplus"].shape[1:], dtype=bool)
    for row, actor in enumerate(rows):
        fine &= (stake["surplus"][row] > 0.0) | (stake["needed"][row] == 0.0) | (institution[actor] > 0.0)
    return fine
