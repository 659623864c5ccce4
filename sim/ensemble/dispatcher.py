"""Dispatcher: all source views of one or several scenarios, in blocks of draws, on all cores, until enough runs match.

Blocks are numbered ranges of draws. A view's result is made of its first matching runs in order of their numbers,
whatever the order in which blocks finish, so it does not depend on the number of workers. Views that share a run-up
(scenario files beside one base, through one source view) are played together, their run-up once.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.block_store import OPENING, BlockStore, MemoryStore
from sim.ensemble.columns import Column, append_columns, drop_columns
from sim.ensemble.kept_processes import end_processes
from sim.ensemble.process_pool import count_blocks_at_once, ignore_interrupts, is_local, make_executor
from sim.ensemble.results import ViewRuns
from sim.ensemble.view_group import StoppingRule, ViewGroup, choose_next_group, group_views
from sim.ensemble.worker import BlockSummary, find_view_zones, simulate_and_store, summarize_block
from sim.schema.scenario import Scenario

ZONE_RUNS = 1000
"""Matching runs for which agreements not on the menu are looked for."""

ZONE_BLOCK = 125
"""Runs of them that are looked at in one go."""

Progress = Callable[[str, int, int], None]
"""Called after each block: source view, matching runs so far, matching runs asked for."""

OnPlayed = Callable[[dict[str, ViewRuns]], None]
"""Called once all runs are played, before the search for agreements not on the menu is over."""

OnCounts = Callable[[str, NDArray[np.int64]], None]
"""Called after each block: a view, and its matching runs so far in each outcome's state after each week."""

Zones = tuple[Column, Column]
"""For some runs: 1 where there is an agreement that everybody prefers to fighting on, on the menu, and at all."""


class NoMatchError(Exception):
    """Hardly any draw of any source view matches the reported run-up."""


def simulate_views(
    views: dict[str, Scenario],
    seed: int,
    runs: int,
    horizon: int,
    workers: int | None = None,
    progress: Progress | None = None,
    zone_runs: int = ZONE_RUNS,
    store: BlockStore | None = None,
    stopping_rule: StoppingRule | None = None,
    on_counts: OnCounts | None = None,
    on_played: OnPlayed | None = None,
) -> tuple[dict[str, ViewRuns], bool]:
    """Runs of every view, and whether all of them were finished.

    Ctrl-C stops early; what is finished is returned, in order, as a fair sample. Blocks that the store has already
    are not played again. With a stopping rule, a group ends at the first block after which all its views have enough.

    Args:
        views: The scenario through each source view, by name.
        seed: Seed of all luck.
        runs: Matching runs asked for, for each view.
        horizon: Weeks to play.
        workers: Processes; one per core if left out.
        progress: Called after each block.
        zone_runs: Matching runs for which agreements not on the menu are looked for.
        store: Where finished blocks stay; in memory if left out.
        stopping_rule: Says when counts by outcome are enough; if left out, all runs asked for are played.
        on_counts: Called after each block with counts by week: (weeks, outcomes).
        on_played: Called with the runs by view as soon as all are played.

    Returns:
        Runs by view, and True if all of them were finished.

    Raises:
        NoMatchError: hardly any draw of any view matches the reported run-up.
    """
    groups, store = group_views(views, runs, stopping_rule), MemoryStore() if store is None else store
    outcomes = {name: len(scenario.outcomes) for name, scenario in views.items()}
    complete = True
    workers = workers or os.cpu_count() or 1
    pool = make_executor(views, workers)
    try:
        dispatcher = _Dispatcher(pool, workers, store, outcomes)
        for group in _dispatch_blocks(dispatcher, groups, seed, horizon):
            for name in group.names:
                if on_counts is not None and name in group.counts:
                    on_counts(name, group.counts[name])
                if progress is not None:
                    progress(name, min(group.n_counted, group.n_wanted), group.n_wanted)
        if not any(group.n_counted for group in groups):
            raise NoMatchError("hardly any draw of any source view matches the reported run-up")
        found = _collect_views(groups, outcomes, store)
        zones = _submit_zones(pool, found, seed, zone_runs)
        if on_played is not None:
            on_played({name: _add_zones(runs_of, None) for name, runs_of in found.items()})
        zone_columns = {name: _concatenate_zones(parts) for name, parts in zones.items() if parts}
    except KeyboardInterrupt:
        complete, zone_columns = False, dict[str, Zones]()
        found = _collect_views(groups, outcomes, store)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        if not complete:
            end_processes()
    return {name: _add_zones(runs_of, zone_columns.get(name)) for name, runs_of in found.items()}, complete


def _collect_views(groups: list[ViewGroup], outcomes: dict[str, int], store: BlockStore) -> dict[str, ViewRuns]:
    """What is finished, view by view in the order asked for."""
    of = {name: group for group in groups if group.n_in_order for name in group.names}
    return {name: _merge_blocks(of[name], name, outcomes[name], store) for name in outcomes if name in of}


