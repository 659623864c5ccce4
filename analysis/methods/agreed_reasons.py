"""Agreed reasons: what moves an agreement away from the decision that a plain forecast names?

Read aloud
    Places are on the order in which an issue's options stand, from 0 to 1, and a distance is the mean over issues. In
    every run it is asked how far from the decision of a forecast the nearest package of the menu lies; the nearest one
    that everybody accepted in the week of the signature (what was signed counts as accepted); and what was signed.
    Each is at least as far as the one before. So the distance is shared out among three steps that add up, none below
    0: the menu's; that of consents; and that of whoever wrote the draft and of what the sides could get. Means over
    runs add up likewise. Issue by issue the same packages are compared, those equally near by their mean: there a step
    has a sign, and signs cancel over runs.

Sources
    Tsebelis (2002), Veto Players (the winset). Raiffa (1982), The Art and Science of Negotiation (the single text).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.methods.status_quo_reasons import FEWEST, TIED, name_most_frequent
from sim.experiments.signed_packages import (
    FIRST,
    MEDIATOR,
    OTHERWISE,
    PRESSED,
    SECOND,
    THREATENED,
    SignedPackages,
)
from sim.export.tables import list_menu_packages
from sim.schema.scenario import Scenario

Array = NDArray[np.float64]

STEPS = ("menu", "consent", "draft")
"""Steps from a forecast to what is agreed, in order."""


@dataclass(frozen=True)
class GapSteps:
    """The way from the decision of a forecast to what is agreed."""

    runs: int
    """Runs over which means are taken."""
    lengths: Mapping[str, float]
    """Mean length of each step, 0 or more; they add up to the distance."""
    gap: Array
    """What is agreed less the forecast, mean over runs: (issues,)."""
    steps: Mapping[str, Array]
    """The same by step; they add up to the gap: (issues,)."""
    refused: float
    """Share of runs in which the package nearest the forecast lacked a consent when another one was signed."""
    refuser: str
    """Whose consent it lacked most often, or several alike; empty where none was lacking, or in too few runs."""
    refuses: float
    """Share of runs in which it lacked that one."""

    @property
    def distance(self) -> float:
        """Mean distance between what is agreed in a run and the forecast."""
        return sum(self.lengths.values())

    @property
    def main(self) -> str:
        """The longest step; empty where what is agreed is what the forecast says, or with too few runs."""
        longest = max(self.lengths, key=self.lengths.__getitem__)
        return longest if self.lengths[longest] > 1e-9 and self.runs >= FEWEST else ""

    @property
    def as_long(self) -> tuple[str, ...]:
        """Other steps of the same length; empty where no step is named."""
        longest = self.lengths.get(self.main, np.inf)
        return tuple(name for name, length in self.lengths.items() if name != self.main and length >= longest - TIED)


@dataclass(frozen=True)
class AgreedReasons:
    """What is agreed beside plain forecasts, under one source view."""

    runs: int
    """Runs with an agreement in force that were played again."""
    by_method: Mapping[str, GapSteps]
    """The way from each forecast."""
    authors: tuple[float, float, float]
    """Share of these runs in which the draft was the first side's, the second's, the mediator's."""
    nash: float
    """Share in which what was signed has the largest product of both sides' gains among what everybody accepted."""
    against: tuple[float, float, float]
    """Share in which somebody signed who would rather have had none: leaned on by the mediator; under a threat; by a
    consent given earlier, or by chance."""


def find_agreed_reasons(
    scenario: Scenario, signed: SignedPackages, decisions: Mapping[str, Array]
) -> AgreedReasons | None:
    """What lies between plain forecasts and agreements.

    Args:
        scenario: The scenario as a source view sees it.
        signed: Runs with an agreement in force, in the week of its signature.
        decisions: Decision on every issue by method, from 0 to 1: (issues,).

    Returns:
        The reasons; none without such a run.
    """
    if not signed.runs.size:
        return None
    places, every = _place_packages(scenario), np.arange(signed.runs.size)
    accepts = signed.accepts.copy()
    accepts[:, signed.signed, every] = True
    product = np.where(accepts.all(axis=0), signed.gains, -1.0)
    best = product >= product.max(axis=0) * (1.0 - 1e-9)
    first, second, mediator = (float((signed.author == who).mean()) for who in (FIRST, SECOND, MEDIATOR))
    pressed, threatened, other = (float((signed.binding == why).mean()) for why in (PRESSED, THREATENED, OTHERWISE))
    return AgreedReasons(
        runs=every.size,
        by_method={
            name: _walk(scenario, signed, places, accepts, decided)
            for name, decided in decisions.items()
            if np.isfinite(decided).all()
        },
        authors=(first, second, mediator),
        nash=float(best[signed.signed, every].mean()),
        against=(pressed, threatened, other),
    )


def _place_packages(scenario: Scenario) -> Array:
    """Place of every package of the menu on every issue, from 0 for the first option to 1: (packages, issues)."""
    orders = {key: list(issue.options) for key, issue in scenario.issues.items()}
    return np.array(
        [
            [order.index(options[key]) / max(len(order) - 1, 1) for key, order in orders.items()]
            for _, _, options in list_menu_packages(scenario)
        ]
    )


def _walk(
    scenario: Scenario, signed: SignedPackages, places: Array, accepts: NDArray[np.bool_], decided: Array
) -> GapSteps:
    """The three steps from a forecast to what was signed."""
    away = np.abs(places - decided).mean(axis=1)
    passing = np.where(accepts.all(axis=0), away[:, np.newaxis], np.inf)
    ends = (0.0, away.min(), passing.min(axis=0).mean(), away[signed.signed].mean())
    nearest = _weigh_nearest(away[:, np.newaxis])[:, 0]
    passed = (_weigh_nearest(passing).T @ places).mean(axis=0)
    stops = (decided, nearest @ places, passed, places[signed.signed].mean(axis=0))
    often = 1.0 - np.einsum("p,cpr->c", nearest, accepts) / signed.runs.size
    lacked = float(1.0 - (nearest @ accepts.all(axis=0)).mean())
    most = name_most_frequent(scenario, dict(zip(signed.parties, often.tolist(), strict=True)))
    return GapSteps(
        runs=signed.runs.size,
        lengths={name: float(length) for name, length in zip(STEPS, np.diff(ends), strict=True)},
        gap=stops[-1] - decided,
        steps=dict(zip(STEPS, np.diff(stops, axis=0), strict=True)),
        refused=lacked,
        refuser=most if lacked > 0.0 and signed.runs.size >= FEWEST else "",
        refuses=float(often.max()),
    )


def _weigh_nearest(away: Array) -> Array:
    """Equal weights of those that are nearest in a column, 0 for all others."""
    near = away <= away.min(axis=0) + 1e-9
    return np.asarray(near / near.sum(axis=0))
