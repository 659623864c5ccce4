"""Compare the engines: `python -m tests.benchmarks.compare_engines [--json] [--repeats 9] [--only week floor]`.

Run by hand, never a test. Baseline is Mesa, one run at a time in one process, packages in NumPy. Everything is measured
in rounds, one piece of work after the other in each (timing.py): one core in processor time, two threads on the wall.

Tables
    whole     whole runs of 17 weeks without a run-up, drawn and opened too: runs per second; baseline mesa.batch_run
    week      one more week of the flagship, for runs that have been opened: microseconds per run and week
    scaling   the same by runs, actors, packages and weeks; memory; whole ensembles (a million runs with --million)
    floor     what exponentials, luck and memory of a week take alone, and the share of it reached
    start     seconds until compiled rules are ready: compiled now, and compiled before
    pareto    share of packages that another one makes needless
    finished  share of weeks after the contest has ended, and what still changes then
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from statistics import median
from typing import Any

from sim.engines import compiled_engine
from sim.ensemble.worker import keep_memory
from tests.benchmarks.engines import CASE, VIEW, WEEKS, measure_whole_runs, week
from tests.benchmarks.left_out import compute_finished_shares, pareto
from tests.benchmarks.scaling import scaling

FEW = 5
"""Repeats at most of what takes long."""

START = (
    "import time; from tests.benchmarks.engines import compiled_engine, open_runs; "
    "o = open_runs(8); t = time.perf_counter(); compiled_engine.CompiledEngine(o); print(time.perf_counter() - t)"
)

Table = Callable[[], Any]


def start(repeats: int) -> dict[str, float]:
    """Seconds until compiled rules are ready, in a new process: with an empty folder, and with a filled one."""
    found: dict[str, list[float]] = {"compiled_now": [], "compiled_before": []}
    for _ in range(repeats):
        with tempfile.TemporaryDirectory() as folder:
            for kept in found.values():
                done = subprocess.run(
                    [sys.executable, "-c", START],
                    env={**os.environ, "ZOPA_CACHE": folder},
                    capture_output=True,
                    text=True,
                    check=True,
                )
                kept.append(float(done.stdout))
    return {name: round(median(seconds), 2) for name, seconds in found.items()}


def measure_lower_bound(repeats: int) -> dict[str, Any]:
    """The floor of compiled rules; imported late, as it needs the compiler."""
    from tests.benchmarks.lower_bound import floor as measured

    return measured(repeats)


def tables(repeats: int, million: bool) -> dict[str, Table]:
    """Every table by its name; those of compiled rules only where they can be compiled."""
    few = min(repeats, FEW)
    compiled: dict[str, Table] = {"floor": lambda: measure_lower_bound(repeats), "start": lambda: start(few)}
    return {
        "whole": lambda: measure_whole_runs(repeats),
        "week": lambda: week(repeats),
        "scaling": lambda: scaling(few, million),
        **(compiled if compiled_engine.is_installed() else {}),
        "pareto": pareto,
        "finished": compute_finished_shares,
    }


def print_tables(found: Any, depth: int = 0) -> None:
    """Print tables within tables, each step further in; the innermost on one line."""
    for name, part in found.items():
        opens = isinstance(part, dict) and (not depth or any(isinstance(inner, dict) for inner in part.values()))
        print(" " * 4 * depth + (str(name) if opens else f"{name}: {part}"))
        if opens:
            print_tables(part, depth + 1)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    parser.add_argument("--repeats", type=int, default=9)
    parser.add_argument("--million", action="store_true", help="an ensemble of a million runs, too")
    parser.add_argument("--only", nargs="+", default=[], metavar="TABLE", help="these tables and no others")
    asked = parser.parse_args()
    keep_memory()
    made = tables(asked.repeats, asked.million)
    if unknown := set(asked.only) - set(made):
        parser.error(f"no such table: {', '.join(sorted(unknown))}; there are {', '.join(made)}")
    found: dict[str, Any] = {
        "case": f"{CASE} {VIEW}",
        "weeks": WEEKS,
        "repeats": asked.repeats,
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
    }
    found |= {name: table() for name, table in made.items() if not asked.only or name in asked.only}
    if asked.json:
        print(json.dumps(found, indent=2))
    else:
        print_tables(found)


if __name__ == "__main__":
    main()
