"""Play: one run of a scenario, told week by week."""

from typing import TYPE_CHECKING, Annotated

import typer

from sim.commands.options import (
    MOST_WEEKS,
    AsJson,
    CaseName,
    Changes,
    Horizon,
    Lang,
    LensName,
    Quiet,
    Seed,
    Switches,
    default_case,
    lang_of,
    seed_of,
    within,
)
from sim.commands.speech import note, result, result_json

if TYPE_CHECKING:
    from sim.play.story import Story
    from sim.spec.case import Case

END_OF_RUNS = 2**53
RunNumber = Annotated[
    int | None, typer.Option("--run", help="Number of the run; the first that matches the reported run-up by default.")
]


def play(
    case: CaseName = None,
    lens: LensName = None,
    run: RunNumber = None,
    seed: Seed = None,
    horizon: Horizon = None,
    changes: Changes = None,
    switches: Switches = None,
    lang: Lang = "en",
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Tell one run week by week: what happened, by which rule, and why each move was preferred."""
    within("--run", run, 0, END_OF_RUNS)
    within("--horizon", horizon, 1, MOST_WEEKS)
    seed_of(seed, 0)
    lang_of(lang)
    from sim.spec.load import available_lenses, load_case

    name = case or default_case()
    view = lens or next(iter(available_lenses(name)), None)
    loaded = load_case(name, lens=view, changes=changes or [], switches=switches or [])
    chosen = seed_of(seed, loaded.scenario.defaults.seed)
    weeks = horizon or loaded.scenario.calendar.horizon
    from sim.ensemble.ensemble import matching_runs

    if run is None:
        run = next(iter(matching_runs(loaded.scenario, chosen)), 0)
    note(f"{loaded.title}, {view or 'as written'}, run {run}, seed {chosen}, {weeks} weeks", quiet=quiet)
    story = told(loaded, run, chosen, weeks, lang=lang, quiet=quiet)
    show_story(story, as_json=as_json)
    if not story.matched and not quiet:
        others = ", ".join(map(str, matching_runs(loaded.scenario, chosen)))
        note(f"run {run} does not match the reported run-up; these do: {others or 'none of the first'}")


def told(case: "Case", run: int, seed: int, weeks: int, *, lang: str, quiet: bool) -> "Story":
    """One run, told in a language; what the case does not say in it stays English, and a note says so."""
    from sim.language.tongue import speaking
    from sim.play.transcript import tell
    from sim.spec.texts import case_in

    spoken, lacking = case_in(case, lang)
    if lacking:
        more = f" and {len(lacking) - 1} more" if len(lacking) > 1 else ""
        note(f"said in English, there is no text in {lang}: {lacking[0]}{more}", quiet=quiet)
    with speaking(lang):
        return tell(spoken, run, seed, weeks)


def show_story(story: "Story", *, as_json: bool) -> None:
    """Print a told run."""
    if as_json:
        result_json(story.as_json())
    else:
        for line in story.lines():
            result(line)
