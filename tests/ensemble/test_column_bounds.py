"""Column bounds: what comes with zopa stays within them, so that no results of ours are ever refused."""

import numpy as np
import pytest

from sim import load_results, run
from sim.ensemble.column_bounds import Bounds, find_column_bounds
from sim.loading.discovery import find_scenarios
from sim.storage.rebuild import rebuild_view
from tests.architecture.tree import ROOT

CASES = sorted(
    found.name for found in find_scenarios(ROOT / "scenarios") if "/" not in found.name.split("textbook/")[-1]
)


@pytest.mark.parametrize("case", CASES)
def test_results_of_every_case_are_read_again(case, tmp_path):
    played = run(case, runs=40, horizon=30, workers=1, report=False, out=tmp_path)
    assert load_results(played.folder).results.manifest == played.results.manifest
    bounds = find_column_bounds(rebuild_view(played.results.manifest, next(iter(played.results.views))).scenario)
    for view in played.results.views.values():
        assert set(view.columns) == {*bounds, "run", "outcome", "week"}


@pytest.mark.parametrize(
    ("values", "allowed"),
    [([0.0, 1.0], True), ([], True), ([0.5], False), ([-1.0], False), ([2.0], False), ([float("nan")], False)],
)
def test_values_within_bounds(values, allowed):

    assert Bounds(0.0, 1.0).allow(np.array(values)) is allowed
