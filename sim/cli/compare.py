"""Compare: what do scenario files change, under each source's assumptions?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli import options
from sim.cli.console import print_changed, print_error, print_json, print_notes, print_result, print_table
from sim.cli.console_reporter import ConsoleReporter
from sim.cli.start import INTERRUPTED
from sim.errors import display_path

if TYPE_CHECKING:
    from sim.workflows.compare_scenarios import ScenarioComparison

Scenarios = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="CASE",
        help="Scenarios; the first is the reference. A lone one is compared with itself with what --with asks, or else "
        "with the base of its case.",
        autocompletion=options.complete_case,
        show_default=False,
    ),
]
Added = Annotated[
    list[str] | None,
    typer.Option(
        "--with",
        metavar="NAME=VALUE",
        help="Asked of the last scenario alone: a value (levers.embargo.price=*0.5), an answer or a side of a "
        "contradiction (X1=first), another source view (view=wide); may be given several times.",
    ),
]
Runs = Annotated[int, typer.Option("--runs", help="Matching runs per scenario and source view.")]
RegretOption = Annotated[
    str | None,
    typer.Option(
        "--regret",
        metavar="KEY",
        help="Take the scenarios as policies, worth the share of this outcome (`agreement`: any in force), and print "
        "how far each stays behind the best under every source view.",
    ),
]
Csv = Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="A new file: every difference as a row.")]


def compare(
    scenarios: Scenarios = None,
    view: options.Views = None,
    runs: Runs = 1000,
    horizon: options.Horizon = None,
    seed: options.Seed = None,
    added: Added = None,
    changes: options.Changes = None,
    answers: options.AnswersOption = None,
    holds_from: options.HoldsFrom = options.WEEK_1,
    regret: RegretOption = None,
    csv: Csv = None,
    out: options.Out = options.OUTPUTS,
    workers: options.Workers = None,
    engine: options.Engine = None,
    scheduler: options.Scheduler = None,
    lang: options.Lang = "en",
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Play any two cases, or a case with a change, with the same luck; print how far each share moves."""
    from sim.workflows.compare_scenarios import compare

    found = compare(
        scenarios or [],
        view=view,
        runs=runs,
        horizon=horizon,
        seed=seed,
        added=added or (),
        changes=changes or (),
        answers=answers or (),
        holds_from=holds_from,
        regret=regret,
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
        _show(found)
        print_result(f"Page: {display_path(found.page)}")
    print_notes(found.list_notes(), quiet=quiet)
    if not found.comparison.complete:
        print_error(f"zopa: interrupted; the runs finished so far are compared in {display_path(found.page.parent)}")
        raise typer.Exit(INTERRUPTED)


def _show(found: "ScenarioComparison") -> None:
    """Any agreement, scenario by scenario and view by view, what moves most, and effect and selection apart."""
    from analysis.figures.scenario_differences import build_overview, describe_files
    from sim.workflows.display import format_text

    print_changed(found.describe_changed())
    print_table(build_overview(found.comparison, short=True))
    print_result("\n".join(f"{name}: {text}" for name, text in describe_files(found.comparison)))
    for table, notes in found.list_splits():
        print_table(table)
        print_result("\n".join(notes))
    if (regrets := found.build_regret_table()) is not None:
        print_result(format_text(regrets))
