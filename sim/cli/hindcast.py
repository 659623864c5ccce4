"""Hindcast: how often do runs show what is known to have happened, and how is that scored?"""

from typing import Annotated

import typer

from sim.cli import options
from sim.cli.console import print_json, print_result
from sim.cli.console_reporter import ConsoleReporter
from sim.errors import display_path

Runs = Annotated[int, typer.Option("--runs", help="Matching runs per source view.")]


def hindcast(
    case: options.CaseName = None,
    view: options.Views = None,
    runs: Runs = 1000,
    seed: options.Seed = None,
    changes: options.Changes = None,
    answers: options.AnswersOption = None,
    to: options.Page = None,
    lang: options.Lang = "en",
    workers: options.Workers = None,
    engine: options.Engine = None,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Hold shares of events against what is known to have happened, and score them (Brier, log, ranked)."""
    from sim.workflows.hindcast import hindcast

    found = hindcast(
        case,
        view=view or (),
        runs=runs,
        seed=seed,
        changes=changes or (),
        answers=answers or (),
        to=to,
        lang=lang,
        workers=workers,
        engine=engine,
        reporter=ConsoleReporter(as_json, quiet),
    )
    if as_json:
        print_json(found.as_json())
        return
    print_result(str(found))
    if found.page is not None:
        print_result(f"Page: {display_path(found.page)}")
