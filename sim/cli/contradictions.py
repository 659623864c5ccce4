"""Contradictions: over which questions do sources differ, and which of them moves an outcome?"""

from textwrap import fill
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli import options
from sim.cli.command_group import CommandGroup
from sim.cli.console import measure_width, print_changed, print_json, print_notes, print_result, print_table
from sim.cli.console_reporter import ConsoleReporter
from sim.errors import display_path

if TYPE_CHECKING:
    from sim.workflows.rank_contradictions import ContradictionRanking

contradictions = typer.Typer(
    cls=CommandGroup,
    help="List the questions over which sources differ; `rank` says which of them moves an outcome.",
    context_settings={"help_option_names": ["-h", "--help"]},
)

Source = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="KEY", help="Only those that rest on this source, or on sources that begin so."),
]
KindOption = Annotated[
    list[str] | None, typer.Option("--kind", metavar="KIND", help="Only those with a claim of this kind.")
]
Effect = Annotated[
    str | None, typer.Option("--effect", metavar="yes|no", help="Only those that change the model, or do not.")
]
View = Annotated[
    str,
    typer.Argument(
        metavar="VIEW", help="The source view over which sides are laid.", autocompletion=options.complete_view
    ),
]
Runs = Annotated[int, typer.Option("--runs", help="Matching runs of the view as it is.")]
HoldsFrom = Annotated[
    str,
    typer.Option(
        "--from",
        metavar="week-1|always",
        help="From when a side holds: from week 1, so that the same runs match with and without it; or always, in the "
        "reported run-up, too, which selects other runs.",
    ),
]
Policy = Annotated[
    list[str] | None,
    typer.Option(
        "--policy",
        metavar="FILE|all",
        help="A scenario file to choose from: what is it worth to know the answer first? May be given several times.",
    ),
]
Margin = Annotated[
    str,
    typer.Option("--margin", metavar="SHARE", help="A difference closer to zero than this is negligible: 5% or 0.05."),
]


@contradictions.command("list")
def list_contradictions(
    case: options.CaseName = None,
    source: Source = None,
    kind: KindOption = None,
    effect: Effect = None,
    as_json: options.AsJson = False,
) -> None:
    """List the questions over which the sources of a case differ."""
    from sim.workflows.list_contradictions import list_contradictions

    found = list_contradictions(case, source=source or (), kind=kind or (), effect=effect)
    if as_json:
        print_json(found.as_json())
    else:
        print_table(found.build_table())
        print_result(fill(found.describe_coders(), measure_width()))


@contradictions.command("rank")
def rank_contradictions(
    view: View,
    case: options.CaseOption = None,
    outcome: options.Outcome = None,
    runs: Runs = 1000,
    horizon: options.Horizon = None,
    seed: options.Seed = None,
    changes: options.Changes = None,
    answers: options.AnswersOption = None,
    holds_from: HoldsFrom = "week-1",
    policy: Policy = None,
    margin: Margin = "5%",
    out: options.Out = options.OUTPUTS,
    workers: options.Workers = None,
    engine: options.Engine = None,
    scheduler: options.Scheduler = None,
    lang: options.Lang = "en",
    no_report: options.NoReport = False,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Lay every side of every contradiction over a source view; rank them by how far the share of an outcome moves."""
    from sim.workflows.rank_contradictions import rank_contradictions

    found = rank_contradictions(
        view,
        case=case,
        outcome=outcome,
        runs=runs,
        horizon=horizon,
        seed=seed,
        changes=changes or (),
        answers=answers or (),
        holds_from=holds_from,
        policy=policy or (),
        margin=margin,
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


def _show(found: "ContradictionRanking") -> None:
    """The questions that move most, the sentence, and where the rest is."""
    from analysis.figures.contradiction_tornado import build_short_table, summary_text

    print_changed(found.describe_changed())
    print_table(build_short_table(found.named))
    print_result(summary_text(found.named))
    print_result(f"Page: {display_path(found.page)}" if found.page else f"Numbers: {display_path(found.numbers)}")
