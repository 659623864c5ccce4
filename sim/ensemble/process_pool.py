"""Process pool: the processes that play blocks, each with the views at hand; Ctrl-C is for this process alone."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from concurrent.futures import wait as wait_for_all
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from sim.engines import base
from sim.ensemble.kept_processes import borrow_processes, end_processes
from sim.ensemble.worker import pack_views, set_worker_views, work_with_views
from sim.schema.scenario import Scenario

_cluster: ContextVar[tuple[str, Callable[[str], object]] | None] = ContextVar("on", default=None)
"""Address of a scheduler, and who is told of what happens there."""


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


class _ProcessExecutor(Executor):
    """Plays in other processes. The views travel with each piece of work, packed, and not with the start of a process.

    Whoever starts a process waits until it has read what it gets to begin with; one that dies before would be waited
    for without an end, if that is more than fits into a pipe.
    """

    def __init__(self, views: Mapping[str, Scenario], workers: int) -> None:
        self._pool, self._kept = borrow_processes(workers)
        self._views = pack_views(views)
        self._sent: set[Future[Any]] = set()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have it done by one of the processes."""
        future = self._pool.submit(work_with_views, self._views, fn, *args, **kwargs)
        self._sent.add(future)
        future.add_done_callback(self._sent.discard)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let go of the processes, or only of what they were asked for here, if they are kept."""
        if not self._kept:
            self._pool.shutdown(wait, cancel_futures=cancel_futures)
            return
        sent = list(self._sent)
        left = [one for one in sent if not (cancel_futures and one.cancel())]
        if wait:
            wait_for_all(left)


def make_executor(views: Mapping[str, Scenario], workers: int | None = None) -> Executor:
    """Processes that know the views; one per core unless asked otherwise. A single one plays in this process.

    Where a cluster was named, its workers instead.
    """
    if (cluster := _cluster.get()) is not None:
        from sim.ensemble.dask_pool import DaskExecutor

        return DaskExecutor(cluster[0], views, cluster[1])
    workers = workers or os.cpu_count() or 1
    if workers == 1 or not can_start_processes():
        return _InProcessExecutor(views)
    end_if_starting()
    base.compile_ahead(next(iter(views.values())))
    return _ProcessExecutor(views, workers)


def end_if_starting() -> None:
    """End quietly a process that is being started itself: a script without a guard has it start others at once.

    Whoever started it says what is wrong; each of these processes would only say so again, in words of Python.
    """
    if getattr(multiprocessing.current_process(), "_inheriting", False):
        sys.exit(1)


@cache
def can_start_processes() -> bool:
    """False where processes could not tell each other anything, as in a container without a writable /dev/shm."""
    try:
        multiprocessing.get_context("spawn").Lock()
    except (OSError, ImportError, NotImplementedError):
        return False
    return True


@contextmanager
def open_executor(views: Mapping[str, Scenario], workers: int | None = None) -> Iterator[Executor]:
    """The processes that know the views, for as long as they are needed; Ctrl-C ends them at once."""
    pool = make_executor(views, workers)
    try:
        yield pool
    except KeyboardInterrupt:
        end_processes()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def use_cluster(address: str | None, note: Callable[[str], object] = str) -> Iterator[None]:
    """What is played meanwhile is played by the workers of the Dask scheduler there; none: on this machine.

    Args:
        address: Address of the scheduler.
        note: Told what a user should know, such as that all workers are lost.
    """
    token = _cluster.set(None if address is None else (address, note))
    try:
        yield
    finally:
        _cluster.reset(token)


@contextmanager
def ignore_interrupts() -> Iterator[None]:
    """Processes started meanwhile never hear Ctrl-C; ours comes when this is over, and so does SIGTERM."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[int] = []
    numbers = [number for number in (signal.SIGINT, signal.SIGTERM) if callable(signal.getsignal(number))]
    handlers: dict[int, Any] = {one: signal.signal(one, lambda number, _: heard.append(number)) for one in numbers}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if hasattr(signal, "pthread_sigmask") else None
    try:
        yield
    finally:
        if before is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for number, handler in handlers.items():
            signal.signal(number, handler)
    for number in heard:
        handlers[number](number, None)


def count_blocks_at_once(pool: Executor, workers: int) -> int:
    """Blocks to have under way, so that nobody waits for the next one."""
    return 2 * int(getattr(pool, "capacity", workers))


def is_local(pool: Executor) -> bool:
    """True if the pool's processes are on this machine, so that they see the same folders."""
    return isinstance(pool, (_InProcessExecutor, _ProcessExecutor))
