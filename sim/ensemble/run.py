"""Run: all source views of one or several scenarios, in blocks of draws, on all cores, until enough runs match.

Blocks are numbered ranges of draws. A view's result is made of its first matching runs in order of their numbers,
whatever the order in which blocks finish, so it does not depend on the number of workers. Views that share a run-up
(scenario files beside one base, through one lens) are played together, their run-up once.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.block import Block
from sim.ensemble.parts import InMemory, Store
from sim.ensemble.pool import BLOCK, blocks_at_once, blocks_of, deaf, pool_of, zone_block
from sim.ensemble.results import LensRuns
from sim.spec.scenario import Scenario

ZONE_RUNS = 1000
"""Matching runs for which agreements not on the menu are looked for."""

ZONE_BLOCK = 500
MOST_DRAWS_PER_RUN = 200
"""Draws for each run asked for after which a view that hardly matches is given up."""

OPENING = "opening/"

Progress = Callable[[str, int, int], None]
"""Told after each block: source view, matching runs so far, matching runs asked for."""


Counts = dict[str, NDArray[np.int64]]
"""Matching runs by outcome, for each view."""

Enough = Callable[[NDArray[np.int64]], bool]
"""True if counts by outcome say enough; asked after every block, so it must hold at every look."""


Watch = Callable[[str, NDArray[np.int64]], None]
"""Told after each block: a view, and its matching runs so far by outcome."""


class NoMatchError(Exception):
    """Hardly any draw of any source view matches the reported run-up."""


@dataclass
class _Group:
    """Views that share a run-up, and therefore their matching runs, while they are being played."""

    names: tuple[str, ...]
    wanted: int
    counts: dict[int, Counts] = field(default_factory=dict)
    sent: int = 0
    in_order: int = 0
    kept: int = 0
    so_far: Counts = field(default_factory=dict)
    given_up: bool = False

    def add(self, number: int, counts: Counts, enough: Enough | None) -> None:
        """Note a finished block; blocks count in the order of their numbers, however they come in."""
        self.counts[number] = counts
        while self.in_order in self.counts and self.kept < self.wanted:
            for name, found in self.counts[self.in_order].items():
                self.so_far[name] = self.so_far.get(name, 0) + found
            self.in_order += 1
            self.kept = int(self.so_far[self.names[0]].sum())
            if enough is not None and self.kept and all(enough(found) for found in self.so_far.values()):
                self.wanted = min(self.kept, self.wanted)

    def needs_more(self, running: int) -> bool:
        """True if more blocks should be sent, given how many are under way."""
        done = sum(int(counts[self.names[0]].sum()) for counts in self.counts.values())
        share = max(done / (len(self.counts) * BLOCK), 1e-3) if self.counts else 0.25
        return self.kept < self.wanted and done + running * share * BLOCK < self.wanted


def _groups(views: dict[str, Scenario], runs: int) -> list[_Group]:
    """Views by the run-up they share."""
    shared: list[tuple[Scenario, list[str]]] = []
    for name, scenario in views.items():
        names = next((names for before, names in shared if before == scenario.in_run_up), None)
        if names is None:
            shared.append((scenario.in_run_up, [name]))
        else:
            names.append(name)
    return [_Group(tuple(names), runs) for _, names in shared]


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
    groups, store = _groups(views, runs), InMemory() if store is None else store
    outcomes = {name: len(scenario.outcomes) for name, scenario in views.items()}
    complete = True
    workers = workers or os.cpu_count() or 1
    pool = pool_of(views, workers)
    try:
        desk = _Desk(store, outcomes, enough)
        for group in _finished(pool, groups, seed, horizon, blocks_at_once(pool, workers), desk):
            for name in group.names:
                if watch is not None:
                    watch(name, group.so_far.get(name, np.zeros(0, dtype=np.int64)))
                if progress is not None:
                    progress(name, min(group.kept, group.wanted), group.wanted)
        found = _found(groups, outcomes, store)
        if complete and not any(lens.kept for lens in found.values()):
            raise NoMatchError("hardly any draw of any source view matches the reported run-up")
        zone_columns = _zones(pool, found, seed, zone_runs)
    except KeyboardInterrupt:
        complete, zone_columns = False, {}
        found = _found(groups, outcomes, store)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        if not complete:
            for child in multiprocessing.active_children():
                child.terminate()
    return {name: _with_zones(runs_of, zone_columns.get(name)) for name, runs_of in found.items()}, complete


def _found(groups: list[_Group], outcomes: dict[str, int], store: Store) -> dict[str, LensRuns]:
    """What is finished, view by view in the order asked for."""
    of = {name: group for group in groups if group.in_order for name in group.names}
    return {name: _merged(of[name], name, outcomes[name], store) for name in outcomes if name in of}


@dataclass(frozen=True)
class _Desk:
    """Where finished blocks are handed in."""

    store: Store
    outcomes: dict[str, int]
    enough: Enough | None

    def hand_in(self, group: _Group, number: int, blocks: dict[str, Block]) -> None:
        """Keep a block of a group and count it."""
        counts = {
            name: np.bincount(block.columns["outcome"].astype(np.int64), minlength=self.outcomes[name])
            for name, block in blocks.items()
        }
        group.add(number, counts, self.enough)
        if group.sent * BLOCK > MOST_DRAWS_PER_RUN * group.wanted + 20 * BLOCK:
            group.wanted, group.given_up = group.kept, True

    def already(self, group: _Group, number: int) -> dict[str, Block] | None:
        """The block of every view of the group, if the store has them all."""
        found = {name: self.store.block(name, number) for name in group.names}
        return {name: block for name, block in found.items() if block} if all(found.values()) else None


def _finished(
    pool: Executor, groups: list[_Group], seed: int, horizon: int, limit: int, desk: _Desk
) -> Iterator[_Group]:
    """Send blocks, group by group in turn, and give each group back when one of its blocks is done."""
    running: dict[Future[dict[str, Block]], tuple[_Group, int]] = {}
    while True:
        for group in sorted(groups, key=lambda g: g.sent):
            under_way = sum(1 for other, _ in running.values() if other is group)
            if len(running) >= limit or not group.needs_more(under_way):
                continue
            number, group.sent = group.sent, group.sent + 1
            if there := desk.already(group, number):
                desk.hand_in(group, number, there)
                yield group
                continue
            with deaf():
                running[pool.submit(blocks_of, group.names, seed, number, horizon)] = (group, number)
        if not running and not any(group.needs_more(0) for group in groups):
            return
        done, _ = wait(running, return_when=FIRST_COMPLETED) if running else (set(), set())
        for future in done:
            group, number = running.pop(future)
            blocks = future.result()
            for name, block in blocks.items():
                desk.store.keep(name, number, block)
            desk.hand_in(group, number, blocks)
            yield group


def _merged(group: _Group, name: str, outcomes: int, store: Store) -> LensRuns:
    """The first matching runs of a view in order of their numbers."""
    found = store.joined(name, range(group.in_order), group.wanted)
    columns = {what: column for what, column in found.columns.items() if not what.startswith(OPENING)}
    full = group.kept >= group.wanted and not group.given_up
    drawn = int(columns["run"][-1]) + 1 if full else group.in_order * BLOCK
    opening = {}
    for what, values in found.columns.items():
        if what not in columns and values.size:
            low, middle, high = np.quantile(values, (0.1, 0.5, 0.9))
            opening[what.removeprefix(OPENING)] = (float(low), float(middle), float(high))
    return LensRuns(name, drawn, columns, found.by_week[:, :outcomes], opening)


def _zones(pool: Executor, found: dict[str, LensRuns], seed: int, most: int) -> dict[str, tuple[Any, Any]]:
    """Agreements on the menu and at all, for the first matching runs of each view."""
    futures = {}
    for name, lens in found.items():
        runs = lens.columns["run"][:most].astype(np.int64)
        parts = [runs[at : at + ZONE_BLOCK] for at in range(0, runs.size, ZONE_BLOCK)]
        futures[name] = [pool.submit(zone_block, name, seed, part) for part in parts]
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
