"""Scaling: what a week of a run costs, and how much room a run takes, as runs, actors, packages and weeks grow."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from sim.engines import compiled_engine
from sim.engines.numpy_engine import NumpyEngine
from sim.model.build_layout import build_layout
from sim.model.initial_state import InitialState
from sim.model.layout import Layout
from sim.model.parameters import sample_quantities
from tests.benchmarks.engines import BOARD, CASE, COMPILED_RUNS, NUMPY_RUNS, SEED, VIEW, WEEKS, open_runs, repeat
from tests.benchmarks.many_actors import with_actors, with_packages
from tests.benchmarks.measure import measure_command
from tests.benchmarks.timing import compute_median, rounds

RUNS = (1, 10, 100, 1_000, 10_000)
"""Runs played together."""

ACTORS, PACKAGES, HORIZONS = (10, 50, 100), (27, 54, 87, 141), (1, 17, 52, 178)
ENSEMBLES, MILLION = (1_000, 10_000, 100_000), 1_000_000
NO_RUN_UP = ("--set", "run_up.weeks=0")


def scaling(repeats: int, million: bool = False) -> dict[str, Any]:
    """All tables; microseconds per run and week unless they say otherwise."""
    return {
        "runs_together": runs_together(repeats),
        "actors": actors(repeats),
        "packages": packages(repeats),
        "weeks": weeks(repeats),
        "opening": measure_initial_state(repeats),
        "memory": memory(),
        "ensembles": ensembles((*ENSEMBLES, MILLION) if million else ENSEMBLES, NO_RUN_UP),
        "ensembles_with_run_up": ensembles(ENSEMBLES[:2], ()),
    }


def both(layout: Layout, repeats: int, runs: Mapping[str, int], weeks: Mapping[str, int]) -> dict[str, float]:
    """Microseconds per run and week in both engines of many runs."""
    works: dict[str, Any] = {}
    if count := runs.get("numpy"):
        many = NumpyEngine(InitialState(layout, SEED, np.arange(count)))
        works["numpy"] = (lambda: repeat(many.play, weeks["numpy"]), count * weeks["numpy"])
    if compiled_engine.is_installed() and (count := runs.get("compiled")):
        made = compiled_engine.CompiledEngine(InitialState(layout, SEED, np.arange(count)))
        works["compiled"] = (lambda: made.play_weeks(1, weeks["compiled"]), count * weeks["compiled"])
    found = rounds(works, repeats)
    return {name: round(compute_median(found, name), 2) for name in found}


def runs_together(repeats: int) -> dict[int, Any]:
    """By the number of runs that are played together."""
    found = {}
    for count in RUNS:
        each = {
            "numpy": min(max(NUMPY_RUNS // count, 1), WEEKS),
            "compiled": min(max(COMPILED_RUNS * WEEKS // count, WEEKS), COMPILED_RUNS),
        }
        found[count] = both(BOARD, repeats, {"numpy": count, "compiled": count}, each)
    return found


def actors(repeats: int) -> dict[int, Any]:
    """By the number of actors, also in nanoseconds per actor."""
    found: dict[int, Any] = {}
    for count in ACTORS:
        layout = build_layout(with_actors(CASE, VIEW, count))
        found[count] = both(layout, repeats, {"numpy": NUMPY_RUNS // 4, "compiled": COMPILED_RUNS // 4}, _few_weeks())
        found[count] |= {f"{name}_ns_per_actor": round(us * 1e3 / count) for name, us in found[count].items()}
        found[count]["parties"] = len(layout.parties)
    return found


def packages(repeats: int) -> dict[int, Any]:
    """By the length of the list of packages."""
    runs = {"numpy": NUMPY_RUNS, "compiled": COMPILED_RUNS}
    return {
        count: both(build_layout(with_packages(BOARD.scenario, count)), repeats, runs, _few_weeks())
        for count in PACKAGES
    }


def weeks(repeats: int) -> dict[int, Any]:
    """By the number of weeks played at a stretch."""
    runs = {"numpy": NUMPY_RUNS // 2, "compiled": COMPILED_RUNS}
    return {count: both(BOARD, repeats, runs, {"numpy": count, "compiled": count}) for count in HORIZONS}


def _few_weeks() -> dict[str, int]:
    return {"numpy": 2, "compiled": WEEKS}


def measure_initial_state(repeats: int) -> dict[str, float]:
    """Microseconds of a run before its first week: draws, the state they make, blocks of the compiled engine."""
    runs = np.arange(COMPILED_RUNS)
    made = open_runs(COMPILED_RUNS)
    works: dict[str, Any] = {
        "draws": (lambda: sample_quantities(BOARD.scenario, SEED, runs), COMPILED_RUNS),
        "state": (lambda: InitialState(BOARD, SEED, runs, made.draws), COMPILED_RUNS),
        **(
            {"compiled": (lambda: compiled_engine.CompiledEngine(made), COMPILED_RUNS)}
            if compiled_engine.is_installed()
            else {}
        ),
    }
    found = rounds(works, repeats)
    return {f"{name}_us_per_run": round(compute_median(found, name), 1) for name in found}


def memory() -> dict[str, float]:
    """Kilobytes of one of many runs: its draws, as arrays with all variables, and in the compiled engine's blocks."""
    opening = open_runs(COMPILED_RUNS)
    arrays = [array for table in NumpyEngine(opening).state.values() for array in table.values()]
    sizes = {"draws": sum(array.nbytes for array in opening.draws.values()), "numpy": sum(a.nbytes for a in arrays)}
    if compiled_engine.is_installed():
        sizes["compiled"] = compiled_engine.CompiledEngine(open_runs(COMPILED_RUNS)).size
    return {f"{name}_kb_per_run": round(size / 1024 / COMPILED_RUNS, 1) for name, size in sizes.items()}


def ensembles(sizes: tuple[int, ...], further: tuple[str, ...]) -> dict[int, Any]:
    """Whole ensembles of one source view by `zopa run` on all cores: seconds, memory, bytes of results per run."""
    found = {}
    for runs in sizes:
        with tempfile.TemporaryDirectory() as folder:
            asked = ("--view", VIEW, "--horizon", str(WEEKS), "--runs", str(runs), "--no-report", "--out", folder)
            taken = measure_command("run", *asked, *further)
            size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        found[runs] = {**taken, "runs_per_second": round(runs / taken["seconds"]), "bytes_per_run": round(size / runs)}
    return found
