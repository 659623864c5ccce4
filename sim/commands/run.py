"""Run: how likely is each outcome under each source's assumptions?"""

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.commands.guard import INTERRUPTED
from sim.commands.options import (
    MOST_RUNS,
    MOST_WEEKS,
    MOST_WORKERS,
    AsJson,
    CaseName,
    Changes,
    Horizon,
    Lenses,
    Quiet,
    Seed,
    default_case,
    seed_of,
    within,
)
from sim.commands.speech import mistake, result, result_json

if TYPE_CHECKING:
    from analysis.questions.shares import Shares
    from analysis.report.report import Extras
    from sim.ensemble.results import Results

Runs = Annotated[int | None, typer.Option("--runs", help="Matching runs per source view; left out: the scenario's.")]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder in which results are kept.")]
Workers = Annotated[int | None, typer.Option("--workers", help="Processes; left out: one per core.")]
NoReport = Annotated[bool, typer.Option("--no-report", help="Do not write report.html.")]


def run(
    case: CaseName = None,
    lens: Lenses = None,
    runs: Runs = None,
    horizon: Horizon = None,
    seed: Seed = None,
    changes: Changes = None,
    out: Out = Path("outputs"),
    workers: Workers = None,
    no_report: NoReport = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Play many runs under every source view; print outcome shares, keep the results and write a report."""
    within("--runs", runs, 1, MOST_RUNS)
    within("--horizon", horizon, 1, MOST_WEEKS)
    within("--workers", workers, 1, MOST_WORKERS)
    seed_of(seed, 0)
    from sim.ensemble.storage import check_writable

    check_writable(out)
    results = _played(case or default_case(), lens, runs, horizon, seed, changes or [], workers, quiet)
    if not _matching(results):
        mistake("zopa: interrupted before the first runs were finished; there is nothing to keep")
        raise typer.Exit(INTERRUPTED)
    folder = _kept(results, out, quiet, as_json=as_json, report=not no_report)
    if not results.manifest.complete:
        done = ", ".join(f"{name} {found.kept:,}" for name, found in results.lenses.items())
        mistake(f"zopa: interrupted; the matching runs finished so far ({done}) are kept in {folder}")
        raise typer.Exit(INTERRUPTED)


def _played(
    case: str,
    lenses: list[str] | None,
    runs: int | None,
    horizon: int | None,
    seed: str | None,
    changes: list[str],
    workers: int | None,
    quiet: bool,
) -> "Results":
    """The runs, with bars while they are played."""
    from sim.commands.bars import progress_bars
    from sim.ensemble.ensemble import run_case

    with progress_bars(quiet=quiet) as progress:
        return run_case(
            case,
            lenses=lenses,
            runs=runs,
            horizon=horizon,
            seed=None if seed is None else seed_of(seed, 0),
            changes=changes,
            command=shlex.join(["zopa", *sys.argv[1:]]),
            workers=workers,
            progress=progress,
        )


def _kept(results: "Results", out: Path, quiet: bool, *, as_json: bool, report: bool) -> str:
    """Keep the results, print them, write the report; says where they are."""
    from analysis.questions.shares import shares
    from analysis.questions.summary import summary
    from sim.commands.shares_table import show_notes, show_shares
    from sim.ensemble.storage import folder_for, save
    from sim.spec.mistake import shown

    found = shares(results)
    folder = _free(folder_for(results.manifest, out), results)
    where = shown(folder)
    summed = summary(results, found, where)
    save(results, folder, summed)
    if as_json:
        result_json(summed)
    else:
        show_shares(results, found)
    show_notes(results, found, quiet=quiet)
    if report:
        _report(results, found, folder / "report.html")
    if not as_json:
        result(f"{'Report: ' if report else 'Results: '}{where}{'/report.html' if report else ''}")
    return where


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


def _report(results: "Results", found: "Shares", path: Path) -> None:
    """Write the page."""
    from analysis.report.report import write_report

    write_report(results, found, path, _extras(results))


def _extras(results: "Results") -> "Extras":
    """The claims of the case, so that the page shows what stands behind each number."""
    from analysis.report.report import Extras
    from sim.spec.load import load_case

    case = load_case(results.manifest.source)
    claims = {key: (claim.place, claim.we_read) for key, claim in case.claims.items()}
    checked = [key for key, claim in case.claims.items() if claim.checked_by]
    return Extras(claims=claims, claims_checked=(len(checked), len(claims)))
