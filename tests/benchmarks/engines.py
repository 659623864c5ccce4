"""Engines: the same weeks of the flagship in every engine, side by side.

The baseline is Mesa, one run at a time in one process, as such a model would ordinarily be written: agents and plain
numbers, and NumPy for everything about packages (packages_in_numpy.py). The told run, which has plain numbers for
packages too, is measured beside it.
"""

import multiprocessing
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import mesa
import numpy as np

from sim.engines import compiled_engine
from sim.engines.mesa_engine import NegotiationModel
from sim.engines.numpy_engine import NumpyEngine
from sim.ensemble.worker import keep_memory
from sim.loading.loader import load_case
from sim.model.build_layout import build_layout
from sim.model.initial_state import InitialState
from tests.benchmarks.packages_in_numpy import PackagesInNumpy
from tests.benchmarks.timing import (
    TWO_PROCESSES,
    TWO_THREADS,
    Works,
    compute_best_speedup,
    compute_median,
    compute_speedup,
    cores,
    rounds,
)

CASE, VIEW, SEED = "alaska-budapest", "wide", 1
WEEKS = 17
MESA_RUNS, NUMPY_RUNS, COMPILED_RUNS = 2, 256, 512
CHUNKS = 4
"""Chunks of runs that a thread or a process opens and plays in a round of whole runs."""

BOARD = build_layout(load_case(CASE, view=VIEW).scenario)
MESA, MESA_NUMPY = "mesa", "mesa, packages in numpy"
BATCH, BATCH_NUMPY = "mesa.batch_run", "mesa.batch_run, packages in numpy"


def open_runs(runs: int, first: int = 0) -> InitialState:
    """Runs of the flagship, drawn."""
    return InitialState(BOARD, SEED, np.arange(first, first + runs))


class _ByNumber(NegotiationModel):
    """A run as `mesa.batch_run` wants it: made from its number, one week a step, over after the last.

    Mesa demands a data collector of it. It ends itself, as `batch_run` would play one step more than its `max_steps`.
    """

    def __init__(self, run: int = 0, rng: Any = None) -> None:
        super().__init__(open_runs(1, run))
        self.datacollector = mesa.DataCollector(
            model_reporters={name: (lambda m, n=name: m.table["world"][n][0]) for name in ("week", "balance", "stage")},
            agent_reporters={name: (lambda a, n=name: a[n]) for name in ("reservation", "resilience", "aid")},
        )

    def step(self) -> None:
        """Play the next week."""
        world = self.table["world"]
        world["week"][0] += 1.0
        super().step()
        self.datacollector.collect(self)
        self.running = world["week"][0] < WEEKS


class _ByNumberInNumpy(_ByNumber, PackagesInNumpy):
    """The same with packages in NumPy."""


def repeat(play: Callable[[int], None], weeks: int = WEEKS) -> None:
    """Play the weeks one by one."""
    for number in range(1, weeks + 1):
        play(number)


def week(repeats: int) -> dict[str, Any]:
    """Microseconds per run and week, nanoseconds per actor and week, and ratios, for runs that are open already."""
    told, packages, many = (
        NegotiationModel(open_runs(1)),
        PackagesInNumpy(open_runs(1)),
        NumpyEngine(open_runs(NUMPY_RUNS)),
    )
    works: dict[str, Any] = {
        MESA: (lambda: repeat(told.play), WEEKS),
        MESA_NUMPY: (lambda: repeat(packages.play), WEEKS),
        "numpy": (lambda: repeat(many.play), WEEKS * NUMPY_RUNS),
    }
    if compiled_engine.is_installed():
        for threads, name in ((1, "compiled, 1 thread"), (2, f"compiled, {TWO_THREADS}")):
            made = compiled_engine.CompiledEngine(open_runs(COMPILED_RUNS), threads=threads)
            works[name] = (lambda made=made: made.play_weeks(1, WEEKS), WEEKS * COMPILED_RUNS)
    found = rounds(works, repeats)
    micro = {name: compute_median(found, name) for name in found}
    actors = len(BOARD.spaces["actor"].keys)
    return {
        "us_per_run_week": {name: round(value, 2) for name, value in micro.items()},
        "ns_per_actor_week": {name: round(value * 1e3 / actors, 1) for name, value in micro.items()},
        **{f"times {base}": compute_speedup(found, base) for base in (MESA, MESA_NUMPY, "numpy")},
        "at_best": {base: compute_best_speedup(found, base) for base in (MESA, MESA_NUMPY, "numpy")},
        "cores": cores(found),
    }


def measure_whole_runs(repeats: int) -> dict[str, Any]:
    """Whole runs of 17 weeks per second, draws and opening included."""
    works: dict[str, Any] = {
        BATCH: (lambda: batch_run(_ByNumber), MESA_RUNS),
        BATCH_NUMPY: (lambda: batch_run(_ByNumberInNumpy), MESA_RUNS),
        "numpy": (lambda: repeat(NumpyEngine(open_runs(NUMPY_RUNS)).play), NUMPY_RUNS),
    }
    spawn = multiprocessing.get_context("spawn")
    with ThreadPoolExecutor(2) as threads, ProcessPoolExecutor(2, spawn, keep_memory) as processes:
        if compiled_engine.is_installed():
            works |= measure_compiled_runs(threads, processes)
        found = rounds(works, repeats)
    return {
        "runs_per_second": {name: round(1e6 / compute_median(found, name), 1) for name in found},
        **{f"times {base}": compute_speedup(found, base) for base in (BATCH, BATCH_NUMPY)},
        "at_best": {base: compute_best_speedup(found, base) for base in (BATCH, BATCH_NUMPY)},
        "cores": cores(found),
    }


def measure_compiled_runs(threads: Executor, processes: Executor) -> Works:
    """Runs drawn, opened and played by compiled rules: on one thread, on two, and in two processes."""
    halves = [range(first, first + CHUNKS * COMPILED_RUNS, COMPILED_RUNS) for first in (0, CHUNKS * COMPILED_RUNS)]

    def side_by_side(workers: Executor) -> None:
        list(workers.map(play_chunks, halves))

    return {
        "compiled, 1 thread": (lambda: play_chunks(halves[0]), CHUNKS * COMPILED_RUNS),
        f"compiled, {TWO_THREADS}": (lambda: side_by_side(threads), 2 * CHUNKS * COMPILED_RUNS),
        f"compiled, {TWO_PROCESSES}": (lambda: side_by_side(processes), 2 * CHUNKS * COMPILED_RUNS),
    }


def batch_run(model: type[mesa.Model]) -> None:
    """Mesa's own way to play many runs, in one process."""
    mesa.batch_run(model, {"run": range(MESA_RUNS)}, max_steps=WEEKS, display_progress=False)


def play_chunks(firsts: Iterable[int]) -> None:
    """Chunks of runs drawn, opened and played by compiled rules, one chunk after another."""
    for first in firsts:
        compiled_engine.CompiledEngine(open_runs(COMPILED_RUNS, first)).play_weeks(1, WEEKS)
