"""Agreement zone: what does each side need, what could it get, and in how many runs is there room for an agreement?

Read aloud
    A side needs its reservation value. It could get the worth of the best package that the other side prefers to its
    own reservation value. Where it could get more than it needs, there is a zone of possible agreement for the two
    sides. Others may have to consent too, so the share of runs with a package for everybody is shown beside it. Only
    runs that are still open count: no agreement is signed or in force, and the contest has not ended.

Sources
    Raiffa (1982), The Art and Science of Negotiation (zone of possible agreement).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.methods.intervals import Interval, estimate_share
from analysis.methods.percentile_bands import Band, compute_band
from sim.experiments.weekly_series import WeeklySeries
from sim.rules.stages import SIGNED
from sim.schema.scenario import Scenario


@dataclass(frozen=True)
class SideZone:
    """What one side needs and what it could get, on its own scale of worth."""

    label: str
    """Name for readers."""
    needs: Band
    """Its reservation value."""
    gets: Band
    """Worth of the best package that the other side prefers to no agreement; minus infinity for none."""


@dataclass(frozen=True)
class AgreementZone:
    """Room for an agreement over time, under one source's assumptions."""

    view_label: str
    """Name of the source view for readers."""
    runs: int
    """Runs looked at."""
    weeks: NDArray[np.int64]
    """Weeks at which there are open runs, among those looked at."""
    open_runs: tuple[int, ...]
    """Open runs at each of these weeks."""
    sides: tuple[SideZone, SideZone]
    """The first side, and the second."""
    for_two: tuple[Interval, ...]
    """Share of open runs with a package of the menu that both sides prefer to no agreement."""
    for_all: tuple[Interval, ...]
    """Share with one that everybody whose consent it needs prefers to none."""


def compute_agreement_zone(series: WeeklySeries, scenario: Scenario, view_label: str) -> AgreementZone:
    """Room for an agreement in traced runs; `view` names the source view for readers."""
    signed, over = series.world["stage"] >= SIGNED, series.world["ended"] > 0.0
    still = ~(signed | over)[series.zone_weeks]
    at = np.flatnonzero(still.any(axis=1))
    sides = [
        SideZone(
            scenario.actors[key].label,
            _compute_band(series.needs[key], still, at),
            _compute_band(series.gets[key], still, at),
        )
        for key in series.needs
    ]
    return AgreementZone(
        view_label=view_label,
        runs=series.runs.size,
        weeks=series.zone_weeks[at],
        open_runs=tuple(int(still[n].sum()) for n in at),
        sides=(sides[0], sides[1]),
        for_two=_estimate_shares(series.zone["sides"], still, at),
        for_all=_estimate_shares(series.zone["menu"], still, at),
    )


def _compute_band(values: NDArray[np.float64], still: NDArray[np.bool_], at: NDArray[np.int64]) -> Band:
    """The band over open runs, week by week."""
    found = [compute_band(values[n][still[n]][np.newaxis]) for n in at]
    low, middle, high = ([getattr(one, name)[0] for one in found] for name in ("low", "middle", "high"))
    return Band(np.array(low), np.array(middle), np.array(high))


def _estimate_shares(
    hits: NDArray[np.float64], still: NDArray[np.bool_], at: NDArray[np.int64]
) -> tuple[Interval, ...]:
    """The share among open runs, week by week."""
    return tuple(estimate_share(float(hits[n][still[n]].sum()), float(still[n].sum())) for n in at)
