"""Bounds: numbers that no reader could mean, such as a chance above 1 or a negative number of weeks.

Bounded are the centre and the ends of a quantity: `value`, `low` and `high`, `mean`, or `median`.
A place whose meaning fixes its bounds comes before its unit: a change of aid is a share, and may be negative.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf

from pydantic import BaseModel

from sim.schema.quantity import Quantity, Weights

_CENTRES = ("value", "low", "high", "mean", "median")


@dataclass(frozen=True)
class Bounds:
    """The numbers that make sense somewhere."""

    words: str
    """What a number must be, in words."""
    remedy: str
    """What to do about one that is not."""
    low: float = 0.0
    """The lowest."""
    high: float = inf
    """The highest."""
    strict: bool = False
    """True if the ends themselves make no sense."""

    def hold(self, number: float) -> bool:
        """True for a number that makes sense."""
        if self.strict:
            return self.low < number < self.high
        return self.low <= number <= self.high


_WHOLE = Bounds("between 0 and 1", "write 15% as 0.15", high=1)
_COST = Bounds("0 or more", "a gain is no cost: give 0 or a positive number")

_OF_UNIT = {
    "chance": _WHOLE,
    "chance/week": _WHOLE,
    "share": _WHOLE,
    "weeks": Bounds("0 or more", "count weeks forward from 0"),
    "factor": Bounds("0 or more", "1 changes nothing, 0.5 halves"),
}
_OF_PLACE = {
    ("levers", "*", "effects", "aid"): Bounds("between -1 and 1", "-1 takes all aid away", low=-1, high=1),
    ("actors", "*", "interests", "conflict_cost"): _COST,
    ("actors", "*", "interests", "weekly_discount"): Bounds(
        "above 0 and below 1", "0.99 lets next week count 1% less than this one", high=1, strict=True
    ),
    ("contest", "noise"): Bounds("0 or more", "0 is a contest without surprises"),
    ("choice", "precision"): Bounds("above 0", "a larger number is a sharper choice", strict=True),
}


def find_out_of_bounds(scenario: BaseModel) -> Iterator[str]:
    """A sentence for every number of the scenario that makes no sense, in file order."""
    for place, quantity in _list_quantities(scenario, ()):
        bounds = _find_bounds(place, quantity)
        for key in _CENTRES:
            number = getattr(quantity, key)
            if bounds and number is not None and not bounds.hold(number):
                yield f"{'.'.join(place)}: `{key}` must be {bounds.words}, and is {number:g}; {bounds.remedy}"


def _find_bounds(place: tuple[str, ...], quantity: Quantity) -> Bounds | None:
    """What the place allows, or else the unit."""
    group = (place[0], "*", *place[2:]) if place[0] in ("actors", "levers") else place
    return _OF_PLACE.get(group) or _OF_UNIT.get(quantity.unit)


def _list_quantities(part: object, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Quantity]]:
    """Every quantity with its place."""
    if isinstance(part, Quantity):
        yield place, part
    elif isinstance(part, BaseModel) and not isinstance(part, Weights):
        for name in type(part).model_fields:
            yield from _list_quantities(getattr(part, name), (*place, name))
    elif isinstance(part, Mapping):
        for key, value in part.items():
            yield from _list_quantities(value, (*place, str(key)))
