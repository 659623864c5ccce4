"""Pool: the processes that play blocks, each holding the views; deaf to Ctrl-C, which is ours to hear."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engines import base
from sim.ensemble.block import Block, find_zones, simulate_blocks
from sim.ensemble.malloc import keep_memory
from sim.schema.scenario import Scenario
from sim.storage.checkpoints import BlockStore

BLOCK = 512
"""Draws in a block."""

_worker_views: ContextVar[Mapping[str, Scenario]] = ContextVar("views")
_cluster_address: ContextVar[str | None] = ContextVar("on", default=None)


class _InProcessExecutor(Executor):
    """Plays in this process: for one worker, and where no processes can be started."""

    def __init__(self, views: Mapping[str, Scenario]) -> None:
        self._views = views

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do it at once."""
        set_worker_views(self._views)
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def make_executor(views: Mapping[str, Scenario], workers: int | None = None) -> Executor:
    """Processes that know the views; one per core unless told. A single one plays in this process.

    Where a cluster was named, its workers instead.
    """
    if (address := _cluster_address.get()) is not None:
        from sim.ensemble.dask_pool import DaskExecutor

        return DaskExecutor(address, views)
    workers = workers or os.cpu_count() or 1
    if workers == 1:
        return _InProcessExecutor(views)
    base.compile_ahead(next(iter(views.values())))
    context = multiprocessing.get_context("spawn")
    try:
        return ProcessPoolExecutor(
            workers, mp_context=context, initializer=_start_worker, initargs=(views, base.selected_engine())
        )
    except OSError:
        return _InProcessExecutor(views)


@contextmanager
def open_executor(views: Mapping[str, Scenario], workers: int | None = None) -> Iterator[Executor]:
    """The processes that know the views, for as long as they are needed; Ctrl-C ends them at once."""
    pool = make_executor(views, workers)
    try:
        yield pool
    except KeyboardInterrupt:
        for child in multiprocessing.active_children():
            child.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def use_cluster(address: str | None) -> Iterator[None]:
    """What is played meanwhile is played by the workers of the Dask scheduler there; none: on this machine."""
    token = _cluster_address.set(address)
    try:
        yield
    finally:
        _cluster_address.reset(token)


@contextmanager
def ignore_interrupts() -> Iterator[None]:
    """Processes started meanwhile never hear Ctrl-C; ours comes when this is over."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if hasattr(signal, "pthread_sigmask") else None
    try:
        yield
    finally:
        if before is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        signal.signal(signal.SIGINT, handler)
    if heard:
        raise KeyboardInterrupt


def set_up_worker() -> None:
    """In a process that works for another: never hear Ctrl-C, and end as soon as the other is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _start_worker(views: Mapping[str, Scenario], engine: str) -> None:
    set_up_worker()
    base.select_engine(engine)
    set_worker_views(views)


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


def count_blocks_at_once(pool: Executor, workers: int) -> int:
    """Blocks to have under way, so that nobody waits for the next one."""
    return 2 * int(getattr(pool, "places", workers))


def simulate_view_blocks(
    names: tuple[str, ...], seed: int, number: int, horizon: int, draws: int = BLOCK
) -> dict[str, Block]:
    """A block of views that share a run-up; for a process of the pool."""
    return simulate_blocks({name: get_worker_views()[name] for name in names}, seed, number * draws, draws, horizon)


@dataclass(frozen=True)
class BlockSummary:
    """What a block of a view leaves for the process that asked for it."""

    by_week: NDArray[np.int64]
    """Matching runs in each outcome's state after each week: (weeks, outcomes)."""
    block: Block | None
    """The block; none if it is kept already."""


def summarize_block(block: Block, outcomes: int, *, stored: bool) -> BlockSummary:
    """A block as it is handed in, itself only if it is not kept yet."""
    by_week = np.array([np.bincount(week, minlength=outcomes) for week in block.states], dtype=np.int64)
    return BlockSummary(by_week, None if stored else block)


def simulate_and_store(
    store: BlockStore | None, names: tuple[str, ...], seed: int, number: int, horizon: int, draws: int
) -> dict[str, BlockSummary]:
    """Play a block and keep it in the store; where there is none, it is handed in. For a process of the pool."""
    found = {}
    for name, block in simulate_view_blocks(names, seed, number, horizon, draws).items():
        if store is not None:
            store.put(name, number, block)
        found[name] = summarize_block(block, len(get_worker_views()[name].outcomes), stored=store is not None)
    return found


def is_local(pool: Executor) -> bool:
    """True if the pool's processes are on this machine, so that they see the same folders."""
    return isinstance(pool, (_InProcessExecutor, ProcessPoolExecutor))


def find_view_zones(name: str, seed: int, runs: Any) -> tuple[Any, Any]:
    """Agreements on the menu and at all for some runs of a view; for a process of the pool."""
    return find_zones(get_worker_views()[name], seed, runs)