@dataclass(frozen=True)
class _Dispatcher:
    """Sends blocks to the pool, and takes what comes back."""

    pool: Executor
    workers: int
    store: BlockStore
    outcomes: dict[str, int]

    @property
    def capacity(self) -> int:
        """Blocks to have under way now; a cluster may have grown."""
        return count_blocks_at_once(self.pool, self.workers)

    def dispatch(self, group: ViewGroup, seed: int, number: int, horizon: int) -> Future[dict[str, BlockSummary]]:
        """Have a block of a group played, and stored by whoever plays it if that can be.

        Args:
            group: Views that share a run-up.
            seed: Seed of all luck.
            number: Number of the block, from 0.
            horizon: Weeks to play.
        """
        store = self.store.worker_store if is_local(self.pool) else None
        with ignore_interrupts():
            return self.pool.submit(simulate_and_store, store, group.names, seed, number, horizon, group.block)

    def receive(self, group: ViewGroup, number: int, found: dict[str, BlockSummary]) -> None:
        """Count a block of a group, and store it if it is not stored yet."""
        for name, left in found.items():
            if left.block is not None:
                self.store.put(name, number, left.block)
        group.add(number, {name: left.by_week for name, left in found.items()})

    def find_stored(self, group: ViewGroup, number: int) -> dict[str, BlockSummary] | None:
        """What the block of every view of the group has left, if the store has them all."""
        found = {}
        for name in group.names:
            if (block := self.store.get(name, number)) is None:
                return None
            found[name] = summarize_block(block, self.outcomes[name], stored=True)
        return found


def _dispatch_blocks(dispatcher: _Dispatcher, groups: list[ViewGroup], seed: int, horizon: int) -> Iterator[ViewGroup]:
    """Send blocks, group by group in turn, and give each group back when one of its blocks is done."""
    running: dict[Future[dict[str, BlockSummary]], tuple[ViewGroup, int]] = {}
    while True:
        while len(running) < dispatcher.capacity and (group := choose_next_group(groups, running.values())) is not None:
            number, group.n_sent = group.n_sent, group.n_sent + 1
            if (there := dispatcher.find_stored(group, number)) is not None:
                dispatcher.receive(group, number, there)
                yield group
            else:
                running[dispatcher.dispatch(group, seed, number, horizon)] = (group, number)
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            group, number = running.pop(future)
            dispatcher.receive(group, number, future.result())
            yield group


def _merge_blocks(group: ViewGroup, name: str, outcomes: int, store: BlockStore) -> ViewRuns:
    """The first matching runs of a view in order of their numbers."""
    found = store.concatenate(name, range(group.n_in_order), group.n_wanted)
    columns, before = drop_columns(found.columns, OPENING), (what for what in found.columns if what.startswith(OPENING))
    full = group.n_counted >= group.n_wanted and not group.given_up
    drawn = int(columns["run"][-1]) + 1 if full else group.n_drawn
    opening = {}
    for what in before:
        if (values := found.columns[what]).size:
            low, middle, high = np.quantile(values, (0.1, 0.5, 0.9))
            opening[what.removeprefix(OPENING)] = (float(low), float(middle), float(high))
    return ViewRuns(name, drawn, columns, found.by_week[:, :outcomes], opening)


def _submit_zones(pool: Executor, found: dict[str, ViewRuns], seed: int, most: int) -> dict[str, list[Future[Zones]]]:
    """Have agreements looked for in the first matching runs of each view, while everything else is put together."""
    sent = {}
    for name, view in found.items():
        runs = view.columns["run"][:most].astype(np.int64)
        parts = [runs[at : at + ZONE_BLOCK] for at in range(0, runs.size, ZONE_BLOCK)]
        with ignore_interrupts():
            sent[name] = [pool.submit(find_view_zones, name, seed, part) for part in parts]
    return sent


def _concatenate_zones(parts: list[Future[Zones]]) -> Zones:
    """Agreements on the menu and at all, for all of these runs."""
    on_menu, at_all = zip(*(part.result() for part in parts), strict=True)
    return np.concatenate(on_menu), np.concatenate(at_all)


def _add_zones(view: ViewRuns, zone: Zones | None) -> ViewRuns:
    """The view with columns for agreements on the menu and not on the menu; -1 where not looked for."""
    on_menu, shadow = np.full(view.n_matching, -1.0), np.full(view.n_matching, -1.0)
    if zone is not None:
        on_menu[: zone[0].size] = zone[0]
        shadow[: zone[1].size] = zone[1] * (1.0 - zone[0])
    columns = append_columns(view.columns, {"zone_on_menu": on_menu, "zone_off_menu_only": shadow})
    return ViewRuns(view.name, view.n_drawn, columns, view.by_week, view.opening)
