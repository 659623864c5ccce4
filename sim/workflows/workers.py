"""Workers: who plays - an engine, on processes of this machine or on those of a cluster.

Processes
    Runs are spread over one process per core. Each process reads the script that started it once more, so a script
    calls `run` under `if __name__ == "__main__":`; a notebook and a Python prompt need nothing. `workers=1` plays in
    the process that asks, which suits a few hundred runs. A program that came through a pipe, and a process that may
    not start others, play so by themselves.
"""

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sim.engines import base
from sim.ensemble.process_pool import ignore_interrupts, use_cluster
from sim.ensemble.worker import set_up_worker
from sim.errors import UsageError

T = TypeVar("T")


class WorkersError(RuntimeError):
    """Processes that were to play runs ended at once."""


@contextmanager
def use_workers(workers: int | None, engine: str | None = None, scheduler: str | None = None) -> Iterator[int | None]:
    """What is played meanwhile is played so; gives the number of processes.

    Args:
        workers: Processes; one per core if left out.
        engine: `compiled`, `numpy` or `mesa`; the fastest that is installed if left out. The bits are the same.
        scheduler: Address of a Dask scheduler whose workers play instead of this machine.

    Raises:
        UsageError: both processes and a scheduler are named.
        EngineError: the engine is not there.
        WorkersError: the processes ended at once.
    """
    if scheduler is not None and workers is not None:
        raise UsageError("`workers=` and `scheduler=` exclude each other: the cluster has its own workers")
    base.select_engine(engine)
    try:
        with use_cluster(scheduler):
            yield workers or _choose_workers()
    except BrokenProcessPool as error:
        raise WorkersError(_explain_broken_pool()) from error


def _choose_workers() -> int | None:
    """1 where no processes can be started: in a worker of somebody's pool, and for a program without a file."""
    file = getattr(sys.modules["__main__"], "__file__", None)
    without_file = file is not None and not Path(file).exists()
    return 1 if without_file or multiprocessing.current_process().daemon else None


def _explain_broken_pool() -> str:
    file = getattr(sys.modules["__main__"], "__file__", None)
    remedy = "perhaps there was too little memory: give fewer workers"
    if file is not None:
        remedy = f'call run under `if __name__ == "__main__":` in {file}, or give workers=1'
    return f"the processes that play the runs ended early; {remedy}"


def parallel_map(task: Callable[..., T], asked: Sequence[tuple[Any, ...]], workers: int | None = None) -> list[T]:
    """The task done with each of the arguments, in order; one worker does it here. Ctrl-C stops the others too."""
    workers = min(workers or os.cpu_count() or 1, len(asked))
    if workers < 2:
        return [task(*one) for one in asked]

    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=set_up_worker)
    try:
        with ignore_interrupts():
            playing = [pool.submit(task, *one) for one in asked]
        return [one.result() for one in playing]
    except KeyboardInterrupt:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in multiprocessing.active_children():
            child.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
