"""Room pages: a teacher opens a room and leads it, students join, and a projector shows what came of it."""

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import wraps
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from sim.i18n.messages import use_language
from sim.i18n.said_error import SaidError
from sim.loading.discovery import find_scenarios
from sim.loading.loader import list_views, load_case
from sim.loading.translations import translate_case
from sim.storage.room_record import Room
from sim.web.answering import REFUSALS, MissingPageError, in_language, refuse
from sim.web.entrance import is_at_this_computer, needs_care
from sim.web.explore_page import explorer
from sim.web.language import find_language
from sim.web.page_state import parse_page_seed
from sim.web.rendering import render
from sim.web.room_page import build_board, build_progress, draw_code, find_version, translate_room
from sim.web.room_state import find_base, find_room, find_rooms, is_local, is_teacher
from sim.web.seat_pages import SEE_OTHER
from sim.workflows.rooms import format_csv
from sim.workflows.seat.class_room import fire_event, join_room, open_room, prepare_games
from sim.workflows.seat.seats import list_seats

Form = Mapping[str, str]
Action = Callable[[Request, Form], Response]

SETTINGS = {
    "pause": {"is_paused": True},
    "resume": {"is_paused": False},
    "hide": {"hides_worths": True},
    "show": {"hides_worths": False},
    "reveal": {"is_revealed": True},
    "cover": {"is_revealed": False},
    "open": {"opens_case": True},
    "shut": {"opens_case": False},
}
"""What buttons of a teacher do."""

_prepared: set[str] = set()
_preparing = threading.Lock()
"""Rooms whose games are prepared by this server."""


def refusing(action: Action) -> Action:
    """What a form does, in the language of its page; mistakes become sentences.

    Args:
        action: Does it.
    """

    @wraps(action)
    def act(request: Request, form: Form) -> Response:
        with use_language(find_language(request)):
            try:
                return action(request, form)
            except REFUSALS as error:
                return refuse(request, error, here="/", back=_find_way_back(request, form, error))

    return act


def _find_way_back(request: Request, form: Form, error: Exception) -> str:
    """The page from which a form was sent: a seat, a room, the teacher's page; none if there is no such page."""
    if isinstance(error, MissingPageError):
        return ""
    kept = {"key": form["key"][:60]} if form.get("key") else {}
    path = f"/seat/{quote(_read_case(form))}" if request.url.path == "/pair" else quote(request.url.path)
    return f"{path}?{urlencode({**kept, 'lang': find_language(request)})}"


def lead_to(request: Request, path: str, **more: str) -> Response:
    """The answer to a form: the page that follows.

    Args:
        request: What was sent.
        path: Where the page is.
        more: What stands behind the question mark, besides the language.
    """
    return RedirectResponse(f"{path}?{urlencode({**more, 'lang': find_language(request)})}", SEE_OTHER)


def _require_this_computer(request: Request) -> None:
    if not is_at_this_computer(request):
        raise SaidError("classroom.rooms-local")


@in_language
def show_rooms(request: Request) -> Response:
    """All rooms, and a case for a new one; at this computer only."""
    _require_this_computer(request)
    lang = find_language(request)
    cases = [(one.name, translate_case(load_case(one.name), lang)[0].title) for one in find_scenarios()]
    titles = dict(cases)
    rooms = [(one, titles.get(one.case, one.case)) for one in find_rooms(request).list_rooms() if one.is_class]
    return render("rooms.html", {"cases": cases, "rooms": rooms, "here": "/rooms", "is_local": is_local(request)})


@in_language
def show_new_room(request: Request) -> Response:
    """Roles and settings of a new room."""
    _require_this_computer(request)
    case = request.query_params.get("case", "")
    if case not in {one.name for one in find_scenarios()}:
        raise MissingPageError
    names, lang = list_views(case), find_language(request)
    loaded, _ = translate_case(load_case(case, view=next(iter(names), None)), lang)
    told = [(name, translate_case(load_case(case, view=name), lang)[0].view) for name in names]
    views = [(name, view.label if view else name) for name, view in told]
    seats = list_seats(loaded.scenario)
    shown = {"case": loaded, "seats": seats, "views": views, "needs_care": needs_care(case)}
    return render("room_new.html", {**shown, "name": case, "here": "/rooms/new"})


@refusing
def create_room(request: Request, form: Form) -> Response:
    """Open a room, with what its form says."""
    _require_this_computer(request)
    room = open_room(
        find_rooms(request), _read_case(form), view=_read_view(form), roles=_read_roles(form),
        same_run="same" in form, hides_worths="hide" in form, opens_case="open" in form,
        seed=parse_page_seed(form.get("seed", "").strip()),
        lang=find_language(request),
    )  # fmt: skip
    _prepare(room)
    return lead_to(request, f"/r/{room.code}/teacher")


def _prepare(room: Room) -> None:
    """Let the games of a room be prepared beside everything else, once."""
    with _preparing:
        is_new = room.code not in _prepared
        _prepared.add(room.code)
    if is_new and room.is_class:
        threading.Thread(target=_prepare_games, args=(room,), daemon=True).start()


def _prepare_games(room: Room) -> None:
    """Prepare them; why that cannot be done, the page of the room says itself."""
    with suppress(*REFUSALS):
        prepare_games(room)


