"""Case lessons: the version of a lesson that a case about real events brings along, step by step, under every view."""

from dataclasses import replace
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from analysis.methods.change_words import describe_change
from sim.ensemble.manifest import Manifest
from sim.i18n.messages import message
from sim.i18n.said_error import SaidError
from sim.loading.loader import list_views, load_case
from sim.loading.translations import translate_case
from sim.web.answering import MissingPageError, in_language
from sim.web.entrance import find_note, is_at_this_computer, require_case
from sim.web.explore_page import explorer
from sim.web.lesson_chart import Mark, draw_step
from sim.web.lesson_files import CaseLesson, Lesson, Step
from sim.web.lesson_page import find_lesson, list_answers, plan_lesson, stands_alone
from sim.web.page_state import PageState, read_state
from sim.web.picture import describe_picture
from sim.web.real_cases import DEPENDS, RUNS, compare_views, find_address, find_own_lesson
from sim.web.rendering import render
from sim.workflows.explore import Exploration, Explorer
from sim.workflows.localized_results import localize

TEMPLATES = {"guided": "lesson.html", "teacher": "teacher.html", "handout": "handout.html"}
"""Pages of such a version."""


@in_language
def show_case_lesson(request: Request) -> Response:
    """A lesson about real events, or its sheet: by the teacher's choice, behind the note of care."""
    name, template = request.path_params["lesson"], TEMPLATES.get(request.path_params["sheet"])
    case, lesson = require_case(request), find_lesson(name)
    own = find_own_lesson(case, name) if lesson else None
    if template is None or lesson is None or own is None:
        raise MissingPageError
    at_this_computer = is_at_this_computer(request)
    if template == TEMPLATES["teacher"] and not at_this_computer:
        raise SaidError("pages.sheet-local")
    if not (at_this_computer or request.app.state.real):
        raise SaidError("pages.real-student")
    state = read_state(case, request.query_params, request.headers.get("accept-language", ""))
    onward = quote(request.url.path) + replace(state, is_care_read=True).query
    if note := find_note(request, case, onward, is_read=state.is_care_read):
        return note
    told = build_case_lesson(lesson, name, own, case, state.lang, explorer)
    return render(template, {**told, "is_teacher": at_this_computer, "here": request.url.path})


def build_case_lesson(
    lesson: Lesson, name: str, own: CaseLesson, case: str, lang: str, explorer: Explorer
) -> dict[str, Any]:
    """Everything that the pages of a lesson about real events show.

    Args:
        lesson: The lesson, on its invented case.
        name: Its name.
        own: What the case has of its own.
        case: Name of the scenario.
        lang: Language of all words.
        explorer: Plays the steps.
    """
    parts = {"case": case, "opening": own.opening, "steps": own.steps, "caveat": own.caveat, "discuss": own.discuss}
    whole = lesson.model_copy(update=parts)
    loaded, _ = translate_case(load_case(case, view=next(iter(list_views(case)), None)), lang)
    return {
        "lesson": whole,
        "name": name,
        "is_own": True,
        "sheets": {sheet: find_address(name, sheet, case, f"{lang}&care=read") for sheet in TEMPLATES},
        "lang": lang,
        "case": loaded,
        "steps": [
            {"step": step, "number": number, **_find_out(case, step, lang, explorer)}
            for number, step in enumerate(own.steps, start=1)
        ],
        "plan": plan_lesson(whole),
        "fills": "",
        "outcomes": [],
    }


def find_case_answers(case: str, own: CaseLesson, explorer: Explorer) -> list[str]:
    """The right answer of every step, or that it depends on the source view.

    Args:
        case: Name of the scenario.
        own: What the case has of its own.
        explorer: Plays the steps.
    """
    return [_play(case, step, "en", explorer)[1] for step in own.steps]


def _play(case: str, step: Step, lang: str, explorer: Explorer) -> tuple[list[Mark], str, Manifest]:
    """What every source view gives, the answer that holds under all of them, and how the runs were made."""
    found = explorer.play(Exploration(case, changes=step.changes, runs=RUNS))
    before = None
    if step.compared is not None:
        before = explorer.play(Exploration(case, changes=step.compared, runs=RUNS))
    said = localize(found, lang).results
    marks, answers = compare_views(step, said, before)
    return marks, answers.pop() if len(answers) == 1 else DEPENDS, said.manifest


def _find_out(case: str, step: Step, lang: str, explorer: Explorer) -> dict[str, Any]:
    """What a step shows once it is revealed."""
    marks, answer, manifest = _play(case, step, lang, explorer)
    answers = [
        *list_answers(step.measure, stands_alone=stands_alone(step)),
        (DEPENDS, message(f"pages.answer-{DEPENDS}")),
    ]
    said = dict(answers)[answer]
    big = message("pages.real-depends" if answer == DEPENDS else "pages.under-every-view", answer=said)
    opened = PageState(step.opens, lang) if step.opens else PageState(case, lang, changes=step.changes)
    changed = [describe_change(manifest.text, change) for change in step.changes]
    measures = [step.measure, *([step.against] if step.against else [])]
    return {
        "answer": answer,
        "answers": answers,
        "before": "",
        "changed": False,
        "big": big,
        "said": [big, *(_say_mark(mark) for mark in marks)],
        "hollow": _say_hollow(step),
        "chart": draw_step(marks, measures, f"{step.title}: {step.measure.label}"),
        "picture": describe_picture(manifest, changed, title=f"{step.title}: {step.measure.label}"),
        "weeks": None,
        "address": opened.address(is_care_read=True),
    }


def _say_hollow(step: Step) -> str:
    """What hollow dots are in the chart."""
    if label := step.against.label if step.against else step.compared_label:
        return message("pages.chart-hollow", label=label)
    return "" if step.compared is None else message("pages.chart-hollow-before")


def _say_mark(mark: Mark) -> str:
    """What a source view gives, in words."""
    if mark.before is None:
        return f"{mark.label}: {mark.found.text}"
    return message("pages.mark-before", label=mark.label, text=mark.found.text, before=mark.before.text)
