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
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sim.engines import base
from sim.ensemble.kept_processes import borrow_processes, end_processes, keep_processes
from sim.ensemble.process_pool import can_start_processes, end_if_starting, ignore_interrupts, use_cluster
from sim.errors import UsageError
from sim.workflows.reporter import SILENT, Reporter

T = TypeVar("T")


class WorkersError(RuntimeError):
    """Processes that were to play runs ended at once."""


@contextmanager
def use_workers(
    workers: int | None, engine: str | None = None, scheduler: str | None = None, reporter: Reporter = SILENT
) -> Iterator[int | None]:
    """What is played meanwhile is played so; gives the number of processes.

    Args:
        workers: Processes; one per core if left out.
        engine: `compiled`, `numpy` or `mesa`; the fastest that is installed if left out. The bits are the same.
        scheduler: Address of a Dask scheduler whose workers play instead of this machine.
        reporter: Who is told if everything is played in this process because no other can be started.

    Raises:
        UsageError: both processes and a scheduler are named.
        EngineError: the engine is not there.
        WorkersError: the processes ended at once.
    """
    if scheduler is not None and workers is not None:
        raise UsageError("`workers=` and `scheduler=` exclude each other: the cluster has its own workers")
    base.select_engine(engine)
    try:
        with use_cluster(scheduler, reporter.note), keep_processes():
            yield workers if workers == 1 or scheduler is not None else _choose_workers(workers, reporter)
    except BrokenProcessPool as error:
        raise WorkersError(_explain_broken_pool()) from error


def _choose_workers(asked: int | None, reporter: Reporter) -> int | None:
    """1 where no processes can be started: in a worker of somebody's pool, and for a program without a file."""
    if not can_start_processes():
        reporter.note("No processes can be started here (is /dev/shm writable?); everything is played in one.")
        return 1
    if asked is not None:
        return asked
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
    workers = workers or os.cpu_count() or 1
    if min(workers, len(asked)) < 2 or not can_start_processes():
        return [task(*one) for one in asked]

    end_if_starting()
    pool, kept = borrow_processes(workers)
    playing: list[Future[T]] = []
    try:
        with ignore_interrupts():
            playing += [pool.submit(task, *one) for one in asked]
        return [one.result() for one in playing]
    except KeyboardInterrupt:
        end_processes()
        raise
    finally:
        for one in playing:
            one.cancel()
        if not kept:
            pool.shutdown(cancel_futures=True)
