"""Lower bound: what a week of a run would take at least here, if its parts cost what they cost alone.

Counted while one run is told are exponentials, logarithms, and scramblings of addresses for luck; and every slot that
the week touches, read once, and written once if the week sets it. Each is timed alone, arithmetic in the fastest
compiled form. The floor is their sum, and the share of it reached is floor by measured week. A processor can also move
memory while it computes: the stricter floor is the longer of the two. Additions, comparisons and look-ups are left out,
so both are low.
"""

from collections.abc import Callable
from math import prod
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from sim.engines import compiled_engine
from sim.engines.compiler import jit_cache, loop_fusion, module, step_kernels
from sim.engines.compiler.code_printer import SIMD_WIDTH
from sim.engines.compiler.function_builder import FunctionBuilder
from sim.engines.compiler.memory_layout import allocate_blocks, find_shapes
from sim.engines.mesa_engine import NegotiationModel
from sim.model import random_streams
from sim.model.state import list_week_variables
from sim.rules import numerics
from tests.benchmarks.engines import COMPILED_RUNS, WEEKS, open_runs
from tests.benchmarks.timing import Work, compute_median, rounds

AT_ONCE = 4096
"""Exponentials or random numbers that are timed at once; they and what they are taken of fit the first cache."""

WEEKS_AT_ONCE, COPIES = 200, 100
BYTES = 8


def floor(repeats: int) -> dict[str, Any]:
    """Counts for one run's week, nanoseconds of one of each, the floor they make, and the share of it reached."""
    made = compiled_engine.CompiledEngine(open_runs(COMPILED_RUNS))
    block = made.size // COMPILED_RUNS * SIMD_WIDTH
    works: dict[str, Any] = {
        "exponential": (compile_rule(numerics.exp, "number"), WEEKS_AT_ONCE * AT_ONCE),
        "logarithm": (compile_rule(numerics.log, "number"), WEEKS_AT_ONCE * AT_ONCE),
        "scrambling": (compile_rule(lambda drawn: drawn, "luck"), WEEKS_AT_ONCE * AT_ONCE * 2),
        "byte": (make_copy_work(block), 2 * block * COPIES),
        "week": (lambda: made.play_weeks(1, WEEKS), WEEKS * COMPILED_RUNS),
    }
    found = rounds(works, repeats)
    counts = {
        "exponential": count_calls(numerics, "_series", numerics._EXP),
        "logarithm": count_calls(numerics, "_series", numerics._LOG),
        "scrambling": count_calls(random_streams, "mix"),
        "byte": count_touched_bytes(),
    }
    taken = {name: count * compute_median(found, name) for name, count in counts.items()}
    week, moved = compute_median(found, "week"), taken["byte"]
    summed = sum(taken.values())
    strict = max(summed - moved, moved)
    return {
        "per_run_week": counts,
        "ns": {name: round(compute_median(found, name, 1e9), 3) for name in counts},
        "us_per_run_week": {name: round(us, 3) for name, us in taken.items()},
        "floor_us": round(summed, 3),
        "stricter_floor_us": round(strict, 3),
        "week_us": round(week, 3),
        "share_of_exponentials": round((taken["exponential"] + taken["logarithm"]) / week, 2),
        "share_of_the_floor": round(summed / week, 2),
        "share_of_the_stricter_floor": round(strict / week, 2),
    }


def compile_rule(by: Callable[[Any], Any], kind: str) -> Work:
    """A compiled rule of one argument, played on many slots; luck is drawn as for a run and a week."""
    rows = AT_ONCE // SIMD_WIDTH
    if kind == "luck":
        function = step_kernels.build_rule(by, (kind,), 1, 1)
        table = [rows, 0, *(slot for row in range(rows) for slot in (1 + row, 1 + rows + row))]
    else:
        function = loop_fusion.build_fused_loop((loop_fusion.FusedRule(by, (0,)),), (loop_fusion.PLACE,), 1)
        table = [1, rows, 1, 1 + rows]
    return compile_week(function, np.array(table, dtype=np.int64), allocate_blocks(1, 2 * rows + 1))


def compile_week(function: FunctionBuilder, table: NDArray[np.int64], blocks: NDArray[np.float64]) -> Work:
    """One function alone as the whole week, played many times."""
    play = jit_cache.make_callable(
        jit_cache.find_address(module.build_module([function]), module.PLAY), module.N_PLAY_PARAMETERS
    )
    heads, numbers = np.zeros(2, dtype=np.int64), np.arange(SIMD_WIDTH, dtype=np.int64)
    given = (blocks.ctypes.data, 1, blocks.shape[1], table.ctypes.data, heads.ctypes.data, numbers.ctypes.data)
    none = (0, numbers.ctypes.data, numbers.ctypes.data, 0, numbers.ctypes.data)
    kept = (blocks, table, heads, numbers)
    return lambda: (play(*given, 1, WEEKS_AT_ONCE, *none), kept)


def make_copy_work(size: int) -> Work:
    """Memory of the size of a block of runs, copied many times within the caches it fits."""
    source, target = np.ones(size // BYTES), np.zeros(size // BYTES)

    def copy() -> None:
        for _ in range(COPIES):
            np.copyto(target, source)

    return copy


def count_calls(module: Any, name: str, first: object = None) -> int:
    """How often a function is called, with this as its first argument if any, while one week of one run is told."""
    one, count = NegotiationModel(open_runs(1)), []
    function = getattr(module, name)

    def counted(*arguments: Any) -> Any:
        if first is None or arguments[0] is first:
            count.append(name)
        return function(*arguments)

    with patch.object(module, name, counted):
        one.play(1)
    return len(count)


def count_touched_bytes() -> int:
    """Bytes of one run that a week moves at least: every slot it knows is read, those that it sets are written."""
    made = compiled_engine.CompiledEngine(open_runs(1))
    known = made.size // SIMD_WIDTH
    shapes_ = find_shapes(open_runs(1).state)
    written = sum(prod(shapes_[place]) for place in dict.fromkeys(list_week_variables()))
    return known + written * BYTES
