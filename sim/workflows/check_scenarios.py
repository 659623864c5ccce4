"""Check scenarios: everything that is wrong with one, its source views, answers and neighbours, at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from sim.ensemble.plan import find_late_levers
from sim.errors import ErrorCollector, Problem
from sim.evidence.coverage import find_register_use
from sim.loading.discovery import find_default_case, find_scenario
from sim.loading.extends import find_scenario_changes, resolve_extends
from sim.loading.loader import list_views, load_case
from sim.loading.resolve_questions import find_open_questions
from sim.loading.translations import load_translation
from sim.schema.loaded_case import LoadedCase
from sim.workflows.coverage import list_known_places
from sim.workflows.run_batch import find_files


@dataclass(frozen=True)
class ValidScenario:
    """A scenario without mistakes."""

    scenario: str
    """Its name."""
    source_views: list[str]
    """The views through which it was checked."""
    open_questions: dict[str, list[str]]
    """Answers of every open question of the file, checked as well."""
    notes: list[str]
    """What its author should know."""


@dataclass(frozen=True)
class CheckResult:
    """What a check has found."""

    fine: tuple[ValidScenario, ...]
    """Scenarios without mistakes."""
    problems: tuple[Problem, ...]
    """Everything that is wrong, with file, line and remedy."""


def check_scenarios(
    files: Sequence[str] = (), *, changes: Sequence[str] = (), answers: Sequence[str] = ()
) -> CheckResult:
    """Check scenarios with all their source views and answers; every mistake at once.

    Args:
        files: Names, files or folders; a folder written as a path means all its scenario files. The default case
            without any.
        changes: Values to set, each as path=value.
        answers: Answers to open questions, each as name=answer.
    """
    problems: list[Problem] = []
    fine: list[ValidScenario] = []
    for file in _find_files(list(files) or [find_default_case()], problems):
        base, views, found = _load(file, list(changes), list(answers))
        offered = {} if found else _list_answers(file, list(changes), found)
        found += [] if found else _check_neighbours(file)
        problems += found
        if base is not None and not found:
            fine.append(ValidScenario(base.name, views, offered, _make_notes(base)))
    return CheckResult(tuple(fine), tuple(dict.fromkeys(problems)))


def _find_files(asked: list[str], problems: list[Problem]) -> list[str]:
    """The scenarios that are meant, a folder written as a path with all its files; what hides one is added."""
    seen, meant = ErrorCollector(), list[str]()
    for name in asked:
        paths = seen.attempt(partial(find_files, [name]), None)
        meant += [name] if paths is None or len(paths) < 2 else [str(path) for path in paths]
    problems += seen.problems
    return meant


def _load(file: str, changes: list[str], answers: list[str]) -> tuple[LoadedCase | None, list[str], list[Problem]]:
    """The case itself, the names of its views, and everything that is wrong with it or one of them."""
    seen = ErrorCollector()
    base = seen.attempt(lambda: load_case(file, changes=changes, answers=answers), None)
    views = seen.attempt(lambda: list_views(file), list[str]())
    for view in views:
        seen.attempt(partial(load_case, file, view=view, changes=changes, answers=answers), None)
    return base, views, seen.problems


def _list_answers(file: str, changes: list[str], problems: list[Problem]) -> dict[str, list[str]]:
    """Every answer of every open question of a scenario file; what is wrong with one of them is added."""
    seen = ErrorCollector()
    answers = {
        name: list(question.answers)
        for name, (_, question) in find_open_questions(resolve_extends(find_scenario(file))).items()
    }
    for name, found in answers.items():
        for answer in found:
            seen.attempt(partial(load_case, file, changes=changes, answers=[f"{name}={answer}"]), None)
    problems += seen.problems
    return answers


def _check_neighbours(file: str) -> list[Problem]:
    """What is wrong in what stands beside a case: lists of evidence, contradictions, history, translations."""
    path = find_scenario(file)
    if find_scenario_changes(resolve_extends(path)):
        return []
    seen = ErrorCollector()
    accounts = seen.attempt(partial(find_register_use, path, list_known_places()), None)
    for texts in sorted((path.parent / "texts").glob("*.yaml")):
        seen.attempt(partial(load_translation, path, texts.stem), None)
    return [*seen.problems, *(accounts.problems if accounts else ())]


def _make_notes(case: LoadedCase) -> list[str]:
    """Levers that come too late, for each horizon that is reported."""
    calendar = case.scenario.calendar
    weeks = sorted({calendar.horizon, *calendar.horizons})
    return [text for horizon in weeks for text in find_late_levers(case.scenario, horizon)]
