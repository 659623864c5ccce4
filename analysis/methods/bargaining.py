"""Bargaining solutions: which of the packages there are would a theory of bargaining choose?

Read aloud
    Every package is worth something to every party, and so is having none (the disagreement point). What a package
    adds to that is the party's surplus. A package is on the Pareto frontier if no other one is better for somebody
    and worse for nobody. Only packages in which nobody loses and somebody surpluses are agreed upon; among them
    Nash takes the largest product of surpluses, Kalai and Smorodinsky the one in which the smallest share of what each
    could hope for is largest, the egalitarian solution the one whose smallest surplus is largest, the utilitarian
    solution the largest sum. Rubinstein's parties take turns in proposing and lose by waiting; the solution is what
    the first proposer gets accepted.
    Whoever's consent a package does not need, and loses by it, counts there as if it had no surplus; whoever cannot
    have any is left out. There is no lottery between packages: solutions are packages. Of equals the one comes first
    whose next smallest surplus is larger, then the one that stands first in the list.

Sources
    Nash (1950), The bargaining problem. Kalai and Smorodinsky (1975), Other solutions to Nash's bargaining problem.
    Kalai (1977), Proportional solutions to bargaining situations. Rubinstein (1982), Perfect equilibrium in a
    bargaining model. Distances as the platform GENIUS prints them: Lin et al. (2014), Genius.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Index = NDArray[np.int64]

DECIMALS = 12
"""Decimals to which worths are compared, so that the order in which a sum was taken decides nothing."""

BLOCK = 512
"""Packages compared with the Pareto frontier at a time."""

ROUNDS = 10_000
"""Rounds of proposals after which those that do not settle are given up."""

MOST_WORK = 300_000_000
"""Worths that are compared before proposals that do not settle are given up."""

SOLUTIONS = ("nash", "kalai-smorodinsky", "egalitarian", "utilitarian", "rubinstein")
"""Solutions in the order in which they are shown."""


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
    if acceptable.size:
        feasible = np.maximum(surpluses[acceptable], 0.0)
        ideal = feasible.max(axis=0)
        feasible[:, ideal == 0.0] = 1.0
        hoped = feasible / np.where(ideal > 0.0, ideal, 1.0)
        ranks = {
            "nash": [_round(feasible.prod(axis=1))],
            "kalai-smorodinsky": _rank_smallest(hoped),
            "egalitarian": _rank_smallest(feasible),
            "utilitarian": [_round(feasible.sum(axis=1))],
        }
        for name, keys in ranks.items():
            chosen[name] = int(acceptable[_find_best([*keys, *_rank_smallest(feasible)])])
        efficient = np.flatnonzero(np.isin(acceptable, pareto))
        at = find_rubinstein_package(feasible[efficient], discounts) if efficient.size else None
        chosen["rubinstein"] = None if at is None else int(acceptable[efficient[at]])
    return BargainingSolutions(utilities, disagreement, pareto, acceptable, chosen)


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


def find_rubinstein_package(surpluses: Array, discounts: Sequence[float]) -> int | None:
    """What the first proposer gets accepted where the parties take turns in proposing until all accept.

    Whoever proposes takes the package that is best for it among those that give every other party at least its surplus
    from the next proposal, one round later. Reckoned from a last round backwards until proposals repeat themselves.

    Args:
        surpluses: Surplus of every party from each package, none below zero: (packages, parties).
        discounts: What a surplus is still worth to each party one round later, as a factor.

    Returns:
        Row of the package; none if the proposals do not settle.
    """
    parties, factors = surpluses.shape[1], np.asarray(discounts)
    expected = np.zeros(parties)
    settled: list[int] = []
    seen: tuple[int, ...] = ()
    place = np.argsort(np.lexsort([np.arange(len(surpluses)), *(-key for key in reversed(_rank_smallest(surpluses)))]))
    for number in range(min(ROUNDS * parties, MOST_WORK // surpluses.size)):
        proposer = (-1 - number) % parties
        at_least = _round(factors * expected)
        at_least[proposer] = 0.0
        fit = np.flatnonzero((surpluses >= at_least).all(axis=1))
        best = fit[surpluses[fit, proposer] == surpluses[fit, proposer].max()]
        settled.append(int(best[place[best].argmin()]))
        expected = surpluses[settled[-1]]
        if proposer == 0:
            if tuple(settled) == seen:
                return settled[-1]
            seen, settled = tuple(settled), []
    return None


def rubinstein_shares(discounts: Sequence[float]) -> tuple[float, ...]:
    """Shares of a pie that can be cut anywhere, where the parties take turns in proposing until all accept.

    Args:
        discounts: What a share is still worth to each party one round later, as a factor below 1; first proposer first.

    Returns:
        Shares of the first proposal, which is accepted; they add up to 1. For two parties the first has
        (1 - d2) / (1 - d1 d2).
    """
    count = len(discounts)
    equations, sums = np.zeros((count, count, count, count)), np.zeros((count, count))
    for turn in range(count):
        for party, factor in enumerate(discounts):
            if party != turn:
                equations[turn, party, turn, party] = 1.0
                equations[turn, party, (turn + 1) % count, party] = -factor
            else:
                equations[turn, party, turn] = 1.0
                sums[turn, party] = 1.0
    found = np.linalg.solve(equations.reshape(count * count, -1), sums.reshape(-1))
    return tuple(float(share) for share in found[:count])


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
