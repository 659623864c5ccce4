"""Attribute: what does the difference between two source views come from, theme by theme?"""

from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli import options
from sim.cli.console import print_changed, print_json, print_notes, print_result, print_table
from sim.cli.console_reporter import ConsoleReporter
from sim.errors import display_path

if TYPE_CHECKING:
    from analysis.methods.named_attribution import NamedAttribution
    from sim.workflows.attribute_views import ViewAttribution

MOST_SHOWN = 10
"""Pairs of themes that are printed, at most; the files have all."""

First = Annotated[
    str, typer.Argument(metavar="VIEW", help="The source view to begin with.", autocompletion=options.complete_view)
]
Second = Annotated[
    str, typer.Argument(metavar="OTHER", help="The source view to end with.", autocompletion=options.complete_view)
]
Interactions = Annotated[
    bool, typer.Option("--interactions", help="Also say what every two themes do only together (interaction index).")
]
DrawsOption = Annotated[int, typer.Option("--draws", help="Draws played for every set of themes, matching or not.")]


def attribute(
    first: First,
    second: Second,
    case: options.CaseOption = None,
    outcome: options.Outcome = None,
    draws: DrawsOption = 700,
    interactions: Interactions = False,
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
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Play every set of the themes in which two source views differ; say what each accounts for (Shapley values)."""
    from sim.workflows.attribute_views import attribute

    found = attribute(
        first,
        second,
        case=case,
        outcome=outcome,
        draws=draws,
        interactions=interactions,
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
        print_changed(found.describe_changed())
        _show(found.named)
        _show_interactions(found)
        print_result(f"Page: {display_path(found.page)}" if found.page else f"Numbers: {display_path(found.numbers)}")
    print_notes(found.list_notes(), quiet=quiet)


def _show_interactions(found: "ViewAttribution") -> None:
    """The pairs of themes that do most only together."""
    for (one, other), shift in list(found.interactions.items())[:MOST_SHOWN]:
        low, high = 100 * shift.low, 100 * shift.high
        print_result(f"{one} with {other}: {100 * shift.value:+.1f} ({low:+.1f} to {high:+.1f}) points only together")


def _show(given: "NamedAttribution") -> None:
    """The table, and how to read it."""
    from analysis.figures.attribution import build_table, summary_text

    print_table(build_table(given))
    print_result(summary_text(given))
