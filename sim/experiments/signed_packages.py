"""Signed packages: in the week of its signature, which packages would everybody have accepted, and whose was the draft?

Read aloud
    The runs are an ensemble's own, to the bit, played again week by week up to the last signature. A party accepts a
    package if it prefers it to none, or if its consent is not needed. A draft is a side's own if that side sat at the
    table and had tabled this very package; else it is the mediator's, or its envoy's. Who rather had none and is bound
    all the same was leaned on and gave in; or was under a threat, with which signing was worth more to it than none;
    or had consented earlier, or did by chance. The first that holds of anybody counts. Looking moves nothing.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.engines.base import make_engine
from sim.ensemble.block import CHUNK, simulate_to_week_zero
from sim.model.simulation import Engine, Simulation
from sim.model.state import Array
from sim.schema.scenario import Scenario

FIRST, SECOND, MEDIATOR = 0, 1, 2
"""Whose draft was signed."""

WILLING, PRESSED, THREATENED, OTHERWISE = range(4)
"""Why somebody signed who would rather have had none, if anybody did."""


@dataclass(frozen=True)
class SignedPackages:
    """Runs with a signature after the run-up, as they stood in the week of the last one."""

    runs: NDArray[np.int64]
    """Their numbers."""
    signed: NDArray[np.int64]
    """Number of the package that was signed: (runs,)."""
    author: NDArray[np.int64]
    """Whose draft it was, `FIRST`, `SECOND` or `MEDIATOR`: (runs,)."""
    binding: NDArray[np.int64]
    """Why somebody signed who would rather have had none, `WILLING` where nobody did: (runs,)."""
    parties: tuple[str, ...]
    """Everybody who may have to consent, by key."""
    accepts: NDArray[np.bool_]
    """True where a party prefers a package to none, or need not consent: (parties, packages, runs)."""
    gains: Array
    """Product of the gains of both sides over none, 0 where one would rather have none: (packages, runs)."""


def find_signed_packages(scenario: Scenario, seed: int, runs: NDArray[np.int64], horizon: int) -> SignedPackages:
    """Play some runs again, and look at what could have been signed when something was.

    Args:
        scenario: The scenario through a source view.
        seed: Seed of the runs.
        runs: Their numbers; those that sign nothing up to the horizon are left out.
        horizon: Last week.

    Returns:
        The runs with a signature.
    """
    parts = [
        _look_at_chunk(scenario, seed, runs[at : at + CHUNK], horizon) for at in range(0, max(runs.size, 1), CHUNK)
    ]
    found, signed, author, binding, accepts, gains = (
        np.concatenate([getattr(part, name) for part in parts], axis=-1)
        for name in ("runs", "signed", "author", "binding", "accepts", "gains")
    )
    return SignedPackages(found, signed, author, binding, parts[0].parties, accepts, gains)


def _look_at_chunk(scenario: Scenario, seed: int, runs: NDArray[np.int64], horizon: int) -> SignedPackages:
    simulation = Simulation(make_engine(simulate_to_week_zero(scenario, seed, runs)))
    engine = simulation.engine
    accepts, gains = _weigh(engine)
    accepts, gains = np.zeros_like(accepts), np.zeros_like(gains)
    signed, author, binding = (np.full(engine.runs.size, -1, dtype=np.int64) for _ in range(3))
    for week in range(1, horizon + 1 if engine.runs.size else 1):
        simulation.advance(week)
        now = engine.read("world", "signed_now", 0) > 0.0
        if now.any():
            fine, product = _weigh(engine)
            accepts[..., now], gains[..., now] = fine[..., now], product[..., now]
            signed[now] = engine.read("world", "draft", 0)[now].astype(np.int64)
            author[now], binding[now] = _find_author(engine)[now], _find_binding(engine)[now]
    there = signed >= 0
    runs, signed, author, binding = (each[there] for each in (engine.runs, signed, author, binding))
    return SignedPackages(runs, signed, author, binding, engine.layout.parties, accepts[..., there], gains[..., there])


def _weigh(engine: Engine) -> tuple[NDArray[np.bool_], Array]:
    """Who accepts which package this week, and the product of the gains of both sides."""
    spaces = engine.layout.spaces
    parties = spaces["party_package"].relations["party"].index
    surplus, needed = (engine.read_variable("party_package", name)[: parties.size] for name in ("surplus", "needed"))
    asked = engine.read_variable("actor", "institution")[parties] == 0.0
    gain = np.maximum(surplus[spaces["side_package"].relations["own"].index], 0.0)
    fine = (surplus > 0.0) | (needed == 0.0) | ~asked[:, np.newaxis]
    return np.asarray(fine), np.asarray(gain.prod(axis=0))


def _find_author(engine: Engine) -> NDArray[np.int64]:
    """Whose the draft is that was signed this week."""
    draft, found = engine.read("world", "draft", 0), np.full(engine.runs.size, MEDIATOR)
    for side, row in enumerate(engine.layout.spaces["actor"].groups["disputant"].tolist()):
        seated, tabled = (engine.read("actor", name, row) for name in ("at_table", "tabled"))
        found[(seated > 0.0) & (tabled == draft + 1.0)] = side
    return found


def _find_binding(engine: Engine) -> NDArray[np.int64]:
    """Why somebody signs this week who would rather have none."""
    rows = engine.layout.spaces["party_package"].relations["party"].index
    worth, needed, ruled, refused, harm = (
        engine.read_variable("actor", name)[np.unique(rows)]
        for name in ("draft_surplus", "draft_needed", "institution", "refuses", "threatened_harm")
    )
    unwilling = (worth <= 0.0) & (needed > 0.0) & (ruled == 0.0)
    pressed = unwilling & (refused > 0.0) & (engine.read("world", "leaning", 0) > 0.0)
    threatened = unwilling & (worth + harm > 0.0)
    asked = [found.any(axis=0) for found in (pressed, threatened, unwilling)]
    return np.select(asked, [PRESSED, THREATENED, OTHERWISE], WILLING)
