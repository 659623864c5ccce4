"""Discover: in which corners of its assumptions does a scenario end with an outcome far more or far less often?"""

from typing import Annotated

import typer

from sim.cli import options
from sim.cli.console import print_json, print_result
from sim.cli.console_reporter import ConsoleReporter

Draws = Annotated[int, typer.Option("--draws", help="Draws; half of them find the corners, the others count them.")]
Splits = Annotated[int, typer.Option("--splits", help="Quantities that bound a corner at most.")]


def discover(
    case: options.CaseName = None,
    view: options.ViewName = None,
    outcome: options.Outcome = None,
    draws: Draws = 4000,
    splits: Splits = 3,
    horizon: options.Horizon = None,
    seed: options.Seed = None,
    changes: options.Changes = None,
    answers: options.AnswersOption = None,
    lang: options.Lang = "en",
    workers: options.Workers = None,
    engine: options.Engine = None,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Look for corners of the assumptions in which an outcome occurs far more or far less often."""
    from sim.workflows.discover import discover

    found = discover(
        case,
        view=view,
        outcome=outcome,
        draws=draws,
        splits=splits,
        horizon=horizon,
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
    else:
        print_result(repr(found))
