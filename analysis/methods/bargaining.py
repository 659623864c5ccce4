"""Bargaining solutions: which of the packages there are would a theory of bargaining choose?

Read aloud
    Every package is worth something to every party, and so is having none (the disagreement point). What a package
    adds to that is the party's surplus. A package is on the Pareto frontier if no other one is better for somebody
    and worse for nobody. Only packages in which nobody loses and somebody surpluses are agreed upon; among them
    Nash takes the largest product of surpluses, Kalai and Smorodinsky the one in which the smallest share of what each
    could hope for is largest, the egalitarian solution the one whose smallest surplus is largest, the utilitarian
    solution the largest sum. Rubinstein's parties take turns in proposing and lose by waiting; the solution is the
    package nearest to what is proposed first where terms can be cut anywhere (see `alternating_offers`).
    Whoever's consent a package does not need, and loses by it, counts there as if it had no surplus; whoever cannot
    have any is left out. There is no lottery between packages: solutions are packages. Of equals, which are kept, the
    one comes first whose next smallest surplus is larger, then the one that stands first in the list.

Sources
    Nash (1950), The bargaining problem. Kalai and Smorodinsky (1975), Other solutions to Nash's bargaining problem.
    Kalai (1977), Proportional solutions to bargaining situations. Rubinstein (1982), Perfect equilibrium in a
    bargaining model. Distances as the platform GENIUS prints them: Lin et al. (2014), Genius.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analysis.methods.alternating_offers import find_proposal, rank_nearness
from analysis.methods.objections import Objections, find_objections

Array = NDArray[np.float64]
Index = NDArray[np.int64]

DECIMALS = 12
"""Decimals to which worths are compared, so that the order in which a sum was taken decides nothing."""

BLOCK = 512
"""Packages compared with the Pareto frontier at a time."""

SOLUTIONS = ("nash", "kalai-smorodinsky", "egalitarian", "utilitarian", "rubinstein")
"""Solutions in the order in which they are shown."""


@dataclass(frozen=True)
class FirstProposal:
    """What is proposed first where terms can be cut anywhere, and the packages nearest to it."""

    worth: Array
    """Worth of the proposal to every party: (parties,)."""
    turns: tuple[int, ...]
    """Parties that can gain, in the order in which they would propose."""
    away: float
    """Largest difference of a party between it and the nearest package, as a share of the best that it could get."""
    other_first: int | None
    """The nearest package if the second of two parties proposes first; none if there are more, or fewer that gain."""


@dataclass(frozen=True)
class BargainingSolutions:
    """What theories of bargaining choose among some packages."""

    utilities: Array
    """Worth of every package to every party: (packages, parties)."""
    disagreement: Array
    """Worth of having no agreement: (parties,)."""
    pareto: Index
    """Packages of the Pareto frontier, in the order of the list."""
    acceptable: Index
    """Packages in which nobody loses and somebody wins, in the order of the list."""
    chosen: dict[str, int | None]
    """The package that each solution chooses; none where nothing is acceptable to all."""
    tied: dict[str, Index]
    """Packages that are equally good by the measure of each solution, with the one that it chooses."""
    proposal: FirstProposal | None
    """Rubinstein's first proposal; none where nothing is acceptable to all."""
    objections: Objections | None
    """Who would refuse what; none where something is acceptable to all."""


@dataclass(frozen=True)
class Distances:
    """How far an agreement is from what theory would choose, as GENIUS prints it."""

    to_pareto: float
    """Euclidean distance to the nearest package of the Pareto frontier."""
    to_nash: float | None
    """Euclidean distance to the Nash solution; none where there is none."""
    welfare: float
    """Sum of the worths (social welfare)."""


def solve_bargaining(
    utilities: Array, disagreement: Array, discounts: Sequence[float], accepted_by: Array | None = None
) -> BargainingSolutions:
    """All solutions among some packages, for any number of parties.

    Args:
        utilities: Worth of every package to every party: (packages, parties).
        disagreement: Worth of having no agreement: (parties,).
        discounts: What an agreement is still worth to each party one round of proposals later, as a factor.
        accepted_by: 1 where the consent of a party is needed, else 0: (packages, parties); everywhere if left out.

    Returns:
        The Pareto frontier, the packages that all would accept, and the package that each solution chooses.
    """
    surpluses = np.round(utilities - disagreement, DECIMALS)
    losing = surpluses < 0.0 if accepted_by is None else (surpluses < 0.0) & (accepted_by > 0.0)
    acceptable = np.flatnonzero(~losing.any(axis=1) & (surpluses > 0.0).any(axis=1))
    pareto = find_pareto_frontier(utilities)
    chosen: dict[str, int | None] = dict.fromkeys(SOLUTIONS)
    if not acceptable.size:
        objections = find_objections(surpluses, losing)
        none = {name: acceptable for name in SOLUTIONS}
        return BargainingSolutions(utilities, disagreement, pareto, acceptable, chosen, none, None, objections)
    feasible = np.maximum(surpluses[acceptable], 0.0)
    efficient = np.isin(acceptable, pareto)
    ranks, proposal = _rank_packages(feasible, efficient if efficient.any() else ~efficient, discounts)
    best = {name: _find_best([*keys, *_rank_smallest(feasible)]) for name, keys in ranks.items()}
    tied = {name: acceptable[keys[0] == keys[0][best[name]]] for name, keys in ranks.items()}
    chosen = {name: int(acceptable[best[name]]) for name in SOLUTIONS}
    other = None if proposal.other_first is None else int(acceptable[proposal.other_first])
    proposal = replace(proposal, worth=proposal.worth + disagreement, other_first=other)
    return BargainingSolutions(utilities, disagreement, pareto, acceptable, chosen, tied, proposal, None)


