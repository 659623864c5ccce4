"""Play: one run of a scenario, told week by week."""

from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.console import print_json, print_note, print_result
from sim.cli.options import (
    MOST_WEEKS,
    AnswersOption,
    AsJson,
    CaseName,
    Changes,
    Horizon,
    Lang,
    Quiet,
    Seed,
    ViewName,
    check_language,
    check_range,
    find_default_case,
    parse_seed,
)

if TYPE_CHECKING:
    from sim.narrative.story import Story
    from sim.schema.loaded_case import LoadedCase

END_OF_RUNS = 2**53
RunNumber = Annotated[
    int | None, typer.Option("--run", help="Number of the run; the first that matches the reported run-up by default.")
]


def play(
    case: CaseName = None,
    view: ViewName = None,
    run: RunNumber = None,
    seed: Seed = None,
    horizon: Horizon = None,
    changes: Changes = None,
    answers: AnswersOption = None,
    lang: Lang = "en",
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Tell one run week by week: what happened, by which rule, and why each move was preferred."""
    check_range("--run", run, 0, END_OF_RUNS)
    check_range("--horizon", horizon, 1, MOST_WEEKS)
    parse_seed(seed, 0)
    check_language(lang)
    from sim.loading.loader import list_views, load_case

    name = case or find_default_case()
    view = view or next(iter(list_views(name)), None)
    loaded = load_case(name, view=view, changes=changes or [], answers=answers or [])
    chosen = parse_seed(seed, loaded.scenario.defaults.seed)
    weeks = horizon or loaded.scenario.calendar.horizon
    from sim.ensemble.simulate import find_matching_runs

    if run is None:
        run = next(iter(find_matching_runs(loaded.scenario, chosen)), 0)
    print_note(f"{loaded.title}, {view or 'as written'}, run {run}, seed {chosen}, {weeks} weeks", quiet=quiet)
    story = narrate(loaded, run, chosen, weeks, lang=lang, quiet=quiet)
    show_story(story, as_json=as_json)
    if not story.is_matching and not quiet:
        others = ", ".join(map(str, find_matching_runs(loaded.scenario, chosen)))
        print_note(f"run {run} does not match the reported run-up; these do: {others or 'none of the first'}")


def narrate(case: "LoadedCase", run: int, seed: int, weeks: int, *, lang: str, quiet: bool) -> "Story":
    """One run, told in a language; what the case does not say in it stays English, and a note says so."""
    from sim.i18n.messages import use_language
    from sim.loading.translations import translate_case
    from sim.narrative.narrator import narrate_run

    spoken, lacking = translate_case(case, lang)
    if lacking:
        more = f" and {len(lacking) - 1} more" if len(lacking) > 1 else ""
        print_note(f"said in English, there is no text in {lang}: {lacking[0]}{more}", quiet=quiet)
    with use_language(lang):
        return narrate_run(spoken, run, seed, weeks)


def show_story(story: "Story", *, as_json: bool) -> None:
    """Print a told run."""
    if as_json:
        print_json(story.as_json())
    else:
        for line in story.format_lines():
            print_result(line)
