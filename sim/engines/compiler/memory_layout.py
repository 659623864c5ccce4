"""Memory layout: where the numbers of a layout stand in the compiled engine's memory, and how they get there and back.

Runs stand in blocks of eight. A block holds one slot of eight numbers for every entity of every variable that the
week touches, so that all a week needs of eight runs lies together in the processor's own memory.
"""

from dataclasses import dataclass, field
from math import prod

import numpy as np
from numpy.typing import NDArray

from sim.engines.compiler.code_printer import SIMD_WIDTH
from sim.model.state import Array, State

WASTE, ZERO = 0, 1
"""A slot for what nobody wants, and one that holds 0."""

EIGHT = np.dtype((np.void, 8 * SIMD_WIDTH))
"""The eight numbers of a slot, moved as one."""

LINE = 64
"""Bytes in a line of the processor's memory."""


@dataclass
class Slots:
    """First slot of every variable that somebody has asked for."""

    shapes: dict[tuple[str, str], tuple[int, ...]]
    """Rows, nobody's among them, and columns of every variable."""
    firsts: dict[tuple[str, str], int] = field(default_factory=dict)
    size: int = 2

    def allocate(self, space: str, name: str, row: int = 0) -> int:
        """Slot of a row of a variable; its columns follow."""
        variable = (space, name)
        if variable not in self.firsts:
            self.firsts[variable] = self.size
            self.size += prod(self.shapes[variable])
        return self.find(space, name, row)

    def find(self, space: str, name: str, row: int = 0) -> int:
        """Slot of a row of a variable that has been asked for before."""
        return self.firsts[space, name] + row * self.count_columns(space, name)

    def list_untouched(self) -> list[tuple[str, str]]:
        """Variables that nobody has asked for."""
        return [variable for variable in self.shapes if variable not in self.firsts]

    def count_columns(self, space: str, name: str) -> int:
        """Slots in a row of a variable."""
        return prod(self.shapes[space, name][1:])


def find_shapes(state: State) -> dict[tuple[str, str], tuple[int, ...]]:
    """Shape of every variable without the runs."""
    return {(space, name): array.shape[:-1] for space, table in state.items() for name, array in table.items()}


def allocate_blocks(count: int, size: int, *, zeros: bool = True) -> Array:
    """Blocks of slots, each on a line of its own; whatever was there before, unless zeros are wanted."""
    numbers = count * size * SIMD_WIDTH
    raw = (np.zeros if zeros else np.empty)(numbers + LINE // 8)
    start = -raw.ctypes.data % LINE // 8
    return raw[start : start + numbers].reshape(count, size, SIMD_WIDTH)


def pad(values: NDArray[np.generic]) -> NDArray[np.generic]:
    """Values over runs, the last one repeated until the last block is full."""
    missing = -values.shape[-1] % SIMD_WIDTH
    return np.concatenate([values, np.repeat(values[..., -1:], missing, axis=-1)], axis=-1) if missing else values


def pack(slots: Slots, state: State, runs: int) -> Array:
    """Blocks that hold everything asked for."""
    count = -(-runs // SIMD_WIDTH)
    blocks = allocate_blocks(count, slots.size, zeros=False)
    lines = blocks.view(EIGHT)[..., 0]
    blocks[:, : ZERO + 1] = 0.0
    for (space, name), first in slots.firsts.items():
        array, rows = state[space][name], prod(slots.shapes[space, name])
        if runs and array.strides[-1] == 0:
            same = np.repeat(array[..., 0].reshape(rows, 1), SIMD_WIDTH, axis=1)
            lines[:, first : first + rows] = same.view(EIGHT)[..., 0]
        else:
            flat = np.ascontiguousarray(pad(array.reshape(rows, runs)))
            lines[:, first : first + rows] = flat.view(EIGHT).T
    return blocks


def unpack(slots: Slots, blocks: Array, space: str, name: str, runs: NDArray[np.int64]) -> Array:
    """A variable of some runs, by their places, as the NumPy engine holds it."""
    first, shape = slots.find(space, name), slots.shapes[space, name]
    found = blocks[runs // SIMD_WIDTH, first : first + prod(shape), runs % SIMD_WIDTH]
    return np.ascontiguousarray(found.T).reshape(*shape, runs.size)
