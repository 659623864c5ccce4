"""Forecast: shares of events that nobody can know yet are registered today, and scored once it is known."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.command_group import CommandGroup
from sim.cli.console import print_json, print_result
from sim.cli.console_reporter import ConsoleReporter
from sim.errors import display_path

forecast = typer.Typer(
    cls=CommandGroup,
    help="Register shares of open events today; score them once it is known what became of them.",
    context_settings={"help_option_names": ["-h", "--help"]},
)

Runs = Annotated[int, typer.Option("--runs", help="Matching runs per source view.")]
To = Annotated[Path, typer.Option("--to", metavar="FILE", help="A new file, such as forecast.json.")]
Registered = Annotated[Path, typer.Argument(metavar="FILE", help="The file that was registered.")]
Entered = Annotated[
    str | None,
    typer.Option(
        "--case",
        metavar="CASE",
        help="The case in whose history outcomes were entered; that of the forecast if left out.",
        autocompletion=options.complete_case,
        show_default=False,
    ),
]


@forecast.command()
def register(
    to: To,
    case: options.CaseName = None,
    view: options.Views = None,
    runs: Runs = 1000,
    seed: options.Seed = None,
    changes: options.Changes = None,
    answers: options.AnswersOption = None,
    lang: options.Lang = "en",
    workers: options.Workers = None,
    engine: options.Engine = None,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Write today's shares of open events into a sealed file, with the date and the digest of all inputs."""
    from sim.workflows.forecast import register_forecast

    found = register_forecast(
        case,
        to=to,
        view=view or (),
        runs=runs,
        seed=seed,
        changes=changes or (),
        answers=answers or (),
        lang=lang,
        workers=workers,
        engine=engine,
        reporter=ConsoleReporter(as_json, quiet),
    )
    if as_json:
        print_json(found.as_json())
        return
    print_result(str(found))
    print_result(f"Forecast: {display_path(found.file)}")


@forecast.command()
def score(file: Registered, case: Entered = None, lang: options.Lang = "en", as_json: options.AsJson = False) -> None:
    """Score registered shares on events of which is known by now what became of them."""
    from sim.workflows.forecast import score_forecast

    found = score_forecast(file, case=case, lang=lang)
    if as_json:
        print_json(found.as_json())
    else:
        print_result(str(found))
