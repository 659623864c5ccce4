"""Package surplus: what does every package of a scenario add, for each party, to having no agreement?

Taken in week 0, before anybody has moved, with every quantity at the middle of its spread and weights at their mean
shares. So it is the bargaining problem that a scenario poses, without its luck; runs differ from it.
"""

from dataclasses import dataclass

import numpy as np

from sim.engines.numpy_engine import NumpyEngine
from sim.errors import UsageError
from sim.model.build_layout import build_layout
from sim.model.initial_state import InitialState
from sim.model.layout import Layout
from sim.model.packages import Array
from sim.model.parameters import Draws
from sim.rules.week import VALUES
from sim.schema.quantity import Weights, find_quantities
from sim.schema.scenario import Scenario


@dataclass(frozen=True)
class PackageSurplus:
    """Packages of a scenario and what they are worth over having no agreement."""

    parties: tuple[str, ...]
    """Actors whose consent some package needs, in file order."""
    packages: tuple[tuple[str, str], ...]
    """Key of the terms and of the sequence of every package."""
    terms: dict[str, dict[str, str]]
    """Option of every issue, by key of the terms."""
    surplus: Array
    """Surplus of every package for every party, in worth: (packages, parties)."""
    needed: Array
    """1 where the consent of a party is needed: (packages, parties)."""
    discounts: tuple[float, ...]
    """Weight of next week relative to this week, for each party."""


def compute_package_surplus(scenario: Scenario, *, every: bool = False) -> PackageSurplus:
    """What every package adds to having no agreement.

    Args:
        scenario: The scenario, through a source view or as it is written.
        every: Take all terms that options allow, in place of those on the menu.

    Returns:
        Surplus for all parties whose consent some package needs.

    Raises:
        UsageError: nobody's consent is needed for anything, so that there is nothing to bargain about.
    """
    layout = build_layout(scenario, every=every)
    engine = NumpyEngine(InitialState(layout, 0, np.arange(1), _take_middles(layout)), VALUES)
    engine.play(0)
    table, actors = engine.state["party_package"], layout.spaces["party_package"].relations["party"].index
    institution = engine.state["actor"]["institution"][:, 0]
    names = list(scenario.actors)
    rows = [
        row for row, actor in enumerate(actors) if actor < len(names) and not institution[actor] and _asked(table, row)
    ]
    if not rows:
        raise UsageError("nobody's consent is needed for any package of this scenario, so there is no bargaining")
    packages = layout.packages
    count = len(packages)
    return PackageSurplus(
        tuple(names[actors[row]] for row in rows),
        tuple(packages),
        dict(layout.terms),
        table["surplus"][rows, :count, 0].T.copy(),
        table["needed"][rows, :count, 0].T.copy(),
        tuple(_find_discount(scenario, names[actors[row]]) for row in rows),
    )


def compute_reservation_values(scenario: Scenario) -> dict[str, float]:
    """What having no agreement is worth to every party, in week 0 with every quantity at its middle.

    Args:
        scenario: The scenario, through a source view or as it is written.
    """
    layout = build_layout(scenario)
    engine = NumpyEngine(InitialState(layout, 0, np.arange(1), _take_middles(layout)), VALUES)
    engine.play(0)
    worth = engine.state["actor"]["reservation"][:, 0]
    return {name: float(worth[row]) for row, name in enumerate(scenario.actors)}


def _take_middles(layout: Layout) -> Draws:
    """Every quantity at its middle."""
    found: Draws = {}
    for place, quantity in find_quantities(layout.scenario):
        if isinstance(quantity, Weights):
            found.update({f"{place}.{key}": np.array([share]) for key, share in quantity.shares.items()})
        else:
            found[place] = np.array([quantity.middle])
    return found


def _asked(table: dict[str, Array], row: int) -> bool:
    return bool((table["needed"][row] > 0.0).any())


def _find_discount(scenario: Scenario, name: str) -> float:
    interests = scenario.actors[name].interests
    return 1.0 if interests is None else interests.weekly_discount.middle
