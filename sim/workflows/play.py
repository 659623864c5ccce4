"""Play: one run of a scenario, narrated week by week."""

from dataclasses import dataclass, replace
from typing import Any

from analysis.methods.change_words import describe_changes_of_case
from sim.ensemble.simulate import find_matching_runs
from sim.i18n.messages import FIRST, use_language
from sim.loading.loader import list_views, load_case
from sim.loading.translations import translate_case
from sim.narrative.narrator import narrate_run
from sim.narrative.short_story import WIDTH, format_short_story, wrap_lines
from sim.narrative.story import Story
from sim.schema.loaded_case import WEEK_1, LoadedCase
from sim.schema.numbers import MOST_WEEKS
from sim.workflows.arguments import OneOrMany, check_language, check_range, parse_seed
from sim.workflows.display import TextDisplay, make_frame
from sim.workflows.load_scenario import Case, resolve_case

COLUMNS = ("week", "actor", "rule", "what", "before", "after", "sentence", "reasons")
"""Columns of a frame of events."""

END_OF_RUNS = 2**53
"""Highest number of a run."""


@dataclass(frozen=True, repr=False)
class NarratedRun(TextDisplay):
    """One run, narrated."""

    case: LoadedCase
    """The scenario through its source view."""
    run: int
    """Number of the run."""
    seed: int
    """Seed of all random numbers."""
    horizon: int
    """Weeks played."""
    story: Story
    """What happened, by which rule, and why each move was preferred."""
    untranslated: tuple[str, ...]
    """Places of the case that have no text in the language and stay English."""
    why: bool = False
    """True to show every event with its rule, odds and alternatives, False for one page."""
    run_up: bool = False
    """True to show the weeks before week 1 too."""

    @property
    def heading(self) -> str:
        """What was played, in one line."""
        view = self.case.view.view if self.case.view else "as written"
        return f"{self.case.title}, {view}, run {self.run}, seed {self.seed}, {self.horizon} weeks"

    def find_matching_runs(self) -> list[int]:
        """The first runs whose run-up matches the reported one."""
        return list(find_matching_runs(self.case.scenario, self.seed))

    def to_frame(self) -> Any:
        """One row per event, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame({name: getattr(event, name) for name in COLUMNS} for event in self.story.events)

    def format_lines(self, width: int | None = WIDTH) -> list[str]:
        """The story, wrapped.

        Args:
            width: Columns of a line; None for lines as long as their sentences.
        """
        if self.why:
            return wrap_lines(self.story.format_lines(run_up=self.run_up), width)
        return format_short_story(self.story, width, run_up=self.run_up)

    def __str__(self) -> str:
        return "\n".join([self.heading, *self.format_lines()])


def play(
    case: Case = None,
    *,
    view: str | None = None,
    run: int | None = None,
    seed: int | str | None = None,
    horizon: int | None = None,
    changes: OneOrMany = (),
    answers: OneOrMany = (),
    holds_from: str = WEEK_1,
    lang: str = "en",
    why: bool = False,
    run_up: bool = False,
) -> NarratedRun:
    """Play one run, and tell it on one page: who could live with what, what turned it, and who said yes or no.

    Args:
        case: Name, file, folder or loaded scenario; the default case if left out.
        view: Source view; that of a loaded scenario, or the first of the scenario, if left out.
        run: Number of the run, from 0; the first that matches the reported run-up if left out.
        seed: Seed of all random numbers, from 0 to 2^63-1, or `random`; the scenario's if left out.
        horizon: Weeks to play, 1 to 520; the scenario's if left out.
        changes: Values to set, each as path=value.
        answers: Answers to open questions, each as name=answer.
        holds_from: From when changed values hold: `week-1`, so that the same runs match as without them, or `always`.
        lang: Language of the story, such as en or de.
        why: True to tell every event week by week, with its rule, odds and alternatives.
        run_up: True to tell the weeks before week 1 too.

    Returns:
        The run, event by event; `print` shows it as text.

    Raises:
        ScenarioError: something in the scenario or in what was asked for does not fit.
        UsageError: an argument is out of its bounds.
    """
    check_range("run", run, 0, END_OF_RUNS)
    check_range("horizon", horizon, 1, MOST_WEEKS)
    check_language(lang)
    asked, request = parse_seed(seed), resolve_case(case, view, changes, answers, holds_from)
    name = next(iter(request.views or list_views(request.case)), None)
    loaded = load_case(
        request.case, view=name, changes=request.changes, answers=request.answers, holds_from=request.holds_from
    )
    chosen = loaded.scenario.defaults.seed if asked is None else asked
    number = next(iter(find_matching_runs(loaded.scenario, chosen)), 0) if run is None else run
    narrated = narrate_loaded_run(loaded, number, chosen, horizon or loaded.scenario.calendar.horizon, lang)
    return replace(narrated, why=why, run_up=run_up)


def narrate_loaded_run(case: LoadedCase, run: int, seed: int, horizon: int, lang: str) -> NarratedRun:
    """One run of a loaded scenario, narrated in a language; what has no text in it stays English.

    Args:
        case: The scenario.
        run: Number of the run.
        seed: Seed of all random numbers.
        horizon: Weeks to play.
        lang: Language of the story.
    """
    translated, lacking = translate_case(case, lang)
    with use_language(lang):
        story = replace(narrate_run(translated, run, seed, horizon), changed=describe_changes_of_case(translated))
    if lang != FIRST:
        with use_language(FIRST):
            story = replace(story, measured=narrate_run(case, run, seed, horizon))
    return NarratedRun(case, run, seed, horizon, story, tuple(lacking))