def _rank_packages(
    feasible: Array, efficient: NDArray[np.bool_], discounts: Sequence[float]
) -> tuple[dict[str, list[Array]], FirstProposal]:
    """By solution, the keys by which it ranks packages; and the first proposal, in surpluses and rows of these."""
    able = feasible.max(axis=0) > 0.0
    gains = feasible[:, able]
    hoped = gains / gains.max(axis=0)
    with np.errstate(divide="ignore"):
        product = np.log(hoped).sum(axis=1)
    ranks = {
        "nash": [_round(product)],
        "kalai-smorodinsky": _rank_smallest(hoped),
        "egalitarian": _rank_smallest(gains),
        "utilitarian": [_round(gains.sum(axis=1))],
    }
    factors = np.asarray(discounts)[able]
    asked = find_proposal(gains, factors)
    ranks["rubinstein"] = _rank_efficient(gains, efficient, asked)
    other = None
    if able.sum() == 2:
        turned = find_proposal(gains[:, ::-1], factors[::-1])[::-1]
        other = _find_best([*_rank_efficient(gains, efficient, turned), *_rank_smallest(feasible)])
    worth, turns = np.zeros(len(able)), tuple(np.flatnonzero(able).tolist())
    worth[able] = asked
    return ranks, FirstProposal(worth, turns, -float(ranks["rubinstein"][0].max()), other)


def _rank_efficient(gains: Array, efficient: NDArray[np.bool_], asked: Array) -> list[Array]:
    """How near packages are to a proposal, those that are not on the Pareto frontier after all others."""
    return [np.where(efficient, _round(key), -np.inf) for key in rank_nearness(gains, asked)]


def find_pareto_frontier(utilities: Array) -> Index:
    """Packages to which no other one is preferred by somebody while nobody minds.

    Args:
        utilities: Worth of every package to every party: (packages, parties).

    Returns:
        Their rows, in the order of the list; packages of equal worth to all stand beside one another.
    """
    distinct, rows = np.unique(np.round(utilities, DECIMALS), axis=0, return_inverse=True)
    order = np.lexsort([*distinct.T[::-1], distinct.sum(axis=1)])[::-1]
    columns = np.ascontiguousarray(distinct[order].T)
    kept: Index = np.zeros(0, dtype=np.int64)
    for first in range(0, columns.shape[1], BLOCK):
        block = np.arange(first, min(first + BLOCK, columns.shape[1]))
        block = block[~_is_dominated(columns, block, kept)]
        block = block[~_is_dominated(columns, block, block)]
        kept = np.concatenate([kept, block])
    efficient = np.zeros(len(distinct), dtype=bool)
    efficient[order[kept]] = True
    return np.flatnonzero(efficient[rows.reshape(-1)])


def _is_dominated(columns: Array, block: Index, others: Index) -> NDArray[np.bool_]:
    """Whether some other package is at least as good for everybody: (block,)."""
    if not others.size or not block.size:
        return np.zeros(block.size, dtype=bool)
    worse = others[np.newaxis] != block[:, np.newaxis]
    for column in columns:
        worse &= column[others][np.newaxis] >= column[block][:, np.newaxis]
    return np.asarray(worse.any(axis=1))


def _round(values: Array) -> Array:
    return np.asarray(np.round(values, DECIMALS))


def _rank_smallest(values: Array) -> list[Array]:
    """The smallest value of every row, then the next one, and so on, each an array."""
    return list(_round(np.sort(values, axis=1)).T)


def _find_best(keys: Sequence[Array]) -> int:
    """Row that is largest by the first key, among equals by the next one; the first of those alike in all."""
    return int(np.lexsort([np.arange(len(keys[0])), *(-key for key in reversed(keys))])[0])


def measure_distances(solutions: BargainingSolutions, agreement: Array) -> Distances:
    """How far an agreement is from the Pareto frontier and from the Nash solution, as GENIUS prints it.

    Args:
        solutions: The packages there are and what is chosen among them.
        agreement: Worth of the agreement to every party; the disagreement point for none: (parties,).

    Returns:
        Euclidean distances in worth, and the sum of the worths.
    """
    nash = solutions.chosen["nash"]
    to_pareto = np.linalg.norm(solutions.utilities[solutions.pareto] - agreement, axis=1).min()
    to_nash = None if nash is None else float(np.linalg.norm(solutions.utilities[nash] - agreement))
    return Distances(float(to_pareto), to_nash, float(agreement.sum()))
