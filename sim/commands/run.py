"""Run: how likely is each outcome under each source's assumptions?"""

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.commands.guard import INTERRUPTED
from sim.commands.options import (
    MOST_RUNS,
    MOST_WEEKS,
    MOST_WORKERS,
    AsJson,
    Changes,
    Horizon,
    Lang,
    Lenses,
    Quiet,
    Seed,
    Switches,
    complete_case,
    default_case,
    lang_of,
    seed_of,
    within,
)
from sim.commands.speech import mistake, result, result_json

if TYPE_CHECKING:
    from sim.commands.batch import Wanted
    from sim.commands.kept import Kept
    from sim.ensemble.results import Results

Cases = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="CASE",
        help="Scenarios: names (see `zopa list`), files or folders. A folder written as a path, such as "
        "scenarios/my-case or ./my-case, means all its scenario files; a bare name means its base. "
        "Several are played as one batch with one overview page. Left out: the default case.",
        autocompletion=complete_case,
        show_default=False,
    ),
]
Runs = Annotated[
    int | None,
    typer.Option("--runs", help="Matching runs per source view; left out: the scenario's, in a batch 1,000."),
]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder in which results are kept.")]
Workers = Annotated[int | None, typer.Option("--workers", help="Processes; left out: one per core.")]
NoReport = Annotated[bool, typer.Option("--no-report", help="Do not write pages.")]
Sweeping = Annotated[
    bool | None,
    typer.Option(
        "--sweeps/--no-sweeps",
        help="Play it again with other magnitudes for the page (about half a minute more for the default case); "
        "left out: only for a single scenario with its own number of runs.",
        show_default=False,
    ),
]


def run(
    case: Cases = None,
    lens: Lenses = None,
    runs: Runs = None,
    horizon: Horizon = None,
    seed: Seed = None,
    changes: Changes = None,
    switches: Switches = None,
    out: Out = Path("outputs"),
    workers: Workers = None,
    lang: Lang = "en",
    sweeps: Sweeping = None,
    no_report: NoReport = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Play many runs under every source view; print outcome shares, keep the results and write a report."""
    within("--runs", runs, 1, MOST_RUNS)
    within("--horizon", horizon, 1, MOST_WEEKS)
    within("--workers", workers, 1, MOST_WORKERS)
    lang_of(lang)
    how: dict[str, Any] = {
        "lenses": lens,
        "runs": runs,
        "horizon": horizon,
        "seed": None if seed is None else seed_of(seed, 0),
    }
    how |= {"changes": changes or [], "switches": switches or [], "workers": workers, "command": command()}
    from sim.commands.batch import Wanted, files_of, run_batch
    from sim.ensemble.storage import check_writable

    check_writable(out)
    files = files_of(case or [default_case()])
    wanted = Wanted(out, lang, workers, bool(sweeps), not no_report, as_json, quiet)
    if len(files) > 1:
        run_batch(files, how, wanted)
        return
    finished = _run_one(files[0], how, wanted, sweeping=_is_swept(sweeps, runs, wanted))
    if not finished:
        raise typer.Exit(INTERRUPTED)


def command() -> str:
    """The command as given."""
    return shlex.join(["zopa", *sys.argv[1:]])


def _is_swept(asked: bool | None, runs: int | None, wanted: "Wanted") -> bool:
    """Other magnitudes are played if asked for, or if nothing was said and the scenario's own runs are played."""
    return asked if asked is not None else runs is None and wanted.pages


def _run_one(file: Path, how: dict[str, Any], wanted: "Wanted", *, sweeping: bool) -> bool:
    """One scenario: played, kept, shown and put on its page; False if it was interrupted."""
    from sim.commands.kept import keep, keep_sweeps, without_leftovers

    results = _played(file, how, wanted.quiet)
    if not any(found.kept for found in results.lenses.values()):
        mistake("zopa: interrupted before the first runs were finished; there is nothing to keep")
        return False
    kept = keep(results, wanted.out)
    _show(kept, wanted)
    finished = results.manifest.complete
    without_leftovers(kept)
    if sweeping and finished:
        finished = keep_sweeps(kept, wanted.workers, quiet=wanted.quiet)
    _write_page(kept, wanted)
    if not finished:
        done = ", ".join(f"{name} {found.kept:,}" for name, found in results.lenses.items())
        mistake(f"zopa: interrupted; the matching runs finished so far ({done}) are kept in {kept.where}")
    return finished


def _played(file: Path, how: dict[str, Any], quiet: bool) -> "Results":
    """The runs, with bars while they are played."""
    from sim.commands.bars import progress_bars
    from sim.ensemble.ensemble import run_case

    with progress_bars(quiet=quiet) as progress:
        return run_case(file, progress=progress, **how)


def _show(kept: "Kept", wanted: "Wanted") -> None:
    """Print the shares, and what must be known to read them."""
    from sim.commands.shares_table import show_notes, show_shares

    if wanted.as_json:
        result_json(kept.summed)
    else:
        show_shares(kept.results, kept.shares)
    show_notes(kept.results, kept.shares, quiet=wanted.quiet)


def _write_page(kept: "Kept", wanted: "Wanted") -> None:
    """Write the page if there is to be one, and say where everything is."""
    from sim.commands.pages import REPORT, write_page

    if wanted.pages:
        write_page(kept.results, kept.folder, wanted.lang, workers=wanted.workers)
    if not wanted.as_json:
        result(f"Report: {kept.where}/{REPORT}" if wanted.pages else f"Results: {kept.where}")
