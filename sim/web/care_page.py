"""Care page: the note of care that stands before a case about real events, and leads to the page that was asked for."""

from starlette.requests import Request
from starlette.responses import Response

from sim.loading.loader import load_case
from sim.loading.translations import translate_case
from sim.web.language import find_language
from sim.web.rendering import render

READ = "read"
"""What `care=` in an address says once the note was read."""


def show_care(request: Request, case: str, onward: str, *, piece: bool = False) -> Response:
    """The note of care.

    Args:
        request: What is asked for.
        case: Name of the scenario; empty for results of one that is not here any more.
        onward: Address of the page behind it.
        piece: True for a piece of a page.
    """
    translated = translate_case(load_case(case), find_language(request))[0] if case else None
    values = {"case": translated, "onward": onward, "here": request.url.path}
    return render("care_piece.html" if piece else "care.html", values)
