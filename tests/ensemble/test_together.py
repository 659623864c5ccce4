"""Together: several scenario files played with one run-up give each the results that it has alone."""

import numpy as np
import pytest

from sim.ensemble.ensemble import play
from sim.ensemble.plan import plans_of

FILES = ["alaska-budapest", "alaska-budapest/words-only", "alaska-budapest/ceasefire-first"]
NUMBERS = {"runs": 40, "horizon": 14, "lenses": ["wide", "fazi-2025"]}


@pytest.fixture(scope="module")
def together():
    return play(plans_of(FILES, **NUMBERS), workers=1, zone_runs=20)


@pytest.mark.parametrize("number", range(len(FILES)))
def test_each_has_the_results_that_it_has_alone(together, number):
    (alone,) = play(plans_of([FILES[number]], **NUMBERS), workers=1, zone_runs=20)
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
