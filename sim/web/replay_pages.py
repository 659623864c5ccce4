"""Replay pages: stored results to choose from, and one run of them or of a case, step by step."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from sim.loading.discovery import find_scenarios
from sim.loading.loader import load_case
from sim.loading.translations import translate_case
from sim.storage.results_folder import MANIFEST, load_manifest
from sim.web.answering import MissingPageError, in_language
from sim.web.entrance import find_note
from sim.web.explore_page import explorer
from sim.web.language import find_language
from sim.web.rendering import render
from sim.web.replay_page import ReplayState, build_replay, list_stored, look_through, read_replay_state


@in_language
def show_replays(request: Request) -> Response:
    """Results that are stored, and cases as they stand."""
    lang = find_language(request)
    found, left_out = look_through(_find_out(request))
    stored = [(row, ReplayState("results", name, lang).address()) for name, row in found.items()]
    cases = [
        (translate_case(load_case(one.name), lang)[0].title, ReplayState("case", one.name, lang).address())
        for one in find_scenarios()
    ]
    return render("replays.html", {"stored": stored, "left_out": left_out, "cases": cases, "here": "/replay"})


def _find_out(request: Request) -> Path:
    out: Path = request.app.state.out
    return out


@in_language
def show_replay(request: Request) -> Response:
    """One run, at one week; before a case about real events, a note of care."""
    kind, name, out = request.path_params["kind"], request.path_params["name"], _find_out(request)
    case, is_real = _find_case(kind, name, out)
    state = read_replay_state(kind, name, request.query_params, find_language(request))
    onward = state.address(is_care_read=True)
    if stop := find_note(request, case, onward, is_read=state.is_care_read, is_real=is_real):
        return stop
    return render("replay.html", {**build_replay(state, out, explorer), "here": request.url.path})


def _find_case(kind: str, name: str, out: Path) -> tuple[str, bool]:
    """Name of the scenario that is replayed, and whether stored results themselves say that it rests on sources."""
    if kind == "case" and name in {one.name for one in find_scenarios()}:
        return name, False
    stored = list_stored(out) if kind == "results" else {}
    if name not in stored:
        raise MissingPageError
    return stored[name].scenario, any(load_manifest(out / name / MANIFEST).authors.values())