def _read_case(form: Form) -> str:
    case = form.get("case", "")
    if case not in {one.name for one in find_scenarios()}:
        raise MissingPageError
    return case


def _read_view(form: Form) -> str:
    names = list_views(_read_case(form))
    given = form.get("view", "")
    return given if given in names else next(iter(names), "")


def _read_roles(form: Form) -> tuple[str, ...]:
    return tuple(one for one in (form.get("first", "")[:99], form.get("second", "")[:99]) if one)


@refusing
def create_pair(request: Request, form: Form) -> Response:
    """Two students against each other: a seat for one, and a link for the other."""
    case = _read_case(form)
    if needs_care(case) and not is_at_this_computer(request):
        raise SaidError("classroom.care-student")
    roles, lang = _read_roles(form), find_language(request)
    if len(roles) != 2:
        raise SaidError("classroom.refused-roles")
    rooms, view = find_rooms(request), _read_view(form)
    room = open_room(rooms, case, view=view, roles=roles, is_class=False, hides_worths="hide" in form, lang=lang)
    token = join_room(rooms, room, nickname="", actor=room.roles[0])
    return lead_to(request, f"/play/{quote(token)}")


@in_language
def show_join(request: Request) -> Response:
    """Where students join."""
    room, lang = find_room(request), find_language(request)
    _prepare(room)
    case, taken = translate_room(room, lang), {seat.actor for seat in find_rooms(request).list_seats(room.code)}
    seats = [one for one in list_seats(case.scenario) if not room.roles or one.actor in room.roles]
    free = next((one.label for one in seats if one.actor not in taken), "")
    full = not room.is_class and not free
    shown = {"room": room, "case": case, "seats": seats, "free": free, "is_full": full, "here": request.url.path}
    return render("room_join.html", shown)


@refusing
def take_room_seat(request: Request, form: Form) -> Response:
    """Take a seat in a room."""
    room = find_room(request)
    actor = form.get("actor", "")[:99]
    token = join_room(find_rooms(request), room, nickname=form.get("nickname", "")[:400], actor=actor)
    return lead_to(request, f"/play/{quote(token)}")


@in_language
def show_board(request: Request) -> Response:
    """What a projector shows."""
    room, lang = find_room(request), find_language(request)
    progress = build_progress(find_rooms(request), room, lang)
    address = f"{find_base(request)}/r/{room.code}"
    shown = build_board(find_rooms(request), room, lang, explorer) if room.is_revealed and progress["over"] else {}
    values = {**progress, **shown, "address": address, "code": draw_code(address), "here": request.url.path}
    return render("room_board.html", {**values, "has_results": bool(shown)})


@in_language
def show_version(request: Request) -> Response:
    """What changes whenever a page of the room would."""
    room = find_room(request)
    return PlainTextResponse(find_version(find_rooms(request), room))


@in_language
def show_teacher(request: Request) -> Response:
    """What a teacher sees of a room, and does with it."""
    room = _find_led_room(request, request.query_params)
    base, lang = find_base(request), find_language(request)
    elsewhere = f"{base}/r/{room.code}/teacher?{urlencode({'key': room.key, 'lang': lang})}"
    return render(
        "room_teacher.html",
        {
            **build_progress(find_rooms(request), room, lang),
            "address": f"{base}/r/{room.code}",
            "elsewhere": elsewhere,
            "key": request.query_params.get("key", "")[:60],
            "fired": _read_fired(request),
            "is_local": is_local(request),
            "here": request.url.path,
        },
    )


def _read_fired(request: Request) -> tuple[str, str] | None:
    """What became of the event fired last."""
    given = [request.query_params.get(name, "") for name in ("fired", "left")]
    games, left = (one if one.isascii() and one.isdigit() and len(one) < 4 else "" for one in given)
    return (games, left) if games and left else None


def _find_led_room(request: Request, form: Form) -> Room:
    """The room, if whoever asks leads it."""
    room = find_room(request)
    if not is_teacher(request, room, form.get("key", "")[:60]):
        raise SaidError("classroom.refused-teacher")
    return room


@refusing
def lead_room(request: Request, form: Form) -> Response:
    """What a teacher does with all games of a room."""
    room, rooms, wish = _find_led_room(request, form), find_rooms(request), form.get("do", "")
    here, key = f"/r/{room.code}/teacher", {"key": form["key"]} if form.get("key") else {}
    if wish == "fire":
        fired = fire_event(rooms, room, form.get("event", ""))
        return lead_to(request, here, fired=str(fired.games), left=str(fired.left_out), **key)
    if wish == "model":
        rooms.seat_the_model(room.code)
    elif wish == "free":
        rooms.free_seat(room.code, form.get("nickname", ""))
    elif wish == "delete":
        if form.get("code", "").strip().upper() != room.code:
            raise SaidError("classroom.refused-code")
        rooms.delete_room(room.code)
        return lead_to(request, "/rooms" if is_at_this_computer(request) else "/")
    elif wish in SETTINGS:
        rooms.set_room(room.code, **SETTINGS[wish])
    return lead_to(request, here, **key)


@in_language
def download_results(request: Request) -> Response:
    """All games of a room as CSV, for its teacher."""
    room = _find_led_room(request, request.query_params)
    headers = {"content-disposition": f'attachment; filename="room-{room.code}.csv"'}
    return Response(format_csv(find_rooms(request), room), media_type="text/csv; charset=utf-8", headers=headers)
