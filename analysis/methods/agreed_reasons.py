"""Agreed reasons: what moves an agreement away from the decision that a plain forecast names?

Read aloud
    Places are on the order in which an issue's options stand, from 0 to 1. Between the decision of a forecast and what
    is agreed lie three steps, which add up: to the nearest package of the menu; from there to the nearest package that
    everybody accepted in the week of the signature (what was signed counts as accepted); and from there to what was
    signed. The first step is the menu's, the second is made by consents, the third by whoever wrote the draft and by
    what the sides could get. Nearest is the smallest sum of distances over issues; the mean of equals.

Sources
    Tsebelis (2002), Veto Players (the winset). Raiffa (1982), The Art and Science of Negotiation (the single text).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.experiments.signed_packages import FIRST, MEDIATOR, SECOND, SignedPackages
from sim.export.tables import list_menu_packages
from sim.schema.scenario import Scenario

Array = NDArray[np.float64]

STEPS = ("menu", "consent", "draft")
"""Steps from a forecast to what is agreed, in order."""


@dataclass(frozen=True)
class GapSteps:
    """The way from the decision of a forecast to what is agreed, issue by issue."""

    gap: Array
    """What is agreed less the forecast, mean over runs: (issues,)."""
    steps: Mapping[str, Array]
    """The same by step; they add up to the gap: (issues,)."""
    refused: float
    """Share of runs in which the package nearest the forecast lacked a consent when another one was signed."""
    refuser: str
    """Whose consent it lacked most often; empty where none was lacking."""
    refuses: float
    """Share of runs in which it lacked that one."""

    @property
    def distance(self) -> float:
        """Mean distance over issues between what is agreed and the forecast."""
        return float(np.abs(self.gap).mean())

    @property
    def lengths(self) -> Mapping[str, float]:
        """Mean length of each step over issues."""
        return {name: float(np.abs(step).mean()) for name, step in self.steps.items()}

    @property
    def main(self) -> str:
        """The longest step; empty where what is agreed is what the forecast says."""
        lengths = self.lengths
        return max(lengths, key=lengths.__getitem__) if max(lengths.values()) > 1e-9 else ""


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
    against: float
    """Share in which somebody signed who would rather have had none: under pressure, a threat, or by mistake."""


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
    zone: NDArray[np.bool_] = np.all(signed.accepts, axis=0)
    accepted = zone.copy()
    accepted[signed.signed, every] = True
    product = np.where(accepted, signed.gains, -1.0)
    best = product >= product.max(axis=0) * (1.0 - 1e-9)
    first, second, mediator = (float((signed.author == who).mean()) for who in (FIRST, SECOND, MEDIATOR))
    return AgreedReasons(
        runs=every.size,
        by_method={
            name: _walk(scenario, signed, places, accepted, decided)
            for name, decided in decisions.items()
            if np.isfinite(decided).all()
        },
        authors=(first, second, mediator),
        nash=float(best[signed.signed, every].mean()),
        against=float((~zone[signed.signed, every]).mean()),
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
    scenario: Scenario, signed: SignedPackages, places: Array, accepted: NDArray[np.bool_], decided: Array
) -> GapSteps:
    """The three steps from a forecast to what was signed."""
    away = np.abs(places - decided).sum(axis=1)
    nearest = _weigh_nearest(away[:, np.newaxis])[:, 0]
    on_menu = nearest @ places
    passed = (_weigh_nearest(np.where(accepted, away[:, np.newaxis], np.inf)).T @ places).mean(axis=0)
    agreed = places[signed.signed].mean(axis=0)
    refusing = 1.0 - np.einsum("p,cpr->cr", nearest, signed.accepts)
    often = refusing.mean(axis=1)
    lacked = float(1.0 - (nearest @ signed.accepts.all(axis=0)).mean())
    at = int(often.argmax())
    return GapSteps(
        gap=agreed - decided,
        steps=dict(zip(STEPS, (on_menu - decided, passed - on_menu, agreed - passed), strict=True)),
        refused=lacked,
        refuser=scenario.actors[signed.parties[at]].label if lacked > 0.0 else "",
        refuses=float(often[at]),
    )


def _weigh_nearest(away: Array) -> Array:
    """Equal weights of those that are nearest in a column, 0 for all others."""
    near = away <= away.min(axis=0) + 1e-9
    return np.asarray(near / near.sum(axis=0))
