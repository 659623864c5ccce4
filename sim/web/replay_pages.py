"""Replay pages: stored results to choose from, and one run of them or of a case, step by step."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from sim.loading.discovery import find_scenarios
from sim.loading.loader import load_case
from sim.loading.translations import translate_case
from sim.web.answering import MissingPageError, in_language
from sim.web.care_page import show_care
from sim.web.explore_page import explorer
from sim.web.language import find_language
from sim.web.rendering import render
from sim.web.replay_page import ReplayState, build_replay, list_stored, read_replay_state
from sim.web.seat_pages import needs_care


@in_language
def show_replays(request: Request) -> Response:
    """Results that are stored, and cases as they stand."""
    lang = find_language(request)
    stored = [
        (row, ReplayState("results", name, lang).address()) for name, row in list_stored(_find_out(request)).items()
    ]
    cases = [
        (translate_case(load_case(one.name), lang)[0].title, ReplayState("case", one.name, lang).address())
        for one in find_scenarios()
    ]
    return render("replays.html", {"stored": stored, "cases": cases, "here": "/replay"})


def _find_out(request: Request) -> Path:
    out: Path = request.app.state.out
    return out


@in_language
def show_replay(request: Request) -> Response:
    """One run, at one week; before a case about real events, a note of care."""
    kind, name, out = request.path_params["kind"], request.path_params["name"], _find_out(request)
    known = {"case": lambda: {one.name for one in find_scenarios()}, "results": lambda: set(list_stored(out))}
    if kind not in known or name not in known[kind]():
        raise MissingPageError
    state = read_replay_state(kind, name, request.query_params, find_language(request))
    if kind == "case" and not state.is_care_read and needs_care(name):
        return show_care(request, name, state.address(is_care_read=True))
    return render("replay.html", {**build_replay(state, out, explorer), "here": request.url.path})
