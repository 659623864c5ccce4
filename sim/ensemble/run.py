"""Run: all source views of a scenario, in blocks of draws, on all cores, until enough runs match.

Blocks are numbered ranges of draws. A view's result is made of its first matching runs in order of their numbers,
whatever the order in which blocks finish, so it does not depend on the number of workers.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.ensemble.block import Block, play_block, zones
from sim.ensemble.memory import keep_memory
from sim.ensemble.results import LensRuns
from sim.spec.scenario import Scenario

BLOCK = 512
"""Draws in a block."""

ZONE_RUNS = 1000
"""Matching runs for which agreements not on the menu are looked for."""

ZONE_BLOCK = 250
MOST_DRAWS_PER_RUN = 200
"""Draws for each run asked for after which a view that hardly matches is given up."""

Progress = Callable[[str, int, int], None]
"""Told after each block: source view, matching runs so far, matching runs asked for."""

_scenarios: dict[str, Scenario] = {}


class NoMatchError(Exception):
    """Hardly any draw of any source view matches the reported run-up."""


@dataclass
class _View:
    """A source view while it is being played."""

    name: str
    wanted: int
    blocks: dict[int, Block] = field(default_factory=dict)
    sent: int = 0
    given_up: bool = False

    @property
    def in_order(self) -> list[Block]:
        """Blocks from the first to the last before a gap."""
        found: list[Block] = []
        while len(found) in self.blocks:
            found.append(self.blocks[len(found)])
        return found

    @property
    def kept(self) -> int:
        """Matching runs so far, in order."""
        return sum(block.columns["run"].size for block in self.in_order)

    def needs_more(self, running: int) -> bool:
        """True if more blocks should be sent, given how many are under way."""
        done = sum(block.columns["run"].size for block in self.blocks.values())
        share = max(done / (len(self.blocks) * BLOCK), 1e-3) if self.blocks else 0.25
        return self.kept < self.wanted and done + running * share * BLOCK < self.wanted


def play_views(
    views: dict[str, Scenario],
    seed: int,
    runs: int,
    horizon: int,
    workers: int | None = None,
    progress: Progress | None = None,
) -> tuple[dict[str, LensRuns], bool]:
    """Runs of every source view, and whether all of them were finished.

    Ctrl-C stops early; what is finished is returned, in order, as a fair sample.
    """
    open_views = {name: _View(name, runs) for name in views}
    complete = True
    workers = workers or os.cpu_count() or 1
    pool = _pool(views, workers)
    try:
        for view in _finished(pool, open_views, seed, horizon, 2 * workers):
            if progress is not None:
                progress(view.name, min(view.kept, runs), runs)
        found = {name: _merged(view, len(views[name].outcomes)) for name, view in open_views.items() if view.in_order}
        if complete and not any(lens.kept for lens in found.values()):
            raise NoMatchError("hardly any draw of any source view matches the reported run-up")
        zone_columns = _zones(pool, found, seed)
    except KeyboardInterrupt:
        complete, zone_columns = False, {}
        found = {name: _merged(view, len(views[name].outcomes)) for name, view in open_views.items() if view.in_order}
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        if not complete:
            for child in multiprocessing.active_children():
                child.terminate()
    return {name: _with_zones(runs_of, zone_columns.get(name)) for name, runs_of in found.items()}, complete


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


def _pool(views: dict[str, Scenario], workers: int) -> Executor:
    if workers == 1:
        return _Here(views)
    context = multiprocessing.get_context("spawn")
    try:
        return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(views,))
    except OSError:
        return _Here(views)


@contextmanager
def _deaf() -> Iterator[None]:
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


def _block(name: str, seed: int, number: int, horizon: int) -> Block:
    return play_block(_scenarios[name], seed, number * BLOCK, BLOCK, horizon)


def _zone_block(name: str, seed: int, runs: Any) -> tuple[Any, Any]:
    return zones(_scenarios[name], seed, runs)


def _finished(pool: Executor, views: dict[str, _View], seed: int, horizon: int, limit: int) -> Iterator[_View]:
    """Send blocks, view by view in turn, and give each view back when one of its blocks is done."""
    running: dict[Future[Block], tuple[_View, int]] = {}
    while True:
        for view in sorted(views.values(), key=lambda v: v.sent):
            under_way = sum(1 for other, _ in running.values() if other is view)
            if len(running) < limit and view.needs_more(under_way):
                with _deaf():
                    running[pool.submit(_block, view.name, seed, view.sent, horizon)] = (view, view.sent)
                view.sent += 1
        if not running:
            return
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            view, number = running.pop(future)
            view.blocks[number] = future.result()
            if view.sent * BLOCK > MOST_DRAWS_PER_RUN * view.wanted + 20 * BLOCK:
                view.wanted, view.given_up = view.kept, True
            yield view


def _merged(view: _View, outcomes: int) -> LensRuns:
    """The first matching runs in order of their numbers."""
    blocks = view.in_order
    columns = {
        name: np.concatenate([block.columns[name] for block in blocks])[: view.wanted] for name in blocks[0].columns
    }
    states = np.concatenate([block.states for block in blocks], axis=1)[:, : view.wanted]
    by_week = np.array([np.bincount(week, minlength=outcomes) for week in states], dtype=np.int64)
    full = view.kept >= view.wanted and not view.given_up
    drawn = int(columns["run"][-1]) + 1 if full else len(blocks) * BLOCK
    opening = {}
    for name in blocks[0].opening:
        values = np.concatenate([block.opening[name] for block in blocks])[: view.wanted]
        if values.size:
            low, middle, high = np.quantile(values, (0.1, 0.5, 0.9))
            opening[name] = (float(low), float(middle), float(high))
    return LensRuns(view.name, drawn, columns, by_week, opening)


def _zones(pool: Executor, found: dict[str, LensRuns], seed: int) -> dict[str, tuple[Any, Any]]:
    """Agreements on the menu and at all, for the first matching runs of each view."""
    futures = {}
    for name, lens in found.items():
        runs = lens.columns["run"][:ZONE_RUNS].astype(np.int64)
        parts = [runs[at : at + ZONE_BLOCK] for at in range(0, runs.size, ZONE_BLOCK)]
        futures[name] = [pool.submit(_zone_block, name, seed, part) for part in parts]
    made = {name: [future.result() for future in parts] for name, parts in futures.items() if parts}
    return {name: tuple(np.concatenate(column) for column in zip(*parts, strict=True)) for name, parts in made.items()}  # type: ignore[misc]


def _with_zones(lens: LensRuns, zone: tuple[Any, Any] | None) -> LensRuns:
    """The view with columns for agreements on the menu and not on the menu; -1 where not looked for."""
    on_menu, shadow = np.full(lens.kept, -1.0), np.full(lens.kept, -1.0)
    if zone is not None:
        on_menu[: zone[0].size] = zone[0]
        shadow[: zone[1].size] = zone[1] * (1.0 - zone[0])
    columns = {**lens.columns, "zone_on_menu": on_menu, "shadow": shadow}
    return LensRuns(lens.lens, lens.drawn, columns, lens.by_week, lens.opening)
