"""Flip plan: what is to be played to rank contradictions - every side over a source view, in every scenario file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.ensemble.plan import Plan, make_plans
from sim.errors import require_known
from sim.experiments.contradiction_flips import hash_scenario
from sim.loading.loader import load_case, require_views
from sim.loading.resolve_questions import replace_answers
from sim.schema.loaded_case import HoldsFrom, LoadedCase
from sim.schema.open_question import Contradiction
from sim.schema.scenario import Scenario
from sim.workflows.list_contradictions import read_case_contradictions
from sim.workflows.load_scenario import CaseRequest
from sim.workflows.scenario_files import find_family

ALL = "all"
"""Stands for all scenario files of a case."""

AS_IS = ("", "")
"""Stands for the view as it is, among questions and sides."""

Looks = dict[tuple[str, str, str], str]
"""Digest of the scenario by scenario file, question and side."""


@dataclass(frozen=True)
class FlipPlan:
    """What is to be played for a ranking."""

    plan: Plan
    """How the view as it is is played."""
    view: str
    """Name of the source view."""
    case: LoadedCase
    """The case without a source view."""
    contradictions: Mapping[str, Contradiction]
    """All questions over which sources differ."""
    files: tuple[str, ...]
    """Scenario files to choose from; the first is the one whose outcomes are ranked."""
    looks: Looks
    """Which scenario is played for which file, question and side."""
    scenarios: Mapping[str, Scenario]
    """Scenarios by their digests."""
    holds_from: HoldsFrom
    """From when sides hold."""

    @property
    def moving(self) -> dict[str, list[str]]:
        """Sides that change the view, by question; questions without one are left out."""
        found: dict[str, list[str]] = {}
        for file, question, side in self.looks:
            if file == self.files[0] and question and self.changes_view(question, side):
                found.setdefault(question, []).append(side)
        return found

    def list_same(self) -> list[list[tuple[str, str]]]:
        """Sides that change the same in the view, together, each as a question and a side."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for question, sides in self.moving.items():
            for side in sides:
                groups.setdefault(self.looks[self.files[0], question, side], []).append((question, side))
        return [some for some in groups.values() if len(some) > 1]

    def changes_view(self, question: str, side: str) -> bool:
        """True if a side makes the case another one than the view as it is."""
        return self.looks[self.files[0], question, side] != self.looks[self.files[0], *AS_IS]


def make_flip_plan(
    request: CaseRequest, policies: Sequence[str], runs: int, horizon: int | None, seed: int | None, command: str
) -> FlipPlan:
    """Everything that is to be played, loaded.

    Args:
        request: The scenario with exactly one source view.
        policies: Names of scenario files to choose from besides the scenario itself, or ALL.
        runs: Matching runs of the view as it is.
        horizon: Weeks to play.
        seed: Seed of all random numbers.
        command: The command to put on record.

    Raises:
        ScenarioError: something does not fit.
        UsageError: there are no contradictions, or no such source view or scenario file.
    """
    path, (view,) = request.path, request.views
    case, known = read_case_contradictions(path)
    require_views(path, [view])
    (plan,) = make_plans(
        [path],
        view_names=[view],
        runs=runs,
        horizon=horizon,
        seed=seed,
        changes=request.changes,
        answers=request.answers,
        holds_from=request.holds_from,
        command=command,
    )
    files = [path, *_find_policies(path, policies)]
    sides = [AS_IS, *((key, name) for key, one in known.items() if not one.no_difference for name in one.sides)]
    looks, scenarios = Looks(), dict[str, Scenario]()
    for file in files:
        for key, name in sides:
            found = _load(file, request, f"{key}={name}" if key else "")
            digest = looks[file.stem, key, name] = hash_scenario(found)
            scenarios.setdefault(digest, found)
    names = tuple(file.stem for file in files)
    return FlipPlan(plan, view, case, known, names, looks, scenarios, request.holds_from)


def _load(file: Path, request: CaseRequest, answer: str) -> Scenario:
    """A scenario file through the view, with a side of a contradiction laid over it."""
    answers = replace_answers(request.answers, [answer] if answer else [])
    (view,) = request.views
    return load_case(file, view=view, changes=request.changes, answers=answers, holds_from=request.holds_from).scenario


def _find_policies(path: Path, asked: Sequence[str]) -> list[Path]:
    """Scenario files beside a scenario, without itself."""
    if not asked:
        return []
    family = {one.stem: one for one in find_family(path.parent) if one.resolve() != path.resolve()}
    names = list(family) if ALL in asked else [require_known(one, family, "scenario file") for one in asked]
    return [family[name] for name in dict.fromkeys(names)]
