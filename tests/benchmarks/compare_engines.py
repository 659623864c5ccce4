"""Compare the engines: `python -m tests.benchmarks.compare_engines [--json] [--repeats 9]`. Run by hand, never a test.

Baseline is Mesa, one run at a time in one process. Everything is measured in rounds, one engine after the other in each
round, so that a machine that is slow for a while is slow for all; a ratio is the median of the rounds' own ratios.
Ratios of one core compare processor time, ratios of two threads compare time on the wall, with the cores they got.

Tables
    week     one more week of the flagship, for runs that have been opened: microseconds per run and week; baselines
             are the Mesa reader as it is, and one that would leave all packages to NumPy
    scaling  the same by the number of runs that are played together
    whole    whole runs of 17 weeks without a run-up, drawn and opened too: runs per second; baseline mesa.batch_run
    floor    what the exponentials of a week would take if nothing else were done, and their share of the week
    start    seconds until compiled rules are ready: compiled now, and compiled before
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from typing import Any

import mesa
import numpy as np

from sim.ensemble import lanes
from sim.ensemble.arrays import Arrays
from sim.ensemble.memory import keep_memory
from sim.play.negotiation import Negotiation
from sim.play.opening import Opening
from sim.play.spaces import board_of
from sim.rules.entry import Best, Choose, Entry, Rule, Together
from sim.rules.week import WEEK
from sim.rules.words import exp
from sim.spec.load import load_case

CASE, LENS, SEED = "alaska-budapest", "wide", 1
WEEKS = 17
MESA_RUNS, NUMPY_RUNS, LANES_RUNS = 2, 256, 512
BOARD = board_of(load_case(CASE, lens=LENS).scenario)
EXPONENTIALS = 4096
"""Exponentials that are timed at once; they and what they are taken of fit the first cache."""

CHUNKS = (1, 8, 64, 256, 1024)
"""Numbers of runs played together."""

Work = Callable[[], None]


class WeekByWeek(Negotiation):
    """A run as `mesa.batch_run` wants it: made from its number, one week a step."""

    def __init__(self, run: int = 0, rng: Any = None) -> None:
        super().__init__(Opening(BOARD, SEED, np.array([run])))

    def step(self) -> None:
        """Play the next week."""
        self.table["world"]["week"][0] += 1.0
        super().step()


def timed(work: Work) -> tuple[float, float]:
    """Seconds on the wall, and seconds of processor time."""
    wall, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - used


def rounds(works: dict[str, tuple[Work, int]], repeats: int) -> dict[str, list[tuple[float, float]]]:
    """Seconds for one unit of each piece of work, in interleaved rounds; the first round only warms up."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for number in range(repeats + 1):
        for name, (work, units) in works.items():
            wall, used = timed(work)
            if number:
                found[name].append((wall / units, used / units))
    return found


def against(found: dict[str, list[tuple[float, float]]], base: str) -> dict[str, float]:
    """How many times as fast as the baseline: per core, or on the wall for what runs on two threads."""
    shares = {}
    for name, times in found.items():
        clock = 0 if name.endswith("2 threads") else 1
        pairs = zip(found[base], times, strict=True)
        shares[name] = round(median(slow[clock] / fast[clock] for slow, fast in pairs), 1)
    return {name: share for name, share in shares.items() if share > 1.0}


def at_best(found: dict[str, list[tuple[float, float]]], base: str) -> dict[str, float]:
    """The same for the best round of each: plain Python suffers most from neighbours on the same processor."""
    least = {name: min(times[0 if name.endswith("2 threads") else 1] for times in kept) for name, kept in found.items()}
    return {name: round(least[base] / one, 1) for name, one in least.items() if least[base] > one}


def cores(found: dict[str, list[tuple[float, float]]]) -> dict[str, float]:
    """Cores that each piece of work got."""
    return {name: round(median(used / wall for wall, used in times), 2) for name, times in found.items()}


