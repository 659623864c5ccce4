"""Explore: processor time of a lever pulled in a case, and of its parts.

`python -m tests.benchmarks.explore_lever CASE PLACE [RUNS] [VIEW ...]`, such as `... alaska-budapest
actors.ukraine.interests.conflict_cost 300 wide`; times are those of the processor, so that other work does not count.
"""

import sys
import time
from dataclasses import replace

from sim.workflows import explore
from sim.workflows.explore import Exploration, Explorer

MOVES = 8


def measure(case: str, place: str, runs: int = 300, views: tuple[str, ...] = ()) -> tuple[float, float]:
    """Milliseconds of a move in all, and of reading the case for it."""
    explorer = Explorer()
    explorer.explore(Exploration(case, views, runs=runs))
    asked = [Exploration(case, views, (f"{place}=*{1 + move / 10}",), runs=runs) for move in range(1, MOVES + 1)]
    explorer.explore(asked[0])
    start = time.process_time()
    for one in asked[1:]:
        explorer.explore(one)
    moved = time.process_time() - start
    others = [replace(one, changes=(f"{place}=*{3 + move / 10}",)) for move, one in enumerate(asked[1:])]
    start = time.process_time()
    for one in others:
        explore._make_plan(one)
    read = time.process_time() - start
    explorer.close()
    return 1000 * moved / (MOVES - 1), 1000 * read / (MOVES - 1)


if __name__ == "__main__":
    case, place, *others = sys.argv[1:]
    moved, read = measure(case, place, int(others[0]) if others else 300, tuple(others[1:]))
    print(f"a move {moved:.0f} ms of processor time, {read:.0f} ms of it to read the case")
