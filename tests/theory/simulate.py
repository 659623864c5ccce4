"""Simulate: how the theory tests run a case - through either engine, run-up included - and change it."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from typing import Any

import numpy as np

from sim.engines.mesa_engine import MesaEngine, NegotiationModel
from sim.engines.numpy_engine import NumpyEngine
from sim.loading.discovery import find_scenarios
from sim.loading.loader import list_views, load_case
from sim.model.build_layout import build_layout
from sim.model.initial_state import InitialState
from sim.model.simulation import Simulation
from sim.rules.week import WEEK
from sim.schema.scenario import Scenario

FLAGSHIP = "alaska-budapest"
SEED = 1


@cache
def scenario(name: str, *changes: str, view: str | None = None, answers: tuple[str, ...] = ()) -> Scenario:
    """A shipped scenario, changed as by --set and --answer."""
    return load_case(name, view=view, changes=changes, answers=answers).scenario


def flagship(*changes: str) -> Scenario:
    """The flagship with wide priors."""
    return scenario(FLAGSHIP, *changes, view="wide")


def list_changes(found: Scenario, place: str, value: str) -> tuple[str, ...]:
    """One change for each key of a mapping: `levers.*.executes` with the keys of `levers`."""
    head, _, tail = place.partition(".*.")
    return tuple(f"{head}.{key}.{tail}={value}" for key in getattr(found, head))


def load_edited(name: str, edit: Callable[[dict[str, Any]], None], view: str | None = None) -> Scenario:
    """A shipped scenario after an edit of its merged text, of which nothing is expected any more."""
    text = deepcopy(dict(load_case(name, view=view).text))
    text.pop("expected", None)
    edit(text)
    return Scenario.model_validate(text)


def list_shipped() -> list[tuple[str, str | None]]:
    """Every shipped scenario with each of its source views, or none where there are none."""
    pairs: list[tuple[str, str | None]] = []
    for found in find_scenarios():
        base = found.path.name in ("base.yaml", "scenario.yaml")
        views = list_views(found.path)
        pairs += [(found.name, view) for view in (views if base else views[:1])] or [(found.name, None)]
    return pairs


def play_weekly(
    found: Scenario, runs: Any, weeks: int, *, seed: int = SEED, drawn: Any = None
) -> Iterator[NumpyEngine]:
    """The NumPy engine after each week, the run-up included."""
    numbers = np.arange(runs) if isinstance(runs, int) else np.asarray(runs)
    simulation = Simulation.begin(found, seed, numbers, NumpyEngine, drawn)
    for week in range(simulation.week + 1, weeks + 1):
        if week == 1 and found.in_run_up is not found:
            simulation = simulation.transfer(found, NumpyEngine)
        simulation.advance(week)
        yield simulation.engine


def play_runs(found: Scenario, runs: Any, weeks: int, *, seed: int = SEED, drawn: Any = None) -> NumpyEngine:
    """The NumPy engine at the end."""
    *_, arrays = play_weekly(found, runs, weeks, seed=seed, drawn=drawn)
    return arrays


def begin_week_one(found: Scenario, runs: Any, engine: Any) -> Simulation[Any]:
    """Runs in an engine, their run-up simulated."""
    simulation = Simulation.begin(found, SEED, np.arange(runs) if isinstance(runs, int) else np.asarray(runs), engine)
    simulation.advance(0)
    return simulation if found.in_run_up is found else simulation.transfer(found, engine)


def play_in_mesa(found: Scenario, run: int, weeks: int) -> NegotiationModel:
    """The Mesa reader at the end of one run."""
    simulation = begin_week_one(found, [run], MesaEngine)
    simulation.advance(weeks)
    return simulation.engine.models[0]


def apply_rules(found: Scenario, runs: int, entries: Any = WEEK) -> NumpyEngine:
    """The NumPy engine with some rules applied once to the opening."""
    arrays = NumpyEngine(InitialState(build_layout(found), SEED, np.arange(runs)), entries)
    arrays.play(0)
    return arrays


def world(arrays: NumpyEngine, name: str) -> Any:
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


def zone(arrays: NumpyEngine, under_threat: bool = False) -> Any:
    """1 where every party that is needed prefers the package to fighting on: (packages, runs).

    Args:
        arrays: The runs.
        under_threat: True if a refusal costs what is threatened for it, as it does at a signature.
    """
    harm = arrays.state["actor"]["threatened_harm"] * float(under_threat)
    stake, institution = arrays.state["party_package"], arrays.state["actor"]["institution"]
    rows = arrays.layout.spaces["party_package"].relations["party"].index
    fine = np.ones(stake["surplus"].shape[1:], dtype=bool)
    for row, actor in enumerate(rows):
        fine &= (stake["surplus"][row] + harm[actor] > 0.0) | (stake["needed"][row] == 0.0) | (institution[actor] > 0.0)
    return fine
