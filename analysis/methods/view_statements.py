"""View statements: what do two source views say of the same numbers, where do they agree, and where is one silent?

Silence is never agreement: where a view says nothing of a number, the scenario's own holds for it, and that is said.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.methods.density_sketch import sketch_densities
from analysis.methods.named_attribution import PlaceDifference, ViewScenario, compare_statements
from sim.experiments.theme_differences import THEMES, ThemeDifference


@dataclass(frozen=True)
class StatedPair:
    """What two views say of one number."""

    theme: str
    """Theme it belongs to, or the account of the run-up."""
    says: PlaceDifference
    """Both numbers with their reasons."""
    densities: tuple[str, str]
    """Both spreads on one scale; empty for weights and accounts."""
    agree: bool
    """True if both say the same."""


def list_statements(
    differences: Iterable[ThemeDifference],
    first: ViewScenario,
    second: ViewScenario,
    actors: Collection[str] = (),
    themes: Collection[str] = (),
) -> tuple[StatedPair, ...]:
    """What two views say differently, and what both say alike.

    Args:
        differences: Themes in which they differ, with places.
        first: The scenario as the first view sees it, with the themes of its places.
        second: The same of the second one.
        actors: Only what is about one of these actors; all if left out.
        themes: Only what belongs to one of these themes; all if left out.
    """
    found = [*_pair(differences, first, second, agree=False)]
    differing = {place for theme in differences for place in theme.places}
    common = [place for place in first.places if place in second.places and place not in differing]
    alike = (ThemeDifference(theme, tuple(at for at in common if _find_theme(first, at) == theme)) for theme in THEMES)
    found += _pair(alike, first, second, agree=True)
    return tuple(
        one
        for one in found
        if (not themes or one.theme in themes) and (not actors or set(actors) & set(one.says.parts))
    )


def _find_theme(view: ViewScenario, place: tuple[str, ...]) -> str:
    return view.places[place] if isinstance(view.places, Mapping) else ""


def _pair(
    differences: Iterable[ThemeDifference], first: ViewScenario, second: ViewScenario, *, agree: bool
) -> Iterator[StatedPair]:
    for theme in differences:
        for says in compare_statements(theme, first, second):
            densities = sketch_densities(*(_get_value(view.text, says.parts) for view in (first, second)))
            yield StatedPair(theme.theme, says, densities, agree)


def _get_value(text: Any, place: tuple[str, ...]) -> Any:
    for key in place:
        text = text.get(key) if isinstance(text, Mapping) else None
    return text
