"""Hands: several things done at the same time in processes of their own, which do not hear Ctrl-C."""

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

from sim.ensemble.process_pool import can_start_processes, ignore_interrupts
from sim.ensemble.worker import set_up_worker

T = TypeVar("T")


def parallel_map(task: Callable[..., T], asked: Sequence[tuple[Any, ...]], workers: int | None = None) -> list[T]:
    """The task done with each of the arguments, in order; one worker does it here. Ctrl-C stops the others too."""
    workers = min(workers or os.cpu_count() or 1, len(asked))
    if workers < 2 or not can_start_processes():
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
