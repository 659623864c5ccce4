"""Pages: what each address shows, in the language that is asked for; what cannot be shown is said in a sentence."""

from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sim.errors import ScenarioError, UsageError
from sim.i18n.messages import use_language
from sim.i18n.said_error import SaidError
from sim.loading.discovery import find_scenarios
from sim.loading.loader import load_case
from sim.loading.translations import translate_case
from sim.web import explore_page, lesson_page
from sim.web.answering import MissingPageError, describe_error, in_language
from sim.web.entrance import find_note, is_at_this_computer, require_case, require_no_room
from sim.web.language import choose_language, find_language
from sim.web.page_state import PageState, read_state
from sim.web.real_cases import build_real_part, list_guided
from sim.web.rendering import render
from sim.web.scenario_text import read_scenario, write_scenario
from sim.web.seat_state import SeatState
from sim.web.zone_page import build_zone
from sim.workflows.explore import Exploration

WARM_CASE, WARM_RUNS = "textbook/three-parties", 300


def warm_up() -> None:
    """Load and compile what the first page needs."""
    explore_page.explorer.play(Exploration(WARM_CASE, runs=WARM_RUNS))


def _read(request: Request) -> PageState:
    """The state of a page about a case that is there; never a path."""
    return read_state(require_case(request), request.query_params, request.headers.get("accept-language", ""))


@in_language
def show_start(request: Request) -> Response:
    """Cases and lessons."""
    lang = find_language(request)
    groups: dict[bool, list[dict[str, Any]]] = {}
    for one in find_scenarios():
        card = _describe_case(one.name, lang, one.path.stat().st_mtime_ns)
        groups.setdefault(one.name.startswith("textbook"), []).append(card)
    lessons = lesson_page.list_lessons(lang)
    return render("start.html", {"groups": groups, "lessons": lessons, "here": "/", "state": None})


@lru_cache(maxsize=256)
def _describe_case(name: str, lang: str, changed: int) -> dict[str, Any]:
    """What the list of cases says of one, until its file changes."""
    case, _ = translate_case(load_case(name), lang)
    return {
        "title": case.title,
        "question": case.scenario.question,
        "address": PageState(name, lang).address(),
        "seat": SeatState(name, lang).address(),
        "actors": [actor.label for actor in case.scenario.actors.values()],
    }


def _stop(request: Request, state: PageState, path: str = "", *, piece: bool = False) -> Response | None:
    """What stands before the case; it leads on to what was asked for, or to the page of a path."""
    onward = quote(path or request.url.path) + replace(state, is_care_read=True).query
    return find_note(request, state.case, onward, is_read=state.is_care_read, piece=piece)


@in_language
def show_explore(request: Request) -> Response:
    """Levers and what they move; before a case about real events, a note of care."""
    state = _read(request)
    if stop := _stop(request, state):
        return stop
    return render("explore.html", {**explore_page.build_explore(state), "here": request.url.path})


@in_language
def show_results(request: Request) -> Response:
    """What levers move, without the rest of the page; the note of care leads to the whole page."""
    state = _read(request)
    if stop := _stop(request, state, f"/explore/{state.case}", piece=True):
        return stop
    return render("results.html", explore_page.build_results(state))


@in_language
def show_zone(request: Request) -> Response:
    """The zone of possible agreement, as a piece of a page or as a page, before which stands a note of care, too."""
    state, is_piece = _read(request), "piece" in request.query_params
    if stop := _stop(request, state, piece=is_piece):
        return stop
    values = {**build_zone(state), "here": request.url.path}
    return render("zone_piece.html" if is_piece else "zone.html", values)


@in_language
def download_scenario(request: Request) -> Response:
    """What the page has set, as a scenario file."""
    state = _read(request)
    if stop := _stop(request, state):
        return stop
    case = load_case(state.case, changes=state.changes, answers=state.answers)
    name = f"{state.case.rsplit('/', 1)[-1]}-changed.yaml"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(write_scenario(state, case.title, case.text), media_type="application/yaml", headers=headers)


def open_scenario(body: bytes, lang: str) -> Response:
    """The address of the page that a scenario file describes.

    Args:
        body: The file.
        lang: Language of the page.
    """
    with use_language(choose_language(lang)):
        try:
            state = read_scenario(body, choose_language(lang))
            load_case(state.case, changes=state.changes)
        except (ScenarioError, UsageError, ValueError) as error:
            return JSONResponse(describe_error(error), 422)
        return JSONResponse({"address": state.address()})


@in_language
def show_lessons(request: Request) -> Response:
    """All lessons."""
    lang = find_language(request)
    return render("lessons.html", {"lessons": lesson_page.list_lessons(lang), "here": "/lessons"})


@in_language
def show_lesson(request: Request) -> Response:
    """A lesson, step by step."""
    return _show_lesson(request, "lesson.html")


@in_language
def show_sheet(request: Request) -> Response:
    """The teacher's sheet or the handout of a lesson, to be printed."""
    sheets = {"teacher": "teacher.html", "handout": "handout.html"}
    template = sheets.get(request.path_params["sheet"])
    if template is None:
        raise MissingPageError
    if template == sheets["teacher"] and not is_at_this_computer(request):
        raise SaidError("pages.sheet-local")
    return _show_lesson(request, template)


def _show_lesson(request: Request, template: str) -> Response:
    lang = find_language(request)
    lesson = lesson_page.find_lesson(request.path_params["lesson"])
    if lesson is None:
        raise MissingPageError
    require_no_room(request, lesson.case)
    told = lesson_page.build_lesson(lesson, lang, explore_page.explorer)
    is_sheet = template != "lesson.html"
    real = (
        {"guided": list_guided(lesson, lang)}
        if is_sheet
        else build_real_part(request, lesson, lang, explore_page.explorer)
    )
    return render(template, {**told, **real, "here": request.url.path})


@in_language
def show_missing(request: Request) -> Response:
    """What is said where there is no page."""
    raise MissingPageError
