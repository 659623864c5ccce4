"""Side sizes: what each side of a contradiction sets, place by place, beside the scenario's own number."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.methods.assumptions import format_quantity
from sim.loading.extends import resolve_extends
from sim.loading.loader import find_view_paths
from sim.loading.resolve_questions import list_side_overrides
from sim.schema.loaded_case import LoadedCase
from sim.schema.open_question import Contradiction


@dataclass(frozen=True)
class SideSize:
    """What a side sets at one place."""

    place: str
    """Where, as a dotted path."""
    base: str
    """The scenario's own number with its unit; a dash where it has none."""
    side: str
    """The side's number with its unit."""

    def __str__(self) -> str:
        return f"{self.place}: {self.base} → {self.side}"


def find_side_sizes(case: LoadedCase, contradiction: Contradiction) -> dict[str, tuple[SideSize, ...]]:
    """What every side of a contradiction sets, by side, in the language in use.

    Args:
        case: The case without a source view.
        contradiction: The question over which sources differ.
    """
    chain = resolve_extends(case.path)
    views = find_view_paths(chain)
    return {
        name: tuple(_read_sizes(case.text, list_side_overrides(side, chain, views)))
        for name, side in contradiction.sides.items()
    }


def _read_sizes(text: Mapping[str, Any], overrides: Iterator[str]) -> Iterator[SideSize]:
    for one in overrides:
        place, _, value = one.partition("=")
        own: Any = text
        for word in place.split("."):
            own = own.get(word) if isinstance(own, Mapping) else None
        yield SideSize(place, "–" if own is None else format_quantity(own), format_quantity(json.loads(value)))
