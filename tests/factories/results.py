"""Results for tests: two authors' views and a wide one with counts small enough to check by hand."""

import numpy as np

from sim.ensemble.manifest import Manifest
from sim.ensemble.results import Results, ViewRuns

OUTCOMES = {"deal": "agreement", "broken": "agreement that broke", "drift": "no agreement"}
WEEKS = 4

# outcome of each matching run, week in which it was entered, number of the draw
VIEWS = {
    "wide": ([0, 0, 1, 2, 2, 2, 2, 2, 2, 2], [1, 3, 2, 0, 0, 1, 1, 2, 4, 4], range(0, 20, 2)),
    "okafor-2030": ([0, 2, 2, 2], [2, 0, 1, 4], [0, 1, 3, 4]),
    "ito-2030": ([0, 0, 0, 2], [1, 2, 4, 3], [0, 1, 2, 7]),
}
DRAWN = {"wide": 20, "okafor-2030": 5, "ito-2030": 8}

TEXT = {
    "actors": {"upton": {"label": "Upton", "patience": {"value": 3, "unit": "weeks", "assumed": "ours"}}},
    "levers": {"gates": {"label": "Close the gates"}},
    "choice": {"precision": {"median": 90, "spread": 1.5, "unit": "factor", "assumed": "ours"}},
    "run_up": {"accounts": {"dry": {"label": "The dam was dry"}}},
}
VIEW_TEXTS = {
    "wide": {"summary": "Nothing is moved."},
    "okafor-2030": {
        "summary": "Upton bluffs.",
        "account": "dry",
        "assumes": {
            "aims": {
                "actors": {"upton": {"patience": {"low": 1, "high": 2, "unit": "weeks", "because": ["dam-idle"]}}}
            },
            "battlefield": {"contest": {"drift": {"mean": 0.1, "sd": 0.2, "unit": "logits/week", "assumed": "ours"}}},
        },
        "silent": {"sequencing": "Says nothing on order."},
    },
    "ito-2030": {"summary": "Upton means it."},
}


def view_runs(name):
    """Matching runs of one view."""
    outcome, week, run = (np.array(list(part), dtype=float) for part in VIEWS[name])
    columns = {"run": run, "outcome": outcome, "week": week}
    columns["calls"] = np.arange(outcome.size, dtype=float)
    columns["executed_gates"] = (outcome == 0).astype(float)
    columns["balance"] = np.full(outcome.size, 0.5)
    columns["zone_on_menu"] = np.full(outcome.size, -1.0)
    columns["zone_off_menu_only"] = np.full(outcome.size, -1.0)
    columns["zone_on_menu"][:3], columns["zone_off_menu_only"][:3] = [1, 0, 0], [0, 1, 0]
    states = [np.where(week <= t, outcome, 2).astype(int) for t in range(1, WEEKS + 1)]
    by_week = np.array([np.bincount(state, minlength=3) for state in states])
    opening = {"balance": (0.1, 0.5, 0.9), "upton>loweton:hope": (0.2, 0.3, 0.4)}
    return ViewRuns(name, DRAWN[name], columns, by_week, opening)


def results(names=tuple(VIEWS), **changes):
    """Results of these views."""
    made = Manifest(
        scenario="textbook/two-towns",
        title="Two towns",
        question="Do they sign?",
        source="scenarios/textbook/two-towns.yaml",
        fingerprint="0123456789abcdef",
        text=TEXT,
        view_texts={name: VIEW_TEXTS[name] for name in names},
        authors={name: "" if name == "wide" else name.split("-")[0].title() for name in names},
        labels={name: f"View {name}" for name in names},
        outcomes=OUTCOMES,
        agreements=("deal",),
        seed=7,
        horizon_weeks=WEEKS,
        run_up_weeks=3,
        runs_asked=4,
        starts="2031-03-01",
        command="zopa run two-towns",
        versions={"python": "3.11"},
        made_at="2031-03-01T12:00:00",
    )
    return Results(made.model_copy(update=changes), {name: view_runs(name) for name in names})
