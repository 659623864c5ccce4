"""Unchanged case: results with a changed assumption set against the same draws without it; kept beside the results."""

from collections.abc import Sequence
from pathlib import Path

from analysis.methods.paired_change import PairedChange, compute_paired_change, paired_change_from_json
from sim.ensemble.dispatcher import NoMatchError
from sim.ensemble.plan import Plan
from sim.ensemble.results import Results
from sim.ensemble.simulate import simulate_plans
from sim.storage.rebuild import rebuild_view
from sim.storage.sealed_json import ChangedFileError, load_sealed_json, save_sealed_json
from sim.workflows.reporter import Reporter

CHANGE = "change.json"
"""File with what the changed assumption moves."""

NUMBERS_OF_RUNS = ("calendar", "defaults")
"""Parts of a scenario that say how much is played; by setting them, no assumption is changed."""


def has_changed_assumption(changes: Sequence[str]) -> bool:
    """True if one of these changes, each as path=value, is more than a number of runs or weeks."""
    return any(change.partition(".")[0] not in NUMBERS_OF_RUNS for change in changes)


def compare_with_unchanged(results: Results, workers: int | None, reporter: Reporter) -> PairedChange | None:
    """Play the case without what was set, on the same draws, and say what the change moves.

    Args:
        results: Runs with a changed assumption.
        workers: Processes; none for one per core.
        reporter: Who is told how far it is.

    Returns:
        The difference of every share, split into effect and selection; none if nothing was changed.

    Raises:
        KeyboardInterrupt: it was interrupted.
    """
    manifest = results.manifest
    if not has_changed_assumption(manifest.changes):
        return None
    views = {
        name: rebuild_view(manifest, name, unchanged=True).scenario
        for name, view in results.views.items()
        if view.n_matching
    }
    outcomes = next(iter(views.values())).outcomes
    names = {
        "outcomes": {key: one.label for key, one in outcomes.items()},
        "agreements": tuple(key for key, one in outcomes.items() if one.agreement),
    }
    plan = Plan(manifest.model_copy(update=names | {"runs_asked": _count_most(results)}), views)
    reporter.note("Now without the change, on the same draws.")
    try:
        with reporter.show_progress() as progress:
            (unchanged,) = simulate_plans([plan], workers=workers, zone_runs=0, progress=progress)
    except NoMatchError:
        reporter.warn("without the change, hardly any draw matches the reported run-up; there is nothing to compare")
        return None
    if not unchanged.manifest.complete:
        raise KeyboardInterrupt
    return compute_paired_change(unchanged, results)


def _count_most(results: Results) -> int:
    """Matching runs of the source view that has most."""
    return max(view.n_matching for view in results.views.values())


def save_paired_change(found: PairedChange, folder: Path) -> None:
    """Keep what a change moves beside its results."""
    save_sealed_json(folder / CHANGE, found.as_json())


def load_paired_change(folder: Path, fingerprint: str) -> PairedChange | None:
    """What a change moves, as it was kept with results of this fingerprint; none if it was not, or cannot be used."""
    try:
        found = paired_change_from_json(load_sealed_json(folder / CHANGE))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ChangedFileError):
        return None
    return found if found.fingerprint == fingerprint else None
