"""Run: all source views of one or several scenarios, in blocks of draws, on all cores, until enough runs match.

Blocks are numbered ranges of draws. A view's result is made of its first matching runs in order of their numbers,
whatever the order in which blocks finish, so it does not depend on the number of workers. Views that share a run-up
(scenario files beside one base, through one lens) are played together, their run-up once.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.columns import Column, joined_with, without
from sim.ensemble.group import Enough, Group, groups_of, next_of
from sim.ensemble.parts import OPENING, InMemory, Store
from sim.ensemble.pool import Left, blocks_at_once, deaf, is_here, kept_of, left_of, pool_of, zone_block
from sim.ensemble.results import LensRuns
from sim.spec.scenario import Scenario

ZONE_RUNS = 1000
"""Matching runs for which agreements not on the menu are looked for."""

ZONE_BLOCK = 125
"""Runs of them that are looked at in one go."""

Progress = Callable[[str, int, int], None]
"""Told after each block: source view, matching runs so far, matching runs asked for."""

Watch = Callable[[str, NDArray[np.int64]], None]
"""Told after each block: a view, and its matching runs so far in each outcome's state after each week."""

Zones = tuple[Column, Column]
"""For some runs: 1 where there is an agreement that everybody prefers to fighting on, on the menu, and at all."""


class NoMatchError(Exception):
    """Hardly any draw of any source view matches the reported run-up."""


def play_views(
    views: dict[str, Scenario],
    seed: int,
    runs: int,
    horizon: int,
    workers: int | None = None,
    progress: Progress | None = None,
    zone_runs: int = ZONE_RUNS,
    store: Store | None = None,
    enough: Enough | None = None,
    watch: Watch | None = None,
) -> tuple[dict[str, LensRuns], bool]:
    """Runs of every view, and whether all of them were finished.

    Ctrl-C stops early; what is finished is returned, in order, as a fair sample. Blocks that the store has already
    are not played again. With `enough`, a group ends at the first block after which all its views have enough runs.
    """
    groups, store = groups_of(views, runs, enough), InMemory() if store is None else store
    outcomes = {name: len(scenario.outcomes) for name, scenario in views.items()}
    complete = True
    workers = workers or os.cpu_count() or 1
    pool = pool_of(views, workers)
    try:
        desk = _Desk(pool, workers, store, outcomes)
        for group in _finished(desk, groups, seed, horizon):
            for name in group.names:
                if watch is not None and name in group.so_far:
                    watch(name, group.so_far[name])
                if progress is not None:
                    progress(name, min(group.kept, group.wanted), group.wanted)
        if not any(group.kept for group in groups):
            raise NoMatchError("hardly any draw of any source view matches the reported run-up")
        zones = _zones_sent(desk, groups, seed, zone_runs)
        found = _found(groups, outcomes, store)
        zone_columns = {name: _joined(parts) for name, parts in zones.items() if parts}
    except KeyboardInterrupt:
        complete, zone_columns = False, dict[str, Zones]()
        found = _found(groups, outcomes, store)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        if not complete:
            for child in multiprocessing.active_children():
                child.terminate()
    return {name: _with_zones(runs_of, zone_columns.get(name)) for name, runs_of in found.items()}, complete


def _found(groups: list[Group], outcomes: dict[str, int], store: Store) -> dict[str, LensRuns]:
    """What is finished, view by view in the order asked for."""
    of = {name: group for group in groups if group.in_order for name in group.names}
    return {name: _merged(of[name], name, outcomes[name], store) for name in outcomes if name in of}


