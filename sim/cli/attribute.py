"""Attribute: what does the difference between two source views come from, theme by theme?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli import options
from sim.cli.console import print_json, print_note, print_result
from sim.cli.console_tables import print_table
from sim.cli.run import NoReport, Out, Workers, format_command
from sim.errors import UsageError

if TYPE_CHECKING:
    from analysis.methods.attribution import Attribution
    from analysis.methods.named_attribution import NamedAttribution
    from sim.workflows.attribute_views import ViewPair

MOST_DRAWS = 100_000
PAGE_NAME, NUMBERS_NAME = "attribution.html", "attribution.json"

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
    options.check_language(lang)
    _refuse_bad_options(first, second, scheduler, workers)
    how: dict[str, Any] = {"draws": draws, "horizon": horizon, "changes": changes or [], "answers": answers or []}
    how |= {"seed": None if seed is None else options.parse_seed(seed, 0), "command": format_command()}
    from sim.engines import base
    from sim.storage.results_folder import check_writable
    from sim.workflows.attribute_views import load_view_pair, save

    base.select_engine(engine)
    check_writable(out)
    pair = load_view_pair(scenario or options.find_default_case(), first, second, outcome, how)
    found = _simulate(pair, workers, scheduler, quiet=quiet)
    where = save(pair, found, out, lang, page=PAGE_NAME if not no_report else "", numbers=NUMBERS_NAME)
    if as_json:
        print_json({**pair.as_json(found), "outputs": where})
    else:
        _show(pair.name_attribution(found))
        print_result(f"Page: {where}/{PAGE_NAME}" if not no_report else f"Numbers: {where}/{NUMBERS_NAME}")
    _show_notes(pair, found, quiet=quiet)


def _refuse_bad_options(first: str, second: str, scheduler: str | None, workers: int | None) -> None:
    """Stop if what was said makes no sense together."""
    if first == second:
        raise UsageError(f"{first} would be set beside itself; name another source view")
    if scheduler is not None and workers is not None:
        raise UsageError("--workers and --scheduler exclude each other: the cluster has its own workers")


def _simulate(pair: "ViewPair", workers: int | None, scheduler: str | None, *, quiet: bool) -> "Attribution":
    """Play all sets of themes and share out the difference."""
    from analysis.methods.attribution import compute_attribution
    from sim.cli.progress import show_progress
    from sim.engines import base
    from sim.ensemble.process_pool import use_cluster
    from sim.experiments.coupled_draws import NOT_MATCHED
    from sim.experiments.theme_coalitions import simulate_coalitions

    print_note(f"{2 ** len(pair.themes):,} sets of {len(pair.themes)} themes, {pair.draws:,} draws each.", quiet=quiet)
    if scheduler is None:
        base.compile_ahead(pair.first.scenario, lambda text: print_note(text, quiet=quiet))
    with use_cluster(scheduler), show_progress(quiet=quiet) as tell:
        played = simulate_coalitions(pair.design, workers, tell)
    return compute_attribution(played.themes, played.outcomes, pair.count_effects, NOT_MATCHED)


def _show(given: "NamedAttribution") -> None:
    """The table, and how to read it."""
    from analysis.figures.attribution import build_table, summary_text

    print_table(build_table(given))
    print_result(summary_text(given))


def _show_notes(pair: "ViewPair", found: "Attribution", *, quiet: bool) -> None:
    """What must be known to read the table, on stderr."""
    from analysis.report.attribution import format_counts
    from sim.i18n.messages import message

    told = format_counts(pair.name_attribution(found))
    for name in ("forecast", "intervals", "seed"):
        print_note(message(f"attribution.note-{name}", seed=pair.manifest.seed, **told), quiet=quiet)
    for text in pair.manifest.notes:
        print_note(f"Note: {text}", quiet=quiet)
