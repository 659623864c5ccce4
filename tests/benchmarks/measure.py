"""Measure: how fast and how large? Run by hand, never a test: `python -m tests.benchmarks.measure [--quick]`.

Prints one JSON object: wall time and peak memory of the commands a user types first, the size of the page, and the
ratio of the two engines on the same week (baseline: the Mesa engine, one run at a time, in one process).
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from statistics import median

import numpy as np

from sim.engines.mesa_engine import NegotiationModel
from sim.engines.numpy_engine import NumpyEngine
from sim.loading.loader import load_case
from sim.model.build_layout import build_layout
from sim.model.initial_state import InitialState

ROOT = Path(__file__).resolve().parents[2]
CASE = "alaska-budapest"


def measure_command(*arguments: str, repeats: int = 1) -> dict[str, float]:
    """Median wall time in seconds of a command, and the peak memory in MB of it and its children together."""
    seconds, peak = [], 0.0
    for _ in range(repeats):
        begin = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "sim.cli.app", *arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
        )
        while process.poll() is None:
            peak = max(peak, sum(memory(pid) for pid in family(process.pid)))
            time.sleep(0.25)
        seconds.append(time.perf_counter() - begin)
        if process.returncode:
            raise SystemExit(f"zopa {' '.join(arguments)} ended with {process.returncode}")
    return {"seconds": round(median(seconds), 2), "peak_mb_of_all_processes": round(peak)}


def family(pid: int) -> list[int]:
    """A process and everything it has started (Linux)."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in task.read_text().split():
                found += family(int(child))
    return found


def memory(pid: int) -> float:
    """Memory of a process in MB, pages shared with others counted in part (Linux)."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return float(line.split()[1]) / 1024
    return 0.0


def measure_engines(weeks: int = 20, runs: int = 256, repeats: int = 5) -> dict[str, float]:
    """Microseconds per run and week in both engines, interleaved, and their ratio."""
    layout = build_layout(load_case(CASE, view="wide").scenario)
    mesa_times, numpy_times = [], []
    for repeat in range(repeats):
        one = NegotiationModel(InitialState(layout, 1, np.array([repeat])))
        begin = time.perf_counter()
        for week in range(weeks):
            one.play(week)
        mesa_times.append((time.perf_counter() - begin) / weeks)
        many = NumpyEngine(InitialState(layout, 1, np.arange(runs)))
        begin = time.perf_counter()
        for week in range(weeks):
            many.play(week)
        numpy_times.append((time.perf_counter() - begin) / weeks / runs)
    slow, fast = median(mesa_times) * 1e6, median(numpy_times) * 1e6
    shares = {"mesa_us_per_run_week": slow, "numpy_us_per_run_week": fast, "ratio": slow / fast}
    return {name: round(value, 2) for name, value in shares.items()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="200 runs instead of the scenario's own number")
    quick = parser.parse_args().quick
    found: dict[str, object] = {"cores": os.cpu_count(), "engines": measure_engines()}
    found["help"] = measure_command("--help", repeats=5)
    found["play"] = measure_command("play", repeats=3)
    with tempfile.TemporaryDirectory() as folder:
        found["run"] = measure_command("run", "--out", folder, *(("--runs", "200") if quick else ()))
        pages = list(Path(folder).rglob("report.html"))
        found["report_mb"] = round(pages[0].stat().st_size / 1e6, 2) if pages else None
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
