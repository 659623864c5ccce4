"""Baselines: what do plain forecasts say, that know positions, salience and power alone?"""

from typing import Annotated

import typer

from sim.cli import options
from sim.cli.console import print_json, print_result
from sim.cli.console_reporter import ConsoleReporter

Runs = Annotated[
    int | None,
    typer.Option(
        "--runs", help="Matching runs of each source view to stand beside the forecasts, and why they differ."
    ),
]


def baselines(
    case: options.CaseOrTable = None,
    view: options.ViewName = None,
    changes: options.Changes = None,
    answers: options.AnswersOption = None,
    runs: Runs = None,
    horizon: options.Horizon = None,
    seed: options.Seed = None,
    lang: options.Lang = "en",
    workers: options.Workers = None,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Print plain forecasts for a scenario or a table of positions: weighted mean and median, election and others."""
    from sim.workflows.baselines import baselines

    found = baselines(
        case,
        view=view,
        changes=changes or (),
        answers=answers or (),
        runs=runs,
        horizon=horizon,
        seed=seed,
        lang=lang,
        workers=workers,
        reporter=ConsoleReporter(as_json, quiet),
    )
    if as_json:
        print_json(found.as_json())
    else:
        print_result(str(found))
