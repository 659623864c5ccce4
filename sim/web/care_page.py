"""Care page: the note of care that stands before a case about real events, and leads to the page that was asked for."""

from starlette.requests import Request
from starlette.responses import Response

from sim.loading.loader import load_case
from sim.loading.translations import translate_case
from sim.web.language import find_language
from sim.web.rendering import render

READ = "read"
"""What `care=` in an address says once the note was read."""


def show_care(request: Request, case: str, onward: str) -> Response:
    """The note of care.

    Args:
        request: What is asked for.
        case: Name of the scenario.
        onward: Address of the page behind it.
    """
    translated, _ = translate_case(load_case(case), find_language(request))
    return render("care.html", {"case": translated, "onward": onward, "here": request.url.path})
