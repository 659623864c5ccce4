"""Answering: a page in the language that is asked for; what cannot be shown is said in a sentence."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from sim.engines.base import EngineError
from sim.ensemble.dispatcher import NoMatchError
from sim.errors import ScenarioError, UsageError
from sim.i18n.messages import FIRST, get_language, message, use_language
from sim.i18n.said_error import SaidError
from sim.storage.results_folder import ResultsError
from sim.storage.room_record import RoomError
from sim.web.language import find_language
from sim.web.rendering import render

Page = Callable[[Request], Response]

MOST_LINES, LONGEST_LINE = 10, 300
"""What is shown of a message of the terminal, at most."""


class MissingPageError(Exception):
    """There is no such page."""


REFUSALS = (
    MissingPageError, RoomError, NoMatchError, ResultsError, ScenarioError, UsageError, EngineError, ValueError,
)  # fmt: skip
"""What is said in a sentence, wherever it comes from."""


def in_language(page: Page) -> Page:
    """The page in the language that the address or the browser asks for; mistakes become sentences.

    Args:
        page: Makes the page.
    """

    @wraps(page)
    def show(request: Request) -> Response:
        with use_language(find_language(request)):
            try:
                return page(request)
            except REFUSALS as error:
                return refuse(request, error)

    return show


def refuse(request: Request, error: Exception, here: str = "", back: str = "") -> Response:
    """A page, or a piece of one, that says why nothing is shown or done.

    Args:
        request: What was asked for.
        error: Why not.
        here: Where the language switch leads; the page that was asked for if empty.
        back: Where one goes on, such as the seat from which a form was sent; nowhere but to the start if empty.
    """
    piece = request.url.path.endswith("/results") or "piece" in request.query_params
    status = 404 if isinstance(error, MissingPageError) else 422
    values = {**describe_error(error), "here": here or request.url.path, "back": back or _leave_move(request)}
    return render("refused_piece.html" if piece else "refused.html", values, status)


def _leave_move(request: Request) -> str:
    """The address of a game before the move that cannot be made; nothing if none was made."""
    pairs = request.query_params.multi_items()
    if all(name != "move" for name, _ in pairs):
        return ""
    kept = [(name, value) for name, value in pairs if name != "move" and not name.startswith("package-")]
    return f"{quote(request.url.path)}?{urlencode(kept)}"


def describe_error(error: Exception) -> Mapping[str, Any]:
    """Why nothing is shown: a sentence in the language in use, and what a terminal would say if that is English only.

    Args:
        error: Why not.
    """
    lines = [line[:LONGEST_LINE] for line in str(error).splitlines() if line.strip()][:MOST_LINES]
    if isinstance(error, SaidError):
        return {"said": lines, "english": []}
    if isinstance(error, MissingPageError | RoomError | NoMatchError):
        return {"said": [message(_find_key(error))], "english": []}
    if get_language() == FIRST:
        return {"said": lines, "english": []}
    return {
        "said": [message("pages.refused-scenario" if isinstance(error, ScenarioError) else "pages.refused-other")],
        "english": lines,
    }


def _find_key(error: Exception) -> str:
    """Key of the sentence for what has no text of its own."""
    if isinstance(error, RoomError):
        return f"classroom.refused-{error.key}"
    return "pages.missing" if isinstance(error, MissingPageError) else "pages.no-match"
