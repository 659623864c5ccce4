"""Kept processes: started once for everything that a workflow plays, since each takes a second to import its parts.

Read aloud
    Within `keep_processes`, whoever asks for processes gets those that are there already, if they are as many and play
    with the same engine; what they have compiled and unpacked is still at hand. Without it, everybody starts their own.
"""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from sim.engines import base
from sim.ensemble.worker import start_worker


@dataclass
class _Keeper:
    """The processes of a workflow, once somebody has asked for them."""

    pool: ProcessPoolExecutor | None = None
    made_for: tuple[int, str] = (0, "")
    """Number of processes, and name of the engine."""

    def end(self) -> None:
        """Let them go, with whatever they were asked for and have not begun."""
        pool, self.pool = self.pool, None
        if pool is not None:
            pool.shutdown(cancel_futures=True)


_keeper: ContextVar[_Keeper | None] = ContextVar("keeper", default=None)


@contextmanager
def keep_processes() -> Iterator[None]:
    """Processes that are started meanwhile stay until this is over, for whatever is played next."""
    if _keeper.get() is not None:
        yield
        return
    keeper = _Keeper()
    token = _keeper.set(keeper)
    try:
        yield
    finally:
        _keeper.reset(token)
        keeper.end()


def borrow_processes(workers: int) -> tuple[ProcessPoolExecutor, bool]:
    """Processes that play with the selected engine, and whether they are kept: then nobody else may end them."""
    keeper, wanted = _keeper.get(), (workers, base.selected_engine())
    if keeper is None:
        return _start_processes(*wanted), False
    if keeper.pool is None or keeper.made_for != wanted:
        keeper.end()
        keeper.pool, keeper.made_for = _start_processes(*wanted), wanted
    return keeper.pool, True


def end_processes() -> None:
    """End all processes at once, whatever they are at; those that are asked for next are new ones."""
    if (keeper := _keeper.get()) is not None and keeper.pool is not None:
        keeper.pool.shutdown(wait=False, cancel_futures=True)
        keeper.pool = None
    for child in multiprocessing.active_children():
        child.terminate()


def _start_processes(workers: int, engine: str) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=start_worker, initargs=(engine,))
