"""Package worths: what is every package of the menu worth to each of the two sides, in some runs after some week?

Read aloud
    The runs are an ensemble's own, to the bit, played again up to the end of a week; week 0 is the end of the run-up.
    The worth of a package to a side is its reservation value plus the package's surplus, on the side's own scale. A
    package passes if nobody else whose consent it needs would rather have none. Looking moves nothing.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.engines.base import make_engine
from sim.ensemble.block import CHUNK, simulate_to_week_zero
from sim.model.simulation import Engine, Simulation
from sim.model.state import Array
from sim.rules.stages import SIGNED
from sim.rules.week import VALUES
from sim.schema.scenario import Scenario


@dataclass(frozen=True)
class PackageWorths:
    """Worths of packages to both sides, run by run."""

    week: int
    """Week after which it is so; 0 is the end of the run-up."""
    worths: Array
    """Worth of every package, first and second side: (2, packages, runs)."""
    needs: Array
    """Reservation values: (2, runs)."""
    passes: NDArray[np.bool_]
    """True where everybody else whose consent is needed prefers the package to none: (packages, runs)."""
    others: tuple[str, ...]
    """Everybody else, by their keys: the mediator and third parties."""
    consents: NDArray[np.bool_]
    """True where one of them prefers the package to none, or is not needed: (others, packages, runs)."""
    is_open: NDArray[np.bool_]
    """True for runs in which nothing is signed or in force and the contest goes on: (runs,)."""


def compute_package_worths(scenario: Scenario, seed: int, runs: NDArray[np.int64], week: int) -> PackageWorths:
    """Play some runs again up to a week, and look what packages are worth then.

    Args:
        scenario: The scenario through a source view.
        seed: Seed of the runs.
        runs: Their numbers; those that do not match the reported run-up are left out.
        week: The week after which to look, from 0.

    Returns:
        Worths, reservation values and consents of these runs.
    """
    parts = [_compute_chunk(scenario, seed, runs[at : at + CHUNK], week) for at in range(0, max(runs.size, 1), CHUNK)]
    worths, needs, passes, consents, is_open = (
        np.concatenate([getattr(part, name) for part in parts], axis=-1)
        for name in ("worths", "needs", "passes", "consents", "is_open")
    )
    return PackageWorths(week, worths, needs, passes, parts[0].others, consents, is_open)


def _compute_chunk(scenario: Scenario, seed: int, runs: NDArray[np.int64], week: int) -> PackageWorths:
    simulation = Simulation(make_engine(simulate_to_week_zero(scenario, seed, runs)))
    if week > 0:
        simulation.advance(week)
    return weigh_packages(make_engine(simulation.take_snapshot(scenario), steps=VALUES), week)


def weigh_packages(engine: Engine, week: int) -> PackageWorths:
    """What packages are worth in some runs as they stand after a week.

    Args:
        engine: The runs, in an engine with the steps `VALUES` of the week, which it plays.
        week: The week.
    """
    engine.play_weeks(week, week)
    spaces = engine.layout.spaces
    parties = spaces["party_package"].relations["party"].index
    surplus, needed = (engine.read_variable("party_package", name)[: parties.size] for name in ("surplus", "needed"))
    sides = spaces["side_package"].relations["own"].index.tolist()
    asked = engine.read_variable("actor", "institution")[parties] == 0.0
    fine = (surplus > 0.0) | (needed == 0.0) | ~asked[:, np.newaxis]
    others = [row for row in range(len(parties)) if row not in sides]
    reservation = engine.read_variable("actor", "reservation")[parties[sides]]
    stage, ended = (engine.read("world", name, 0) for name in ("stage", "ended"))
    return PackageWorths(
        week=week,
        worths=np.asarray(surplus[sides] + reservation[:, np.newaxis]),
        needs=np.asarray(reservation),
        passes=np.asarray(fine[others].all(axis=0)),
        others=tuple(engine.layout.parties[row] for row in others),
        consents=np.asarray(fine[others]),
        is_open=np.asarray((stage < SIGNED) & (ended == 0.0)),
    )
