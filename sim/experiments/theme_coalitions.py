"""Theme coalitions: the same draws played for every set of the themes in which two source views differ.

In a set, its themes are as the second view has them and all else as the first has it (coupled_draws.py).
"""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass

import numpy as np

from sim.ensemble.dispatcher import NoMatchError, Progress
from sim.ensemble.process_pool import count_blocks_at_once, ignore_interrupts, open_executor
from sim.experiments.coupled_draws import FIRST, NOT_MATCHED, OTHER_ACCOUNT, SECOND, DrawOutcomes, Task, simulate_task
from sim.experiments.theme_differences import ACCOUNT, ThemeDifference, replace_account
from sim.schema.scenario import Scenario

RUNS_A_TASK, DRAWS_A_TASK = 8192, 1024
"""Runs that a process plays before it reports, and draws of one set among them at most."""


@dataclass(frozen=True)
class Design:
    """What is to be played."""

    first: Scenario
    """The scenario as the first view sees it."""
    second: Scenario
    """The scenario as the second one sees it."""
    themes: tuple[ThemeDifference, ...]
    """Themes in which they differ."""
    seed: int
    """Seed of all luck."""
    draws: int
    """Draws of every set of themes, matching or not."""
    horizon: int
    """Weeks played."""

    @property
    def views(self) -> dict[str, Scenario]:
        """Scenarios that every process must hold."""
        other = replace_account(self.first, self.second)
        return {FIRST: self.first, SECOND: self.second, OTHER_ACCOUNT: other}


@dataclass(frozen=True)
class Coalitions:
    """How every draw ends in every set of themes."""

    themes: tuple[str, ...]
    """Themes in which the views differ; theme n is in set s if bit n of s is set."""
    outcomes: DrawOutcomes
    """Number of the outcome, or NOT_MATCHED: (sets, draws)."""


def simulate_coalitions(
    design: Design,
    workers: int | None = None,
    progress: Progress | None = None,
    known: dict[int, DrawOutcomes] | None = None,
) -> Coalitions:
    """Play all sets of themes; the same for any number of workers.

    Args:
        design: What is to be played.
        workers: Processes; one per core if left out.
        progress: Called after each task.
        known: Sets that were played before and are not played again; whatever is finished is added, even if Ctrl-C
            comes before the end.

    Raises:
        NoMatchError: in some set no draw matches the reported run-up, so that nothing is a share of it.
    """
    names = tuple(theme.theme for theme in design.themes)
    ends = simulate_sets(design, range(2 ** len(names)), workers, progress, known)
    for number in np.flatnonzero((ends == NOT_MATCHED).all(axis=1)).tolist():
        taken = ", ".join(name for n, name in enumerate(names) if number >> n & 1) or "nothing"
        raise NoMatchError(
            f"with {taken} as the second source view has it, none of {design.draws:,} draws matches the reported "
            "run-up: give more `draws=`"
        )
    return Coalitions(names, ends)


def simulate_sets(
    design: Design,
    sets: Sequence[int],
    workers: int | None = None,
    progress: Progress | None = None,
    known: dict[int, DrawOutcomes] | None = None,
) -> DrawOutcomes:
    """How the draws of some sets of themes end: (sets, draws).

    Args:
        design: What is to be played.
        sets: Sets of themes; theme n is in set s if bit n of s is set.
        workers: Processes; one per core if left out.
        progress: Called after each task.
        known: Sets that were played before; finished ones are added.
    """
    known = {} if known is None else known
    ends = np.full((len(sets), design.draws), NOT_MATCHED, dtype=np.uint8)
    rows, left = {number: row for row, number in enumerate(sets)}, [number for number in sets if number not in known]
    for number in rows.keys() & known.keys():
        ends[rows[number]] = known[number]
    done = ends.size - len(left) * design.draws
    if not left:
        return ends
    with open_executor(design.views, workers) as pool:
        for task, found in _simulate_tasks(pool, make_tasks(design, left), workers or os.cpu_count() or 1):
            ends[[rows[number] for number in task.sets], slice(*task.draws)] = found
            if task.draws[1] == design.draws:  # tasks come in order, so that this is the last one of its sets
                known.update((number, ends[rows[number]]) for number in task.sets)
            done += found.size
            if progress is not None:
                progress("runs of all sets of themes", done, ends.size)
    return ends


def make_tasks(design: Design, sets: Sequence[int]) -> Iterator[Task]:
    """All sets and draws; a task never holds sets with different accounts of the run-up."""
    account = sum(1 << n for n, theme in enumerate(design.themes) if theme.theme == ACCOUNT)
    step = max(RUNS_A_TASK // min(design.draws, DRAWS_A_TASK), 1)
    for alike in ([n for n in sets if not n & account], [n for n in sets if n & account]):
        for at in range(0, len(alike), step):
            for begin in range(0, design.draws, DRAWS_A_TASK):
                span = (begin, min(begin + DRAWS_A_TASK, design.draws))
                yield Task(design.themes, tuple(alike[at : at + step]), span, design.seed, design.horizon)


def _simulate_tasks(pool: Executor, tasks: Iterator[Task], workers: int) -> Iterator[tuple[Task, DrawOutcomes]]:
    """Every task with what came of it, in order, a few of them under way at a time."""
    running = deque[tuple[Task, Future[DrawOutcomes]]]()
    for task in tasks:
        with ignore_interrupts():
            running.append((task, pool.submit(simulate_task, task)))
        while len(running) >= count_blocks_at_once(pool, workers):
            sent, future = running.popleft()
            yield sent, future.result()
    for sent, future in running:
        yield sent, future.result()
