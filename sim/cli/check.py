"""Check: is a scenario right, through every source view? All mistakes at once."""

from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.console import print_json, print_note, print_result
from sim.cli.options import AnswersOption, AsJson, Changes, Quiet, complete_case, find_default_case

if TYPE_CHECKING:
    from sim.errors import Problem
    from sim.schema.loaded_case import LoadedCase

Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FILE]...",
        help="Scenarios: names, files or folders. A folder written as a path, such as scenarios/my-case or "
        "./my-case, means all its scenario files; a bare name means its base. Left out: the default case.",
        autocompletion=complete_case,
        show_default=False,
    ),
]


@dataclass(frozen=True)
class ValidScenario:
    """A scenario without mistakes."""

    scenario: str
    """Its name."""
    source_views: list[str]
    """The views through which it was checked."""
    open_questions: dict[str, list[str]]
    """Answers of every switch of the file, checked as well."""
    notes: list[str]
    """What its author should know."""


def check(
    files: Files = None,
    changes: Changes = None,
    answers: AnswersOption = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Validate scenarios with all their source views and switches; every mistake at once (exit code 3)."""
    from sim.errors import ScenarioError

    problems: list[Problem] = []
    fine: list[ValidScenario] = []
    for file in _find_files(files or [find_default_case()], problems):
        base, views, found = _load(file, changes or [], answers or [])
        offered = {} if found else _list_answers(file, changes or [], found)
        found += [] if found else _check_neighbours(file)
        problems += found
        if base is not None and not found:
            fine.append(ValidScenario(base.name, views, offered, _make_notes(base)))
    if as_json:
        wrong = [{"file": m.file, "line": m.line, "text": m.text, "remedy": m.remedy} for m in dict.fromkeys(problems)]
        print_json({"fine": [asdict(one) for one in fine], "mistakes": wrong})
    else:
        _show(fine, quiet)
    if problems:
        raise ScenarioError(problems)


def _find_files(asked: list[str], problems: "list[Problem]") -> list[str]:
    """The scenarios that are meant, a folder written as a path with all its files; what hides one is added."""
    from sim.errors import ErrorCollector
    from sim.workflows.run_batch import find_files

    seen, meant = ErrorCollector(), list[str]()
    for name in asked:
        paths = seen.attempt(partial(find_files, [name]), None)
        meant += [name] if paths is None or len(paths) < 2 else [str(path) for path in paths]
    problems += seen.problems
    return meant


def _load(file: str, changes: list[str], answers: list[str]) -> "tuple[LoadedCase | None, list[str], list[Problem]]":
    """The case itself, the names of its views, and everything that is wrong with it or one of them."""
    from sim.errors import ErrorCollector
    from sim.loading.loader import list_views, load_case

    seen = ErrorCollector()
    base = seen.attempt(lambda: load_case(file, changes=changes, answers=answers), None)
    views = seen.attempt(lambda: list_views(file), list[str]())
    for view in views:
        seen.attempt(partial(load_case, file, view=view, changes=changes, answers=answers), None)
    return base, views, seen.problems


def _list_answers(file: str, changes: list[str], problems: "list[Problem]") -> dict[str, list[str]]:
    """Every answer of every switch of a scenario file; what is wrong with one of them is added to the mistakes."""
    from sim.errors import ErrorCollector
    from sim.loading.discovery import find_scenario
    from sim.loading.extends import resolve_extends
    from sim.loading.loader import load_case
    from sim.loading.resolve_questions import find_open_questions

    seen = ErrorCollector()
    answers = {
        name: list(switch.answers)
        for name, (_, switch) in find_open_questions(resolve_extends(find_scenario(file))).items()
    }
    for name, found in answers.items():
        for answer in found:
            seen.attempt(partial(load_case, file, changes=changes, answers=[f"{name}={answer}"]), None)
    problems += seen.problems
    return answers


def _check_neighbours(file: str) -> "list[Problem]":
    """What is wrong in what stands beside a case: lists of evidence, contradictions, history, translations."""
    from sim.cli.coverage import list_known_places
    from sim.errors import ErrorCollector
    from sim.evidence.coverage import find_register_use
    from sim.loading.discovery import find_scenario
    from sim.loading.extends import find_scenario_changes, resolve_extends
    from sim.loading.translations import load_translation

    path = find_scenario(file)
    if find_scenario_changes(resolve_extends(path)):
        return []
    seen = ErrorCollector()
    accounts = seen.attempt(partial(find_register_use, path, list_known_places()), None)
    for texts in sorted((path.parent / "texts").glob("*.yaml")):
        seen.attempt(partial(load_translation, path, texts.stem), None)
    return [*seen.problems, *(accounts.problems if accounts else ())]


def _make_notes(case: "LoadedCase") -> list[str]:
    """Levers that come too late, for each horizon that is reported."""
    from sim.ensemble.plan import find_late_levers

    calendar = case.scenario.calendar
    weeks = sorted({calendar.horizon, *calendar.horizons})
    return [text for horizon in weeks for text in find_late_levers(case.scenario, horizon)]


def _show(fine: list[ValidScenario], quiet: bool) -> None:
    """One line for each scenario without mistakes, and what its author should know."""
    for found in fine:
        views = ", ".join(found.source_views)
        print_result(f"{found.scenario}: fine, {f'with the source views {views}' if views else 'without source views'}")
        for name, answers in found.open_questions.items():
            print_result(f"  --answer {name}={'|'.join(answers)}")
        for text in found.notes:
            print_note(f"note: {text}", quiet=quiet)
