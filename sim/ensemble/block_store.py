"""Block store: where finished blocks stay until they are results, with a store that holds them in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.block import Block
from sim.ensemble.columns import Column

OPENING = "opening/"
"""Begins the names of columns that say how runs stand at week 1."""

STATES = 256
"""States that a week's record can tell apart."""


@dataclass(frozen=True)
class ConcatenatedRuns:
    """Blocks of a view as one."""

    columns: Mapping[str, Column]
    """Columns by name, those of the opening with `opening/` before it."""
    by_week: NDArray[np.int64]
    """Runs by state after each week: (weeks, states)."""


class BlockStore(Protocol):
    """Where finished blocks stay, by view and number."""

    @property
    def worker_store(self) -> "BlockStore | None":
        """The store as the workers of this machine can use it; none if blocks must be brought to it."""

    def put(self, view: str, number: int, block: Block) -> None:
        """Keep a block."""

    def get(self, view: str, number: int) -> Block | None:
        """The block; none if it is not there or cannot be used."""

    def concatenate(self, view: str, numbers: Sequence[int], wanted: int) -> ConcatenatedRuns:
        """These blocks one after the other, cut after so many runs."""


@dataclass
class MemoryStore:
    """Blocks in memory."""

    blocks: dict[tuple[str, int], Block] = field(default_factory=dict)

    @property
    def worker_store(self) -> None:
        """None: other processes have memory of their own."""

    def put(self, view: str, number: int, block: Block) -> None:
        """Keep a block."""
        self.blocks[view, number] = block

    def get(self, view: str, number: int) -> Block | None:
        """The block, if it is there."""
        return self.blocks.get((view, number))

    def concatenate(self, view: str, numbers: Sequence[int], wanted: int) -> ConcatenatedRuns:
        """These blocks one after the other, cut after so many runs."""
        blocks = [self.blocks[view, number] for number in numbers]
        found = [name_columns(block) for block in blocks]
        columns = {name: np.concatenate([one[name] for one in found])[:wanted] for name in found[0]}
        states = np.concatenate([block.states for block in blocks], axis=1)[:, :wanted]
        return ConcatenatedRuns(columns, count_states_by_week(states))


def count_states_by_week(states: NDArray[np.uint8], kinds: int = STATES) -> NDArray[np.int64]:
    """Runs in each state after each week: (weeks, kinds of state)."""
    return np.array([np.bincount(week, minlength=kinds) for week in states], dtype=np.int64)


def name_columns(block: Block) -> dict[str, Column]:
    """Columns of a block, those of the opening with `opening/` before their names."""
    return {**block.columns, **{f"{OPENING}{name}": array for name, array in block.opening.items()}}
