"""Batch: several scenario files played with one run-up give each the results that it has alone."""

import numpy as np
import pytest

from sim.ensemble.plan import make_plans
from sim.ensemble.simulate import simulate_plans

FILES = ["alaska-budapest", "alaska-budapest/words-only", "alaska-budapest/ceasefire-first"]
NUMBERS = {"runs": 40, "horizon": 14, "view_names": ["wide", "fazi-2025"]}


@pytest.fixture(scope="module")
def batch_results():
    return simulate_plans(make_plans(FILES, **NUMBERS), workers=1, zone_runs=20)


@pytest.mark.parametrize("number", range(len(FILES)))
def test_each_has_the_results_that_it_has_alone(batch_results, number):
    (alone,) = simulate_plans(make_plans([FILES[number]], **NUMBERS), workers=1, zone_runs=20)
    found = batch_results[number]
    assert found.manifest.fingerprint == alone.manifest.fingerprint
    assert list(found.views) == list(alone.views)
    for name, view in alone.views.items():
        assert found.views[name].n_drawn == view.n_drawn
        assert np.array_equal(found.views[name].by_week, view.by_week)
        for column in set(view.columns) - {"zone_on_menu", "zone_off_menu_only"}:
            assert np.array_equal(found.views[name].columns[column], view.columns[column]), column


def test_files_beside_one_base_keep_the_same_runs(batch_results):
    base, *others = (found.views["wide"].columns["run"] for found in batch_results)
    assert all(np.array_equal(base, other) for other in others)
