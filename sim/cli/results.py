"""Results: which results are stored?"""

from typing import Annotated

import typer

from sim.cli import options
from sim.cli.console import print_json, print_note, print_notes, print_result, print_table

CaseName = Annotated[
    str | None,
    typer.Argument(
        metavar="CASE",
        help="The scenario whose results are meant, or a case with all its scenario files; left out: all.",
        autocompletion=options.complete_case,
        show_default=False,
    ),
]


MOST_SHOWN = 20
"""Results that are shown unless all are asked for, and mistakes."""

ShowAll = Annotated[bool, typer.Option("--all", help=f"Show all, not only the {MOST_SHOWN} newest.")]


def results(
    case: CaseName = None,
    out: options.Out = options.OUTPUTS,
    show_all: ShowAll = False,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """List stored results, the newest first: scenario and folder, when, how much was played, what was changed."""
    from analysis.figures.figure_table import Table
    from sim.workflows.list_results import list_results

    found = list_results(case, out=out)
    if as_json:
        print_json(found.as_json())
    elif found.rows:
        table = found.build_text_table()
        most = None if show_all else MOST_SHOWN
        print_table(Table("", table.head, table.rows[:most]))
        if most is not None and len(table.rows) > most:
            print_result(f"and {len(table.rows) - most:,} more; `zopa results --all` shows them")
        print_note("`zopa report`, `zopa replay` and `zopa export` take a case or a folder.", quiet=quiet)
    else:
        print_note(f"There are no results in {out}; `zopa run` makes some.", quiet=quiet)
    print_notes(found.mistakes[: None if show_all else MOST_SHOWN], quiet=quiet)
    if not show_all and len(found.mistakes) > MOST_SHOWN:
        print_note(f"and {len(found.mistakes) - MOST_SHOWN:,} more that cannot be read", quiet=quiet)
