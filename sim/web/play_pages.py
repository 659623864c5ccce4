"""Play pages: a student's own seat in a room, under an address that nobody else has."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from sim.web.answering import in_language
from sim.web.rendering import render
from sim.web.room_pages import Form, lead_to, refusing
from sim.web.room_state import OwnSeat, find_base, find_own_seat, find_rooms, is_local
from sim.web.seat_page import build_debrief, build_turn
from sim.web.seat_pages import read_move
from sim.workflows.seat.class_room import find_position, is_waiting, move_in_room


@in_language
def show_play(request: Request) -> Response:
    """The turn of a student, or what it waits for."""
    own = find_own_seat(request)
    alone = is_waiting(own.game, find_rooms(request).list_seats(own.room.code))
    position = find_position(own.room, own.game, own.seat.actor, own.lang)
    hidden = [("version", str(own.game.version)), ("lang", own.lang)]
    values = build_turn(position)
    if alone or own.room.is_paused:
        values |= {"question": None}
    shown = {
        **values,
        "own": own,
        "form": {"method": "post", "action": own.address(), "hidden": hidden},
        "waits_for": _find_reason(own, alone, asked=position.asked),
        "link": "" if own.room.is_class or not alone else f"{find_base(request)}/r/{own.room.code}",
        "is_local": is_local(request),
        "may_look_back": position.is_over and own.room.is_revealed,
        "here": request.url.path,
    }
    return render("play.html", shown)


def _find_reason(own: OwnSeat, alone: bool, *, asked: str) -> str:
    """Key of what the student waits for; empty if it is asked or may look back."""
    if own.game.is_over:
        return "" if own.room.is_revealed else "waiting-reveal"
    if own.room.is_paused:
        return "waiting-pause"
    if alone:
        return "waiting-join"
    return "" if asked == own.seat.actor else "waiting-turn"


@refusing
def make_room_move(request: Request, form: Form) -> Response:
    """Make a move in one's own seat."""
    own = find_own_seat(request)
    version = form.get("version", "")
    if version.isascii() and version.isdigit() and len(version) < 9:
        move = read_move(form.get("move", ""), form)
        rooms = find_rooms(request)
        move_in_room(rooms, own.room, own.seat, move=move, version=int(version), lang=own.lang)
    return lead_to(request, f"/play/{quote(own.token)}")


@in_language
def show_play_version(request: Request) -> Response:
    """What changes whenever the student's page would."""
    return PlainTextResponse(find_own_seat(request).version)


@in_language
def show_play_debrief(request: Request) -> Response:
    """What is said after the student's game, once it may be."""
    own = find_own_seat(request)
    if not (own.game.is_over and own.room.is_revealed and own.game.moves):
        return lead_to(request, f"/play/{quote(own.token)}")
    position = find_position(own.room, own.game, own.seat.actor, own.lang)
    return render("play_debrief.html", {**build_debrief(position), "own": own, "here": request.url.path})
