"""Sweeps play the same draws with other magnitudes: paired, the same for any number of workers, nothing else moved."""

import numpy as np
import pytest

from sim.ensemble.plan import load_views
from sim.experiments.parameter_sweep import Variant, list_variants, scale, sweep
from sim.schema.quantity import Quantity
from tests.architecture.tree import ROOT

WELL = ROOT / "tests" / "loading" / "cases" / "well"


@pytest.fixture(scope="module")
def views():
    return {name: case.scenario for name, case in load_views(WELL / "words-only.yaml").items()}


@pytest.mark.parametrize(
    ("before", "factor", "after"),
    [
        ({"low": 0.1, "high": 0.2, "unit": "worth"}, 0.5, {"low": 0.05, "high": 0.1}),
        ({"median": 0.1, "spread": 1.5, "unit": "worth/week"}, 2, {"median": 0.2, "spread": 1.5}),
        ({"median": 4, "spread": 2.25, "unit": "factor"}, 0.5, {"median": 2, "spread": 1.5}),
        ({"low": 3, "high": 5, "unit": "factor"}, 2, {"low": 9, "high": 25}),
        ({"low": -0.7, "high": 0.4, "unit": "share"}, 2, {"low": -1, "high": 0.8}),
    ],
)
def test_a_magnitude_is_scaled_by_its_kind(before, factor, after):
    found = scale(Quantity(assumed="ours", **before), factor).model_dump(exclude_none=True)
    assert {name: found[name] for name in after} == pytest.approx(after)


def test_only_levers_effects_change_and_in_the_run_up_too(views):
    scenario = views["okafor-2030"]
    half = Variant("effects", 0.5).apply(scenario)
    for one, other in ((half, scenario), (half.in_run_up, scenario.in_run_up)):
        ours, theirs = one.model_dump(), other.model_dump()
        for key in theirs["levers"]:
            assert ours["levers"][key].pop("effects") != theirs["levers"][key].pop("effects")
        assert ours == theirs
    assert half.in_run_up is not half


def test_a_case_without_levers_or_added_terms_has_fewer_variants(views):
    assert [one.name for one in list_variants(views["wide"])][:3] == ["effects-0.5", "effects-2", "precision-0.25"]
    bare = views["wide"].model_copy(update={"levers": {}})
    assert {one.kind for one in list_variants(bare)} <= {"precision", "named"}


def test_it_is_the_same_for_any_number_of_workers(views):
    one, two = (sweep(views, 11, 3, workers=workers) for workers in (1, 2))
    assert list(one) == list(two)
    for variant, by_view in one.items():
        for name, ends in by_view.items():
            assert np.array_equal(ends.runs, two[variant][name].runs)
            assert np.array_equal(ends.outcome, two[variant][name].outcome)
