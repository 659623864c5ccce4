"""Measure the ensembles of an exact attribution: `python -m tests.benchmarks.measure_coalitions [--coalitions 64]`.

Two source views differ in up to ten themes. An exact attribution of the difference needs an ensemble for every set of
themes, 1,024 in all; `zopa attribute` plays them as tasks of many sets (sim/experiments/theme_coalitions.py). Here
some or all of them are played with the clock on.

Run by hand, never a test. Prints one JSON object. The empty set is checked against an ordinary ensemble of the first
view, the full one against one of the second.
"""

import argparse
import json
import os
import time
from concurrent.futures import Executor
from dataclasses import replace
from typing import Any

import numpy as np

from sim.ensemble.block import simulate_block
from sim.ensemble.process_pool import make_executor
from sim.experiments.coupled_draws import NOT_MATCHED, DrawOutcomes, Task, simulate_task
from sim.experiments.theme_coalitions import Design, make_tasks
from sim.experiments.theme_differences import find_theme_differences
from sim.loading.loader import load_case
from sim.schema.scenario import Scenario

CASE, VIEWS, SEED = "alaska-budapest", ("portnikov-2025", "fazi-2025"), 1
STRIDE = 397
"""Odd, so that the first few sets are spread over all of them; the first is the empty one."""


def play_task(task: Task) -> tuple[DrawOutcomes, float]:
    """How the draws of a task end, and processor seconds; for a process of the pool."""
    begin = time.process_time()
    return simulate_task(task), time.process_time() - begin


def some_sets(themes: int, many: int) -> list[int]:
    """So many sets, spread over all of them, the empty and the full one among them."""
    full = 2**themes - 1
    others = [number for n in range(full + 1) if (number := n * STRIDE % (full + 1)) != full]
    return [*sorted(others[: many - 1]), full]


def play_sets(pool: Executor, design: Design, sets: list[int]) -> tuple[DrawOutcomes, float]:
    """How the draws of all sets end, and processor seconds."""
    ends, used = np.full((len(sets), design.draws), NOT_MATCHED, dtype=np.uint8), 0.0
    rows = {number: row for row, number in enumerate(sets)}
    tasks = list(make_tasks(design, sets))
    for task, (found, seconds) in zip(tasks, pool.map(play_task, tasks), strict=True):
        ends[[rows[number] for number in task.sets], slice(*task.draws)] = found
        used += seconds
    return ends, used


def as_ordinary(scenario: Scenario, ends: DrawOutcomes, weeks: int) -> bool:
    """Do the draws of a set end as in an ordinary ensemble?"""
    block = simulate_block(scenario, SEED, 0, ends.size, weeks)
    ordinary = np.full(ends.size, NOT_MATCHED, dtype=np.uint8)
    ordinary[block.columns["run"].astype(np.int64)] = block.columns["outcome"]
    return bool(np.array_equal(ordinary, ends))


def report(design: Design, sets: list[int], workers: int) -> dict[str, Any]:
    """Play and measure."""
    every, begin = 2 ** len(design.themes), time.perf_counter()
    with make_executor(design.views, workers) as pool:
        list(pool.map(play_task, [*make_tasks(replace(design, draws=2, horizon=1), sets[:1])] * workers))
        started = time.perf_counter() - begin
        ends, used = play_sets(pool, design, sets)
    seconds = time.perf_counter() - begin
    matching = int((ends != NOT_MATCHED).sum())
    weeks = ends.size * design.first.run_up.weeks + matching * design.horizon
    return {
        "views": VIEWS,
        "themes": len(design.themes),
        "sets": len(sets),
        "draws_per_set": design.draws,
        "matching_runs": matching,
        "run_weeks": weeks,
        "seconds": round(seconds, 2),
        "seconds_to_start": round(started, 2),
        "seconds_for_all_sets": round(started + (seconds - started) * every / len(sets), 1),
        "seconds_for_all_sets_with_cores_of_our_own": round(started + used / workers * every / len(sets), 1),
        "processor_seconds": round(used, 2),
        "us_per_run_week_and_core": round(used / weeks * 1e6, 2),
        "as_ordinary_ensembles": {
            "empty": as_ordinary(design.first, ends[0], design.horizon),
            "full": as_ordinary(design.second, ends[-1], design.horizon),
        },
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, number in (("coalitions", 1024), ("draws", 700), ("weeks", 52), ("workers", os.cpu_count() or 1)):
        parser.add_argument(f"--{name}", type=int, default=number)
    first, second = (load_case(CASE, view=view) for view in VIEWS)
    themes, asked = find_theme_differences(first, second), parser.parse_args()
    design = Design(first.scenario, second.scenario, themes, SEED, asked.draws, asked.weeks)
    print(json.dumps(report(design, some_sets(len(themes), asked.coalitions), asked.workers), indent=2))


if __name__ == "__main__":
    main()
