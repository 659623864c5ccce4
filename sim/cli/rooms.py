"""Rooms: which class rooms are there, and what came of them?"""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.console import print_json, print_note, print_result
from sim.errors import display_path

Code = Annotated[str | None, typer.Argument(metavar="CODE", help="Code of a room; left out: all.", show_default=False)]
To = Annotated[
    Path | None,
    typer.Option("--to", metavar="FILE", help="Write all games as CSV, such as room.csv.", show_default=False),
]
Delete = Annotated[bool, typer.Option("--delete", help="Delete the room, or all, with names, moves and results.")]


def rooms(
    code: Code = None,
    to: To = None,
    delete: Delete = False,
    out: options.Out = options.OUTPUTS,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """List class rooms that `zopa serve` keeps, write their games as CSV, or delete them."""
    from sim.workflows.rooms import rooms

    found = rooms(code, to=to, delete=delete, out=out)
    if as_json:
        print_json(found.as_json())
    elif found.rows:
        print_result(str(found))
    else:
        print_note(f"There are no class rooms in {out}; `zopa serve` opens some.", quiet=quiet)
    if found.written is not None:
        print_note(f"Games: {display_path(found.written)}", quiet=quiet)
    if found.deleted:
        print_note(f"Deleted: {found.deleted}", quiet=quiet)
