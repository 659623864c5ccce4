"""Menu: which contents, besides the named ones, belong on the table?

Whoever writes the menu writes part of the result. So the menu is completed by a rule: over many draws of the widest
view, the best Nash package of the required parties is looked up among all contents there could be, by every path;
the contents that are best most often join the menu. The list is fixed for every source view and run.

Sources
    Nash (1950), The bargaining problem.
"""

from collections import Counter

import numpy as np

from sim.ensemble.arrays import Arrays
from sim.play.opening import Opening
from sim.play.spaces import board_of
from sim.play.state import Array
from sim.rules.week import VALUES
from sim.spec.scenario import Scenario

DRAWS = 1000
KEPT = 20
CHUNK = 8


def nash_menu(scenario: Scenario, seed: int, draws: int = DRAWS, kept: int = KEPT) -> tuple[str, ...]:
    """Contents that are most often the best Nash package, as rows for `menu.nash`, the most frequent first."""
    board = board_of(scenario, every=True)
    named = [content.options for content in scenario.menu.focal.values()]
    counted: Counter[int] = Counter()
    for first in range(0, draws, CHUNK):
        arrays = Arrays(Opening(board, seed, np.arange(first, min(first + CHUNK, draws))), VALUES)
        for step in arrays.steps:
            step()
        product = _nash_product(arrays)
        best = product.argmax(axis=0) // len(board.paths)
        counted.update(
            int(content) for content, any_zone in zip(best, product.max(axis=0) > 0.0, strict=True) if any_zone
        )
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    rows = [board.contents[content][1] for content, _ in ranked if board.contents[content][1] not in named]
    return tuple(" ".join(row.values()) for row in rows[:kept])


def _nash_product(arrays: Arrays) -> Array:
    """Product of the surpluses of all parties whose consent is needed, 0 where one of them is not better off."""
    stake, institution = arrays.state["stake"], arrays.state["actor"]["institution"]
    product = np.ones(stake["surplus"].shape[1:])
    for row, actor in enumerate(arrays.board.spaces["stake"].links["party"].index):
        asked = (stake["needed"][row] > 0.0) & (institution[actor] == 0.0)
        product *= np.where(asked, np.maximum(stake["surplus"][row], 0.0), 1.0)
    return product
