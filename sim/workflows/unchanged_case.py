"""Unchanged case: results with a changed assumption set against the same draws without it; kept beside the results."""

from collections.abc import Sequence
from pathlib import Path

from analysis.methods.paired_change import PairedChange, compute_paired_change, paired_change_from_json
from sim.ensemble.dispatcher import NoMatchError
from sim.ensemble.manifest import Manifest
from sim.ensemble.plan import AS_WRITTEN, Plan, load_views
from sim.ensemble.results import Results
from sim.ensemble.simulate import simulate_plans
from sim.experiments.same_numbers import has_same_numbers
from sim.loading.extends import resolve_extends
from sim.loading.resolve_questions import find_open_questions
from sim.schema.scenario import Scenario
from sim.storage.rebuild import rebuild_view
from sim.storage.sealed_json import save_sealed_json
from sim.workflows.reporter import Reporter
from sim.workflows.supplements import load_supplement

CHANGE = "change.json"
"""File with what the changed assumption moves."""

NUMBERS_OF_RUNS = ("calendar", "defaults")
"""Parts of a scenario that say how much is played; by setting them, no assumption is changed."""


def has_changed_assumption(changes: Sequence[str]) -> bool:
    """True if one of these changes, each as path=value, is more than a number of runs or weeks."""
    return any(change.partition(".")[0] not in NUMBERS_OF_RUNS for change in changes)


def has_unchanged_case(manifest: Manifest) -> bool:
    """True if results can be set against the same draws without what was changed or answered."""
    return has_changed_assumption(manifest.changes) or bool(_list_own_answers(manifest))


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
    if not has_unchanged_case(manifest):
        return None
    asked = _list_own_answers(manifest)
    names = [name for name, view in results.views.items() if view.n_matching]
    if asked:
        views = _load_without_answers(manifest, names)
    else:
        views = {name: rebuild_view(manifest, name, unchanged=True).scenario for name in names}
    outcomes = next(iter(views.values())).outcomes
    labels = {
        "outcomes": {key: one.label for key, one in outcomes.items()},
        "agreements": tuple(key for key, one in outcomes.items() if one.agreement),
    }
    plan = Plan(manifest.model_copy(update=labels | {"runs_asked": _count_most(results)}), views)
    reporter.note("Now without the change, on the same draws.")
    try:
        with reporter.show_progress() as progress:
            (unchanged,) = simulate_plans([plan], workers=workers, zone_runs=0, progress=progress)
    except NoMatchError:
        reporter.warn("without the change, hardly any draw matches the reported run-up; there is nothing to compare")
        return None
    if not unchanged.manifest.complete:
        raise KeyboardInterrupt
    own = {name: rebuild_view(manifest, name).scenario for name in names}
    return compute_paired_change(
        unchanged, results, is_same_case=all(has_same_numbers(own[n], views[n]) for n in names)
    )


def _list_own_answers(manifest: Manifest) -> list[str]:
    """Answers to questions that the scenario's own files leave open; sides of contradictions are changes."""
    own = find_open_questions(resolve_extends(Path(manifest.source))) if manifest.answers else {}
    return [one for one in manifest.answers if one.partition("=")[0].strip() in own]


def _load_without_answers(manifest: Manifest, names: Sequence[str]) -> dict[str, Scenario]:
    """The case as its files have it, without anything that was set or answered, through some source views."""
    asked = None if manifest.authors.keys() == {AS_WRITTEN} else names
    return {name: case.scenario for name, case in load_views(manifest.source, asked).items()}


def _count_most(results: Results) -> int:
    """Matching runs of the source view that has most."""
    return max(view.n_matching for view in results.views.values())


def save_paired_change(found: PairedChange, folder: Path) -> None:
    """Keep what a change moves beside its results."""
    save_sealed_json(folder / CHANGE, found.as_json())


def load_paired_change(folder: Path, manifest: Manifest) -> PairedChange | None:
    """What a change moves, as it was kept with results; none if nothing was changed.

    Raises:
        DamagedSupplementError: it cannot be used.
    """
    return load_supplement(folder, CHANGE, manifest, paired_change_from_json)
