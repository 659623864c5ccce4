"""Pool: the processes that play blocks, each holding the views; deaf to Ctrl-C, which is ours to hear."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from sim.ensemble.block import Block, play_blocks, zones
from sim.ensemble.memory import keep_memory
from sim.spec.scenario import Scenario

BLOCK = 512
"""Draws in a block."""

_scenarios: dict[str, Scenario] = {}


class _Here(Executor):
    """Plays in this process: for one worker, and where no processes can be started."""

    def __init__(self, views: dict[str, Scenario]) -> None:
        keep_memory()
        _scenarios.update(views)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do it at once."""
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def pool_of(views: dict[str, Scenario], workers: int | None = None) -> Executor:
    """Processes that know the views; one per core unless told. A single one plays in this process."""
    workers = workers or os.cpu_count() or 1
    if workers == 1:
        return _Here(views)
    context = multiprocessing.get_context("spawn")
    try:
        return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(views,))
    except OSError:
        return _Here(views)


@contextmanager
def deaf() -> Iterator[None]:
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


def _begin(views: dict[str, Scenario]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keep_memory()
    _scenarios.update(views)


def blocks_of(names: tuple[str, ...], seed: int, number: int, horizon: int) -> dict[str, Block]:
    """A block of views that share a run-up; for a process of the pool."""
    return play_blocks({name: _scenarios[name] for name in names}, seed, number * BLOCK, BLOCK, horizon)


def zone_block(name: str, seed: int, runs: Any) -> tuple[Any, Any]:
    """Agreements on the menu and at all for some runs of a view; for a process of the pool."""
    return zones(_scenarios[name], seed, runs)
