"""Patterns: which behaviour that texts describe occurs in the runs of a scenario, and how often?"""

from typing import Annotated

import typer

from sim.cli import options
from sim.cli.console import print_changed, print_json, print_notes, print_table
from sim.cli.console_reporter import ConsoleReporter

RunsOption = Annotated[int, typer.Option("--runs", help="Matching runs per source view in which patterns are sought.")]


def patterns(
    case: options.CaseName = None,
    view: options.Views = None,
    runs: RunsOption = 300,
    horizon: options.Horizon = None,
    seed: options.Seed = None,
    changes: options.Changes = None,
    answers: options.AnswersOption = None,
    holds_from: options.HoldsFrom = options.WEEK_1,
    workers: options.Workers = None,
    engine: options.Engine = None,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Count the runs that show the patterns of a scenario: behaviour that its texts describe."""
    from analysis.report.patterns import build_pattern_table
    from sim.workflows.patterns import patterns

    found = patterns(
        case,
        view=view or (),
        runs=runs,
        horizon=horizon,
        seed=seed,
        changes=changes or (),
        answers=answers or (),
        holds_from=holds_from,
        workers=workers,
        engine=engine,
        reporter=ConsoleReporter(as_json, quiet),
    )
    if as_json:
        print_json(found.as_json())
    else:
        print_changed(found.describe_changed())
        print_table(build_pattern_table(found.found))
    print_notes(found.list_notes(), quiet=quiet)
