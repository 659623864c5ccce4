"""List: which scenarios are there, and which source views has each?"""

from dataclasses import asdict, dataclass

from sim.cli.console import make_console, print_json, print_note
from sim.cli.options import AsJson, Quiet


@dataclass(frozen=True)
class Row:
    """One scenario of the list."""

    scenario: str
    """Its name, as other commands take it."""
    title: str
    """Its title."""
    source_views: list[str]
    """Names of its source views."""


def list_scenarios(as_json: AsJson = False, quiet: Quiet = False) -> None:
    """Show the scenarios and their source views."""
    from sim.errors import display_path
    from sim.loading.discovery import find_scenarios, find_shadowed
    from sim.loading.loader import ScenarioError, list_views

    rows = []
    for found in find_scenarios():
        views: list[str] = []
        try:
            views = list_views(found.path)
        except ScenarioError as error:
            print_note(str(error), quiet=quiet)
        rows.append(Row(found.name, found.title, views))
    for found_twice in find_shadowed():
        first, second = display_path(found_twice.path), display_path(found_twice.shadowed)
        print_note(f"{found_twice.name}: {first} is taken; it hides {second}", quiet=quiet)
    if as_json:
        print_json({"scenarios": [asdict(row) for row in rows]})
        return
    _show(rows)
    remark = "`zopa run SCENARIO` plays one under all its source views; `zopa cite VIEW` says what a view assumes."
    print_note(remark, quiet=quiet)


def _show(rows: list[Row]) -> None:
    """A table of scenarios."""
    from rich.table import Table

    table = Table("scenario", "title", "source views", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row(row.scenario, row.title, ", ".join(row.source_views))
    make_console().print(table)
