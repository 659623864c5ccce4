"""Check: everything that is wrong with one, its source views, its answers and what stands beside it, at once."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from analysis.methods.asymmetries import list_asymmetries
from sim.ensemble.plan import find_late_levers, find_late_sequences
from sim.errors import MOST_PRINTED, ErrorCollector, Problem, ScenarioError
from sim.evidence.coverage import find_register_use
from sim.evidence.history import check_scored_events, read_history_file, read_scored_events
from sim.loading.discovery import find_default_case, find_hidden_by, find_scenario, find_scenarios
from sim.loading.doubts import read_doubts
from sim.loading.extends import find_scenario_changes, resolve_extends
from sim.loading.loader import list_views, load_case
from sim.loading.resolve_questions import find_open_questions
from sim.loading.strict_yaml import read_yaml
from sim.loading.translations import load_translation
from sim.schema.loaded_case import LoadedCase
from sim.schema.scored_event import ScoredEvent
from sim.workflows.arguments import OneOrMany, list_words
from sim.workflows.coverage import list_known_places
from sim.workflows.display import TextDisplay, make_frame
from sim.workflows.scenario_files import find_files


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


@dataclass(frozen=True, repr=False)
class CheckResult(TextDisplay):
    """What a check has found."""

    fine: tuple[ValidScenario, ...]
    """Scenarios without mistakes."""
    problems: tuple[Problem, ...]
    """Everything that is wrong, with file, line and remedy."""

    def raise_problems(self) -> None:
        """Stop if anything is wrong.

        Raises:
            ScenarioError: something is; it lists every mistake.
        """
        if self.problems:
            raise ScenarioError(self.problems)

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {"fine": [asdict(one) for one in self.fine], "mistakes": [asdict(one) for one in self.problems]}

    def to_frame(self) -> Any:
        """One row per mistake, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame((asdict(one) for one in self.problems), ("file", "line", "text", "remedy"))

    def __str__(self) -> str:
        return "\n".join([*self.format_valid(), *(str(one) for one in self.problems)])

    def list_notes(self) -> list[str]:
        """What authors of scenarios without mistakes should know."""
        return [text for one in self.fine for text in one.notes]

    def format_valid(self, answer: str = "open question ") -> Iterator[str]:
        """One line for each scenario without mistakes, and one for each of its open questions.

        Args:
            answer: What stands before an open question and its answers.
        """
        for one in self.fine:
            views = ", ".join(one.source_views)
            yield f"{one.scenario}: fine, {f'with the source views {views}' if views else 'without source views'}"
            yield from (f"  {answer}{name}={'|'.join(answers)}" for name, answers in one.open_questions.items())


def check(case: OneOrMany | None = None, *, changes: OneOrMany = (), answers: OneOrMany = ()) -> CheckResult:
    """Check scenarios with all their source views and answers; every mistake at once.

    Args:
        case: Names, files or folders; a folder written as a path means all its scenario files. The default case if
            left out.
        changes: Values to set, each as path=value.
        answers: Answers to open questions, each as name=answer.

    Returns:
        The scenarios without mistakes, and every mistake in the others.
    """
    problems: list[Problem] = []
    fine: list[ValidScenario] = []
    set_anew, answered = list_words(changes), list_words(answers)
    for file in _find_files(list_words(case) or [find_default_case()], problems):
        base, views, found = _load(file, set_anew, answered)
        offered = {} if found else _list_answers(file, set_anew, found)
        found += [] if found or base is None else _find_unexplained(file, base)
        found += [] if found or base is None else _check_attempts(file, base)
        found += [] if found else _check_evidence(file)
        found += [] if found or base is None else _check_scored(file, base)
        problems += found
        if base is not None and not found:
            fine.append(ValidScenario(base.name, views, offered, [*_make_notes(base), *_note_others(base)]))
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
    for view in views if len(seen.problems) < MOST_PRINTED else ():
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


