"""Replayed signatures: runs of stored or fresh results in the week in which something was signed, or refused."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from analysis.methods.baselines_beside_runs import ReplayedView
from sim.ensemble.manifest import Manifest
from sim.ensemble.results import Results, ViewRuns
from sim.experiments.package_worths import PackageWorths
from sim.experiments.plan_refusals import find_refusals
from sim.experiments.signed_packages import SignedPackages, find_signed_packages
from sim.storage.rebuild import rebuild_view
from sim.workflows.workers import parallel_map

MOST_RUNS = 200
"""Runs with an agreement in force, and with a refused plan, of each source view that are played again."""


def replay_signatures(
    results: Results, worths: Mapping[str, PackageWorths], workers: int | None = 1
) -> dict[str, ReplayedView]:
    """The first runs of every source view with an agreement in force, when it was signed, and with a refused plan.

    Args:
        results: The runs.
        worths: What packages are worth at the end of the run-up, by source view.
        workers: Processes; 1 plays in this process, and None is one per core.
    """
    asked = [(results.manifest, name, *_select_runs(results, results.views[name])) for name in worths]
    found = parallel_map(find_signatures, asked, workers)
    return {name: ReplayedView(worths[name], *one) for name, one in zip(worths, found, strict=True)}


def _select_runs(results: Results, view: ViewRuns) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Numbers of the first runs in which something is in force, and of those in which a plan was refused."""
    columns = view.columns
    numbers = [number for number, key in enumerate(results.outcomes) if key in results.manifest.agreements]
    chosen = np.isin(columns["outcome"], numbers) & (columns["week_signed"] > 0.0)
    refused = (columns["plans_refused"] + columns["plans_refused_and_unconfirmed"] > 0.0) & (columns["agreements"] == 0)
    signing, refusing = (columns["run"][some].astype(np.int64)[:MOST_RUNS] for some in (chosen, refused))
    return signing, refusing


def find_signatures(
    manifest: Manifest, view_name: str, signing: NDArray[np.int64], refusing: NDArray[np.int64]
) -> tuple[SignedPackages, Mapping[str, NDArray[np.bool_]]]:
    """What was signed in some runs of a source view, and what was refused in others; they are played again."""
    scenario, horizon = rebuild_view(manifest, view_name).scenario, manifest.horizon_weeks
    return (
        find_signed_packages(scenario, manifest.seed, signing, horizon),
        find_refusals(scenario, manifest.seed, refusing, horizon),
    )
