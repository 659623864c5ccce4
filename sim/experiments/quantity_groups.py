"""Quantity groups: which quantities of a scenario are asked about together.

Read aloud
    A quantity of which some source view assumes something belongs to that view's theme, the first in order if there are
    several. All others belong to the part of the scenario in which they stand, those of actors to their actor.
"""

from collections.abc import Iterable, Mapping, Sequence

from sim.experiments.theme_differences import THEMES, find_themes
from sim.schema.loaded_case import LoadedCase

ACTORS = "actors"


def group_places(places: Sequence[str], views: Iterable[LoadedCase]) -> dict[str, tuple[str, ...]]:
    """Places of every group: themes in their order, then parts of the scenario in file order.

    Args:
        places: Places of quantities, every share of weights among them.
        views: The case through each source view.

    Returns:
        Places by the name of a theme, of a part, or `actors.` and the key of an actor.
    """
    themes = _find_themes(views)
    found: dict[str, list[str]] = {theme: [] for theme in THEMES}
    for place in places:
        theme = themes.get(place) or themes.get(place.rpartition(".")[0])
        found.setdefault(theme or _name_part(place), []).append(place)
    return {name: tuple(members) for name, members in found.items() if members}


def _find_themes(views: Iterable[LoadedCase]) -> Mapping[str, str]:
    themes: dict[str, str] = {}
    for view in views:
        for place, theme in find_themes(view).items():
            name = ".".join(place)
            themes[name] = min(theme, themes.get(name, theme), key=THEMES.index)
    return themes


def _name_part(place: str) -> str:
    part, _, rest = place.partition(".")
    return f"{part}.{rest.partition('.')[0]}" if part == ACTORS else part
