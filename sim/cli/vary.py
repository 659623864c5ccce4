"""Vary: what do shares become when some numbers take other values?"""

from dataclasses import replace
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli import options
from sim.cli.console import (
    make_console,
    measure_width,
    print_changed,
    print_error,
    print_json,
    print_notes,
    print_result,
    print_table,
)
from sim.cli.console_reporter import ConsoleReporter
from sim.cli.start import INTERRUPTED
from sim.errors import display_path

if TYPE_CHECKING:
    from sim.workflows.varied_result import VariedResult

Factors = Annotated[
    list[str] | None,
    typer.Option(
        "--vary",
        metavar="NAME=VALUES",
        help="Vary a number, an answer or a side of a contradiction: NAME=a,b,c or NAME=low..high:5, such as "
        "contest.noise=*0.5,*2; several make a grid.",
        show_default=False,
    ),
]
Samples = Annotated[
    int | None,
    typer.Option("--samples", metavar="N", help="Take N settings of a Latin hypercube instead of the whole grid."),
]
Outcome = Annotated[
    str | None,
    typer.Option("--outcome", metavar="KEY", help="The outcome to show; left out: any agreement in force."),
]
Runs = Annotated[int, typer.Option("--runs", help="Matching runs per setting and source view.")]

WIDEST_VALUE, NARROW_VIEW, WIDE_VIEW = 20, 25, 36
"""Columns that the values of a factor need at most, and a source view without and with effect and selection."""


def vary(
    case: options.CaseName = None,
    factors: Factors = None,
    samples: Samples = None,
    outcome: Outcome = None,
    view: options.Views = None,
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
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Play a case at many settings of some of its numbers; one table, one figure, a row of CSV for each setting."""
    from sim.workflows.vary import vary

    found = vary(
        case,
        factors or (),
        samples=samples,
        outcome=outcome,
        view=view or (),
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
        _show(found)
    print_notes(found.list_notes(), quiet=quiet)
    _stop_if_interrupted(found)


def _show(found: "VariedResult") -> None:
    """The table, in parts where it is narrow, and where everything is."""
    from analysis.figures.varied_shares import build_table
    from sim.workflows.varied_result import TABLE_NAME

    names = list(found.varied.view_labels)
    width = NARROW_VIEW if found.varied.is_same_selection else WIDE_VIEW
    room = max(1, (make_console().width - WIDEST_VALUE * len(found.varied.factors)) // width)
    print_changed(found.describe_changed())
    for first in range(0, len(names), room):
        table = build_table(found.varied, names[first : first + room])
        if first == 0:
            print_result("\n".join(wrap(table.caption, measure_width())))
        print_table(replace(table, caption=""))
    print_result(f"Table: {display_path(found.folder / TABLE_NAME)}")
    if found.page is not None:
        print_result(f"Page: {display_path(found.page)}")


def _stop_if_interrupted(found: "VariedResult") -> None:
    """End with the code of an interruption if settings are missing."""
    if not found.varied.complete:
        print_error(f"zopa: interrupted; the settings played so far are kept in {display_path(found.folder)}")
        raise typer.Exit(INTERRUPTED)
