"""Compare views: source views side by side, beside scenario files; the words say which is meant."""

from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli import options
from sim.cli.command_group import CommandGroup
from sim.cli.compare import compare as compare_scenarios
from sim.cli.console import count_lines, print_changed, print_json, print_notes, print_result, print_table
from sim.cli.console_reporter import ConsoleReporter
from sim.errors import ScenarioError, display_path

if TYPE_CHECKING:
    from analysis.report.view_comparison import ComparedViews
    from sim.workflows.compare_views import ViewComparison


class CompareGroup(CommandGroup):
    """Scenarios or source views: without a word, or with the name of a view among them, views are meant."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take `views` where source views are named, so that `zopa compare VIEW VIEW` compares views."""
        return super().parse_args(ctx, ["views", *args] if _means_views(args) else args)


FLAGS = ("--json", "--quiet", "-q", "--pool", "--no-report", "--all")
"""Options that are followed by no value."""


def _means_views(args: list[str]) -> bool:
    """True if no scenario is named, or a case whose views are all meant, or some source view of the case."""
    if {"--help", "-h"} & {*args} or args[:1] in (["views"], ["scenarios"]):
        return False
    before = pairwise(["", *args])
    named = [word for last, word in before if word[:1] != "-" and (last[:1] != "-" or "=" in last or last in FLAGS)]
    if not named or any(word.split("=")[0] == "--case" for word in args):
        return True
    from sim.loading.discovery import find_default_case
    from sim.loading.loader import list_views

    try:
        return not {*list_views(find_default_case())}.isdisjoint(named)
    except ScenarioError:
        return False


compare = typer.Typer(
    cls=CompareGroup,
    help="Compare source views (`zopa compare VIEW VIEW`; all if none is named) or scenarios (`zopa compare A B`).",
    context_settings={"help_option_names": ["-h", "--help"]},
)
compare.command("scenarios")(compare_scenarios)

Views = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="VIEW",
        help="Source views; left out: all of them. One that is named twice is set beside itself.",
        autocompletion=options.complete_view,
        show_default=False,
    ),
]
Actor = Annotated[list[str] | None, typer.Option("--actor", metavar="KEY", help="Only statements about this actor.")]
ThemeOption = Annotated[
    list[str] | None, typer.Option("--theme", metavar="NAME", help="Only statements under this theme.")
]
Pool = Annotated[bool, typer.Option("--pool", help="Add the mean over the sources with equal weights.")]
Precision = Annotated[
    str,
    typer.Option("--precision", metavar="P%", help="Half-width of a difference that is asked for, such as 3%."),
]
ShowAll = Annotated[bool, typer.Option("--all", help="Print every outcome and every number with its passages.")]
MOST_LINES = 60
"""Lines that are printed unless all is asked for."""

Runs = Annotated[int, typer.Option("--runs", help="Matching runs of each source view.")]


@compare.command("views")
def compare_views(
    views: Views = None,
    case: options.CaseOption = None,
    actor: Actor = None,
    theme: ThemeOption = None,
    pool: Pool = False,
    precision: Precision = "3%",
    runs: Runs = 1000,
    horizon: options.Horizon = None,
    seed: options.Seed = None,
    changes: options.Changes = None,
    answers: options.AnswersOption = None,
    holds_from: options.HoldsFrom = options.WEEK_1,
    out: options.Out = options.OUTPUTS,
    workers: options.Workers = None,
    engine: options.Engine = None,
    scheduler: options.Scheduler = None,
    lang: options.Lang = "en",
    no_report: options.NoReport = False,
    show_all: ShowAll = False,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Set source views side by side: shares on the same draws, times, and what they say of the same numbers."""
    from sim.workflows.compare_views import compare_views

    found = compare_views(
        views or (),
        case=case,
        actor=actor or (),
        theme=theme or (),
        pool=pool,
        precision=precision,
        runs=runs,
        horizon=horizon,
        seed=seed,
        changes=changes or (),
        answers=answers or (),
        holds_from=holds_from,
        out=out,
        workers=workers,
        engine=engine,
        scheduler=scheduler,
        lang=lang,
        report=not no_report,
        command=options.format_command(),
        reporter=ConsoleReporter(as_json, quiet),
    )
    if as_json:
        print_json(found.as_json())
    else:
        _show(found, restricted=bool(actor or theme), every=show_all)
        if found.is_same:
            return
    print_notes(found.list_notes() if show_all or as_json else found.list_short_notes(), quiet=quiet)


def _show(found: "ViewComparison", *, restricted: bool, every: bool) -> None:
    """Shares, differences, times and what views say; cut to about a screenful unless all is asked for."""
    from analysis.report.view_comparison import (
        build_pairs_table,
        build_shares_table,
        build_statements_table,
        build_times_table,
    )

    given = found.compared
    if found.is_same:
        print_result("\n".join(found.list_notes()))
        return
    print_changed(found.describe_changed())
    said = [
        build_statements_table(given, pair)
        for pair, statements in given.statements.items()
        if statements and (restricted or len(given.pairs) == 1)
    ]
    whole = [build_shares_table(given), build_pairs_table(given), build_times_table(given), *said]
    if every or sum(map(count_lines, whole)) <= MOST_LINES:
        for table in whole:
            print_table(table)
    else:
        _show_short(given, restricted=restricted)
    print_result(f"Page: {display_path(found.page)}" if found.page else f"Numbers: {display_path(found.numbers)}")


def _show_short(given: "ComparedViews", *, restricted: bool) -> None:
    """The most frequent outcomes, differences, and the first numbers of which two views speak; what is left out."""
    from analysis.report.view_tables import build_short_pairs, build_short_shares, build_short_statements, list_left_out

    statements = len(given.pairs) == 1 or restricted
    tables = [build_short_shares(given), build_short_pairs(given)]
    for table in (*tables, *([build_short_statements(given)] if statements else [])):
        print_table(table)
    print_result(list_left_out(given, statements=statements))
