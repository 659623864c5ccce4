"""Nash menu: which terms, besides the named ones, belong on the table?

Whoever writes the menu writes part of the result. So the menu is completed by a rule: over many draws of the widest
view, the best Nash package of the required parties is looked up among all terms there could be, by every sequence;
the terms that are best most often join the menu. The list is fixed for every source view and run.

Sources
    Nash (1950), The bargaining problem.
"""

from collections import Counter

import numpy as np

from sim.engines.numpy_engine import NumpyEngine
from sim.model.build_layout import build_layout
from sim.model.initial_state import InitialState
from sim.model.state import Array
from sim.rules.week import VALUES
from sim.schema.scenario import Scenario

DRAWS = 1000
MENU_SIZE = 20
CHUNK = 8


def suggest_menu(scenario: Scenario, seed: int, draws: int = DRAWS, size: int = MENU_SIZE) -> tuple[str, ...]:
    """Terms that are most often the best Nash package, as rows for `menu.nash`, the most frequent first.

    Args:
        scenario: The scenario through its widest view.
        seed: Seed of all luck.
        draws: Draws over which terms are compared.
        size: Terms to suggest at most.

    Returns:
        Options of each terms, in order of the issues, with blanks between them.
    """
    layout = build_layout(scenario, every=True)
    named = [terms.options for terms in scenario.menu.named.values()]
    counted: Counter[int] = Counter()
    for first in range(0, draws, CHUNK):
        engine = NumpyEngine(InitialState(layout, seed, np.arange(first, min(first + CHUNK, draws))), VALUES)
        engine.play(0)
        product = _compute_nash_product(engine)
        best = product.argmax(axis=0) // len(layout.sequences)
        counted.update(int(terms) for terms, any_zone in zip(best, product.max(axis=0) > 0.0, strict=True) if any_zone)
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    rows = [layout.terms[terms][1] for terms, _ in ranked if layout.terms[terms][1] not in named]
    return tuple(" ".join(row.values()) for row in rows[:size])


def _compute_nash_product(engine: NumpyEngine) -> Array:
    """Product of the surpluses of all parties whose consent is needed, 0 where one of them is not better off."""
    package, institution = engine.state["party_package"], engine.state["actor"]["institution"]
    product = np.ones(package["surplus"].shape[1:])
    for row, actor in enumerate(engine.layout.spaces["party_package"].relations["party"].index):
        asked = (package["needed"][row] > 0.0) & (institution[actor] == 0.0)
        product *= np.where(asked, np.maximum(package["surplus"][row], 0.0), 1.0)
    return product
