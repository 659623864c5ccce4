"""Attribute: what does the difference between two source views come from, theme by theme?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.commands import options
from sim.commands.run import NoReport, Out, Workers, command
from sim.commands.speech import WrongUse, note, result, result_json
from sim.commands.tables import print_table

if TYPE_CHECKING:
    from analysis.questions.attributed import Attributed
    from analysis.questions.attribution import Attribution
    from sim.commands.pairs import Pair

MOST_DRAWS = 100_000
PAGE_NAME, NUMBERS_NAME = "attribution.html", "attribution.json"

First = Annotated[
    str, typer.Argument(metavar="VIEW", help="The source view to begin with.", autocompletion=options.complete_lens)
]
Second = Annotated[
    str, typer.Argument(metavar="OTHER", help="The source view to end with.", autocompletion=options.complete_lens)
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
    switches: options.Switches = None,
    out: Out = Path("outputs"),
    workers: Workers = None,
    engine: options.Engine = None,
    on: options.On = None,
    lang: options.Lang = "en",
    no_report: NoReport = False,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Play every set of the themes in which two source views differ; say what each accounts for (Shapley values)."""
    options.within("--draws", draws, 2, MOST_DRAWS)
    options.within("--horizon", horizon, 1, options.MOST_WEEKS)
    options.within("--workers", workers, 1, options.MOST_WORKERS)
    options.lang_of(lang)
    _refuse(first, second, on, workers)
    how: dict[str, Any] = {"draws": draws, "horizon": horizon, "changes": changes or [], "switches": switches or []}
    how |= {"seed": None if seed is None else options.seed_of(seed, 0), "command": command()}
    from sim.commands.pairs import pair_of, save
    from sim.ensemble import readers
    from sim.ensemble.storage import check_writable

    readers.take(engine)
    check_writable(out)
    pair = pair_of(scenario or options.default_case(), first, second, outcome, how)
    found = _played(pair, workers, on, quiet=quiet)
    where = save(pair, found, out, lang, page=PAGE_NAME if not no_report else "", numbers=NUMBERS_NAME)
    if as_json:
        result_json({**pair.as_json(found), "outputs": where})
    else:
        _show(pair.named(found))
        result(f"Page: {where}/{PAGE_NAME}" if not no_report else f"Numbers: {where}/{NUMBERS_NAME}")
    _show_notes(pair, found, quiet=quiet)


def _refuse(first: str, second: str, on: str | None, workers: int | None) -> None:
    """Stop if what was said makes no sense together."""
    if first == second:
        raise WrongUse(f"{first} would be set beside itself; name another source view")
    if on is not None and workers is not None:
        raise WrongUse("--workers and --on exclude each other: the cluster has its own workers")


def _played(pair: "Pair", workers: int | None, on: str | None, *, quiet: bool) -> "Attribution":
    """Play all sets of themes and share out the difference."""
    from analysis.questions.attribution import attribution
    from sim.commands.bars import progress_bars
    from sim.ensemble import readers
    from sim.ensemble.coalitions import play_coalitions
    from sim.ensemble.mixed import NOT_MATCHED
    from sim.ensemble.pool import playing_on

    note(f"{2 ** len(pair.themes):,} sets of {len(pair.themes)} themes, {pair.draws:,} draws each.", quiet=quiet)
    if on is None:
        readers.make_ready(pair.first.scenario, lambda text: note(text, quiet=quiet))
    with playing_on(on), progress_bars(quiet=quiet) as tell:
        played = play_coalitions(pair.design, workers, tell)
    return attribution(played.themes, played.ends, pair.counted, NOT_MATCHED)


def _show(given: "Attributed") -> None:
    """The table, and how to read it."""
    from analysis.figures.attribution import in_words, table

    print_table(table(given))
    result(in_words(given))


def _show_notes(pair: "Pair", found: "Attribution", *, quiet: bool) -> None:
    """What must be known to read the table, on stderr."""
    from analysis.report.attribution import counts
    from sim.language.tongue import say

    told = counts(pair.named(found))
    for name in ("forecast", "intervals", "seed"):
        note(say(f"attribution.note-{name}", seed=pair.manifest.seed, **told), quiet=quiet)
    for text in pair.manifest.notes:
        note(f"Note: {text}", quiet=quiet)
