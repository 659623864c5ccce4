"""Real cases: the last step of a lesson, about real events, if the teacher opens it, below a note of care."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.requests import Request

from analysis.methods.change_words import describe_change
from sim.ensemble.dispatcher import NoMatchError
from sim.ensemble.results import Results
from sim.errors import ScenarioError
from sim.i18n.messages import message
from sim.i18n.said_error import SaidError
from sim.loading.discovery import find_scenarios
from sim.loading.extends import find_scenario_changes, resolve_extends
from sim.loading.loader import load_case
from sim.loading.translations import translate_case
from sim.schema.scenario import Scenario
from sim.web.entrance import is_at_this_computer, needs_care, require_no_room
from sim.web.lesson_chart import Mark, StepChart, draw_step
from sim.web.lesson_files import CaseLesson, Lesson, RealStep, Step, find_case_lesson, load_lessons
from sim.web.lesson_measure import Measured, measure_runs
from sim.web.lesson_page import find_band, find_direction, list_answers
from sim.web.page_state import PageState
from sim.web.picture import describe_picture
from sim.workflows.explore import Exploration, Explorer
from sim.workflows.localized_results import localize

OPEN = "yes"
"""What `real=` in an address says if the teacher opens the case."""

RUNS = 300
"""Runs of each source view."""

DEPENDS = "depends"
"""The answer where source views differ."""


@dataclass(frozen=True)
class RealCase:
    """A case about real events at the end of a lesson."""

    title: str
    """Its title."""
    address: str
    """Where it is explored, with what the step sets."""
    replay: str
    """Where its runs are replayed."""
    chart: StepChart | None
    """What every source view gives; none where the step does not fit the case."""
    answer: str
    """The answer that holds under all of them, or that it depends."""
    picture: str = ""
    """What the chart says of itself once it has left the page."""
    guided: "GuidedVersion | None" = None
    """Where the case is gone through step by step; none if it has no such version of the lesson."""


@dataclass(frozen=True)
class GuidedVersion:
    """The version of a lesson that a case brings along."""

    address: str
    """Where it is."""
    steps: int
    """How many steps it has."""
    minutes: int
    """How long they take."""


def build_real_part(request: Request, lesson: Lesson, lang: str, explorer: Explorer) -> dict[str, Any]:
    """What a lesson shows of cases about real events: a last step with each, or that a teacher opens them.

    Args:
        request: What is asked for; the switch of the server opens them for everybody, the address for this computer.
        lesson: The lesson.
        lang: Language of all words.
        explorer: Plays the step.
    """
    is_teacher = is_at_this_computer(request)
    asked = is_teacher and request.query_params.get("real", "") == OPEN
    is_open = bool(getattr(request.app.state, "real", False)) or asked
    names = [name for name in list_real_cases() if _is_shown(request, name)] if is_open else []
    step = lesson.real
    answers = list_answers(step.measure, stands_alone=not step.changes and step.against is None)
    return {
        "real_open": is_open,
        "is_teacher": is_teacher,
        "real_cases": [
            replace(_build(step, name, lang, explorer), guided=_find_guided(lesson, name, lang)) for name in names
        ],
        "real_answers": [*answers, (DEPENDS, message("pages.answer-depends"))],
    }


def _is_shown(request: Request, name: str) -> bool:
    """False while a class plays the case."""
    try:
        require_no_room(request, name)
    except SaidError:
        return False
    return True


@cache
def list_real_cases() -> tuple[str, ...]:
    """Names of the cases about real events, without scenario files that change one."""
    return tuple(one.name for one in find_scenarios() if _is_real(one.name, one.path))


def _is_real(name: str, path: Path) -> bool:
    try:
        return not find_scenario_changes(resolve_extends(path)) and needs_care(name)
    except ScenarioError:
        return False


def _build(step: RealStep, name: str, lang: str, explorer: Explorer) -> RealCase:
    case = translate_case(load_case(name), lang)[0]
    changes = tuple(_fill_in(step, case.scenario))
    address = PageState(name, lang, changes=changes).address()
    replay = f"/replay/case/{name}?lang={lang}"
    try:
        found = explorer.play(Exploration(name, changes=changes, runs=RUNS))
        before = explorer.play(Exploration(name, runs=RUNS)) if changes else None
    except (ScenarioError, NoMatchError):
        return RealCase(case.title, PageState(name, lang).address(), replay, None, DEPENDS)
    said = localize(found, lang).results
    marks, answers = compare_views(step, said, before)
    measures = [step.measure, *([step.against] if step.against else [])]
    chart = draw_step(marks, measures, f"{case.title}: {step.measure.label}")
    changed = [describe_change(said.manifest.text, change) for change in changes]
    picture = describe_picture(said.manifest, changed, title=str(step.measure.label))
    return RealCase(case.title, address, replay, chart, answers.pop() if len(answers) == 1 else DEPENDS, picture)


def list_guided(lesson: Lesson, lang: str) -> list[tuple[str, str]]:
    """Teacher's sheets of the versions about real events: what each is called, and where it is.

    Args:
        lesson: The lesson.
        lang: Language of all words.
    """
    name = next(key for key, one in load_lessons().items() if one is lesson)
    cases = [case for case in list_real_cases() if find_own_lesson(case, name)]
    return [
        (f"{message('pages.teacher-sheet')}: {translate_case(load_case(case), lang)[0].title}",
         find_address(name, "teacher", case, lang))
        for case in cases
    ]  # fmt: skip


def _find_guided(lesson: Lesson, case: str, lang: str) -> GuidedVersion | None:
    """Where a case is gone through step by step in a lesson."""
    name = next(key for key, one in load_lessons().items() if one is lesson)
    own = find_own_lesson(case, name)
    if own is None:
        return None
    minutes = sum(step.minutes for step in own.steps)
    return GuidedVersion(find_address(name, "guided", case, lang), len(own.steps), minutes)


def find_own_lesson(case: str, name: str) -> CaseLesson | None:
    """What a case has of its own in a lesson; none if it has nothing.

    Args:
        case: Name of the scenario.
        name: Name of the lesson.
    """
    places = {one.name: one.path for one in find_scenarios()}
    return find_case_lesson(places[case], name) if case in list_real_cases() and case in places else None


def find_address(name: str, page: str, case: str, lang: str) -> str:
    """Address of a page of a lesson about a real case.

    Args:
        name: Name of the lesson.
        page: `guided`, `teacher` or `handout`.
        case: Name of the scenario.
        lang: Language of the page.
    """
    return f"/lessons/{name}/{page}/{quote(case)}?lang={lang}"


def _fill_in(step: RealStep, scenario: Scenario) -> Iterator[str]:
    """What the step sets, for each side or each order of steps of a case."""
    for change in step.changes:
        if "{side}" in change:
            yield from (change.replace("{side}", side) for side in scenario.find_by_role("disputant"))
        elif "{sequence}" in change:
            yield from (change.replace("{sequence}", key) for key in scenario.sequences)
        else:
            yield change


def compare_views(step: RealStep | Step, found: Results, before: Results | None) -> tuple[list[Mark], set[str]]:
    """What every source view gives, and which answers are right under them.

    Args:
        step: What is asked.
        found: Runs of every source view, with their names in the language of the page.
        before: Runs with which they are compared; none if with none.
    """
    marks, answers = [], set[str]()
    for name in found.views:
        now, old = measure_runs(found, step.measure, name), _measure_before(step, found, before, name)
        marks.append(Mark(found.manifest.labels.get(name, name), now, old))
        answers.add(find_band(now) if old is None else find_direction(now, old, step.measure))
    return marks, answers


def _measure_before(step: RealStep | Step, found: Results, before: Results | None, name: str) -> Measured | None:
    """What a view's number is compared with."""
    if step.against is not None:
        return measure_runs(found, step.against, name)
    return measure_runs(before, step.measure, name) if before is not None and name in before.views else None
