"""Tables: a table of the analysis, drawn for a reader at a terminal."""

from typing import TYPE_CHECKING

from sim.cli.console import make_console

if TYPE_CHECKING:
    from analysis.figures.figure_table import Table


def print_table(shown: "Table") -> None:
    """Draw a table as wide as the screen, under its caption."""
    from rich.table import Table

    table = Table(*shown.head, title=shown.caption, title_justify="left", title_style="")
    for row in shown.rows:
        table.add_row(*row)
    make_console().print(table)
