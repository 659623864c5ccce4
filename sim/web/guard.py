"""Guard: what every answer carries, and which requests are refused before anything is done for them."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sim.web.language import LONGEST_QUERY, answer_in_words

HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
"""Nothing is loaded from elsewhere, nothing may frame a page, nothing is told to other sites."""


class Guard:
    """Refuses what another site sends and what is too long, and sets the headers of every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it with a sentence."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        refused = _refuse(scope)
        await (refused or self._app)(scope, receive, send_with_headers)


class KnownHosts:
    """Answers under the names of this computer only, so that no other site can pass for it; says so in words."""

    def __init__(self, app: ASGIApp, allowed_hosts: Sequence[str]) -> None:
        self._app, self._names = app, list(allowed_hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it with a sentence."""
        passed = []

        async def note(scope: Scope, receive: Receive, send: Send) -> None:
            passed.append(True)

        async def drop(message: Message) -> None:
            """What the middleware itself would answer is not sent."""

        if scope["type"] == "http":
            await TrustedHostMiddleware(note, self._names, www_redirect=False)(scope, receive, drop)
        refused = None if passed or scope["type"] != "http" else answer_in_words(scope, "refused-host", 400)
        await (refused or self._app)(scope, receive, send)


def _refuse(scope: Scope) -> PlainTextResponse | None:
    """The answer to a request that is not carried out."""
    if len(scope["query_string"]) > LONGEST_QUERY:
        return answer_in_words(scope, "refused-address", 414, most=LONGEST_QUERY)
    if scope["method"] not in ("GET", "HEAD") and not _comes_from_here(Headers(scope=scope)):
        return answer_in_words(scope, "refused-site", 403)
    return None


def _comes_from_here(headers: Headers) -> bool:
    """True if one of our own pages sends it."""
    origin = headers.get("origin", "")
    return urlsplit(origin).netloc == headers.get("host", "") != ""
