"""Timing: pieces of work measured in rounds, one after the other in each, so that a slow while is slow for all.

A ratio is the median of the rounds' own ratios. What runs on one thread is measured in processor time, what runs on
two threads or in two processes in time on the wall, with the cores that threads got.
"""

import time
from collections.abc import Callable, Mapping
from statistics import median

Work = Callable[[], object]
Works = Mapping[str, tuple[Work, int]]
"""Pieces of work by name, and how many units each does."""

Timings = dict[str, list[tuple[float, float]]]
"""Seconds for one unit of each piece of work, on the wall and of the processor, round by round."""

TWO_THREADS, TWO_PROCESSES = "2 threads", "2 processes"
"""Endings of the names of what is measured on the wall."""


def measure_time(work: Work) -> tuple[float, float]:
    """Seconds on the wall, and seconds of processor time."""
    wall, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - used


def rounds(works: Works, repeats: int) -> Timings:
    """Seconds for one unit of each piece of work, in interleaved rounds; the first round only warms up."""
    found: Timings = {name: [] for name in works}
    for number in range(repeats + 1):
        for name, (work, units) in works.items():
            wall, used = measure_time(work)
            if number:
                found[name].append((wall / units, used / units))
    return found


def choose_clock(name: str) -> int:
    """Which of the two times counts: 0 the wall's, 1 the processor's."""
    return 0 if name.endswith((TWO_THREADS, TWO_PROCESSES)) else 1


def compute_median(found: Timings, name: str, scale: float = 1e6) -> float:
    """Median time of one unit, in microseconds unless told."""
    return median(times[choose_clock(name)] for times in found[name]) * scale


def compute_speedup(found: Timings, base: str) -> dict[str, float]:
    """How many times as fast as the baseline: per core, or on the wall for what runs on two."""
    shares = {}
    for name, times in found.items():
        clock = choose_clock(name)
        pairs = zip(found[base], times, strict=True)
        shares[name] = round(median(slow[clock] / fast[clock] for slow, fast in pairs), 1)
    return {name: share for name, share in shares.items() if share > 1.0}


def compute_best_speedup(found: Timings, base: str) -> dict[str, float]:
    """The same for the best round of each: plain Python suffers most from neighbours on the same processor."""
    least = {name: min(times[choose_clock(name)] for times in kept) for name, kept in found.items()}
    return {name: round(least[base] / one, 1) for name, one in least.items() if least[base] > one}


def cores(found: Timings) -> dict[str, float]:
    """Cores that each piece of work got; what other processes use is not seen."""
    seen = {name: times for name, times in found.items() if not name.endswith(TWO_PROCESSES)}
    return {name: round(median(used / wall for wall, used in times), 2) for name, times in seen.items()}
