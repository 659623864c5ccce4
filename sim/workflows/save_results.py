"""Save results: results in their folder, with their shares."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.methods.agreed_terms import AgreedTerms, compute_agreed_terms
from analysis.methods.expectations import SeenExpectation, compute_expectations
from analysis.methods.paired_change import PairedChange
from analysis.methods.shares import Shares, compute_shares
from analysis.methods.summary import build_summary
from sim.ensemble.manifest import Manifest
from sim.ensemble.results import Results
from sim.errors import display_path
from sim.schema.scenario import Scenario
from sim.storage.atomic_write import UNFINISHED, remove_anything
from sim.storage.pattern_cache import PATTERNS_FILE
from sim.storage.rebuild import load_checked, rebuild_view
from sim.storage.results_folder import ResultsError, save
from sim.storage.weekly_cache import SERIES_FILE
from sim.workflows.reporter import Reporter
from sim.workflows.sweeps import SWEEPS
from sim.workflows.unchanged_case import CHANGE, compare_with_unchanged, has_unchanged_case, save_paired_change


@dataclass(frozen=True)
class SavedResults:
    """Results that are kept."""

    results: Results
    """The results."""
    shares: Shares
    """Shares of all outcomes."""
    folder: Path
    """Where they are kept."""
    where: str
    """The same, for readers."""
    agreed: dict[str, AgreedTerms]
    """What was agreed, by source view."""
    scenarios: Mapping[str, Scenario]
    """The scenario as each source view sees it."""
    expectations: tuple[SeenExpectation, ...]
    """What is expected of the case, beside what was seen."""
    summary: dict[str, Any]
    """The shares for machines."""
    change: PairedChange | None = None
    """What a changed assumption moves; none if nothing was changed."""


def save_results(results: Results, folder: Path, *, sweeps: bool) -> SavedResults:
    """Keep results in a folder, or beside it where better ones are there already.

    Args:
        results: The results.
        folder: Where they are wanted.
        sweeps: True if they are to be played with other magnitudes, once they are whole.
    """
    results = replace(results, manifest=_add_supplements(results.manifest, sweeps))
    found = compute_shares(results)
    folder = _find_free_folder(folder, results)
    where = display_path(folder)
    scenarios = rebuild_scenarios(results)
    agreed, seen = compute_agreed_terms(results, scenarios), compute_expectations(results, scenarios)
    summed = build_summary(results, found, where, agreed, seen)
    save(results, folder, summed)
    return SavedResults(results, found, folder, where, agreed, scenarios, seen, summed)


def _add_supplements(manifest: Manifest, sweeps: bool) -> Manifest:
    """The manifest, saying what will be played besides the runs; nothing is while they are not whole."""
    planned = ((SWEEPS, sweeps), (CHANGE, has_unchanged_case(manifest))) if manifest.complete else ()
    return manifest.model_copy(update={"supplements": tuple(name for name, wanted in planned if wanted)})


def rebuild_scenarios(results: Results) -> dict[str, Scenario]:
    """The scenario as each source view sees it, where runs match."""
    return {
        name: rebuild_view(results.manifest, name).scenario for name, view in results.views.items() if view.n_matching
    }


def _find_free_folder(folder: Path, results: Results) -> Path:
    """The folder, or one beside it where an interrupted run would replace one that got further."""
    if results.manifest.complete or not folder.exists():
        return folder
    try:
        there = load_checked(folder, play_again=False)
    except ResultsError:
        return folder
    further = there.manifest.complete or _count_matching(there) > _count_matching(results)
    return folder.with_name(f"{folder.name}-interrupted") if further else folder


def _count_matching(results: Results) -> int:
    """Matching runs of all source views together."""
    return sum(found.n_matching for found in results.views.values())


def remove_leftovers(saved: SavedResults) -> None:
    """Take away what an earlier run left beside the same results: what the page would show, unfinished files."""
    for path in (
        *(saved.folder / name for name in (CHANGE, SWEEPS, SERIES_FILE, PATTERNS_FILE)),
        *saved.folder.glob(f".*{UNFINISHED}"),
    ):
        remove_anything(path)


def add_paired_change(saved: SavedResults, workers: int | None, reporter: Reporter) -> SavedResults:
    """The same with what a changed assumption moves, played without it and kept, if one was changed.

    Raises:
        KeyboardInterrupt: it was interrupted.
    """
    found = compare_with_unchanged(saved.results, workers, reporter)
    if found is None:
        return saved
    save_paired_change(found, saved.folder)
    return replace(saved, change=found, summary=saved.summary | {"paired_change": found.as_json()})
