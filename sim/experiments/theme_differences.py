"""Theme differences: in which themes two source views of a case differ, and at which places of the scenario.

Read aloud
    A source view replaces quantities and weights, theme by theme. Two views differ in a theme if a number of it
    differs; where one view has a place under one theme and the other under another, the first theme in order counts.
    A view may also give an account of the run-up. It belongs to no theme, so it counts like one more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from sim.loading.layered_data import is_assumption
from sim.schema.loaded_case import LoadedCase
from sim.schema.quantity import Quantity, Weights, find_quantities
from sim.schema.scenario import Scenario
from sim.schema.source_view import Theme

THEMES: tuple[str, ...] = get_args(Theme)
"""Themes of source views, in their order."""

ACCOUNT = "account"
"""Stands beside the themes for the account of the run-up, where two views give different ones."""


@dataclass(frozen=True)
class ThemeDifference:
    """One theme in which two source views differ."""

    theme: str
    """Its name, or ACCOUNT."""
    places: tuple[tuple[str, ...], ...] = ()
    """Places of the quantities and weights that differ; none for the account."""
    draws: tuple[str, ...] = ()
    """Names of what is drawn there: a quantity, or every share of weights."""


def find_theme_differences(first: LoadedCase, second: LoadedCase) -> tuple[ThemeDifference, ...]:
    """The themes in which two views of a case differ, in their order, the account of the run-up last."""
    themes = find_themes(first)
    for place, theme in find_themes(second).items():
        themes[place] = min(theme, themes.get(place, theme), key=THEMES.index)
    unequal: dict[str, Quantity | Weights] = {}
    for one, other in _pair_scenarios(first.scenario, second.scenario):
        known = dict(find_quantities(other))
        unequal |= {
            name: found
            for name, found in find_quantities(one)
            if _extract_numbers(found) != _extract_numbers(known[name])
        }
    found = [
        _find_theme_difference(theme, [place for place in themes if themes[place] == theme], unequal)
        for theme in THEMES
    ]
    found = [one for one in found if one.places]
    if first.scenario.run_up_account != second.scenario.run_up_account:
        found.append(ThemeDifference(ACCOUNT))
    return tuple(found)


def _find_theme_difference(
    theme: str, assumed: list[tuple[str, ...]], unequal: dict[str, Quantity | Weights]
) -> ThemeDifference:
    """What differs among the places of which a view assumes something under a theme."""
    places = tuple(place for place in assumed if ".".join(place) in unequal)
    names = [".".join(place) for place in places]
    return ThemeDifference(theme, places, tuple(draw for name in names for draw in _name_draws(name, unequal[name])))


def replace_account(scenario: Scenario, other: Scenario) -> Scenario:
    """The scenario with another view's account of the run-up, in the run-up too."""
    before = scenario.in_run_up
    changed = _replace_run_up_account(scenario, other)
    return changed if before is scenario else changed.with_run_up(_replace_run_up_account(before, other.in_run_up))


def _replace_run_up_account(scenario: Scenario, other: Scenario) -> Scenario:
    run_up = scenario.run_up.model_copy(update={"account": other.run_up.account})
    return scenario.model_copy(update={"run_up": run_up})


def _pair_scenarios(first: Scenario, second: Scenario) -> Iterator[tuple[Scenario, Scenario]]:
    """What both views play: in the run-up and after it."""
    yield first, second
    if first.in_run_up is not first:
        yield first.in_run_up, second.in_run_up


def find_themes(case: LoadedCase) -> dict[tuple[str, ...], str]:
    """Theme of every place of which a view assumes something."""
    assumed: Mapping[Any, Any] = case.view.assumes if case.view else {}
    return {place: str(theme) for theme, part in assumed.items() for place in _list_places(part, ())}


def _list_places(part: object, place: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Places of all quantities and weights in a part."""
    if is_assumption(part):
        yield place
    elif isinstance(part, Mapping):
        for key, inner in part.items():
            yield from _list_places(inner, (*place, str(key)))


def _extract_numbers(found: Quantity | Weights) -> tuple[object, ...]:
    """What decides the draws of a quantity or of weights, without reasons."""
    if isinstance(found, Weights):
        return tuple(found.shares.items()), found.sharpness
    return found.form, found.numbers


def _name_draws(name: str, found: Quantity | Weights) -> tuple[str, ...]:
    return tuple(f"{name}.{key}" for key in found.shares) if isinstance(found, Weights) else (name,)
