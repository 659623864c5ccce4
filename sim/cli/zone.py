"""Zone: which packages could both sides accept, which would theory choose, and which are agreed?"""

from typing import Annotated

import typer

from sim.cli import options
from sim.cli.console import print_json, print_result
from sim.cli.console_reporter import ConsoleReporter
from sim.errors import display_path

Week = Annotated[int, typer.Option("--week", help="Week after which packages are weighed; 0 is the end of the run-up.")]
Runs = Annotated[int, typer.Option("--runs", help="Matching runs per source view.")]


def zone(
    case: options.CaseName = None,
    view: options.Views = None,
    week: Week = 0,
    runs: Runs = 400,
    horizon: options.Horizon = None,
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
    """Weigh every package for both sides: walk-away lines, zone, Pareto frontier, Nash point, what is agreed."""
    from sim.workflows.zone import zone

    found = zone(
        case,
        view=view or (),
        week=week,
        runs=runs,
        horizon=horizon,
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
