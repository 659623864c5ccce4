"""Named attribution: an attribution with the names of all it speaks of, and the numbers in which two views differ."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.methods.assumptions import format_quantity
from analysis.methods.attribution import Attribution
from sim.experiments.theme_differences import ACCOUNT, ThemeDifference

ACCOUNT_PLACE = ("run_up", "account")
"""Where the account of the run-up stands in a scenario."""


@dataclass(frozen=True)
class Statement:
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
class ViewScenario:
    """The scenario as a view sees it."""

    text: Mapping[str, Any]
    """The scenario with all that the view assumes."""
    places: Collection[tuple[str, ...]]
    """Places of which it assumes something."""


@dataclass(frozen=True)
class PlaceDifference:
    """A place at which two views say different things."""

    parts: tuple[str, ...]
    """Words of its place in the scenario."""
    first: Statement
    """What the first view says, or the scenario where the view says nothing."""
    second: Statement
    """What the second one says, likewise."""

    @property
    def place(self) -> str:
        """Its place for readers."""
        return " · ".join(self.parts)


@dataclass(frozen=True)
class NamedAttribution:
    """The difference between two source views, shared out among their themes."""

    first: str
    """Name of the first view for readers."""
    second: str
    """Name of the second one."""
    outcome_label: str
    """Label of the outcome; empty for all agreements in force together."""
    weeks: int
    """Weeks played."""
    attribution: Attribution
    """The numbers."""
    place_differences: Mapping[str, tuple[PlaceDifference, ...]]
    """What the views say differently, by theme."""


def compare_statements(
    theme: ThemeDifference, first: ViewScenario, second: ViewScenario
) -> tuple[PlaceDifference, ...]:
    """What two views say differently under a theme."""
    if theme.theme == ACCOUNT:
        return (
            PlaceDifference(
                ACCOUNT_PLACE,
                Statement(_find_account_label(first.text)),
                Statement(_find_account_label(second.text)),
            ),
        )
    return tuple(
        PlaceDifference(place, _read_statement(first, place), _read_statement(second, place)) for place in theme.places
    )


def place_difference_as_json(difference: PlaceDifference) -> dict[str, Any]:
    """The same as plain mappings."""
    sides = {"first": difference.first, "second": difference.second}
    data = {
        name: {"says": side.number, "because": list(side.because), "assumed": side.assumed, "own": side.own}
        for name, side in sides.items()
    }
    return {"place": difference.place, **data}


def _read_statement(view: ViewScenario, place: tuple[str, ...]) -> Statement:
    quantity, own = _get_value(view.text, place), place in view.places
    if not isinstance(quantity, Mapping):
        return Statement("–", own=own)
    return Statement(
        format_quantity(quantity), tuple(quantity.get("because") or ()), str(quantity.get("assumed") or ""), own
    )


def _get_value(text: Any, place: tuple[str, ...]) -> Any:
    """What stands at a place of a scenario; nothing where a scenario file has taken it out."""
    for key in place:
        text = text.get(key) if isinstance(text, Mapping) else None
    return text


def _find_account_label(text: Mapping[str, Any]) -> str:
    """Label of the account of the run-up in use."""
    run_up = text.get("run_up") or {}
    accounts = run_up.get("accounts") or {}
    key = run_up.get("account") or next(iter(accounts), "")
    return str((accounts.get(key) or {}).get("label", key))
