"""Play: one run of a scenario, narrated week by week."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.ensemble.simulate import find_matching_runs
from sim.i18n.messages import use_language
from sim.loading.loader import list_views, load_case
from sim.loading.translations import translate_case
from sim.narrative.narrator import narrate_run
from sim.narrative.story import Story
from sim.schema.loaded_case import LoadedCase


@dataclass(frozen=True, repr=False)
class NarratedRun:
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

    @property
    def heading(self) -> str:
        """What was played, in one line."""
        view = self.case.view.view if self.case.view else "as written"
        return f"{self.case.title}, {view}, run {self.run}, seed {self.seed}, {self.horizon} weeks"

    def find_matching_runs(self) -> list[int]:
        """The first runs whose run-up matches the reported one."""
        return list(find_matching_runs(self.case.scenario, self.seed))

    def __repr__(self) -> str:
        return "\n".join([self.heading, *self.story.format_lines()])


def play_run(
    case: str | Path,
    *,
    view: str | None = None,
    run: int | None = None,
    seed: int | None = None,
    horizon: int | None = None,
    changes: Sequence[str] = (),
    answers: Sequence[str] = (),
    lang: str = "en",
) -> NarratedRun:
    """Play one run, and narrate it week by week.

    Args:
        case: Name, file or folder of the scenario.
        view: Source view; the first of the scenario without one.
        run: Number of the run, from 0; the first that matches the reported run-up without one.
        seed: Seed of all random numbers; the scenario's without one.
        horizon: Weeks to play; the scenario's without one.
        changes: Values to set, each as path=value.
        answers: Answers to open questions, each as name=answer.
        lang: Language of the story, such as en or de.

    Raises:
        ScenarioError: something in the scenario or in what was asked for does not fit.
    """
    view = view or next(iter(list_views(case)), None)
    loaded = load_case(case, view=view, changes=changes, answers=answers)
    chosen = loaded.scenario.defaults.seed if seed is None else seed
    number = next(iter(find_matching_runs(loaded.scenario, chosen)), 0) if run is None else run
    return narrate_loaded_run(loaded, number, chosen, horizon or loaded.scenario.calendar.horizon, lang)


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
        story = narrate_run(translated, run, seed, horizon)
    return NarratedRun(case, run, seed, horizon, story, tuple(lacking))
