"""Run: how likely is each outcome under each source's assumptions?"""

from pathlib import Path
from typing import Annotated, Any

import typer

from sim.cli.console_reporter import ConsoleReporter
from sim.cli.options import (
    OUTPUTS,
    WEEK_1,
    AnswersOption,
    AsJson,
    Changes,
    Engine,
    HoldsFrom,
    Horizon,
    NoReport,
    Out,
    Quiet,
    Scheduler,
    Seed,
    Views,
    Workers,
    complete_case,
    complete_language,
    format_command,
    name_option,
)
from sim.cli.start import INTERRUPTED
from sim.errors import UsageError
from sim.i18n.messages import FIRST

Cases = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="CASE",
        help="Scenarios: names (see `zopa list`), files or folders. A folder written as a path, such as "
        "scenarios/my-case or ./my-case, means all its scenario files; a bare name means its base. "
        "Several are played as one batch with one overview page; the cases of a folder without a base, "
        "such as scenarios/textbook, each by itself. Left out: the default case.",
        autocompletion=complete_case,
        show_default=False,
    ),
]
Runs = Annotated[
    int | None,
    typer.Option("--runs", help="Matching runs per source view; left out: the scenario's, in a batch 1,000."),
]
Precision = Annotated[
    str | None,
    typer.Option(
        "--precision",
        metavar="SHARE",
        help="End once every share is known this closely, such as 0.5% (confidence sequence, valid at every look).",
    ),
]
Looks = Annotated[
    str | None,
    typer.Option(
        "--looks",
        metavar="RUNS",
        help="With --precision: look only after these matching runs, such as 1000,4000,16000; takes fewer runs.",
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
    holds_from: HoldsFrom = WEEK_1,
    out: Out = OUTPUTS,
    workers: Workers = None,
    precision: Precision = None,
    looks: Looks = None,
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
    given = {"view": view, "runs": runs, "horizon": horizon, "seed": seed, "changes": changes, "answers": answers}
    given |= {"holds_from": None if holds_from == WEEK_1 else holds_from}
    how: dict[str, Any] = {"workers": workers, "engine": engine, "scheduler": scheduler, "sweeps": sweeps}
    how |= {"report": not no_report, "reporter": ConsoleReporter(as_json, quiet)}
    if resume is not None:
        more = {"precision": precision, "looks": looks, "out": None if out == OUTPUTS else out, "case": case}
        _refuse_new_wishes(given | more)
        how |= {"lang": lang}
    else:
        how |= {name: value for name, value in given.items() if value is not None}
        how |= {"precision": precision, "looks": looks, "out": out, "lang": lang or FIRST, "command": format_command()}
    if not _play(case, resume, how):
        raise typer.Exit(INTERRUPTED)


def _play(case: list[str] | None, folder: Path | None, how: dict[str, Any]) -> bool:
    """Play from the beginning, or go on with what a folder keeps; false if it was interrupted."""
    from sim.workflows.resume import resume
    from sim.workflows.run_batch import run_cases
    from sim.workflows.run_scenario import InterruptedRunError

    try:
        return (run_cases(case, **how) if folder is None else resume(folder, **how)).finished
    except InterruptedRunError:
        return False


def _refuse_new_wishes(given: dict[str, Any]) -> None:
    """Stop if something is asked for that was settled at the beginning."""
    names = {"case": "CASE"}
    said = [names.get(name) or name_option(name) for name, value in given.items() if value not in (None, [])]
    if said:
        raise UsageError(f"--resume goes on with what was asked for at the beginning; leave out {', '.join(said)}")
