"""Kept: results in their folder, with their shares, and played again with other magnitudes beside them."""

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.commands.pages import SWEEPS
from sim.commands.speech import note

if TYPE_CHECKING:
    from analysis.questions.shares import Shares
    from sim.ensemble.results import Results


@dataclass(frozen=True)
class Kept:
    """Results that are kept."""

    results: "Results"
    """The results."""
    shares: "Shares"
    """Shares of all outcomes."""
    folder: Path
    """Where they are kept."""
    where: str
    """The same, for readers."""
    summed: dict[str, Any]
    """The shares for machines."""


def keep(results: "Results", folder: Path) -> Kept:
    """Keep results in a folder, or beside it where better ones are there already."""
    from analysis.questions.shares import shares
    from analysis.questions.summary import summary
    from sim.ensemble.storage import save
    from sim.spec.mistake import shown

    found = shares(results)
    folder = _free(folder, results)
    where = shown(folder)
    summed = summary(results, found, where)
    save(results, folder, summed)
    return Kept(results, found, folder, where, summed)


def _free(folder: Path, results: "Results") -> Path:
    """The folder, or one beside it where an interrupted run would replace one that got further."""
    from sim.ensemble.storage import ResultsError, load

    if results.manifest.complete or not folder.exists():
        return folder
    try:
        there = load(folder)
    except ResultsError:
        return folder
    further = there.manifest.complete or _matching(there) > _matching(results)
    return folder.with_name(f"{folder.name}-interrupted") if further else folder


def _matching(results: "Results") -> int:
    """Matching runs of all source views together."""
    return sum(found.kept for found in results.lenses.values())


def without_leftovers(kept: Kept) -> None:
    """Take away what an earlier run left beside the same results and the page would show."""
    from sim.ensemble.traced import TRACES

    for name in (SWEEPS, TRACES):
        (kept.folder / name).unlink(missing_ok=True)


def keep_sweeps(kept: Kept, workers: int | None, *, quiet: bool) -> bool:
    """Play the results again with other magnitudes and keep what comes of it; False if it was interrupted."""
    from analysis.questions.sweep import sweeps
    from analysis.report.shell import write
    from sim.commands.bars import progress_bars
    from sim.ensemble.stored import view_of
    from sim.ensemble.sweep import sweep

    manifest, lenses = kept.results.manifest, [name for name, lens in kept.results.lenses.items() if lens.kept]
    views = {name: view_of(manifest, name).scenario for name in lenses}
    about = f"about {_expected(kept, len(views)):.0f} seconds; --no-sweeps leaves it out"
    note(f"Now with other magnitudes, for the page ({about}).", quiet=quiet)
    start = time.perf_counter()
    try:
        with progress_bars(quiet=quiet) as tell:
            played = sweep(views, manifest.seed, manifest.horizon_weeks, workers, tell)
    except KeyboardInterrupt:
        return False
    note(f"Other magnitudes took {time.perf_counter() - start:.0f} seconds.", quiet=quiet)
    text = json.dumps(sweeps(kept.results, played).as_json(), ensure_ascii=False, indent=1)
    write(kept.folder / SWEEPS, text + "\n")
    return True


def _expected(kept: Kept, views: int) -> float:
    """Seconds that other magnitudes will take, at the pace of the runs themselves."""
    from sim.ensemble.pool import BLOCK
    from sim.ensemble.stored import view_of
    from sim.ensemble.sweep import variants

    manifest, drawn = kept.results.manifest, sum(lens.drawn for lens in kept.results.lenses.values())
    many = len(variants(view_of(manifest, next(iter(kept.results.lenses))).scenario))
    return manifest.seconds * many * views * BLOCK / max(drawn, BLOCK)
