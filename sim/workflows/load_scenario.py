"""Load scenario: a scenario, checked, which shows in a few lines who takes part and over what."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.errors import display_path
from sim.i18n.messages import get_language, message
from sim.loading.discovery import find_default_case, find_scenario
from sim.loading.loader import list_views, load_case
from sim.loading.translations import translate_case
from sim.schema.loaded_case import WEEK_1, HoldsFrom, LoadedCase
from sim.schema.scenario import Scenario
from sim.workflows.arguments import OneOrMany, list_words, parse_holds_from
from sim.workflows.display import TableDisplay, TextTable, make_frame

PARTS = ("actors", "issues", "levers", "sequences", "outcomes")
"""What a scenario is made of and readers know by a label."""


@dataclass(frozen=True, repr=False)
class LoadedScenario(TableDisplay):
    """A scenario, checked, through one source view or as it is written."""

    case: LoadedCase
    """The scenario with its view, its claims and its sources."""
    views: tuple[str, ...]
    """Source views that it has."""
    changes: tuple[str, ...]
    """Values that were set, each as path=value."""
    answers: tuple[str, ...]
    """Answers that were given, each as name=answer."""

    @property
    def scenario(self) -> Scenario:
        """The nouns: actors, issues, levers and all the rest, with a reason for every number."""
        return self.case.scenario

    @property
    def views_asked(self) -> tuple[str, ...]:
        """The source view through which it was loaded, if there is one."""
        return (self.case.view.view,) if self.case.view else ()

    def to_frame(self) -> Any:
        """One row per actor, issue, lever, sequence and outcome, as a pandas data frame; `pip install pandas` first.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame(
            {"part": part, "key": key, "label": one.label}
            for part in PARTS
            for key, one in getattr(self.scenario, part).items()
        )

    def build_text_table(self) -> TextTable:
        """Actors, issues, levers, sequences, outcomes and source views by their labels."""
        case, _ = translate_case(self.case, get_language())
        s = case.scenario
        parts = {
            **{part: [one.label for one in getattr(s, part).values()] for part in PARTS},
            "views": list(self.views),
            "changes": [*self.changes, *self.answers],
        }
        rows = tuple((message(f"api.{name}"), "; ".join(found)) for name, found in parts.items() if found)
        view = case.view.label if case.view else message("api.as-written")
        return TextTable(
            before=(f"{s.title} ({case.name}): {s.question}",),
            head=(message("api.view"), view),
            rows=rows,
        )


Case = str | Path | LoadedScenario | None
"""A scenario: its name, file or folder, or one that is loaded; none for the default case."""


def load_scenario(
    case: str | Path | None = None, *, view: str | None = None, changes: OneOrMany = (), answers: OneOrMany = ()
) -> LoadedScenario:
    """Load a scenario by its name, its file or its folder, and check it.

    Args:
        case: Name as `zopa list` prints it, file or folder; the default case if left out.
        view: Source view through which it is seen; the scenario as it is written if left out.
        changes: Values to set, such as `"contest.noise=*0.5"`.
        answers: Answers to questions that the scenario leaves open, such as `"name=answer"`.

    Returns:
        The scenario, typed, with its claims and sources.

    Raises:
        ScenarioError: something in the scenario or in what was asked for does not fit; it lists every mistake.
    """
    given_changes, given_answers = tuple(list_words(changes)), tuple(list_words(answers))
    case = find_default_case() if case is None else case
    found = load_case(case, view=view, changes=given_changes, answers=given_answers)
    return LoadedScenario(found, tuple(list_views(case)), given_changes, given_answers)


@dataclass(frozen=True)
class CaseRequest:
    """What is to be played: a scenario, its source views, and what is changed in it."""

    case: str | Path
    """Name, file or folder of the scenario."""
    views: tuple[str, ...]
    """Source views; none for all of them."""
    changes: tuple[str, ...]
    """Values to set, each as path=value."""
    answers: tuple[str, ...]
    """Answers to open questions, each as name=answer."""
    holds_from: HoldsFrom
    """From when changed values hold."""

    @property
    def path(self) -> Path:
        """File of the scenario.

        Raises:
            ScenarioError: nothing, or more than one scenario, is called so.
        """
        return find_scenario(self.case)

    def format_command(self, numbers: Mapping[str, object]) -> str:
        """The command that gives the same numbers, for the record: results say how to repeat them in one line.

        Args:
            numbers: Runs, weeks and the like by their names; what is none is left out.
        """
        words = ["zopa", "run", display_path(self.path)]
        for option, several in (("--view", self.views), ("--set", self.changes), ("--answer", self.answers)):
            words += [word for one in several for word in (option, one)]
        words += ["--from", self.holds_from] if self.holds_from != WEEK_1 else []
        words += [word for name, found in numbers.items() if found is not None for word in (f"--{name}", str(found))]
        return shlex.join(words)


def resolve_case(
    case: Case,
    view: OneOrMany | None = None,
    changes: OneOrMany = (),
    answers: OneOrMany = (),
    holds_from: str = WEEK_1,
) -> CaseRequest:
    """What is meant by a case and by what is asked on top of it.

    Args:
        case: A scenario; one loaded through a source view is played under that view.
        view: Source views; those of a loaded scenario if left out, else all.
        changes: Values to set, on top of those of a loaded scenario.
        answers: Answers to open questions, on top of those of a loaded scenario.
        holds_from: From when changed values hold.

    Raises:
        OptionError: `holds_from` is neither `week-1` nor `always`.
    """
    since = parse_holds_from(holds_from)
    views, set_anew, answered = tuple(list_words(view)), tuple(list_words(changes)), tuple(list_words(answers))
    if isinstance(case, LoadedScenario):
        views = views or case.views_asked
        return CaseRequest(case.case.path, views, (*case.changes, *set_anew), (*case.answers, *answered), since)
    return CaseRequest(find_default_case() if case is None else case, views, set_anew, answered, since)
