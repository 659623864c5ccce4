"""Spot check: a few stored runs are played again before results are believed.

Luck has an address, so that every run can be made again alone. A scenario, a seed or a row that was changed after the
runs were played shows, even where checksums and fingerprint were made to fit. Runs that other code played are not
checked: today's code may play them otherwise by right.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sim.engines.base import make_engine_for_few
from sim.ensemble.block import Block, simulate_runs
from sim.ensemble.fingerprint import compute_code_fingerprint
from sim.ensemble.results import Results, ViewRuns
from sim.schema.scenario import Scenario

FIRST_DRAWS = 8
"""Draws from number 0 on that are played again; which of them match the reported run-up is compared, too."""

FIRST_RUNS = 2
"""Matching runs from the first one on that are played again, and the last one."""


def find_changed_run(results: Results, scenarios: Mapping[str, Scenario]) -> str:
    """How a stored run differs from the same run played today; empty if none of a few does, or other code played.

    Args:
        results: The stored runs.
        scenarios: The scenario through each source view.
    """
    manifest = results.manifest
    if manifest.code != compute_code_fingerprint():
        return ""
    for name, view in results.views.items():
        runs = _choose_runs(view)
        played = simulate_runs(scenarios[name], manifest.seed, runs, manifest.horizon_weeks, make_engine_for_few)
        if said := _compare(view, runs, played):
            return said
    return ""


def _choose_runs(view: ViewRuns) -> NDArray[np.int64]:
    """Numbers of the runs that are played again."""
    stored = view.columns["run"].astype(np.int64)
    first = np.arange(min(FIRST_DRAWS, view.n_drawn))
    return np.unique(np.concatenate([first, stored[:FIRST_RUNS], stored[-1:]]))


def _compare(view: ViewRuns, runs: NDArray[np.int64], played: Block) -> str:
    """How the runs played differ from those stored; empty if they do not."""
    stored, now = view.columns["run"].astype(np.int64), played.columns["run"].astype(np.int64)
    if (odd := np.setxor1d(stored[np.isin(stored, runs)], now)).size:
        does, is_stored = ("matches", "is not") if odd[0] in now else ("does not match", "is")
        return f"run {odd[0]} of {view.name}, played again, {does} the reported run-up, but {is_stored} among the runs"
    rows = np.searchsorted(stored, now)
    same = {name: view.columns[name][rows] == column for name, column in played.columns.items()}
    for place, number in enumerate(now):
        if moved := [name for name, equal in same.items() if not equal[place]]:
            return f"run {number} of {view.name}, played again, goes otherwise ({', '.join(moved[:3])[:80]})"
    if list(view.opening) != list(played.opening):
        return f"the beliefs at week 0 of {view.name} are others when its runs are played again"
    outcomes = np.arange(view.by_week.shape[1])
    if np.any((played.states[:, :, np.newaxis] == outcomes).sum(axis=1) > view.by_week):
        return f"fewer runs of {view.name} stand somewhere in a week than there are when they are played again"
    return ""
