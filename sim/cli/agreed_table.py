"""Agreed table: what was agreed on each issue and when, all source views side by side, for a reader at a terminal."""

from collections.abc import Mapping
from itertools import islice

from rich.table import Table

from analysis.figures.agreed_terms import format_weeks, name_issue
from analysis.figures.number_text import format_share
from analysis.methods.agreed_terms import SEQUENCE, AgreedTerms, WeekRange
from sim.cli.console import make_console
from sim.cli.shares_table import NARROWEST_OUTCOME, WIDEST_VIEW

SHOWN = 0.01
"""Answers are left out that are agreed in fewer agreements than this, under every source view."""


def show_agreed(agreed: Mapping[str, AgreedTerms], late: Mapping[str, int]) -> None:
    """One row per answer, one column per source view; nothing where no agreement is in force.

    Args:
        agreed: What was agreed, by source view.
        late: First week in which what is signed by a sequence is in force, for sequences too slow for the horizon.
    """
    views = {name: view for name, view in agreed.items() if view.in_force}
    if not views:
        return
    screen = make_console()
    weeks = next(iter(views.values())).horizon_weeks
    screen.print(f"What was agreed, among agreements in force in week {weeks}: share of each answer")
    room = max(1, (screen.width - NARROWEST_OUTCOME) // WIDEST_VIEW)
    for first in range(0, len(views), room):
        screen.print(_format_part(dict(islice(views.items(), first, first + room)), list(views.values()), late))


def _format_part(views: Mapping[str, AgreedTerms], everybody: list[AgreedTerms], late: Mapping[str, int]) -> Table:
    """A table of some of the source views."""
    table = Table("what", *views)
    for column in table.columns[1:]:
        column.justify, column.no_wrap = "right", True
    table.add_row("agreements in force", *(f"{view.in_force:,}" for view in views.values()))
    table.add_row("week signed: median, middle four fifths", *(_format_range(view.signed) for view in views.values()))
    table.add_row(
        "week in force: the same", *(_format_range(view.entered) for view in views.values()), end_section=True
    )
    for key, issue in everybody[0].issues.items():
        kept = [one for one in issue.options if any(v.issues[key].options[one].share.share >= SHOWN for v in everybody)]
        for option in kept:
            shares = [view.issues[key].options[option].share.share for view in views.values()]
            name = f"{name_issue(key, issue)}: {issue.options[option].label}"
            table.add_row(name, *map(format_share, shares))
        for option in (set(late) & set(issue.options)) - set(kept) if key == SEQUENCE else ():
            name = f"{name_issue(key, issue)}: {issue.options[option].label} (can be in force from week {late[option]})"
            table.add_row(name, *[format_share(0.0) for _ in views])
    return table


def _format_range(weeks: WeekRange | None) -> str:
    return "" if weeks is None else format_weeks(weeks)
