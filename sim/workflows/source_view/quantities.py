"""Quantities: what a source view may move in a case, to which theme each belongs, and how a direction moves it.

Read aloud
    A text gives a direction, hardly ever a size, so the size is ours and always of the same kind: up is the upper half
    of a uniform spread, one standard deviation up for a normal one, half its factor up for a log-normal one, half as
    much again for a single value or a share of weights; down is the mirror image.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any, Literal

from sim.experiments.theme_differences import find_themes
from sim.loading.layered_data import is_assumption
from sim.loading.loader import list_views, load_case
from sim.loading.schema_lookup import find_meaning
from sim.schema.loaded_case import LoadedCase
from sim.schema.scenario import Scenario

Direction = Literal["up", "down", "both"]
"""Which way a source moves a quantity; both: its text supports either, so the spread of the base stays."""

STEP = 1.5
"""Factor by which a direction moves a single value or a share."""
DIGITS = 4

THEMES: tuple[tuple[str, str], ...] = (
    (r"actors\.[^.]+\.interests\.(weights|no_deal|red_lines\..*)", "aims"),
    (r"actors\.[^.]+\.disputant\.(concession_price|offer_price|yields_to_leaning)", "aims"),
    (r"actors\.[^.]+\.interests\.optimism", "battlefield"),
    (r"actors\.[^.]+\.disputant\.strike_.*", "battlefield"),
    (r"contest\.shifts\..*", "commitment"),
    (r"contest\.clash_hazard", "lever-bite"),
    (r"contest\..*", "battlefield"),
    (r"actors\.[^.]+\.interests\.(conflict_cost.*|weekly_discount|awaits\..*)", "cost-and-patience"),
    (r"actors\.[^.]+\.disputant\.(resilience|erosion|exhaustion|collapse_hazard|aid|aid_trend)", "cost-and-patience"),
    (r"levers\.[^.]+\.(effects\..*|delay|lasts|share_without_compliers)", "lever-bite"),
    (r"actors\.[^.]+\.disputant\.hardens_.*", "lever-bite"),
    (r"levers\.[^.]+\.(price|deadline)", "follow-through"),
    (r"actors\.[^.]+\.mediator\..*", "follow-through"),
    (r"actors\.[^.]+\.disputant\.(prestige|ready_margin)", "private-stakes"),
    (r"actors\.[^.]+\.disputant\..*", "receptiveness-to-words"),
    (r"actors\.[^.]+\.(veto_player|complier)\..*", "third-parties"),
    (r"actors\.[^.]+\.interests\.(private_cost|value_of_any_deal)", "private-stakes"),
    (r"actors\.[^.]+\.interests\.trust", "commitment"),
    (r"agreement_durability\..*", "commitment"),
    (r"sequences\..*", "sequencing"),
)
"""Theme of a place of which no source view of the case says anything yet; the first pattern that fits decides."""
THEME_OF_BELIEF = {
    "hope": "receptiveness-to-words",
    "sincerity": "receptiveness-to-words",
    "credibility": "follow-through",
    "commitment": "follow-through",
    "honour": "commitment",
    "trust": "commitment",
}


@dataclass(frozen=True)
class MovableQuantity:
    """A quantity, or the weights of an actor, that a source view may move."""

    place: tuple[str, ...]
    """Its place in the scenario."""
    base: Mapping[str, Any]
    """The scenario's own spread, as its file has it."""
    theme: str
    """Theme under which it stands in a source view."""
    meaning: str
    """What the format says about it."""
    label: str = ""
    """What readers call the actor, lever, belief or sequence at whose place it stands."""

    @property
    def name(self) -> str:
        """Its place with dots."""
        return ".".join(self.place)


