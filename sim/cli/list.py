"""List: which scenarios are there, and which source views has each?"""

from typing import TYPE_CHECKING

from sim.cli.console import make_console, print_json, print_note, print_result
from sim.cli.options import AsJson, Quiet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sim.workflows.list_scenarios import ScenarioRow


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
    from rich.table import Table

    shown: list[tuple[str, str]] = []
    table = Table("scenario", "title", "source views", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row(row.scenario, row.title, ", ".join(row.source_views))
        shown.append((row.scenario, row.shows))
    make_console().print(table)
    for name, text in shown:
        if text:
            print_result(f"{name} shows: {text}")
