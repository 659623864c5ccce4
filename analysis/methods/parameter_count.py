"""Parameter count: how many numbers may be chosen freely in a case, and how many observations stand against them?

Read aloud
    Every number of a quantity is free, also the ends of its spread, and every share of weights but the last. An
    observation is something that must not have happened in the run-up for a run to be kept: nothing else that was
    reported decides which runs count.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.methods.assumptions import list_view_assumptions
from sim.ensemble.results import Results

NUMBERS = ("value", "low", "high", "mean", "sd", "median", "spread")


@dataclass(frozen=True)
class ParameterCount:
    """What was chosen, and what it was held against."""

    free: int
    """Numbers in all quantities and weights of the scenario."""
    quantities: int
    """Quantities and weights of the scenario."""
    cited: int
    """Quantities that rest on passages."""
    replaced: int
    """Quantities that the source views replace, all views together."""
    observations: int
    """Things that must not have happened in the run-up."""


def count_parameters(results: Results) -> ParameterCount:
    """The count of a case, from the text stored with its results."""
    text = results.manifest.text
    found = list(_find_quantities(text))
    return ParameterCount(
        free=sum(_count_free(one) for one in found),
        quantities=len(found),
        cited=sum(1 for one in found if one.get("because")),
        replaced=sum(len(view.changed) for view in list_view_assumptions(results).values()),
        observations=len((text.get("run_up") or {}).get("never") or ()),
    )


def _find_quantities(part: Any) -> Iterator[Mapping[str, Any]]:
    """Every quantity and all weights inside."""
    if isinstance(part, Mapping):
        if isinstance(part.get("unit"), str) or isinstance(part.get("shares"), Mapping):
            yield part
        else:
            for inner in part.values():
                yield from _find_quantities(inner)
    elif isinstance(part, list | tuple):
        for inner in part:
            yield from _find_quantities(inner)


def _count_free(quantity: Mapping[str, Any]) -> int:
    """Numbers of one quantity: of weights all shares but the last, and their sharpness."""
    if isinstance(shares := quantity.get("shares"), Mapping):
        return len(shares)
    return sum(1 for name in NUMBERS if quantity.get(name) is not None)