def list_quantities(case: LoadedCase) -> dict[str, MovableQuantity]:
    """Every quantity of a case that belongs to a theme, by the name of its place, in file order."""
    themes: dict[tuple[str, ...], str] = {}
    for view in list_views(case.path):
        for place, theme in find_themes(load_case(case.path, view=view)).items():
            themes.setdefault(place, theme)
    found: dict[str, MovableQuantity] = {}
    for place, data in _list_assumptions(case.text, ()):
        if theme := themes.get(place) or _find_theme(place, case.text):
            found[".".join(place)] = MovableQuantity(
                place, data, theme, _find_words(place), _find_label(place, case.text)
            )
    return found


def _list_assumptions(data: object, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    if not isinstance(data, Mapping):
        return
    if is_assumption(data):
        yield place, data
        return
    for key, inner in data.items():
        yield from _list_assumptions(inner, (*place, str(key)))


def _find_theme(place: tuple[str, ...], text: Mapping[str, Any]) -> str:
    """The theme of a place by what stands there; empty if it belongs to none, as the choice rule does."""
    if place[0] == "beliefs":
        return THEME_OF_BELIEF.get(text["beliefs"][place[1]].get("kind"), "")
    name = ".".join(place)
    return next((theme for pattern, theme in THEMES if re.fullmatch(pattern, name)), "")


def _find_label(place: tuple[str, ...], text: Mapping[str, Any]) -> str:
    """The label of the piece at whose place a quantity stands; for a belief, those of both actors."""
    piece = text[place[0]].get(place[1]) if len(place) > 1 else None
    if not isinstance(piece, Mapping):
        return ""
    keys = [piece.get(name) for name in ("holder", "about")] if place[0] == "beliefs" else []
    actors = [str(text["actors"].get(key, {}).get("label", key)) for key in keys]
    return ", ".join(actors) or str(piece.get("label", ""))


def _find_words(place: tuple[str, ...]) -> str:
    """What the format says about the place or, where its last key is free, about the one above."""
    for length in (len(place), len(place) - 1):
        if words := find_meaning(Scenario, place[:length]):
            return words
    return ""


def move_quantity(base: Mapping[str, Any], direction: Direction, share: str = "") -> dict[str, Any]:
    """A quantity of the base, moved up or down; without the base's reason.

    Args:
        base: The quantity or weights as the scenario has them.
        direction: Which way; both leaves it as it is.
        share: Which share of weights is meant.
    """
    moved = {key: value for key, value in base.items() if key not in ("because", "assumed")}
    if direction == "both":
        return moved
    if "shares" in moved:
        return moved | {"shares": _move_share(moved["shares"], direction, share)}
    sign = 1 if direction == "up" else -1
    if "low" in moved:
        middle = _round((moved["low"] + moved["high"]) / 2)
        return moved | ({"low": middle} if sign > 0 else {"high": middle})
    if "mean" in moved:
        return moved | {"mean": _round(moved["mean"] + sign * moved["sd"])}
    if "median" in moved:
        return moved | {"median": _round(moved["median"] * sqrt(moved["spread"]) ** sign)}
    return moved | {"value": _move_value(float(moved["value"]), sign, moved.get("unit"))}


def _move_value(value: float, sign: int, unit: str | None) -> float:
    """A single value half as much again or a third less; of a chance or factor from one half to 1, its complement."""
    if unit in ("chance", "share", "factor") and 0.5 < value <= 1:
        return _round(1 - (1 - value) * STEP**-sign)
    return _round(value * STEP ** (sign if value >= 0 else -sign))


def _move_share(shares: Mapping[str, float], direction: Direction, share: str) -> dict[str, float]:
    """Weights with one share moved and the others in proportion; they add up to 1 after rounding."""
    wanted = min(shares[share] * STEP, (1 + shares[share]) / 2) if direction == "up" else shares[share] / STEP
    rest = (1 - wanted) / (1 - shares[share]) if shares[share] < 1 else 1.0
    moved = {key: round(value * (1 if key == share else rest), DIGITS) for key, value in shares.items()}
    moved[share] = round(1 - sum(value for key, value in moved.items() if key != share), DIGITS)
    return moved


def _round(number: float) -> float:
    return float(f"{number:.{DIGITS}g}")
