"""Answering: a page in the language that is asked for; what cannot be shown is said in a sentence."""

from collections.abc import Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response

from sim.engines.base import EngineError
from sim.ensemble.dispatcher import NoMatchError
from sim.errors import ScenarioError, UsageError
from sim.i18n.messages import message, use_language
from sim.web.page_state import choose_language
from sim.web.rendering import render

Page = Callable[[Request], Response]


class MissingPageError(Exception):
    """There is no such page."""


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
            except MissingPageError:
                return _refuse(request, message("pages.missing"), 404)
            except NoMatchError:
                return _refuse(request, message("pages.no-match"), 422)
            except (ScenarioError, UsageError, EngineError, ValueError) as error:
                return _refuse(request, str(error), 422)

    return show


def find_language(request: Request) -> str:
    """The language of an answer.

    Args:
        request: What is asked for.
    """
    return choose_language(request.query_params.get("lang", ""), request.headers.get("accept-language", ""))


def _refuse(request: Request, said: str, status: int) -> Response:
    """A page, or a piece of one, that says why nothing is shown."""
    lines = [line for line in said.splitlines() if line.strip()][:10]
    piece = request.url.path.endswith("/results") or "piece" in request.query_params
    return render("refused_piece.html" if piece else "refused.html", {"lines": lines, "here": request.url.path}, status)
