"""Solved pair: packages as two of the parties see them, with what theories of bargaining choose among all parties."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from analysis.methods.bargaining import BargainingSolutions

MOST_POINTS = 1_500
"""Packages that are drawn at most: those chosen and on the frontier first, then those all would accept."""

MOST_PAIRS = 6
"""Pairs of parties that are drawn at most."""


@dataclass(frozen=True)
class SolvedPackage:
    """A package as a point."""

    label: str
    """Its terms in words."""
    first: float
    """Worth to the first party."""
    second: float
    """Worth to the second one."""
    efficient: bool
    """True on the Pareto frontier of all parties."""
    acceptable: bool
    """True if nobody whose consent it needs is worse off than without an agreement, and somebody better."""


@dataclass(frozen=True)
class SolvedPair:
    """Packages as points, and what is chosen."""

    title: str
    """Of what."""
    sides: tuple[str, str]
    """Names of the two parties."""
    others: int
    """How many more parties bargain."""
    disagreement: tuple[float, float]
    """Worth of no agreement to both."""
    packages: tuple[SolvedPackage, ...]
    """Packages that are drawn."""
    all_packages: int
    """Packages that there are."""
    chosen: Mapping[str, int | None]
    """By solution: the place of its package among those drawn; none if it chooses none."""
    tied: Mapping[str, tuple[int, ...]]
    """By solution: places of the packages drawn that are as good by its measure, with the one that it chooses."""
    asked: tuple[tuple[str, float, float], ...]
    """Agreements that were asked for: name and both worths."""


def pair_parties(
    title: str,
    parties: Sequence[str],
    labels: Sequence[str],
    found: BargainingSolutions,
    asked: Mapping[str, Sequence[float]],
) -> tuple[SolvedPair, ...]:
    """Every two parties, the first ones first.

    Args:
        title: Of what.
        parties: Names of the parties.
        labels: Terms of every package in words.
        found: What is chosen.
        asked: Worths of agreements that were asked for, by name.
    """
    shown = _select_packages(found)
    place = {int(at): number for number, at in enumerate(shown)}
    efficient, acceptable = set(found.pareto.tolist()), set(found.acceptable.tolist())
    pairs = []
    for one, other in list(combinations(range(len(parties)), 2))[:MOST_PAIRS]:
        points = tuple(
            SolvedPackage(
                labels[at],
                float(found.utilities[at, one]),
                float(found.utilities[at, other]),
                int(at) in efficient,
                int(at) in acceptable,
            )
            for at in shown
        )
        pairs.append(
            SolvedPair(
                title,
                (parties[one], parties[other]),
                len(parties) - 2,
                (float(found.disagreement[one]), float(found.disagreement[other])),
                points,
                len(found.utilities),
                {name: None if at is None else place[at] for name, at in found.chosen.items()},
                {name: tuple(place[at] for at in some.tolist() if at in place) for name, some in found.tied.items()},
                tuple((key, float(worth[one]), float(worth[other])) for key, worth in asked.items()),
            )
        )
    return tuple(pairs)


def _select_packages(found: BargainingSolutions) -> list[int]:
    """Packages that are drawn, the most telling first, in their own order."""
    chosen = [at for at in found.chosen.values() if at is not None]
    tied = [at for some in found.tied.values() for at in some.tolist()]
    ranked = [
        *chosen,
        *tied,
        *found.pareto.tolist(),
        *found.acceptable.tolist(),
        *np.arange(len(found.utilities)).tolist(),
    ]
    return sorted(list(dict.fromkeys(ranked))[:MOST_POINTS])
