"""Moved: runs picked out of their blocks and put together in blocks of their own, by a function compiled for it."""

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.compiled import machine
from sim.ensemble.compiled.function import Function
from sim.ensemble.compiled.lines import LANES, NUMBER
from sim.ensemble.compiled.slots import empty_blocks, padded
from sim.play.state import Array

GIVEN = "ptr noalias readonly %from, ptr noalias %to, i64 %count, i64 %size"
"""Where each run's first number stands, run by run; blocks to be filled, how many, and how many slots each."""


def chosen(blocks: Array, places: NDArray[np.int64]) -> Array:
    """Blocks that hold the runs at some places only."""
    at, size = padded(places), blocks.shape[1]
    found = empty_blocks(at.size // LANES, size, zeros=False)
    whole = np.ascontiguousarray(blocks)
    begins = whole.ctypes.data + (at // LANES * size * LANES + at % LANES) * whole.itemsize
    _move()(begins.ctypes.data, found.ctypes.data, len(found), size)
    return found


@cache
def _move() -> Callable[..., None]:
    f = Function()
    with f.loop("%count") as block:
        lanes = (f.plus(f.times(block, LANES), lane) for lane in range(LANES))
        runs = [f.new(f"load ptr, ptr {f.new(f'getelementptr ptr, ptr %from, i64 {lane}')}") for lane in lanes]
        first = f.times(block, "%size")
        with f.loop("%size") as slot:
            eight = f.gather([f.new(f"getelementptr {NUMBER}, ptr {run}, i64 {slot}") for run in runs])
            place = f.new(f"getelementptr {NUMBER}, ptr %to, i64 {f.plus(first, slot)}")
            f.do(f"store {NUMBER} {eight}, ptr {place}, align 64")
    return machine.callable_at(machine.address(f.text("void @move", GIVEN) + "\n", "move"), GIVEN.count("%"))