def _check_attempts(file: str, case: LoadedCase) -> list[Problem]:
    """What is wrong with the changes that a case says one may try."""
    chain, found = resolve_extends(find_scenario(file)), list[Problem]()
    for key, one in case.scenario.attempts.items():
        seen, place = ErrorCollector(), ("try", key, "changes")
        seen.attempt(partial(load_case, file, changes=one.changes), None)
        written = next((each for each in chain if each.find_line(place) > 1), chain[0])
        for problem in seen.problems:
            text = f"{'.'.join(place)}: {problem.text}"
            found.append(Problem(written.name, written.find_line(place), text, problem.remedy))
    return found


def _check_evidence(file: str) -> list[Problem]:
    """What is wrong in what stands beside a case: lists of evidence, contradictions, history, translations."""
    path = find_scenario(file)
    if find_scenario_changes(resolve_extends(path)):
        return []
    seen = ErrorCollector()
    accounts = seen.attempt(partial(find_register_use, path, list_known_places()), None)
    seen.attempt(partial(read_doubts, path), None)
    for texts in sorted((path.parent / "texts").glob("*.yaml")):
        seen.attempt(partial(load_translation, path, texts.stem), None)
    return [*seen.problems, *(accounts.problems if accounts else ())]


def _check_scored(file: str, case: LoadedCase) -> list[Problem]:
    """What is wrong with the events on which forecasts are scored."""
    path, seen = find_scenario(file), ErrorCollector()
    if find_scenario_changes(resolve_extends(path)):
        return []
    history = read_history_file(path.parent, seen)
    events = seen.attempt(partial(read_scored_events, history), dict[str, ScoredEvent]())
    return [*seen.problems, *check_scored_events(history, events, case)]


def _find_unexplained(file: str, case: LoadedCase) -> list[Problem]:
    """Differences between the two sides without a reason, in a case that gives reasons for such differences at all."""
    chain = resolve_extends(find_scenario(file))
    if not case.scenario.asymmetries or find_scenario_changes(chain):
        return []
    problems = []
    for one in list_asymmetries(case.scenario):
        if not one.has_reason:
            place = tuple(one.place.split("."))
            written = next((file for file in chain if file.find_line(place) > 1), chain[0])
            text = f"{one.place}: the two sides differ here, and nothing says why"
            remedy = f"give `because` or `assumed` under asymmetries: {one.place}"
            problems.append(Problem(written.name, written.find_line(place), text, remedy))
    return problems


def _note_others(case: LoadedCase) -> Iterator[str]:
    """What a case hides, and scenario files beside it that cannot be read; the case itself does not need them."""
    yield from map(str, find_hidden_by([case.path]))
    own = {path.resolve() for path in case.files}
    for neighbour in find_scenarios(case.path.parent):
        seen = ErrorCollector()
        if neighbour.path.resolve() not in own:
            seen.attempt(partial(read_yaml, neighbour.path), None)
        yield from (f"a neighbour of {case.path.name}, which is fine without it: {one}" for one in seen.problems[:1])


def _make_notes(case: LoadedCase) -> list[str]:
    """Levers and sequences that come too late, at the longest reported horizon; what is expected after the last."""
    calendar = case.scenario.calendar
    weeks = sorted({calendar.horizon, *calendar.horizons})
    levers: dict[str, str] = {}
    sequences: dict[str, str] = {}
    for horizon in weeks:
        levers |= find_late_levers(case.scenario, horizon)
        sequences |= find_late_sequences(case.scenario, horizon)
    return [*levers.values(), *sequences.values(), *_find_late_signatures(case, weeks[-1])]


def _find_late_signatures(case: LoadedCase, horizon: int) -> Iterator[str]:
    """First signatures that are expected after the last week; a shorter horizon is no mistake."""
    for key, one in case.scenario.expected.items():
        if one.signed_from_week is not None and one.signed_from_week > horizon:
            place = f"expected.{key}.signed_from_week: week {one.signed_from_week}"
            yield f"{place} never comes at a horizon of {horizon} weeks; it says no more than that nothing is signed"
