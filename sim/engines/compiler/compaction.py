"""Compaction: runs picked out of their blocks and put together in new ones, by a function compiled for it."""

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sim.engines.compiler import jit_cache
from sim.engines.compiler.code_printer import NUMBER, SIMD_WIDTH
from sim.engines.compiler.function_builder import FunctionBuilder
from sim.engines.compiler.memory_layout import allocate_blocks, pad
from sim.model.state import Array

PARAMETERS = "ptr noalias readonly %from, ptr noalias %to, i64 %count, i64 %size"
"""Where each run's first number stands, run by run; blocks to be filled, how many, and how many slots each."""


def compact(blocks: Array, places: NDArray[np.int64]) -> Array:
    """Blocks that hold the runs at some places only."""
    at, size = pad(places), blocks.shape[1]
    found = allocate_blocks(at.size // SIMD_WIDTH, size, zeros=False)
    whole = np.ascontiguousarray(blocks)
    begins = whole.ctypes.data + (at // SIMD_WIDTH * size * SIMD_WIDTH + at % SIMD_WIDTH) * whole.itemsize
    _build_move()(begins.ctypes.data, found.ctypes.data, len(found), size)
    return found


@cache
def _build_move() -> Callable[..., None]:
    f = FunctionBuilder()
    with f.loop("%count") as block:
        lanes = (f.add(f.multiply(block, SIMD_WIDTH), lane) for lane in range(SIMD_WIDTH))
        runs = [f.assign(f"load ptr, ptr {f.assign(f'getelementptr ptr, ptr %from, i64 {lane}')}") for lane in lanes]
        first = f.multiply(block, "%size")
        with f.loop("%size") as slot:
            eight = f.gather([f.assign(f"getelementptr {NUMBER}, ptr {run}, i64 {slot}") for run in runs])
            place = f.assign(f"getelementptr {NUMBER}, ptr %to, i64 {f.add(first, slot)}")
            f.emit(f"store {NUMBER} {eight}, ptr {place}, align 64")
    return jit_cache.make_callable(
        jit_cache.find_address(f.format_text("void @move", PARAMETERS) + "\n", "move"), PARAMETERS.count("%")
    )
