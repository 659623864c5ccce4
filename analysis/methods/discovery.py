"""Scenario discovery: in which corners of all spreads does an outcome occur far more or far less often?

Read aloud
    A shallow tree splits draws by one quantity after the other, each time where the two halves differ most. Every leaf
    is a box: some quantities between two parts of their spreads, all others anywhere. The tree grows on every other
    draw; what is said of its boxes is counted on those that it has not seen. Density is the share of a box's draws with
    the outcome, coverage the share of all draws with the outcome that lie in the box. A box is named if its density
    differs from the share of all draws by more than its interval.

Sources
    Lempert, Bryant and Bankes (2008), Comparing algorithms for scenario discovery (coverage and density; trees).
    Breiman, Friedman, Olshen and Stone (1984), Classification and regression trees.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.methods.intervals import Interval, estimate_share
from sim.errors import MissingPartError

SMALLEST = 0.05
"""Part of the draws that a box has at least."""

Array = NDArray[np.float64]
Hits = NDArray[np.bool_]


@dataclass(frozen=True)
class Bound:
    """Where a quantity stands in a box."""

    place: str
    """Its place in the scenario."""
    low: float
    """Part of the spread below it at least."""
    high: float
    """Part of the spread below it at most."""


@dataclass(frozen=True)
class Box:
    """A corner of all spreads."""

    bounds: tuple[Bound, ...]
    """Quantities that are bounded, the first split first."""
    draws: int
    """Draws in it that the tree has not seen."""
    density: Interval
    """Share of them with the outcome."""
    coverage: float
    """Share of all draws with the outcome that lie in it."""


@dataclass(frozen=True)
class Discovery:
    """Boxes of an outcome."""

    share: float
    """Share of all draws with the outcome that the tree has not seen."""
    draws: int
    """How many these are."""
    more: tuple[Box, ...]
    """Boxes with more of it, the densest first."""
    less: tuple[Box, ...]
    """Boxes with less of it, the emptiest first."""


def discover_boxes(places: Sequence[str], uniforms: Array, hits: Hits, depth: int) -> Discovery:
    """Grow a tree on every other draw, and count its boxes on the rest.

    Args:
        places: Places of the quantities.
        uniforms: Where in its spread each quantity stands in every draw, from 0 to 1: (places, draws).
        hits: Draws with the outcome.
        depth: Splits from the top of the tree to a leaf at most.

    Raises:
        MissingPartError: scikit-learn is not installed.
    """
    seen = np.arange(hits.size) % 2 == 0
    grown = _grow(uniforms[:, seen].T, hits[seen], depth)
    leaves, found, unseen = grown.apply(uniforms[:, ~seen].T), hits[~seen], int((~seen).sum())
    boxes = []
    for leaf, bounds in _list_leaves(grown.tree_, places, 0, ()):
        inside = leaves == leaf
        if inside.any() and bounds:
            count = int(found[inside].sum())
            density = estimate_share(count, int(inside.sum()))
            boxes.append(Box(bounds, int(inside.sum()), density, count / max(int(found.sum()), 1)))
    share = float(found.mean())
    more = sorted((box for box in boxes if box.density.low > share), key=lambda box: -box.density.share)
    less = sorted((box for box in boxes if box.density.high < share), key=lambda box: box.density.share)
    return Discovery(share, unseen, tuple(more), tuple(less))


def _grow(values: Array, hits: Hits, depth: int) -> Any:
    """The tree; its own luck only breaks ties, and is always the same."""
    try:
        trees = import_module("sklearn.tree")
    except ModuleNotFoundError as error:
        remedy = "install it with `pip install 'zopa-simulator[discovery]'`"
        raise MissingPartError(f"scenario discovery needs the library scikit-learn; {remedy}") from error
    tree = trees.DecisionTreeClassifier(max_depth=depth, min_samples_leaf=SMALLEST, random_state=0)
    return tree.fit(values.astype(np.float32), hits)


def _list_leaves(
    tree: Any, places: Sequence[str], node: int, bounds: tuple[Bound, ...]
) -> Iterator[tuple[int, tuple[Bound, ...]]]:
    """Every leaf with its bounds, those of a quantity that is split twice in one."""
    if tree.children_left[node] == tree.children_right[node]:
        yield node, bounds
        return
    place, at = places[tree.feature[node]], float(tree.threshold[node])
    yield from _list_leaves(tree, places, tree.children_left[node], _narrow(bounds, Bound(place, 0.0, at)))
    yield from _list_leaves(tree, places, tree.children_right[node], _narrow(bounds, Bound(place, at, 1.0)))


def _narrow(bounds: tuple[Bound, ...], new: Bound) -> tuple[Bound, ...]:
    """The bounds with one more."""
    if all(one.place != new.place for one in bounds):
        return (*bounds, new)
    return tuple(
        Bound(one.place, max(one.low, new.low), min(one.high, new.high)) if one.place == new.place else one
        for one in bounds
    )
