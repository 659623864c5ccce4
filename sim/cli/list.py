"""List: which scenarios are there, and which source views has each?"""

from textwrap import fill
from typing import TYPE_CHECKING

from sim.cli.console import make_console, print_json, print_note, print_result
from sim.cli.options import AsJson, Quiet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sim.workflows.list_scenarios import ScenarioRow

ROOM = 36
"""Columns that titles and source views need beside the names, which are never cut: somebody will type them."""


def list_scenarios(as_json: AsJson = False, quiet: Quiet = False) -> None:
    """Show the scenarios and their source views."""
    from sim.workflows import list_scenarios as workflow

    found = workflow.list_scenarios()
    for mistake in found.mistakes:
        print_note(mistake, quiet=quiet)
    for shadowed in found.shadowed:
        print_note(str(shadowed), quiet=quiet)
    if as_json:
        print_json(found.as_json())
        return
    _show(found.rows)
    remark = "`zopa run SCENARIO` plays one under all its source views; `zopa cite VIEW` says what a view assumes."
    print_note(remark, quiet=quiet)


def _show(rows: "Iterable[ScenarioRow]") -> None:
    """A table of scenarios."""
    from rich.table import Column, Table

    console, listed = make_console(), [*rows]
    longest = max((len(row.scenario) for row in listed), default=0)
    if console.width < longest + ROOM:
        _show_below_each_other(listed, console.width)
        return
    names = Column("scenario", min_width=longest)
    table = Table(names, "title", "source views", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for row in listed:
        table.add_row(row.scenario, row.title, ", ".join(row.source_views))
    console.print(table)
    for row in listed:
        if row.shows:
            said = f"{row.scenario} shows: {row.shows}"
            print_result(fill(said, console.width) if console.is_terminal else said)


def _show_below_each_other(rows: "Iterable[ScenarioRow]", width: int) -> None:
    """Each scenario under its name; a name that is too long goes on behind its stroke."""
    for row in rows:
        name = row.scenario if len(row.scenario) <= width else row.scenario.replace("/", "/\n", 1)
        print_result(name)
        views = f"source views: {', '.join(row.source_views)}" if row.source_views else ""
        for text in filter(None, (row.title, views, row.shows)):
            print_result(fill(text, width, initial_indent="  ", subsequent_indent="  "))
