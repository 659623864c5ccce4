"""Coverage: what became of everything that the texts of a case say?"""

from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.console import make_console, print_json, print_note, print_result
from sim.cli.options import AsJson, CaseName, Quiet

if TYPE_CHECKING:
    from sim.workflows.display import TextTable

Ids = Annotated[bool, typer.Option("--ids", help="Also list every row: what uses it, or why nothing does.")]


def coverage(case: CaseName = None, ids: Ids = False, as_json: AsJson = False, quiet: Quiet = False) -> None:
    """Count the rows of what the texts say: used by what, listed with a reason, or left out (exit code 3)."""
    from sim.workflows.coverage import coverage

    found = coverage(case, ids=ids)
    if as_json:
        print_json(found.as_json())
    else:
        _show(found.build_text_table())
        print_note(
            "A row may be used by several things. `zopa cite ID` shows a claim and what rests on it.", quiet=quiet
        )
    found.raise_problems()


def _show(shown: "TextTable") -> None:
    """The table of counts, and what stands below it."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, name in enumerate(shown.head):
        table.add_column(name, justify="right" if number else "left")
    for row in shown.rows:
        table.add_row(*row)
    make_console().print(table)
    print_result("\n".join(("", *shown.after)))
