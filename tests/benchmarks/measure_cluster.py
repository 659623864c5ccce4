"""Measure a cluster: `python -m tests.benchmarks.measure_cluster [--rounds 3] [--draws 2048] [--workers 2]`.

Run by hand, never a test; needs the extra `cluster`. Prints one JSON object: the same ensemble on so many local
processes (baseline) and on as many Dask workers over loopback, interleaved, in wall seconds and in processor seconds
of all processes together, with the ratios; what a task without work costs; what is packed for the wire.
"""

import argparse
import json
import multiprocessing
import os
import pickle
import tempfile
import time
import zlib
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from sim.ensemble.dask_pool import DaskExecutor
from sim.ensemble.process_pool import make_executor, use_cluster
from sim.ensemble.worker import BLOCK, simulate_view_blocks
from sim.loading.loader import load_case
from sim.schema.scenario import Scenario
from tests.ensemble.test_cluster import start_scheduler

CASE, VIEWS, EMPTY_TASKS, SEED = "alaska-budapest", ("wide", "abt-2025", "portnikov-2025"), 500, 5


def processor(pids: list[int]) -> float:
    """Processor seconds so far: this process, its finished children and other processes (Linux)."""
    ours, ticks = os.times(), 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return sum(ours[:4]) + ticks / os.sysconf("SC_CLK_TCK")


def measure_time(work: Callable[[], object], pids: list[int]) -> tuple[float, float]:
    """Wall and processor seconds of some work."""
    wall, used = time.perf_counter(), processor(pids)
    work()
    wall = time.perf_counter() - wall
    for child in multiprocessing.active_children():
        child.join()
    return wall, processor(pids) - used


def play_blocks(views: dict[str, Scenario], blocks: int, weeks: int, workers: int, on: str | None = None) -> None:
    """The same blocks of every view, on local processes or on a cluster."""
    with use_cluster(on), make_executor(views, workers) as pool:
        sent = [
            pool.submit(simulate_view_blocks, (name,), SEED, number, weeks)
            for number in range(blocks)
            for name in views
        ]
        for future in sent:
            future.result()


def task_without_work(address: str, views: dict[str, Scenario]) -> float:
    """Milliseconds for a task that does nothing, one of many sent at once."""
    with DaskExecutor(address, views) as pool:
        begin = time.perf_counter()
        for future in [pool.submit(zlib.crc32, b"") for _ in range(EMPTY_TASKS)]:
            future.result()
        return (time.perf_counter() - begin) / EMPTY_TASKS * 1e3


def measure_sizes(views: dict[str, Scenario], weeks: int) -> dict[str, int]:
    """Bytes of the views, and of what one block of one view leaves."""
    with make_executor(views, 1) as pool:
        block = pool.submit(simulate_view_blocks, (VIEWS[0],), SEED, 0, weeks).result()
    sizes = {"views": len(zlib.compress(pickle.dumps(views, pickle.HIGHEST_PROTOCOL)))}
    return {**sizes, "block_of_one_view": len(zlib.compress(pickle.dumps(block, pickle.HIGHEST_PROTOCOL), 1))}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, number in (("--rounds", 3), ("--draws", 4 * BLOCK), ("--weeks", 17), ("--workers", 2)):
        parser.add_argument(name, type=int, default=number)
    asked = parser.parse_args()
    views = {name: load_case(CASE, view=name).scenario for name in VIEWS}
    blocks = max(asked.draws // BLOCK, 1)
    local, cluster = [], []
    with ExitStack() as stack:
        scheduler = stack.enter_context(start_scheduler(Path(stack.enter_context(tempfile.TemporaryDirectory()))))
        workers = stack.enter_context(scheduler.workers(asked.workers))
        pids = [scheduler.process.pid, *(worker.pid for worker in workers)]
        play_blocks(views, 1, 1, asked.workers, scheduler.address)
        size = (blocks, asked.weeks, asked.workers)
        for _ in range(asked.rounds):
            local.append(measure_time(lambda: play_blocks(views, *size), pids))
            cluster.append(measure_time(lambda: play_blocks(views, *size, scheduler.address), pids))
        empty = task_without_work(scheduler.address, views)
    found = {
        "workers": asked.workers,
        "blocks": blocks * len(views),
        "local_wall_and_processor_s": [[round(value, 2) for value in both] for both in local],
        "cluster_wall_and_processor_s": [[round(value, 2) for value in both] for both in cluster],
        "ratio_wall": round(median(far[0] / near[0] for far, near in zip(cluster, local, strict=True)), 3),
        "ratio_processor": round(median(far[1] / near[1] for far, near in zip(cluster, local, strict=True)), 3),
        "ms_per_task_without_work": round(empty, 2),
        "packed_bytes": measure_sizes(views, asked.weeks),
    }
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
