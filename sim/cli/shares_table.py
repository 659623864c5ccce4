"""Shares table: the outcome shares of all source views side by side, for a reader at a terminal."""

from collections.abc import Mapping

from rich.table import Table

from analysis.figures.number_text import format_estimate, format_interval, format_range, format_share
from analysis.methods.assumptions import format_quantity
from analysis.methods.change_words import describe_changes
from analysis.methods.intervals import Interval
from analysis.methods.sequence_shares import compute_sequence_shares
from analysis.methods.shares import Shares
from analysis.methods.stopping_rule import choose_stopping_rule
from analysis.report.paired_change import build_paired_change_table, list_paired_change_notes
from sim.cli.console import make_console, print_note, print_result, print_table
from sim.ensemble.plan import AS_WRITTEN
from sim.ensemble.results import Results
from sim.storage.rebuild import rebuild_view
from sim.workflows.save_results import SavedResults

NARROWEST_OUTCOME, WIDEST_VIEW = 24, 18
"""Columns that the names of the outcomes need at least, and a source view or the range at most."""


def show_shares(results: Results, shares: Shares, late: Mapping[str, int]) -> None:
    """One row per outcome, one column per source view: share, and its interval below; in parts where it is narrow.

    Args:
        results: The runs.
        shares: Their shares.
        late: First week in which an outcome could come about, for those that cannot before the horizon.
    """
    screen = make_console()
    columns = _list_columns(shares, late)
    names = list(columns)
    room = max(1, (screen.width - NARROWEST_OUTCOME) // WIDEST_VIEW)
    manifest = results.manifest
    whose = "the case's own" if list(shares.views) == [AS_WRITTEN] else "each source's"
    screen.print(f"{manifest.title}: share of matching runs under {whose} assumptions, week {manifest.horizon_weeks}")
    if changed := describe_changes(manifest):
        screen.print(changed)
    for first in range(0, len(names), room):
        screen.print(_format_part(shares, {name: columns[name] for name in names[first : first + room]}))


def show_paired_change(saved: SavedResults) -> None:
    """What a changed assumption moves, against the same draws without it, and what must be known to read it."""
    if saved.change is None:
        return
    manifest = saved.results.manifest
    print_table(build_paired_change_table(manifest, saved.change))
    for text in list_paired_change_notes(manifest, saved.change):
        print_result(text)


def _list_columns(shares: Shares, late: Mapping[str, int]) -> dict[str, list[str]]:
    """The cells of every source view, and of the range where there are several sources."""
    columns = {
        name: [
            _format_cell(view.any_agreement),
            *(_format_cell(view.outcomes[key], late.get(key)) for key in shares.outcomes),
            f"{view.n_matching:,} of {view.n_drawn:,}",
        ]
        for name, view in shares.views.items()
    }
    if len(shares.sources) > 1:
        ranges = [shares.agreement_range, *(shares.ranges[key] for key in shares.outcomes)]
        columns["range of sources"] = [*(format_range(found.low, found.high) for found in ranges), ""]
    return columns


def _format_part(shares: Shares, columns: dict[str, list[str]]) -> Table:
    """A table of some of the columns."""
    table = Table(show_lines=False)
    table.add_column("outcome", min_width=14)
    for name in columns:
        table.add_column(name, justify="right", no_wrap=True)
    labels = ["an agreement in force", *shares.outcomes.values(), "runs that match the reported run-up"]
    for number, label in enumerate(labels):
        table.add_row(label, *(cells[number] for cells in columns.values()))
        if number in (0, len(labels) - 2):
            table.add_section()
    return table


def _format_cell(found: Interval, late: int | None = None) -> str:
    """A share above its interval, as on the page; where it cannot happen before the horizon, when it can."""
    below = f"can from week {late}" if found.share == 0.0 and late is not None else format_interval(found)
    return f"{format_share(found.share)}\n{below}"


def show_notes(results: Results, shares: Shares, *, quiet: bool) -> None:
    """What must be known to read the table, on stderr."""
    manifest = results.manifest
    names = ", ".join(shares.views)
    print_note(f"Not a forecast: each figure is the share of runs under one assumption set ({names}).", quiet=quiet)
    for text in _format_sharpness(results):
        print_note(text, quiet=quiet)
    print_note(
        "Intervals: 95%, for the limited number of runs only; Wilson; Clopper–Pearson below 1% and above 99%; "
        "an upper bound where no run ended so.",
        quiet=quiet,
    )
    for view in shares.views.values():
        if view.menu_zone is not None:
            off = view.menu_zone.off_menu
            print_note(
                f"Agreements not on the menu, {view.name}: in {format_estimate(off)} of {view.menu_zone.runs:,} runs "
                "everybody needed would consent to one of them, and to none on the menu.",
                quiet=quiet,
            )
        if view.threats is not None:
            believed, executed = (format_share(one) for one in (view.threats.believed, view.threats.executed))
            print_note(
                f"Threats, {view.name}: the target believed {believed} of them; {executed} were executed.", quiet=quiet
            )
    for text in _format_answered_sequences(results):
        print_note(text, quiet=quiet)
    for view_name in shares.without_runs:
        print_note(f"{view_name}: no matching run was finished", quiet=quiet)
    for text in manifest.notes:
        print_note(f"Note: {text}", quiet=quiet)
    print_note(f"Seed {manifest.seed}, {_format_asked(results)}.", quiet=quiet)


def _format_asked(results: Results) -> str:
    """How many runs were asked for, or how closely every share was to be known and whether it is."""
    manifest = results.manifest
    enough = choose_stopping_rule(manifest)
    if manifest.precision is None or enough is None:
        return f"{manifest.runs_asked:,} matching runs asked for per source view"
    numbers = range(len(manifest.outcomes))
    if all(enough([found.count(number) for number in numbers]) for found in results.views.values()):
        return f"every share is known within {manifest.precision:.2%} in every source view, as asked"
    asked = f"--precision {manifest.precision:.2%}"
    return f"at most {manifest.runs_asked:,} matching runs per source view; {asked} is not reached with the runs so far"


def _format_answered_sequences(results: Results) -> list[str]:
    """How much hangs on every sequence that only an answer put on the table."""
    found = []
    for one in compute_sequence_shares(results):
        carried = ", ".join(f"{name} {format_share(share)}" for name, share in one.shares.items()) or "none"
        found.append(
            f"No source names the sequence “{one.label}”; an answer put it on the table. "
            f"It carries of the agreements in force: {carried}."
        )
    return found


def _format_sharpness(results: Results) -> list[str]:
    """Sharpness of choice, each value once with the source views that have it."""
    held: dict[str, list[str]] = {}
    for view in results.views:
        precision = rebuild_view(results.manifest, view).text["choice"]["precision"]
        held.setdefault(format_quantity(precision), []).append(view)
    return [f"Precision of choice λ: {words} ({', '.join(names)})." for words, names in held.items()]
