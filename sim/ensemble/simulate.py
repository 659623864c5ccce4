"""Simulate: scenarios played under every source view, from the files to the results.

Read aloud
    Every source view of a scenario is played with the same luck. The manifest keeps the scenario's own text, the
    views and what the command changed, so that any run can be narrated years later without the files.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from sim.engines.base import make_engine_for_few
from sim.ensemble.block import simulate_to_week_zero
from sim.ensemble.block_store import BlockStore
from sim.ensemble.dispatcher import ZONE_RUNS, OnCounts, Progress, simulate_views
from sim.ensemble.fingerprint import compute_code_fingerprint
from sim.ensemble.plan import Plan
from sim.ensemble.results import Results, ViewRuns
from sim.ensemble.view_group import StoppingRule
from sim.schema.scenario import Scenario


def simulate_plans(
    plans: Sequence[Plan],
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    zone_runs: int = ZONE_RUNS,
    store: BlockStore | None = None,
    stopping_rule: StoppingRule | None = None,
    on_counts: OnCounts | None = None,
    on_played: Callable[[list[Results]], None] | None = None,
) -> list[Results]:
    """Play what was planned together; those scenarios that share a run-up share its runs, played once.

    Blocks that the store has already are not played again. Callbacks name a view by its own name, or by the
    scenario's and its own where there are several scenarios. Ctrl-C ends early: the runs finished so far are returned
    and the manifest says that it is not complete.

    Args:
        plans: What to play, with the same seed, runs and horizon.
        workers: Processes; one per core if left out.
        progress: Called after each block.
        zone_runs: Matching runs for which agreements not on the menu are looked for.
        store: Where finished blocks stay; in memory if left out.
        stopping_rule: Says when counts by outcome are enough; if left out, all runs asked for are played.
        on_counts: Called after each block with counts by week: (weeks, outcomes).
        on_played: Called with the results as soon as all runs are played, while agreements are looked for off the menu.

    Returns:
        Results of each plan, in order.

    Raises:
        NoMatchError: hardly any draw of any source view matches the reported run-up.
    """
    start, first = time.perf_counter(), plans[0].manifest
    views = {plan.qualify_view(view): scenario for plan in plans for view, scenario in plan.views.items()}
    seed, runs, horizon = first.seed, first.runs_asked, first.horizon_weeks
    on_progress, on_view_counts = (
        (_use_view_names(progress, plans[0]), _use_view_names(on_counts, plans[0]))
        if len(plans) == 1
        else (progress, on_counts)
    )

    def collect(found: dict[str, ViewRuns], *, complete: bool) -> list[Results]:
        seconds = round(time.perf_counter() - start, 3)
        end = {"code": compute_code_fingerprint(), "seconds": seconds, "complete": complete}
        return [_pick_views(plan, found, end) for plan in plans]

    def show_played(found: dict[str, ViewRuns]) -> None:
        if on_played is not None:
            on_played(collect(found, complete=True))

    found, complete = simulate_views(
        views, seed, runs, horizon, workers, on_progress, zone_runs, store, stopping_rule, on_view_counts, show_played
    )
    return collect(found, complete=complete)


def _pick_views(plan: Plan, found: Mapping[str, ViewRuns], end: dict[str, Any]) -> Results:
    """Results of one plan, with what its manifest says at the end."""
    names = {view: plan.qualify_view(view) for view in plan.views}
    views = {view: replace(found[name], name=view) for view, name in names.items() if name in found}
    return Results(plan.manifest.model_copy(update=end), views)


def _use_view_names(callback: Callable[..., None] | None, plan: Plan) -> Callable[..., None] | None:
    """The callback with the source view's own name, where there is one scenario only."""
    if callback is None:
        return None
    names = {plan.qualify_view(view): view for view in plan.views}
    return lambda view, *numbers: callback(names[view], *numbers)


LOOKED_THROUGH = (32, 512)
"""How many of the first runs are looked through for some that match, one number after the other."""


def find_matching_runs(scenario: Scenario, seed: int) -> tuple[int, ...]:
    """Which of the first runs match the reported run-up; with the engine that has so few played soonest."""
    for among in LOOKED_THROUGH:
        if found := simulate_to_week_zero(scenario, seed, np.arange(among), make_engine_for_few).runs.tolist():
            return tuple(found)
    return ()
