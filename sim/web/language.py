"""Language: in which language a page answers, and short answers in it where there is no page."""

from typing import Any

from starlette.datastructures import Headers, QueryParams
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Scope

from sim.i18n.messages import FIRST, list_languages, message, use_language

LONGEST_QUERY = 8_000
"""Bytes of an address after its question mark, at most."""


def choose_language(given: str, accepted: str = "") -> str:
    """The language asked for, else the first one the browser names that there is, else English.

    Args:
        given: What the address asks for.
        accepted: The browser's Accept-Language.
    """
    known = list_languages()
    wishes = [given, *(part.split(";")[0].split("-")[0].strip().lower() for part in accepted[:200].split(","))]
    return next((wish for wish in wishes if wish in known), FIRST)


def find_language(request: Request) -> str:
    """The language of an answer.

    Args:
        request: What is asked for.
    """
    return choose_language(request.query_params.get("lang", ""), request.headers.get("accept-language", ""))


def answer_in_words(scope: Scope, key: str, status: int, **values: Any) -> PlainTextResponse:
    """A sentence without a page around it.

    Args:
        scope: What is asked for.
        key: Key of the sentence in the area `pages`.
        status: Status of the answer.
        values: What stands in the places of the sentence.
    """
    query = QueryParams(scope["query_string"][:LONGEST_QUERY])
    with use_language(choose_language(query.get("lang", ""), Headers(scope=scope).get("accept-language", ""))):
        return PlainTextResponse(message(f"pages.{key}", **values), status)
