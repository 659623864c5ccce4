"""Suggest menu: which terms, besides the named ones, belong on the table of a scenario?"""

from typing import Annotated

import typer

from sim.cli.console import print_json, print_note, print_result
from sim.cli.options import AsJson, CaseName, Changes, Quiet, Seed


def suggest_menu(
    case: CaseName = None,
    draws: Annotated[int, typer.Option("--draws", help="Draws over which the best terms are counted.")] = 1000,
    rows: Annotated[int, typer.Option("--rows", help="Rows to print.")] = 20,
    seed: Seed = None,
    changes: Changes = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Make the rows of `menu.nash`: terms that are most often the best Nash package in the widest view."""
    from sim.workflows.suggest_menu import suggest_menu

    found = suggest_menu(case, draws=draws, rows=rows, seed=seed, changes=changes or ())
    about = f"{found.title}, {found.view or 'as written'}, {draws:,} draws, seed {found.seed}"
    print_note(about, quiet=quiet)
    if as_json:
        print_json(found.as_json())
        return
    print_result(str(found))
