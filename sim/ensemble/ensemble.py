"""Ensemble: scenarios played under every source view, from the files to the results.

Read aloud
    Every source view of a scenario is played with the same luck. The manifest keeps the scenario's own text, the
    views and what the command changed, so that any run can be told years later without the files.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np

from sim.ensemble.block import after_run_up
from sim.ensemble.digest import code_digest
from sim.ensemble.group import Enough
from sim.ensemble.parts import OnDisk, Store, done_with, writing
from sim.ensemble.plan import Plan
from sim.ensemble.results import Results
from sim.ensemble.run import ZONE_RUNS, Progress, Watch, play_views
from sim.spec.scenario import Scenario


def play(
    plans: Sequence[Plan],
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    zone_runs: int = ZONE_RUNS,
    store: Store | None = None,
    enough: Enough | None = None,
    watch: Watch | None = None,
) -> list[Results]:
    """Play what was planned together; those scenarios that share a run-up share its runs, played once.

    Blocks that the store has already are not played again. Progress and watch name a view by its own name, or by the
    scenario's and its own where there are several scenarios. Ctrl-C ends early: the runs finished so far are returned
    and the manifest says that it is not complete.
    """
    start, first = time.perf_counter(), plans[0].manifest
    views = {plan.key(lens): scenario for plan in plans for lens, scenario in plan.views.items()}
    seed, runs, horizon = first.seed, first.runs_asked, first.horizon_weeks
    told, watched = (_told(progress, plans[0]), _told(watch, plans[0])) if len(plans) == 1 else (progress, watch)
    found, complete = play_views(views, seed, runs, horizon, workers, told, zone_runs, store, enough, watched)
    end = {"seconds": round(time.perf_counter() - start, 3), "complete": complete}
    return [
        Results(
            plan.manifest.model_copy(update=end),
            {lens: replace(found[plan.key(lens)], lens=lens) for lens in plan.views if plan.key(lens) in found},
        )
        for plan in plans
    ]


def _told(tell: Callable[..., None] | None, plan: Plan) -> Callable[..., None] | None:
    """What is told by the source view's own name, where there is one scenario only."""
    if tell is None:
        return None
    names = {plan.key(lens): lens for lens in plan.views}
    return lambda view, *numbers: tell(names[view], *numbers)


@contextmanager
def keeping(plans: Sequence[Plan], folders: Sequence[Path], *, anew: bool = True) -> Iterator[OnDisk]:
    """Keep finished blocks in the folders of results, one for each plan, until the results are saved there.

    With `anew=False`, what an earlier run left is taken up. The parts are removed once `finish` was called. A reader
    of what is printed meanwhile who goes away is no fault of the folders.
    """
    gone: BrokenPipeError | None = None
    with ExitStack() as stack:
        places = dict[str, tuple[Path, str, str]]()
        for plan, folder in zip(plans, folders, strict=True):
            parts = stack.enter_context(writing(folder, plan.manifest, anew=anew))
            digest = f"{plan.manifest.digest} {code_digest()}"
            places |= {plan.key(lens): (parts, digest, lens) for lens in plan.views}
        store = OnDisk(places)
        try:
            yield store
        except BrokenPipeError as error:
            gone = error
        if store.finished:
            for parts in {parts for parts, _, _ in places.values()}:
                done_with(parts)
    if gone is not None:
        raise gone


def matching_runs(scenario: Scenario, seed: int, among: int = 8) -> tuple[int, ...]:
    """Which of the first runs match the reported run-up."""
    return tuple(after_run_up(scenario, seed, np.arange(among)).runs.tolist())