def week(repeats: int) -> dict[str, Any]:
    """Microseconds per run and week, nanoseconds per actor and week, and ratios to the Mesa reader."""
    one = Negotiation(Opening(BOARD, SEED, np.array([0])))
    many = Arrays(Opening(BOARD, SEED, np.arange(NUMPY_RUNS)))
    works: dict[str, tuple[Work, int]] = {
        "mesa": (lambda: repeat(one.play), WEEKS),
        "mesa, packages in numpy": (half_and_half(), WEEKS),
        "numpy": (lambda: repeat(many.play), WEEKS * NUMPY_RUNS),
    }
    if lanes.is_installed():
        opening = Opening(BOARD, SEED, np.arange(LANES_RUNS))
        for threads in (1, 2):
            made = lanes.Lanes(opening, threads=threads)
            name = "lanes, 1 thread" if threads == 1 else f"lanes, {threads} threads"
            works[name] = (lambda made=made: made.play_weeks(1, WEEKS), WEEKS * LANES_RUNS)
    found = rounds(works, repeats)
    micro = {name: median(times[name.endswith("1 thread")] for times in kept) * 1e6 for name, kept in found.items()}
    actors = len(BOARD.spaces["actor"].keys)
    return {
        "us_per_run_week": {name: round(value, 2) for name, value in micro.items()},
        "ns_per_actor_week": {name: round(value * 1e3 / actors, 1) for name, value in micro.items()},
        "times_the_mesa_reader": against(found, "mesa"),
        "times_mesa_with_packages_in_numpy": against(found, "mesa, packages in numpy"),
        "times_numpy": against(found, "numpy"),
        "at_best": {base: at_best(found, base) for base in ("mesa", "mesa, packages in numpy", "numpy")},
        "cores": cores(found),
    }


def half_and_half() -> Work:
    """What Mesa would need if it left everything about packages to NumPy: the rest of the week, and that part of it."""
    ours = tuple(entry for entry in WEEK if not about_packages(entry))
    agents = Negotiation(Opening(BOARD, SEED, np.array([0])), entries=ours)
    packages = Arrays(Opening(BOARD, SEED, np.array([0])), tuple(entry for entry in WEEK if about_packages(entry)))

    def play() -> None:
        repeat(agents.play)
        repeat(packages.play)

    return play


def about_packages(entry: Entry) -> bool:
    """True for entries that go through all packages or paths."""
    spaces = {"path", "package", "road", "stake", "offer"}
    return isinstance(entry, Best | Together) or (isinstance(entry, Rule) and entry.space in spaces)


def repeat(play: Callable[[int], None]) -> None:
    """Play the weeks one by one."""
    for number in range(1, WEEKS + 1):
        play(number)


def scaling(repeats: int) -> dict[str, Any]:
    """Microseconds per run and week by runs played together, and kilobytes that one of them takes."""
    found: dict[str, Any] = {"numpy": {}, "lanes": {}}
    for runs in CHUNKS:
        opening = Opening(BOARD, SEED, np.arange(runs))
        made, many = lanes.Lanes(opening), Arrays(Opening(BOARD, SEED, np.arange(runs)))
        again = max(LANES_RUNS // runs, WEEKS)
        works: dict[str, tuple[Work, int]] = {
            "numpy": (lambda many=many: many.play(1), runs),
            "lanes": (lambda made=made, again=again: made.play_weeks(1, again), runs * again),
        }
        for name, times in rounds(works, repeats).items():
            found[name][runs] = round(median(used for _, used in times) * 1e6, 2)
        found["kilobytes_per_run"] = round(made.size / 1024 / runs)
    return found


def whole(repeats: int) -> dict[str, Any]:
    """Whole runs per second, draws and opening included."""
    works: dict[str, tuple[Work, int]] = {
        "mesa.batch_run": (batch_run, MESA_RUNS),
        "numpy": (lambda: repeat(Arrays(Opening(BOARD, SEED, np.arange(NUMPY_RUNS))).play), NUMPY_RUNS),
    }
    if lanes.is_installed():
        works["lanes, 1 thread"] = (lambda: through(range(LANES_RUNS)), LANES_RUNS)
        works["lanes, 2 threads"] = (two_threads, 2 * LANES_RUNS)
    found = rounds(works, repeats)
    return {
        "runs_per_second": {name: round(1.0 / median(wall for wall, _ in times), 1) for name, times in found.items()},
        "times_batch_run": against(found, "mesa.batch_run"),
        "at_best": at_best(found, "mesa.batch_run"),
        "cores": cores(found),
    }


def batch_run() -> None:
    """Mesa's own way to play many runs."""
    mesa.batch_run(WeekByWeek, {"run": range(MESA_RUNS)}, max_steps=WEEKS, display_progress=False)


def through(runs: Iterable[int]) -> None:
    """Runs drawn, opened and played by compiled rules."""
    lanes.Lanes(Opening(BOARD, SEED, np.array(runs))).play_weeks(1, WEEKS)


def two_threads() -> None:
    """Twice the runs, half of them on each thread."""
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(through, (range(LANES_RUNS), range(LANES_RUNS, 2 * LANES_RUNS))))


