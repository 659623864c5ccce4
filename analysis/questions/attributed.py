"""Attributed: an attribution with the names of all it speaks of, and the numbers in which two source views differ."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.questions.assumptions import in_words
from analysis.questions.attribution import Attribution
from sim.ensemble.differing import ACCOUNT, Differing

ACCOUNT_PLACE = ("run_up", "reading")
"""Where the account of the run-up stands in a scenario."""


@dataclass(frozen=True)
class Says:
    """What one view says at one place."""

    number: str
    """The number in words, in the language in use."""
    because: tuple[str, ...] = ()
    """Claims it rests on."""
    assumed: str = ""
    """Why we set it ourselves, where no claim supports it."""
    own: bool = True
    """False if the view says nothing here, so that the number is the scenario's."""


@dataclass(frozen=True)
class View:
    """The scenario as a view sees it."""

    text: Mapping[str, Any]
    """The scenario with all that the view assumes."""
    places: Collection[tuple[str, ...]]
    """Places of which it assumes something."""


@dataclass(frozen=True)
class Stated:
    """A place at which two views say different things."""

    place: str
    """Its place in the scenario."""
    first: Says
    """What the first view says, or the scenario where the view says nothing."""
    second: Says
    """What the second one says, likewise."""


@dataclass(frozen=True)
class Attributed:
    """The difference between two source views, shared out among their themes."""

    first: str
    """Name of the first view for readers."""
    second: str
    """Name of the second one."""
    what: str
    """Label of the outcome; empty for all agreements in force together."""
    weeks: int
    """Weeks played."""
    found: Attribution
    """The numbers."""
    stated: Mapping[str, tuple[Stated, ...]]
    """What the views say differently, by theme."""


def stated(theme: Differing, first: View, second: View) -> tuple[Stated, ...]:
    """What two views say differently under a theme."""
    if theme.theme == ACCOUNT:
        return (Stated(" · ".join(ACCOUNT_PLACE), Says(_account(first.text)), Says(_account(second.text))),)
    return tuple(Stated(" · ".join(place), _says(first, place), _says(second, place)) for place in theme.places)


def stated_as_json(one: Stated) -> dict[str, Any]:
    """The same as plain mappings."""
    sides = {"first": one.first, "second": one.second}
    told = {
        name: {"says": side.number, "because": list(side.because), "assumed": side.assumed, "own": side.own}
        for name, side in sides.items()
    }
    return {"place": one.place, **told}


def _says(view: View, place: tuple[str, ...]) -> Says:
    quantity, own = _at(view.text, place), place in view.places
    if not isinstance(quantity, Mapping):
        return Says("–", own=own)
    return Says(in_words(quantity), tuple(quantity.get("because") or ()), str(quantity.get("assumed") or ""), own)


def _at(text: Any, place: tuple[str, ...]) -> Any:
    """What stands at a place of a scenario; nothing where a scenario file has taken it out."""
    for key in place:
        text = text.get(key) if isinstance(text, Mapping) else None
    return text


def _account(text: Mapping[str, Any]) -> str:
    """Label of the account of the run-up in use."""
    run_up = text.get("run_up") or {}
    readings = run_up.get("readings") or {}
    key = run_up.get("reading") or next(iter(readings), "")
    return str((readings.get(key) or {}).get("label", key))
