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

from sim.ensemble.block import Block
from sim.ensemble.pool import BLOCK, blocks_of, deaf, pool_of, zone_block
from sim.ensemble.results import LensRuns
from sim.spec.scenario import Scenario

ZONE_RUNS = 1000
"""Matching runs for which agreements not on the menu are looked for."""

ZONE_BLOCK = 250
MOST_DRAWS_PER_RUN = 200
"""Draws for each run asked for after which a view that hardly matches is given up."""

Progress = Callable[[str, int, int], None]
"""Told after each block: source view, matching runs so far, matching runs asked for."""


class NoMatchError(Exception):
    """Hardly any draw of any source view matches the reported run-up."""


@dataclass
class _Group:
    """Views that share a run-up, and therefore their matching runs, while they are being played."""

    names: tuple[str, ...]
    wanted: int
    blocks: dict[int, dict[str, Block]] = field(default_factory=dict)
    sent: int = 0
    given_up: bool = False

    @property
    def in_order(self) -> list[dict[str, Block]]:
        """Blocks from the first to the last before a gap."""
        found: list[dict[str, Block]] = []
        while len(found) in self.blocks:
            found.append(self.blocks[len(found)])
        return found

    @property
    def kept(self) -> int:
        """Matching runs so far, in order."""
        return sum(_size(block) for block in self.in_order)

    def needs_more(self, running: int) -> bool:
        """True if more blocks should be sent, given how many are under way."""
        done = sum(_size(block) for block in self.blocks.values())
        share = max(done / (len(self.blocks) * BLOCK), 1e-3) if self.blocks else 0.25
        return self.kept < self.wanted and done + running * share * BLOCK < self.wanted


def _size(block: dict[str, Block]) -> int:
    """Matching runs in a block; the same for every view of a group."""
    return int(next(iter(block.values())).columns["run"].size)


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
) -> tuple[dict[str, LensRuns], bool]:
    """Runs of every view, and whether all of them were finished.

    Ctrl-C stops early; what is finished is returned, in order, as a fair sample.
    """
    groups = _groups(views, runs)
    complete = True
    workers = workers or os.cpu_count() or 1
    pool = pool_of(views, workers)
    try:
        for group in _finished(pool, groups, seed, horizon, 2 * workers):
            if progress is not None:
                for name in group.names:
                    progress(name, min(group.kept, runs), runs)
        found = _found(groups, views)
        if complete and not any(lens.kept for lens in found.values()):
            raise NoMatchError("hardly any draw of any source view matches the reported run-up")
        zone_columns = _zones(pool, found, seed, zone_runs)
    except KeyboardInterrupt:
        complete, zone_columns = False, {}
        found = _found(groups, views)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        if not complete:
            for child in multiprocessing.active_children():
                child.terminate()
    return {name: _with_zones(runs_of, zone_columns.get(name)) for name, runs_of in found.items()}, complete


def _found(groups: list[_Group], views: dict[str, Scenario]) -> dict[str, LensRuns]:
    """What is finished, view by view in the order asked for."""
    found = {
        name: _merged(group, name, len(views[name].outcomes))
        for group in groups
        if group.in_order
        for name in group.names
    }
    return {name: found[name] for name in views if name in found}


def _finished(pool: Executor, groups: list[_Group], seed: int, horizon: int, limit: int) -> Iterator[_Group]:
    """Send blocks, group by group in turn, and give each group back when one of its blocks is done."""
    running: dict[Future[dict[str, Block]], tuple[_Group, int]] = {}
    while True:
        for group in sorted(groups, key=lambda g: g.sent):
            under_way = sum(1 for other, _ in running.values() if other is group)
            if len(running) < limit and group.needs_more(under_way):
                with deaf():
                    running[pool.submit(blocks_of, group.names, seed, group.sent, horizon)] = (group, group.sent)
                group.sent += 1
        if not running:
            return
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            group, number = running.pop(future)
            group.blocks[number] = future.result()
            if group.sent * BLOCK > MOST_DRAWS_PER_RUN * group.wanted + 20 * BLOCK:
                group.wanted, group.given_up = group.kept, True
            yield group


def _merged(group: _Group, name: str, outcomes: int) -> LensRuns:
    """The first matching runs of a view in order of their numbers."""
    blocks = [block[name] for block in group.in_order]
    columns = {
        what: np.concatenate([block.columns[what] for block in blocks])[: group.wanted] for what in blocks[0].columns
    }
    states = np.concatenate([block.states for block in blocks], axis=1)[:, : group.wanted]
    by_week = np.array([np.bincount(week, minlength=outcomes) for week in states], dtype=np.int64)
    full = group.kept >= group.wanted and not group.given_up
    drawn = int(columns["run"][-1]) + 1 if full else len(blocks) * BLOCK
    opening = {}
    for what in blocks[0].opening:
        values = np.concatenate([block.opening[what] for block in blocks])[: group.wanted]
        if values.size:
            low, middle, high = np.quantile(values, (0.1, 0.5, 0.9))
            opening[what] = (float(low), float(middle), float(high))
    return LensRuns(name, drawn, columns, by_week, opening)


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