def floor(repeats: int) -> dict[str, Any]:
    """Nanoseconds of one compiled exponential, how many a week needs, and their share of a run's week."""
    from sim.ensemble.compiled import kernel, machine, shapes
    from sim.ensemble.compiled.lines import LANES
    from sim.ensemble.compiled.slots import empty_blocks

    rows = EXPONENTIALS // LANES
    function = shapes.flat_rule(exp, ("number",), 0, 1)
    play = machine.callable_at(machine.address(kernel.module([function]), kernel.PLAY), kernel.ARGUMENTS)
    blocks = empty_blocks(1, 2 * rows + 1)
    table = np.array([rows, *(slot for row in range(rows) for slot in (1 + row, 1 + rows + row))], dtype=np.int64)
    heads, numbers = np.zeros(2, dtype=np.int64), np.zeros(LANES, dtype=np.int64)
    given = (blocks.ctypes.data, 1, blocks.shape[1], table.ctypes.data, heads.ctypes.data, numbers.ctypes.data)
    none = (0, numbers.ctypes.data, numbers.ctypes.data, 0, numbers.ctypes.data)
    made = lanes.Lanes(Opening(BOARD, SEED, np.arange(LANES_RUNS)))
    found = rounds(
        {
            "exponential": (lambda: play(*given, 1, 200, *none), 200 * EXPONENTIALS),
            "week": (lambda: made.play_weeks(1, WEEKS), WEEKS * LANES_RUNS),
        },
        repeats,
    )
    needed = exponentials()
    pairs = zip(found["exponential"], found["week"], strict=True)
    return {
        "ns_per_exponential": round(median(used for _, used in found["exponential"]) * 1e9, 2),
        "exponentials_per_run_week": needed,
        "share_of_the_week": round(median(needed * one[1] / whole_week[1] for one, whole_week in pairs), 2),
    }


def exponentials() -> int:
    """Exponentials and logarithms in one week of one run."""
    from sim.ensemble.compiled.slots import Slots, shapes_of
    from sim.ensemble.compiled.tables import Tables

    opening = Opening(BOARD, SEED, np.arange(1))
    tables, total = Tables(BOARD, SEED, Slots(shapes_of(opening.state))), 0
    for entry in WEEK:
        if isinstance(entry, Rule | Choose):
            for function, table in tables.parts([entry]):
                text = "\n".join(function.lines) if function else ""
                each = len(re.findall(r"@llvm\.floor|trunc .* to <\d+ x i32>", text))
                columns = BOARD.spaces[entry.space].shape[1:] if isinstance(entry, Rule) else ()
                total += each * table[0] * int(np.prod(columns))
    return total


START = (
    "import time, numpy as np; from tests.benchmarks.compare_engines import BOARD, Opening, lanes; "
    "o = Opening(BOARD, 1, np.arange(8)); t = time.perf_counter(); lanes.Lanes(o); print(time.perf_counter() - t)"
)


def start(repeats: int) -> dict[str, float]:
    """Seconds until compiled rules are ready, in a new process: with an empty folder, and with a filled one."""
    cold, warm = [], []
    for _ in range(repeats):
        with tempfile.TemporaryDirectory() as folder:
            for kept in (cold, warm):
                done = subprocess.run(
                    [sys.executable, "-c", START],
                    env={**os.environ, "ZOPA_CACHE": folder},
                    capture_output=True,
                    text=True,
                    check=True,
                )
                kept.append(float(done.stdout))
    return {"compiled_now": round(median(cold), 2), "compiled_before": round(median(warm), 2)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    parser.add_argument("--repeats", type=int, default=9)
    asked = parser.parse_args()
    keep_memory()
    found: dict[str, Any] = {
        "case": f"{CASE} {LENS}",
        "weeks": WEEKS,
        "repeats": asked.repeats,
        "cores": os.cpu_count(),
    }
    found |= {"load": round(os.getloadavg()[0], 2), "week": week(asked.repeats), "whole": whole(asked.repeats)}
    if lanes.is_installed():
        found |= {"scaling": scaling(min(asked.repeats, 5))}
        found |= {"floor": floor(asked.repeats), "start": start(min(asked.repeats, 5))}
    if asked.json:
        print(json.dumps(found, indent=2))
        return
    for name, part in found.items():
        print(f"{name}: {part}" if not isinstance(part, dict) else name)
        for what, value in part.items() if isinstance(part, dict) else ():
            print(f"    {what}: {value}")


if __name__ == "__main__":
    main()
