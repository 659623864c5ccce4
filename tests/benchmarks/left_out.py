"""Left out: what could be spared without changing a result - packages nobody needs, and weeks of runs that are over.

Tables
    pareto    share of packages that another one makes needless within a run: same path, needed consents, ratification
              and setback, worth and worth in the meantime at least as high and crossed lines at most as dear for all
    finished  share of run-weeks after the contest has ended, by horizon; columns of the results that still change then
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engines.base import make_engine
from sim.ensemble.block import END_STATE, SIDE_STATE, simulate_to_week_zero
from sim.loading.loader import list_views, load_case
from sim.model import run_up
from sim.model.build_layout import build_layout
from sim.model.initial_state import InitialState
from sim.model.layout import Layout
from sim.model.simulation import Simulation
from tests.benchmarks.engines import CASE, SEED

DRAWS, FEW = 200, 8
"""Draws for which needless packages are looked for on the menu, and among all there could be."""

HORIZONS = (17, 52, 178)
RUNS = 1024
"""Draws of each source view of which the matching ones are followed to their end."""

Watched = tuple[str, str, int]
"""Space, name and row of a variable that is recorded after each week."""

ENDED: Watched = ("world", "ended", 0)
Truth = NDArray[np.bool_]


def pareto() -> dict[str, Any]:
    """Mean share of packages that could be left out in a run, and the range of that share, for every source view."""
    found = {}
    for view in list_views(CASE):
        scenario = load_case(CASE, view=view).scenario
        shares = _compute_needless_shares(build_layout(scenario), DRAWS)
        found[view] = {
            "packages": len(build_layout(scenario).packages),
            "mean_share_left_out": round(float(shares.mean()), 4),
            "least_and_most": [round(float(shares.min()), 4), round(float(shares.max()), 4)],
            "mean_share_of_every_content": round(
                float(_compute_needless_shares(build_layout(scenario, every=True), FEW).mean()), 3
            ),
        }
    return found


def _compute_needless_shares(layout: Layout, draws: int) -> NDArray[np.float64]:
    return np.asarray(find_needless(InitialState(layout, SEED, np.arange(draws))).mean(axis=0))


def find_needless(opening: InitialState) -> Truth:
    """True for contents that another one makes needless, the same by every path: (contents, runs)."""
    bundle = opening.state["party_terms"]
    high = np.concatenate([bundle["worth"], bundle["interim"], -bundle["crossing"]])
    same = find_alike(opening.layout)
    found = np.zeros(high.shape[1:], dtype=np.bool_)
    for content in range(high.shape[1]):
        others = np.flatnonzero(same[content] & (np.arange(high.shape[1]) != content))
        no_worse = (high[:, others] >= high[:, content : content + 1]).all(axis=0)
        better = (high[:, others] > high[:, content : content + 1]).any(axis=0)
        found[content] = (no_worse & (better | (others < content)[:, np.newaxis])).any(axis=0)
    return found


def find_alike(layout: Layout) -> Truth:
    """True for pairs of contents with the same consents, ratifications and setback."""
    contents = layout.terms_table
    marks = np.array([contents.breakdown_classes.kinds, *contents.needed, *contents.ratified.values()])
    return np.asarray((marks[:, :, np.newaxis] == marks[:, np.newaxis, :]).all(axis=0))


def compute_finished_shares() -> dict[str, Any]:
    """For every source view and horizon; and which columns still change, in which share of the runs that are over."""
    found = {}
    for view in list_views(CASE):
        position = simulate_to_week_zero(load_case(CASE, view=view).scenario, SEED, np.arange(RUNS))
        columns = (ENDED, *list_columns(position.layout))
        record = Simulation(make_engine(position)).advance(HORIZONS[-1], columns)
        over = record[:, 0] > 0.0
        shares = {weeks: round(float(over[: weeks - 1].sum() / (weeks * position.runs.size)), 4) for weeks in HORIZONS}
        found[view] = {
            "matching_runs": int(position.runs.size),
            "share_of_run_weeks_after_the_end": shares,
            "share_of_runs_over": {weeks: round(float(over[weeks - 1].mean()), 4) for weeks in HORIZONS},
            "columns_that_change": compute_changing_shares(record, over, columns),
        }
    return found


def list_columns(layout: Layout) -> list[Watched]:
    """Variables that stand in columns of the results."""
    sides = layout.spaces["actor"].groups["disputant"]
    return [
        ("world", "outcome", 0),
        ("world", "since_week", 0),
        *(("world", name, 0) for name in (*run_up.COUNTS, *END_STATE)),
        *(("lever", "ever", row) for row in range(len(layout.scenario.levers))),
        *(("actor", name, int(row)) for row in sides for name in SIDE_STATE),
    ]


def compute_changing_shares(record: NDArray[np.float64], over: Truth, columns: Sequence[Watched]) -> dict[str, float]:
    """Share of the runs that are over in which a variable is another one at the last horizon than when they ended."""
    runs = np.flatnonzero(over[-1])
    ends = over[:, runs].argmax(axis=0)
    changed: dict[str, float] = {}
    for at, (space, name, _) in enumerate(columns):
        share = float((record[ends, at, runs] != record[-1, at, runs]).mean()) if runs.size else 0.0
        if share > 0.0:
            changed[f"{space}.{name}"] = round(max(share, changed.get(f"{space}.{name}", 0.0)), 3)
    return changed
