"""Sensitivity: which quantities, which themes, and how much luck decide how often an outcome occurs?"""

from typing import Annotated

import typer

from sim.cli import options
from sim.cli.console import print_json, print_result
from sim.cli.console_reporter import ConsoleReporter
from sim.errors import display_path

Draws = Annotated[int, typer.Option("--draws", help="Draws behind the indices of themes.")]
Trajectories = Annotated[
    int, typer.Option("--trajectories", help="Trajectories of the screening of all quantities; 0 leaves it out.")
]
Repeats = Annotated[int, typer.Option("--repeats", help="Runs at each point of a trajectory.")]
Nested = Annotated[
    int,
    typer.Option("--nested", help="Draws of the assumptions of a nested design, which tells them from luck; 0: none."),
]
Replicates = Annotated[int, typer.Option("--replicates", help="Runs of each draw of the nested design.")]


def sensitivity(
    case: options.CaseName = None,
    view: options.ViewName = None,
    outcome: options.Outcome = None,
    draws: Draws = 512,
    trajectories: Trajectories = 10,
    repeats: Repeats = 8,
    nested: Nested = 0,
    replicates: Replicates = 8,
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
    """Say what an outcome depends on: all quantities screened (Morris), variance by theme and luck (Sobol)."""
    from sim.workflows.sensitivity import sensitivity

    found = sensitivity(
        case,
        view=view,
        outcome=outcome,
        draws=draws,
        trajectories=trajectories,
        repeats=repeats,
        nested=nested,
        replicates=replicates,
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
