"""Together: several scenario files played with one run-up give each the results that it has alone."""

import numpy as np
import pytest

from sim.ensemble.ensemble import run_case, run_cases

FILES = ["alaska-budapest", "alaska-budapest/words-only", "alaska-budapest/ceasefire-first"]
NUMBERS = {"runs": 40, "horizon": 14, "workers": 1}


@pytest.fixture(scope="module")
def together():
    return run_cases(FILES, lenses=["wide", "fazi-2025"], zone_runs=20, **NUMBERS)


@pytest.mark.parametrize("number", range(len(FILES)))
def test_each_has_the_results_that_it_has_alone(together, number):
    alone = run_case(FILES[number], lenses=["wide", "fazi-2025"], **NUMBERS)
    found = together[number]
    assert found.manifest.digest == alone.manifest.digest
    assert list(found.lenses) == list(alone.lenses)
    for name, lens in alone.lenses.items():
        assert found.lenses[name].drawn == lens.drawn
        assert np.array_equal(found.lenses[name].by_week, lens.by_week)
        for column in set(lens.columns) - {"zone_on_menu", "shadow"}:
            assert np.array_equal(found.lenses[name].columns[column], lens.columns[column]), column


def test_files_beside_one_base_keep_the_same_runs(together):
    base, *others = (found.lenses["wide"].columns["run"] for found in together)
    assert all(np.array_equal(base, other) for other in others)
