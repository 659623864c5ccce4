"""Entrance: what stands before a case - a note of care before real events, and a class that plays it at the moment."""

import ipaddress

from starlette.requests import Request
from starlette.responses import Response

from sim.i18n.said_error import SaidError
from sim.loading.discovery import find_scenarios
from sim.loading.loader import list_views, load_case
from sim.storage.room_file import RoomFile
from sim.web.answering import MissingPageError
from sim.web.care_page import show_care
from sim.web.related_cases import are_related
from sim.workflows.seat.game import is_about_real_events


def is_at_this_computer(request: Request) -> bool:
    """True if it is asked from the computer on which the pages are made: whoever sits there is the teacher.

    Args:
        request: What is asked for.
    """
    try:
        asked_from = ipaddress.ip_address(request.client.host if request.client else "")
    except ValueError:
        return False
    mapped = getattr(asked_from, "ipv4_mapped", None)
    return asked_from.is_loopback or bool(mapped and mapped.is_loopback)


def require_case(request: Request) -> str:
    """Name of the scenario that an address names; never a path.

    Args:
        request: What is asked for.
    """
    case: str = request.path_params["case"]
    if case not in {one.name for one in find_scenarios()}:
        raise MissingPageError
    return case


def needs_care(case: str) -> bool:
    """True for a case about real events.

    Args:
        case: Name of the scenario.
    """
    return is_about_real_events(load_case(case, view=next(iter(list_views(case)), None)))


def require_no_room(request: Request, case: str, *, even_if_open: bool = False) -> None:
    """See that no class plays the case now, nor one like it: levers and runs tell what the other side wants.

    Args:
        request: What is asked for; a teacher is not kept out.
        case: Name of the scenario; one that tells the same of an actor counts as the case itself.
        even_if_open: True for what stays shut although the teacher has opened the case: other seats of it.

    Raises:
        SaidError: a class plays it, and has not seen its results.
    """
    if is_at_this_computer(request):
        return
    rooms: RoomFile = request.app.state.rooms
    playing = [one for one in rooms.list_rooms() if one.is_class and not one.is_revealed]
    if any(are_related(case, one.case) for one in playing if even_if_open or not one.opens_case):
        raise SaidError("classroom.refused-class" if even_if_open else "classroom.refused-in-play")


def find_note(
    request: Request, case: str, onward: str, *, is_read: bool, is_real: bool = False, piece: bool = False
) -> Response | None:
    """What stands before a case: nothing, or the note of care.

    Args:
        request: What is asked for.
        case: Name of the scenario.
        onward: Address of the page behind the note.
        is_read: True once it was read.
        is_real: True if it is about real events although no case of this name is here any more.
        piece: True for a piece of a page.

    Raises:
        SaidError: a class plays the case now.
    """
    require_no_room(request, case)
    if is_read:
        return None
    known = case in {one.name for one in find_scenarios()}
    if not (needs_care(case) if known else is_real):
        return None
    return show_care(request, case if known else "", onward, piece=piece)
