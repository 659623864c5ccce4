"""Parameter sweep: paired with the scenario as it is, ranked among those that read an author, kept as JSON."""

import numpy as np
import pytest

from analysis.methods.parameter_sweep import compare_variants, sweep_result_from_json
from sim.experiments.parameter_sweep import Variant, VariantOutcomes
from tests.factories.results import results

HALF, DOUBLE = Variant("effects", 0.5), Variant("effects", 2.0)


def ends(runs, outcome):
    return VariantOutcomes(512, np.array(runs, dtype=float), np.array(outcome, dtype=float))


def same(ensemble):
    return {name: ends(view.columns["run"], view.columns["outcome"]) for name, view in ensemble.views.items()}


@pytest.fixture
def ensemble():
    return results()


def test_the_same_runs_give_no_difference(ensemble):
    found = compare_variants(ensemble, {HALF: same(ensemble)})
    assert found.draws == 5
    for moved in found.variants[0].views.values():
        assert moved.difference == 0
        assert moved.low <= 0 <= moved.high
    assert found.variants[0].ranking == found.ranking
    assert found.n_same_ranking == 1


def test_only_draws_that_all_have_played_count(ensemble):
    found = compare_variants(
        ensemble, {HALF: same(ensemble) | {"okafor-2030": ends([0, 1, 3, 4, 6, 7], [0, 0, 0, 0, 2, 2])}}
    )
    moved = found.variants[0].views["okafor-2030"]
    assert (moved.reference, moved.share) == (pytest.approx(0.25), pytest.approx(1.0))
    assert found.find_largest_change()[1:] == ("okafor-2030", moved)


def test_the_ranking_holds_those_that_read_an_author(ensemble):
    swapped = same(ensemble) | {"okafor-2030": ends([0, 1, 3], [0, 0, 0]), "ito-2030": ends([0, 1, 2], [2, 2, 2])}
    found = compare_variants(ensemble, {HALF: same(ensemble), DOUBLE: swapped})
    assert found.ranking == ("ito-2030", "okafor-2030")
    assert found.variants[1].ranking == ("okafor-2030", "ito-2030")
    assert found.n_same_ranking == 1


def test_a_view_without_matching_runs_has_no_difference(ensemble):
    found = compare_variants(ensemble, {HALF: same(ensemble) | {"wide": ends([], [])}})
    assert found.variants[0].views["wide"] is None


def test_they_come_back_as_they_were_saved(ensemble):
    found = compare_variants(
        ensemble, {HALF: same(ensemble), Variant("named"): same(ensemble) | {"wide": ends([], [])}}
    )
    assert sweep_result_from_json(found.as_json()) == found


@pytest.mark.parametrize("wrong", [{}, {"schema_version": 2}, {"schema_version": 1, "variants": 3}])
def test_another_form_is_refused(wrong):
    with pytest.raises((KeyError, TypeError, ValueError)):
        sweep_result_from_json(wrong)