@dataclass(frozen=True)
class _Desk:
    """Where blocks are given out and handed in."""

    pool: Executor
    workers: int
    store: Store
    outcomes: dict[str, int]

    @property
    def places(self) -> int:
        """Blocks to have under way now; a cluster may have grown."""
        return blocks_at_once(self.pool, self.workers)

    def give_out(self, group: Group, seed: int, number: int, horizon: int) -> Future[dict[str, Left]]:
        """Have a block of a group played, and kept by whoever plays it if that can be."""
        keeper = self.store.for_workers if is_here(self.pool) else None
        with deaf():
            return self.pool.submit(kept_of, keeper, group.names, seed, number, horizon, group.block)

    def hand_in(self, group: Group, number: int, found: dict[str, Left]) -> None:
        """Count a block of a group, and keep it if it is not kept yet."""
        for name, left in found.items():
            if left.block is not None:
                self.store.keep(name, number, left.block)
        group.add(number, {name: left.by_week for name, left in found.items()})

    def already(self, group: Group, number: int) -> dict[str, Left] | None:
        """What the block of every view of the group has left, if the store has them all."""
        found = {}
        for name in group.names:
            if (block := self.store.block(name, number)) is None:
                return None
            found[name] = left_of(block, self.outcomes[name], kept=True)
        return found


def _finished(desk: _Desk, groups: list[Group], seed: int, horizon: int) -> Iterator[Group]:
    """Send blocks, group by group in turn, and give each group back when one of its blocks is done."""
    running: dict[Future[dict[str, Left]], tuple[Group, int]] = {}
    while True:
        while len(running) < desk.places and (group := next_of(groups, running.values())) is not None:
            number, group.sent = group.sent, group.sent + 1
            if (there := desk.already(group, number)) is not None:
                desk.hand_in(group, number, there)
                yield group
            else:
                running[desk.give_out(group, seed, number, horizon)] = (group, number)
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            group, number = running.pop(future)
            desk.hand_in(group, number, future.result())
            yield group


def _merged(group: Group, name: str, outcomes: int, store: Store) -> LensRuns:
    """The first matching runs of a view in order of their numbers."""
    found = store.joined(name, range(group.in_order), group.wanted)
    columns, before = without(found.columns, OPENING), (what for what in found.columns if what.startswith(OPENING))
    full = group.kept >= group.wanted and not group.given_up
    drawn = int(columns["run"][-1]) + 1 if full else group.drawn
    opening = {}
    for what in before:
        if (values := found.columns[what]).size:
            low, middle, high = np.quantile(values, (0.1, 0.5, 0.9))
            opening[what.removeprefix(OPENING)] = (float(low), float(middle), float(high))
    return LensRuns(name, drawn, columns, found.by_week[:, :outcomes], opening)


def _zones_sent(desk: _Desk, groups: list[Group], seed: int, most: int) -> dict[str, list[Future[Zones]]]:
    """Have agreements looked for in the first matching runs of each view, while everything else is put together."""
    sent = {}
    for group in (group for group in groups if group.in_order):
        for name in group.names:
            first = desk.store.joined(name, range(group.in_order), min(most, group.wanted))
            runs = first.columns["run"].astype(np.int64)
            parts = [runs[at : at + ZONE_BLOCK] for at in range(0, runs.size, ZONE_BLOCK)]
            with deaf():
                sent[name] = [desk.pool.submit(zone_block, name, seed, part) for part in parts]
    return sent


def _joined(parts: list[Future[Zones]]) -> Zones:
    """Agreements on the menu and at all, for all of these runs."""
    on_menu, at_all = zip(*(part.result() for part in parts), strict=True)
    return np.concatenate(on_menu), np.concatenate(at_all)


def _with_zones(lens: LensRuns, zone: Zones | None) -> LensRuns:
    """The view with columns for agreements on the menu and not on the menu; -1 where not looked for."""
    on_menu, shadow = np.full(lens.kept, -1.0), np.full(lens.kept, -1.0)
    if zone is not None:
        on_menu[: zone[0].size] = zone[0]
        shadow[: zone[1].size] = zone[1] * (1.0 - zone[0])
    columns = joined_with(lens.columns, {"zone_on_menu": on_menu, "shadow": shadow})
    return LensRuns(lens.lens, lens.drawn, columns, lens.by_week, lens.opening)
