"""Play: one run of a scenario, narrated week by week."""

from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.console import measure_width, print_json, print_note, print_result
from sim.cli.options import (
    WEEK_1,
    AnswersOption,
    AsJson,
    CaseName,
    Changes,
    HoldsFrom,
    Horizon,
    Lang,
    Quiet,
    Seed,
    ViewName,
)

if TYPE_CHECKING:
    from sim.workflows.play import NarratedRun

RunNumber = Annotated[
    int | None, typer.Option("--run", help="Number of the run; the first that matches the reported run-up by default.")
]

Why = Annotated[bool, typer.Option("--why", help="Tell every event with its rule, odds and alternatives.")]
RunUp = Annotated[bool, typer.Option("--run-up", help="Tell the weeks before week 1 too.")]


def play(
    case: CaseName = None,
    view: ViewName = None,
    run: RunNumber = None,
    seed: Seed = None,
    horizon: Horizon = None,
    changes: Changes = None,
    answers: AnswersOption = None,
    holds_from: HoldsFrom = WEEK_1,
    lang: Lang = "en",
    why: Why = False,
    run_up: RunUp = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Tell one run on a page: who could live with what, what turned it, who said yes or no; --why says every rule."""
    from sim.workflows.play import play

    found = play(
        case,
        view=view,
        run=run,
        seed=seed,
        horizon=horizon,
        changes=changes or (),
        answers=answers or (),
        holds_from=holds_from,
        lang=lang,
        why=why,
        run_up=run_up,
    )
    print_note(found.heading, quiet=quiet)
    print_untranslated(found.untranslated, lang, quiet=quiet)
    show_story(found, as_json=as_json)
    if not found.story.is_matching and not quiet:
        others = ", ".join(map(str, found.find_matching_runs()))
        print_note(f"run {found.run} does not match the reported run-up; these do: {others or 'none of the first'}")


def print_untranslated(places: tuple[str, ...], lang: str, *, quiet: bool) -> None:
    """Say what stays English because the case has no text for it."""
    if places:
        more = f" and {len(places) - 1} more" if len(places) > 1 else ""
        print_note(f"said in English, there is no text in {lang}: {places[0]}{more}", quiet=quiet)


def show_story(narrated: "NarratedRun", *, as_json: bool) -> None:
    """Print a narrated run, as wide as the terminal."""
    if as_json:
        print_json(narrated.story.as_json())
    else:
        for line in narrated.format_lines(measure_width()):
            print_result(line)
