"""Room state: who asks for what in a class room, and which file keeps it."""

import hmac
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from starlette.requests import Request

from sim.storage.room_file import RoomFile
from sim.storage.room_record import Game, Room, Seat
from sim.web.answering import MissingPageError
from sim.web.entrance import is_at_this_computer
from sim.web.language import find_language


def find_rooms(request: Request) -> RoomFile:
    """The file of rooms of this server.

    Args:
        request: What is asked for.
    """
    found: RoomFile = request.app.state.rooms
    return found


def find_base(request: Request) -> str:
    """The address of this server as students type it.

    Args:
        request: What is asked for.
    """
    given: str = request.app.state.address
    return given or str(request.base_url).rstrip("/")


def is_local(request: Request) -> bool:
    """True if nobody but this computer is answered.

    Args:
        request: What is asked for.
    """
    return "//127.0.0.1" in find_base(request) or "//localhost" in find_base(request)


def find_room(request: Request) -> Room:
    """The room that an address names.

    Args:
        request: What is asked for.
    """
    room = find_rooms(request).find_room(request.path_params["code"])
    if room is None:
        raise MissingPageError
    return room


def is_teacher(request: Request, room: Room, key: str) -> bool:
    """True for whoever sits at this computer or has the key of the room.

    Args:
        request: What is asked for.
        room: The room.
        key: The key that was sent.
    """
    return room.is_class and (is_at_this_computer(request) or hmac.compare_digest(key.encode(), room.key.encode()))


@dataclass(frozen=True)
class OwnSeat:
    """A student's seat, as an address names it."""

    token: str
    """What the student has."""
    room: Room
    """The room."""
    game: Game
    """The game."""
    seat: Seat
    """The seat."""
    lang: str
    """Language of the page."""

    def address(self, page: str = "") -> str:
        """The address of the seat, or of another page of it.

        Args:
            page: `debrief` or `version`; the seat itself if empty.
        """
        return f"/play/{quote(self.token)}{f'/{page}' if page else ''}?{urlencode({'lang': self.lang})}"

    @property
    def version(self) -> str:
        """What changes whenever the page would."""
        return f"{self.game.version}-{self.room.version}"


def find_own_seat(request: Request) -> OwnSeat:
    """The seat that an address names.

    Args:
        request: What is asked for.
    """
    rooms, token = find_rooms(request), request.path_params["token"][:60]
    seat = rooms.find_seat(token)
    room = None if seat is None else rooms.find_room(seat.room)
    if seat is None or room is None:
        raise MissingPageError
    return OwnSeat(token, room, rooms.find_game(seat.game), seat, find_language(request))
