"""Attribute pairs: which themes account for the difference between every two sources?"""

from typing import Annotated

import typer

from sim.cli import options
from sim.cli.attribute import DrawsOption
from sim.cli.console import print_changed, print_json, print_notes, print_result, print_table
from sim.cli.console_reporter import ConsoleReporter
from sim.errors import display_path

Views = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="VIEW",
        help="Source views; left out: all that read an author.",
        autocompletion=options.complete_view,
        show_default=False,
    ),
]


def attribute_pairs(
    views: Views = None,
    case: options.CaseOption = None,
    outcome: options.Outcome = None,
    draws: DrawsOption = 700,
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
    """Say for every two source views which themes account for their difference; write a page and a table."""
    from analysis.figures.attribution_pairs import build_table, summary_text
    from sim.workflows.attribute_pairs import attribute_pairs

    found = attribute_pairs(
        views or (),
        case=case,
        outcome=outcome,
        draws=draws,
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
        print_table(build_table(found.named))
        print_result(summary_text(found.named))
        print_result(f"Page: {display_path(found.page)}" if found.page else f"Numbers: {display_path(found.numbers)}")
    print_notes(found.list_notes(), quiet=quiet)
