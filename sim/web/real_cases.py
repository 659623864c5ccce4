"""Real cases: a lesson goes on with a case about real events if the teacher opens it, with a note of care."""

from functools import cache
from pathlib import Path
from typing import Any

from starlette.requests import Request

from sim.errors import ScenarioError
from sim.loading.discovery import find_scenarios
from sim.loading.extends import find_scenario_changes, resolve_extends
from sim.loading.loader import load_case
from sim.loading.translations import translate_case
from sim.web.entrance import is_at_this_computer, needs_care
from sim.web.page_state import PageState

OPEN = "yes"
"""What `real=` in an address says if the teacher opens the case."""


def build_real_part(request: Request, lang: str) -> dict[str, Any]:
    """What a lesson shows of cases about real events: where to explore them, or that a teacher opens them.

    Args:
        request: What is asked for; the switch of the server opens them for everybody, the address for this computer.
        lang: Language of the titles.
    """
    is_teacher = is_at_this_computer(request)
    asked = is_teacher and request.query_params.get("real", "") == OPEN
    is_open = bool(getattr(request.app.state, "real", False)) or asked
    cases = [(_find_title(name, lang), PageState(name, lang).address()) for name in _list_names()] if is_open else []
    return {"real_open": is_open, "is_teacher": is_teacher, "real_cases": cases}


@cache
def _list_names() -> tuple[str, ...]:
    """Names of the cases about real events, without scenario files that change one."""
    return tuple(one.name for one in find_scenarios() if _is_real(one.name, one.path))


def _is_real(name: str, path: Path) -> bool:
    try:
        return not find_scenario_changes(resolve_extends(path)) and needs_care(name)
    except ScenarioError:
        return False


def _find_title(name: str, lang: str) -> str:
    return translate_case(load_case(name), lang)[0].title
