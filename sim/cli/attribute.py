"""Attribute: what does the difference between two source views come from, theme by theme?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli import options
from sim.cli.console import print_json, print_notes, print_result
from sim.cli.console_reporter import ConsoleReporter
from sim.cli.console_tables import print_table
from sim.cli.run import NoReport, Out, Workers, format_command
from sim.errors import UsageError, display_path

if TYPE_CHECKING:
    from sim.workflows.attribute_views import ViewAttribution

MOST_DRAWS = 100_000

First = Annotated[
    str, typer.Argument(metavar="VIEW", help="The source view to begin with.", autocompletion=options.complete_view)
]
Second = Annotated[
    str, typer.Argument(metavar="OTHER", help="The source view to end with.", autocompletion=options.complete_view)
]
Scenario = Annotated[
    str | None,
    typer.Option(
        "--scenario",
        metavar="CASE",
        help="A scenario: its name, file or folder. Left out: the default case.",
        autocompletion=options.complete_case,
    ),
]
Outcome = Annotated[
    str | None,
    typer.Option("--outcome", metavar="KEY", help="The outcome to ask about; left out: any agreement in force."),
]
DrawsOption = Annotated[int, typer.Option("--draws", help="Draws played for every set of themes, matching or not.")]


def attribute(
    first: First,
    second: Second,
    scenario: Scenario = None,
    outcome: Outcome = None,
    draws: DrawsOption = 700,
    horizon: options.Horizon = None,
    seed: options.Seed = None,
    changes: options.Changes = None,
    answers: options.AnswersOption = None,
    out: Out = Path("outputs"),
    workers: Workers = None,
    engine: options.Engine = None,
    scheduler: options.Scheduler = None,
    lang: options.Lang = "en",
    no_report: NoReport = False,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Play every set of the themes in which two source views differ; say what each accounts for (Shapley values)."""
    options.check_range("--draws", draws, 2, MOST_DRAWS)
    options.check_range("--horizon", horizon, 1, options.MOST_WEEKS)
    options.check_range("--workers", workers, 1, options.MOST_WORKERS)
    _refuse_bad_options(lang, first, second, scheduler, workers)
    from sim.workflows.attribute_views import attribute

    found = attribute(
        scenario or options.find_default_case(),
        first,
        second,
        outcome=outcome,
        draws=draws,
        horizon=horizon,
        seed=None if seed is None else options.parse_seed(seed, 0),
        changes=changes or (),
        answers=answers or (),
        out=out,
        workers=workers,
        engine=engine,
        scheduler=scheduler,
        lang=lang,
        page=not no_report,
        command=format_command(),
        reporter=ConsoleReporter(as_json, quiet),
    )
    if as_json:
        print_json(found.as_json())
    else:
        _show(found)
    print_notes(found.list_notes(), quiet=quiet)


def _refuse_bad_options(lang: str, first: str, second: str, scheduler: str | None, workers: int | None) -> None:
    """Stop at a language nobody speaks, or if what was said makes no sense together."""
    options.check_language(lang)
    if first == second:
        raise UsageError(f"{first} would be set beside itself; name another source view")
    if scheduler is not None and workers is not None:
        raise UsageError("--workers and --scheduler exclude each other: the cluster has its own workers")


def _show(found: "ViewAttribution") -> None:
    """The table, how to read it, and where the files are."""
    from analysis.figures.attribution import build_table, summary_text

    print_table(build_table(found.named))
    print_result(summary_text(found.named))
    print_result(f"Page: {display_path(found.page)}" if found.page else f"Numbers: {display_path(found.numbers)}")
