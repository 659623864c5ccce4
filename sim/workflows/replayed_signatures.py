"""Replayed signatures: runs of stored or fresh results in the week in which something was signed."""

from collections.abc import Mapping

import numpy as np

from analysis.methods.baselines_beside_runs import ReplayedView
from sim.ensemble.results import Results, ViewRuns
from sim.experiments.package_worths import PackageWorths
from sim.experiments.signed_packages import find_signed_packages
from sim.storage.rebuild import rebuild_view

MOST_SIGNATURES = 200
"""Runs with an agreement in force of each source view that are played again."""


def replay_signatures(results: Results, worths: Mapping[str, PackageWorths]) -> dict[str, ReplayedView]:
    """The first runs with an agreement in force of every source view, as they stood when it was signed.

    Args:
        results: The runs.
        worths: What packages are worth at the end of the run-up, by source view.
    """
    return {name: _replay(results, results.views[name], found) for name, found in worths.items()}


def _replay(results: Results, view: ViewRuns, worths: PackageWorths) -> ReplayedView:
    manifest, columns = results.manifest, view.columns
    numbers = [number for number, key in enumerate(results.outcomes) if key in manifest.agreements]
    chosen = np.isin(columns["outcome"], numbers) & (columns["week_signed"] > 0.0)
    runs = columns["run"][chosen].astype(np.int64)[:MOST_SIGNATURES]
    scenario = rebuild_view(manifest, view.name).scenario
    return ReplayedView(worths, find_signed_packages(scenario, manifest.seed, runs, manifest.horizon_weeks))
