"""Worker: what a process does for another one - blocks of the views that it has at hand."""

import ctypes
import multiprocessing
import os
import pickle
import signal
import threading
import zlib
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engines import base
from sim.ensemble.agreement_zones import find_zones
from sim.ensemble.block import Block, simulate_blocks
from sim.ensemble.block_store import BlockStore, count_states_by_week
from sim.model.state import Array
from sim.schema.scenario import Scenario

BLOCK = 512
"""Draws in a block."""

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3
ONE_GIGABYTE = 1 << 30

_worker_views: ContextVar[Mapping[str, Scenario]] = ContextVar("views")


def set_up_worker() -> None:
    """In a process that works for another: never hear Ctrl-C, and end as soon as the other is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def start_worker(engine: str) -> None:
    """In a process of the pool: play with this engine."""
    set_up_worker()
    base.select_engine(engine)


def pack_views(views: Mapping[str, Scenario]) -> bytes:
    """Source views as they are sent to another process."""
    return zlib.compress(pickle.dumps(dict(views), pickle.HIGHEST_PROTOCOL))


@lru_cache(maxsize=4)
def unpack_views(packed: bytes) -> dict[str, Scenario]:
    """Source views that were sent; the same objects for all blocks that a process plays."""
    views: dict[str, Scenario] = pickle.loads(zlib.decompress(packed))
    return views


def work_with_views(packed: bytes, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """In a process of the pool: do some work with these views at hand."""
    set_worker_views(unpack_views(packed))
    return work(*args, **kwargs)


def _end_with_parent() -> None:
    """End as soon as the process that started this one is gone, even if it was killed: nobody waits any more."""
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)


def set_worker_views(views: Mapping[str, Scenario]) -> None:
    """Have these views at hand for the blocks that this thread plays next."""
    keep_memory()
    _worker_views.set(views)


def get_worker_views() -> Mapping[str, Scenario]:
    """The views at hand."""
    return _worker_views.get()


def keep_memory() -> bool:
    """Ask the C library to keep freed memory for the next array; False where it does not know how.

    Measured on the flagship: a third of the time of a block went into page faults of freed and re-mapped arrays.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError, TypeError):
        return False
    return bool(mallopt(TRIM_THRESHOLD, ONE_GIGABYTE) and mallopt(MMAP_THRESHOLD, ONE_GIGABYTE))


def simulate_view_blocks(
    names: tuple[str, ...], seed: int, number: int, horizon: int, draws: int = BLOCK
) -> dict[str, Block]:
    """A block of views that share a run-up; for a process of the pool.

    Args:
        names: Names of the views.
        seed: Seed of all luck.
        number: Number of the block, from 0.
        horizon: Weeks to play.
        draws: Draws in a block.

    Returns:
        The block of each view.
    """
    return simulate_blocks({name: get_worker_views()[name] for name in names}, seed, number * draws, draws, horizon)


@dataclass(frozen=True)
class BlockSummary:
    """What a block of a view leaves for the process that asked for it."""

    by_week: NDArray[np.int64]
    """Matching runs in each outcome's state after each week: (weeks, outcomes)."""
    block: Block | None
    """The block; none if it is stored already."""


def summarize_block(block: Block, outcomes: int, *, stored: bool) -> BlockSummary:
    """What a block leaves, with the block itself only if it is not stored yet."""
    return BlockSummary(count_states_by_week(block.states, outcomes), None if stored else block)


def simulate_and_store(
    store: BlockStore | None, names: tuple[str, ...], seed: int, number: int, horizon: int, draws: int
) -> dict[str, BlockSummary]:
    """Play a block and put it into the store; where there is none, hand it back. For a process of the pool.

    Args:
        store: Where blocks stay; none if they are handed back.
        names: Names of views that share a run-up.
        seed: Seed of all luck.
        number: Number of the block, from 0.
        horizon: Weeks to play.
        draws: Draws in a block.

    Returns:
        What the block of each view leaves.
    """
    found = {}
    for name, block in simulate_view_blocks(names, seed, number, horizon, draws).items():
        if store is not None:
            store.put(name, number, block)
        found[name] = summarize_block(block, len(get_worker_views()[name].outcomes), stored=store is not None)
    return found


def find_view_zones(name: str, seed: int, runs: NDArray[np.int64]) -> tuple[Array, Array]:
    """Agreements on the menu and at all for some runs of a view; for a process of the pool."""
    return find_zones(get_worker_views()[name], seed, runs)
