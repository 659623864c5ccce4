"""Run: how likely is each outcome under each source's assumptions?"""

import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from sim.cli.console_reporter import ConsoleReporter
from sim.cli.error_handling import INTERRUPTED
from sim.cli.options import (
    MOST_RUNS,
    MOST_WEEKS,
    MOST_WORKERS,
    AnswersOption,
    AsJson,
    Changes,
    Engine,
    Horizon,
    Quiet,
    Scheduler,
    Seed,
    Views,
    check_language,
    check_range,
    complete_case,
    complete_language,
    find_default_case,
    parse_seed,
)
from sim.errors import UsageError
from sim.i18n.messages import FIRST
from sim.workflows.resume import resume_run
from sim.workflows.run_options import RunOptions
from sim.workflows.run_scenario import parse_half_width, plan_scenario, run_scenario

OUTPUTS = Path("outputs")
"""Folder in which results are kept, unless another is named."""

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
Precision = Annotated[
    str | None,
    typer.Option(
        "--precision",
        metavar="SHARE",
        help="End once every share is known this closely, such as 0.5% (confidence sequence, valid at every look).",
    ),
]
Resume = Annotated[
    Path | None,
    typer.Option(
        "--resume",
        metavar="DIR",
        help="Go on with what was cut short: a run in its folder of results, a batch in that of its overview.",
    ),
]
PageLang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="CODE",
        help="Language of the pages, such as en or de; left out: en.",
        autocompletion=complete_language,
    ),
]
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
    view: Views = None,
    runs: Runs = None,
    horizon: Horizon = None,
    seed: Seed = None,
    changes: Changes = None,
    answers: AnswersOption = None,
    out: Out = OUTPUTS,
    workers: Workers = None,
    precision: Precision = None,
    resume: Resume = None,
    engine: Engine = None,
    scheduler: Scheduler = None,
    lang: PageLang = None,
    sweeps: Sweeping = None,
    no_report: NoReport = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Play many runs under every source view; print outcome shares, keep the results and write a report."""
    check_range("--runs", runs, 1, MOST_RUNS)
    check_range("--horizon", horizon, 1, MOST_WEEKS)
    check_range("--workers", workers, 1, MOST_WORKERS)
    check_language(lang or FIRST)
    given: dict[str, Any] = {"--view": view, "--runs": runs, "--horizon": horizon, "--seed": seed, "--set": changes}
    given |= {"--answer": answers, "--precision": precision, "--out": None if out == OUTPUTS else out, "CASE": case}
    _refuse_contradictions(given, resume, scheduler, workers)
    how: dict[str, Any] = {"view_names": view, "runs": runs, "horizon": horizon}
    how |= {"seed": None if seed is None else parse_seed(seed, 0), "command": format_command()}
    how |= {"changes": changes or [], "answers": answers or []}
    width = parse_half_width(precision)
    from sim.engines import base
    from sim.ensemble.process_pool import use_cluster

    base.select_engine(engine)
    options = RunOptions(out, lang or FIRST, workers, bool(sweeps), not no_report, scheduler is not None)
    reporter = ConsoleReporter(as_json, quiet)
    with use_cluster(scheduler):
        if resume is not None:
            finished = resume_run(resume, options, lang, sweeps, reporter)
        else:
            swept = _is_swept(sweeps, runs, precision, options)
            finished = _begin(_find_files(case, width), how, width, options, reporter, swept=swept)
    if not finished:
        raise typer.Exit(INTERRUPTED)


def _begin(
    files: list[Path],
    how: dict[str, Any],
    width: float | None,
    options: RunOptions,
    reporter: ConsoleReporter,
    *,
    swept: bool,
) -> bool:
    """Play one scenario, or several as a batch, from the beginning; False if it was interrupted."""
    from sim.storage.results_folder import check_writable
    from sim.workflows.run_batch import plan_batch, run_batch

    check_writable(options.out)
    if len(files) > 1:
        return run_batch(plan_batch(files, how, options.out), options, reporter)
    return run_scenario(plan_scenario(files[0], how, width, options.out), replace(options, sweeps=swept), reporter)


def _refuse_contradictions(
    given: dict[str, Any], resume: Path | None, scheduler: str | None, workers: int | None
) -> None:
    """Stop if something that was said excludes something else that was said."""
    if scheduler is not None and workers is not None:
        raise UsageError("--workers and --scheduler exclude each other: the cluster has its own workers")
    said = [name for name, value in given.items() if value not in (None, [])]
    if resume is not None and said:
        raise UsageError(f"--resume goes on with what was asked for at the beginning; leave out {', '.join(said)}")


def _find_files(case: list[str] | None, width: float | None) -> list[Path]:
    """The scenario files that are meant; a precision is for one of them alone."""
    from sim.workflows.run_batch import find_files

    files = find_files(case or [find_default_case()])
    if len(files) > 1 and width is not None:
        raise UsageError("--precision is for one scenario; name one, or give --runs for a batch")
    return files


def format_command() -> str:
    """The command as given."""
    return shlex.join(["zopa", *sys.argv[1:]])


def _is_swept(asked: bool | None, runs: int | None, precision: str | None, options: RunOptions) -> bool:
    """Other magnitudes are played if asked for, or if nothing was said and the scenario's own runs are played."""
    return asked if asked is not None else runs is None and precision is None and options.pages
