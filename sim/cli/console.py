"""Console: what is said where - results and tables on stdout, notes and mistakes on stderr, in plain words."""

import json
import shutil
import sys
from textwrap import fill
from typing import TYPE_CHECKING, Any

from sim.cli.streams import can_show, escape_controls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console
    from rich.table import Table as RichTable

    from analysis.figures.figure_table import Table


WIDTH_OF_A_FILE = 140
"""Columns of a table that is not written to a terminal."""
_NO_BOUND = 10_000
MOST_FOLDED = 1.5
"""A table is as wide as its longest words; wider than so many screens, and too many of them would be broken."""
NARROWEST = 20
"""Fewest columns of running text."""


def print_result(text: str) -> None:
    """Print a piece of the result."""
    print(escape_controls(text))


def print_json(data: Any) -> None:
    """Print the result as one JSON object."""
    text = json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False)
    print(text if can_show(text) else json.dumps(data, indent=2, allow_nan=False))


def print_note(text: str, *, quiet: bool = False) -> None:
    """Tell a reader something that is not the result."""
    if not quiet:
        print(escape_controls(text), file=sys.stderr, flush=True)


def print_notes(texts: "Iterable[str]", *, quiet: bool = False) -> None:
    """Tell a reader several things that are not the result."""
    for text in texts:
        print_note(text, quiet=quiet)


def print_error(text: str) -> None:
    """Say what went wrong."""
    print(escape_controls(text), file=sys.stderr, flush=True)


def measure_width() -> int:
    """Columns of running text: those of the terminal, or 80 where there is none."""
    return max(NARROWEST, shutil.get_terminal_size((80, 24)).columns)


def make_console() -> "Console":
    """Where tables are drawn: stdout, as wide as the terminal or, into a file, wide enough."""
    from rich.console import Console

    on_screen = sys.stdout.isatty()
    return Console(width=None if on_screen else WIDTH_OF_A_FILE, highlight=False, markup=False, emoji=False)


def print_changed(text: str) -> None:
    """Say above a table what was changed; nothing if nothing was."""
    if text:
        print_result(text)


def print_table(shown: "Table") -> None:
    """Draw a table as wide as the screen, under its caption; row by row where most words would be broken."""
    console, table = make_console(), _draw_table(shown)
    if _fits(table, console):
        console.print(table)
    else:
        print_result("\n".join(_list_row_by_row(shown, console.width)))


def count_lines(shown: "Table") -> int:
    """Lines that a table takes on the screen."""
    console, table = make_console(), _draw_table(shown)
    if _fits(table, console):
        return len(console.render_lines(table, console.options))
    return "\n".join(_list_row_by_row(shown, console.width)).count("\n") + 1


def _draw_table(shown: "Table") -> "RichTable":
    from rich.table import Column, Table

    head = (Column(name, overflow="fold") for name in shown.head)
    table = Table(*head, title=shown.caption, title_justify="left", title_style="")
    for row in shown.rows:
        table.add_row(*row)
    return table


def _fits(table: "RichTable", console: "Console") -> bool:
    """True if hardly any word of a table must be broken."""
    from rich.measure import Measurement

    needed = Measurement.get(console, console.options.update(max_width=_NO_BOUND), table).minimum
    return needed <= MOST_FOLDED * console.width


def _list_row_by_row(shown: "Table", width: int) -> "Iterator[str]":
    """Every cell on a line of its own behind the head of its column; rows are parted by an empty line."""
    if shown.caption:
        yield fill(shown.caption, width)
    for row in shown.rows:
        yield ""
        for head, cell in zip(shown.head, row, strict=True):
            said = " ".join(f"{head}: {cell}".split()).removeprefix(": ")
            yield fill(said, width, subsequent_indent="  ")
    yield ""
