"""Related cases: which scenarios tell what stands on a confidential role sheet of another one."""

from functools import lru_cache
from pathlib import Path

from sim.errors import ScenarioError
from sim.loading.discovery import find_scenario, find_scenarios
from sim.loading.extends import resolve_extends
from sim.loading.loader import list_views, load_case


def are_related(case: str, other: str) -> bool:
    """True if one of them gives away what a player of the other keeps to itself.

    Scenarios that rest on the same scenario are related, and those of which one actor wants the same.

    Args:
        case: Name of a scenario, or of one that is gone.
        other: Name of another.
    """
    return case == other or not _list_signs(case).isdisjoint(_list_signs(other))


def _list_signs(case: str) -> frozenset[str]:
    """What a scenario may have in common with others; its name alone if it cannot be read."""
    try:
        files = tuple(one.path.resolve() for one in resolve_extends(find_scenario(case)))
        return _read_signs(case, files, tuple(file.stat().st_mtime_ns for file in files))
    except (ScenarioError, OSError):
        return frozenset({case})


@lru_cache(maxsize=256)
def _read_signs(case: str, files: tuple[Path, ...], changed: tuple[int, ...]) -> frozenset[str]:
    """The scenarios that a case rests on, and what each of its actors wants under each source view."""
    known = {one.path.resolve() for one in find_scenarios()}
    signs = {case, *(str(file) for file in files if file in known)}
    for view in list_views(case) or (None,):
        actors = load_case(case, view=view).scenario.actors.values()
        signs |= {actor.interests.model_dump_json() for actor in actors if actor.interests is not None}
    return frozenset(signs)
