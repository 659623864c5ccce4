"""Kept: results in their folder, with their shares, and played again with other magnitudes beside them."""

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.methods.parameter_sweep import compare_variants
from analysis.methods.shares import Shares, compute_shares
from analysis.methods.summary import build_summary
from analysis.report.page import write_page
from sim.ensemble.results import Results
from sim.ensemble.worker import BLOCK
from sim.errors import display_path
from sim.experiments.parameter_sweep import list_variants, sweep
from sim.storage.atomic_write import UNFINISHED
from sim.storage.pattern_cache import PATTERNS_FILE
from sim.storage.rebuild import rebuild_view
from sim.storage.results_folder import ResultsError, load, save
from sim.storage.weekly_cache import SERIES_FILE
from sim.workflows.build_report import SWEEPS
from sim.workflows.reporter import Reporter


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
    summary: dict[str, Any]
    """The shares for machines."""


def save_results(results: Results, folder: Path) -> SavedResults:
    """Keep results in a folder, or beside it where better ones are there already."""
    found = compute_shares(results)
    folder = _find_free_folder(folder, results)
    where = display_path(folder)
    summed = build_summary(results, found, where)
    save(results, folder, summed)
    return SavedResults(results, found, folder, where, summed)


def _find_free_folder(folder: Path, results: Results) -> Path:
    """The folder, or one beside it where an interrupted run would replace one that got further."""
    if results.manifest.complete or not folder.exists():
        return folder
    try:
        there = load(folder)
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
        *(saved.folder / name for name in (SWEEPS, SERIES_FILE, PATTERNS_FILE)),
        *saved.folder.glob(f".*{UNFINISHED}"),
    ):
        path.unlink(missing_ok=True)


def save_sweeps(saved: SavedResults, workers: int | None, reporter: Reporter) -> bool:
    """Play the results again with other magnitudes and keep what comes of it; False if it was interrupted."""
    manifest, names = saved.results.manifest, [name for name, view in saved.results.views.items() if view.n_matching]
    views = {name: rebuild_view(manifest, name).scenario for name in names}
    about = f"about {_estimate_seconds(saved, len(views)):.0f} seconds; `sweeps=False` leaves it out"
    reporter.note(f"Now with other magnitudes, for the page ({about}).")
    start = time.perf_counter()
    try:
        with reporter.show_progress() as tell:
            played = sweep(views, manifest.seed, manifest.horizon_weeks, workers, tell)
    except KeyboardInterrupt:
        return False
    reporter.note(f"Other magnitudes took {time.perf_counter() - start:.0f} seconds.")
    text = json.dumps(compare_variants(saved.results, played).as_json(), ensure_ascii=False, indent=1)
    write_page(saved.folder / SWEEPS, text + "\n")
    return True


def _estimate_seconds(saved: SavedResults, views: int) -> float:
    """Seconds that other magnitudes will take, at the pace of the runs themselves."""
    manifest, drawn = saved.results.manifest, sum(view.n_drawn for view in saved.results.views.values())
    many = len(list_variants(rebuild_view(manifest, next(iter(saved.results.views))).scenario))
    return manifest.seconds * many * views * BLOCK / max(drawn, BLOCK)
