"""Seat pages: a role, a turn, a debrief - each from its address alone; a move leads to the address after it."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sim.i18n.said_error import SaidError
from sim.web.answering import in_language
from sim.web.entrance import is_at_this_computer, needs_care, require_case, require_no_room
from sim.web.rendering import render
from sim.web.seat_page import build_choice, build_debrief, build_turn
from sim.web.seat_state import SeatState, read_seat_state
from sim.workflows.seat.game import SeatPosition, make_move

SEE_OTHER = 303


def _read(request: Request) -> SeatState:
    return read_seat_state(require_case(request), request.query_params, request.headers.get("accept-language", ""))


@in_language
def show_seat(request: Request) -> Response:
    """Roles to choose from, or the turn of a game; a move leads to the address after it."""
    state = _read(request)
    require_no_room(request, state.case, even_if_open=True)
    if needs_care(state.case) and not (state.is_teacher and is_at_this_computer(request)):
        here = {"here": request.url.path, "is_teacher": is_at_this_computer(request)}
        return render("seat_care.html", {**build_choice(state), **here})
    if not state.actor:
        return render("seat_choice.html", {**build_choice(state), "here": request.url.path})
    position = state.open()
    named = SeatState(
        case=state.case,
        lang=state.lang,
        actor=position.game.actor,
        view=position.game.view,
        seed=position.game.seed,
        run=position.game.run,
        moves=position.game.moves_text,
        hides_worths=state.hides_worths,
        is_teacher=state.is_teacher,
    )
    move = read_move(request.query_params.get("move", ""), request.query_params)
    if move:
        after = make_move(position, move)
        page = "debrief" if after.is_over else ""
        return _lead_to(named.address(page, moves=after.game.moves_text))
    if state != named:
        return _lead_to(named.address())
    if position.is_over and position.game.moves:
        return _lead_to(named.address("debrief"))
    return render("seat.html", {**_describe(state, position), "here": request.url.path})


def _lead_to(address: str) -> Response:
    return RedirectResponse(f"{address}#now", SEE_OTHER)


def _describe(state: SeatState, position: SeatPosition) -> dict[str, Any]:
    """A turn, and where its answers go."""
    return {
        **build_turn(position),
        "state": state,
        "form": {"method": "get", "action": request_path(state), "hidden": state.pairs},
        "debrief_address": state.address("debrief") if state.moves else "",
    }


def request_path(state: SeatState) -> str:
    """The address of a game without what stands behind the question mark.

    Args:
        state: The game.
    """
    return state.address().partition("?")[0]


def read_move(move: str, form: Mapping[str, Any]) -> str:
    """A move as it stands in a line of moves: the button that was pressed, with the package chosen beside it.

    Args:
        move: Value of the button.
        form: What else was sent.

    Raises:
        UsageError: no package has such a number.
    """
    package = str(form.get(f"package-{move}", ""))
    if len(package) > 5 or len(move) > 12 or not move.isascii():
        raise SaidError("classroom.refused-move")
    if not package:
        return move
    if not (package.isascii() and package.isdigit()):
        raise SaidError("classroom.refused-move")
    return f"{move}p{package}"


@in_language
def show_seat_debrief(request: Request) -> Response:
    """What is said after a game, or in the middle of one."""
    state = _read(request)
    require_no_room(request, state.case, even_if_open=True)
    if needs_care(state.case) and not (state.is_teacher and is_at_this_computer(request)):
        return _lead_to(state.address())
    if not state.actor or state.run is None or not state.moves:
        return _lead_to(state.address())
    values = {**build_debrief(state.open()), "state": state, "here": request.url.path}
    return render("seat_debrief.html", values | {"back": state.address(), "again": state.address(moves="")})
