"""Effects: does each lever do, in the runs of a case, what the authors of its texts say that it does?"""

from typing import Annotated

import typer

from sim.cli import options
from sim.cli.console import print_json, print_notes, print_table
from sim.cli.console_reporter import ConsoleReporter

DrawsOption = Annotated[int, typer.Option("--draws", help="Draws played with and without each lever.")]


def effects(
    case: options.CaseName = None,
    view: options.Views = None,
    draws: DrawsOption = 4096,
    horizon: options.Horizon = None,
    seed: options.Seed = None,
    workers: options.Workers = None,
    engine: options.Engine = None,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Say whether each lever does in the runs what the authors of the texts say that it does."""
    from sim.workflows.effects import effects

    found = effects(
        case,
        view=view or (),
        draws=draws,
        horizon=horizon,
        seed=seed,
        workers=workers,
        engine=engine,
        reporter=ConsoleReporter(as_json, quiet),
    )
    if as_json:
        print_json(found.as_json())
    else:
        print_table(found.build_table())
    print_notes(found.list_notes(), quiet=quiet)
