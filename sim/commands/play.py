"""Play: one run of a scenario, told week by week."""

from typing import TYPE_CHECKING, Annotated

import typer

from sim.commands.options import (
    MOST_WEEKS,
    AsJson,
    CaseName,
    Changes,
    Horizon,
    LensName,
    Quiet,
    Seed,
    default_case,
    seed_of,
    within,
)
from sim.commands.speech import note, result, result_json

if TYPE_CHECKING:
    from sim.play.story import Story

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
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Tell one run week by week: what happened, by which rule, and why each move was preferred."""
    within("--run", run, 0, END_OF_RUNS)
    within("--horizon", horizon, 1, MOST_WEEKS)
    seed_of(seed, 0)
    from sim.spec.load import available_lenses, load_case

    name = case or default_case()
    view = lens or next(iter(available_lenses(name)), None)
    loaded = load_case(name, lens=view, changes=changes or [])
    chosen = seed_of(seed, loaded.scenario.defaults.seed)
    weeks = horizon or loaded.scenario.calendar.horizon
    from sim.ensemble.ensemble import matching_runs

    if run is None:
        run = next(iter(matching_runs(loaded.scenario, chosen)), 0)
    note(f"{loaded.title}, {view or 'as written'}, run {run}, seed {chosen}, {weeks} weeks", quiet=quiet)
    from sim.play.transcript import tell

    story = tell(loaded, run, chosen, weeks)
    show_story(story, as_json=as_json)
    if not story.matched and not quiet:
        others = ", ".join(map(str, matching_runs(loaded.scenario, chosen)))
        note(f"run {run} does not match the reported run-up; these do: {others or 'none of the first'}")


def show_story(story: "Story", *, as_json: bool) -> None:
    """Print a told run."""
    if as_json:
        result_json(story.as_json())
    else:
        for line in story.lines():
            result(line)
