"""Compare: what do scenario files change, under each source's assumptions?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from sim.cli import options
from sim.cli.console import print_error, print_json, print_notes, print_result, print_table
from sim.cli.console_reporter import ConsoleReporter
from sim.cli.start import INTERRUPTED
from sim.errors import display_path

if TYPE_CHECKING:
    from analysis.methods.scenario_differences import Comparison

OPTION = "--scenarios"
SAID = "Two or more scenarios; the first is the reference. A lone one is compared with the base of its case."


class MultiValueCommand(TyperCommand):
    """A command whose option --scenarios takes every word up to the next option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words, with the option said again before each of its own."""
        words, taking = list[str](), False
        for word in args:
            is_option = word.startswith("-")
            taking = word.split("=")[0] == OPTION if is_option else taking
            words += [] if word == OPTION else [OPTION, word] if taking and not is_option else [word]
        return super().parse_args(ctx, words)


Scenarios = Annotated[
    list[str] | None,
    typer.Option(OPTION, metavar="REFERENCE OTHER...", help=SAID, autocompletion=options.complete_case),
]
Runs = Annotated[int, typer.Option("--runs", help="Matching runs per scenario and source view.")]
Csv = Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="A new file: every difference as a row.")]


def compare(
    scenarios: Scenarios = None,
    view: options.Views = None,
    runs: Runs = 1000,
    horizon: options.Horizon = None,
    seed: options.Seed = None,
    changes: options.Changes = None,
    answers: options.AnswersOption = None,
    holds_from: options.HoldsFrom = options.WEEK_1,
    csv: Csv = None,
    out: options.Out = options.OUTPUTS,
    workers: options.Workers = None,
    engine: options.Engine = None,
    scheduler: options.Scheduler = None,
    lang: options.Lang = "en",
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Play scenario files with the same luck; print how far each share moves from the reference."""
    from sim.workflows.compare_scenarios import compare

    found = compare(
        scenarios or [],
        view=view,
        runs=runs,
        horizon=horizon,
        seed=seed,
        changes=changes or (),
        answers=answers or (),
        holds_from=holds_from,
        csv=csv,
        out=out,
        workers=workers,
        engine=engine,
        scheduler=scheduler,
        lang=lang,
        command=options.format_command(),
        reporter=ConsoleReporter(as_json, quiet),
    )
    if as_json:
        print_json(found.as_json())
    else:
        _show(found.comparison)
        print_result(f"Page: {display_path(found.page)}")
    print_notes(found.list_notes(), quiet=quiet)
    if not found.comparison.complete:
        print_error(f"zopa: interrupted; the runs finished so far are compared in {display_path(found.page.parent)}")
        raise typer.Exit(INTERRUPTED)


def _show(found: "Comparison") -> None:
    """Any agreement, scenario by scenario and view by view, and what moves most."""
    from analysis.figures.scenario_differences import build_overview, describe_files

    print_table(build_overview(found, short=True))
    print_result("\n".join(f"{name}: {text}" for name, text in describe_files(found)))
