"""Layered data: the data of a scenario while files are laid over one another, and where each piece was written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.errors import Place
from sim.loading.strict_yaml import YamlFile


@dataclass(frozen=True)
class Layer:
    """The places of a scenario that one file, or one word of the command line, has written."""

    name: str
    lines: Mapping[Place, int]
    only_assumptions: bool = False
    """True for a source view, which cannot make pieces that do not fit together."""


@dataclass(frozen=True)
class LayeredData:
    """Plain data of a scenario, with the layers it was made of, the last on top. Never changed in place."""

    data: dict[str, Any]
    layers: tuple[Layer, ...]

    def locate(self, place: Place) -> tuple[str, int]:
        """File and line of the deepest part of the place that is written down; the topmost layer wins."""
        for length in range(len(place), -1, -1):
            for layer in reversed(self.layers):
                if place[:length] in layer.lines:
                    return layer.name, layer.lines[place[:length]]
        return self.layers[0].name, 0

    def locate_missing(self, place: Place) -> tuple[str, int]:
        """File and line where something is missing: where it was removed, or else where it should stand."""
        for layer in reversed(self.layers):
            for known in (place, place[:-1]) if layer is not self.layers[0] else (place[:-1],):
                if known in layer.lines:
                    return layer.name, layer.lines[known]
        return self.locate(place[:-1])

    def locate_unfit(self, place: Place) -> tuple[str, int]:
        """File and line of a piece that does not fit: where it was changed, or else where it stands."""
        for layer in reversed(self.layers[1:]):
            inside = [line for known, line in layer.lines.items() if known[: len(place)] == place]
            if place and inside and not layer.only_assumptions:
                return layer.name, min(inside)
        return self.locate(place)

    def is_added(self, place: Place) -> bool:
        """True for a piece that the lowest layer lacks."""
        return len(self.layers) > 1 and place not in self.layers[0].lines

    def get_value(self, place: Place) -> Any:
        """The data at a place that exists."""
        found: Any = self.data
        for key in place:
            found = found[key]
        return found


def layer_from_file(file: YamlFile) -> LayeredData:
    """Data that hold one file and nothing else."""
    return LayeredData(file.data, (Layer(file.name, file.lines),))


def is_quantity(data: object) -> bool:
    """True for data of the form of a quantity."""
    return isinstance(data, dict) and isinstance(data.get("unit"), str)


def is_weights(data: object) -> bool:
    """True for data of the form of weights."""
    return isinstance(data, dict) and isinstance(data.get("shares"), dict) and "sharpness" in data


def is_assumption(data: object) -> bool:
    """True for quantities and weights: what a source view may change, and what is only replaced as a whole."""
    return is_quantity(data) or is_weights(data)


def with_value_at(data: Any, place: Place, value: object) -> Any:
    """A copy of the data with one value replaced or added."""
    if not place:
        return value
    copy = list(data) if isinstance(data, list) else dict(data)
    key: Any = place[0]
    inner = copy[key] if isinstance(copy, list) else copy.get(key, {})
    copy[key] = with_value_at(inner, place[1:], value)
    return copy
