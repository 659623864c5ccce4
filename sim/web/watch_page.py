"""Watch page: a game of a room as anybody could follow it, for whoever has no seat; nothing confidential is read."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sim.i18n.messages import format_number
from sim.storage.room_record import Game, Room
from sim.web.answering import MissingPageError, in_language
from sim.web.language import find_language
from sim.web.rendering import render
from sim.web.room_page import find_version, translate_room
from sim.web.room_state import find_room, find_rooms
from sim.workflows.seat.class_room import find_position

MOST_DIGITS = 4
"""Digits of the number of a game, at most."""


@in_language
def show_watch(request: Request) -> Response:
    """A game that is chosen by its number; before that, which games there are."""
    room, lang = find_room(request), find_language(request)
    if not room.is_class:
        raise MissingPageError
    rooms = find_rooms(request)
    games, case = rooms.list_games(room.code), translate_room(room, lang)
    number = _read_number(request.query_params.get("game", ""), len(games))
    shown = build_watch(room, games[number - 1], lang) if number else {"position": None}
    return render(
        "room_watch.html",
        {
            **shown,
            "room": room,
            "case": case,
            "games": [(place, _name_seats(game, case)) for place, game in enumerate(games, start=1)],
            "chosen": number,
            "version": find_version(rooms, room),
            "here": request.url.path,
        },
    )


def _read_number(given: str, games: int) -> int:
    """Number of a game that is there; the only one if none is asked for, and 0 if there are several."""
    if given.isascii() and given.isdigit() and len(given) <= MOST_DIGITS and 1 <= int(given) <= games:
        return int(given)
    return 1 if games == 1 else 0


def _name_seats(game: Game, case: Any) -> str:
    """Whose seats are played."""
    return " · ".join(case.scenario.actors[actor].label for actor in game.players)


def build_watch(room: Room, game: Game, lang: str) -> dict[str, Any]:
    """What everybody could know of a game: how far it is, what was done in the open, and the public part of each sheet.

    Args:
        room: The room.
        game: The game; somebody plays it.
        lang: Language of the page.
    """
    if not game.players:
        return {"position": None}
    positions = [find_position(room, game, actor, lang) for actor in game.players]
    first = positions[0]
    return {
        "position": first,
        "now": first.standing,
        "week": format_number(first.standing.week),
        "told": tuple(reversed(first.public_news)),
        "sheets": [(one.sheet.name, one.sheet.public) for one in positions],
        "is_over": first.is_over,
    }
