"""Replayed signatures: runs of stored or fresh results in the week in which something was signed, or refused."""

from collections.abc import Mapping

import numpy as np

from analysis.methods.baselines_beside_runs import ReplayedView
from sim.ensemble.results import Results, ViewRuns
from sim.experiments.package_worths import PackageWorths
from sim.experiments.plan_refusals import find_refusals
from sim.experiments.signed_packages import find_signed_packages
from sim.storage.rebuild import rebuild_view

MOST_RUNS = 200
"""Runs with an agreement in force, and with a refused plan, of each source view that are played again."""


def replay_signatures(results: Results, worths: Mapping[str, PackageWorths]) -> dict[str, ReplayedView]:
    """The first runs of every source view with an agreement in force, when it was signed, and with a refused plan.

    Args:
        results: The runs.
        worths: What packages are worth at the end of the run-up, by source view.
    """
    return {name: _replay(results, results.views[name], found) for name, found in worths.items()}


def _replay(results: Results, view: ViewRuns, worths: PackageWorths) -> ReplayedView:
    manifest, columns = results.manifest, view.columns
    numbers = [number for number, key in enumerate(results.outcomes) if key in manifest.agreements]
    chosen = np.isin(columns["outcome"], numbers) & (columns["week_signed"] > 0.0)
    refused = (columns["plans_refused"] + columns["plans_refused_and_unconfirmed"] > 0.0) & (columns["agreements"] == 0)
    signing, refusing = (columns["run"][some].astype(np.int64)[:MOST_RUNS] for some in (chosen, refused))
    scenario = rebuild_view(manifest, view.name).scenario
    return ReplayedView(
        worths,
        find_signed_packages(scenario, manifest.seed, signing, manifest.horizon_weeks),
        find_refusals(scenario, manifest.seed, refusing, manifest.horizon_weeks),
    )
