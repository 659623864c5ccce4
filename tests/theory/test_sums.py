"""Sums: laws of what is said about many runs - zones, shares of themes, and means of sources."""

import numpy as np
import pytest

from analysis.methods.attribution import compute_attribution
from analysis.methods.source_range import compute_source_mean, find_source_range
from sim.ensemble.agreement_zones import find_zone_on_menu, find_zones
from sim.ensemble.block import simulate_to_week_zero
from sim.ensemble.plan import make_plans
from sim.ensemble.simulate import simulate_plans
from sim.experiments.coupled_draws import NOT_MATCHED
from sim.experiments.theme_coalitions import simulate_coalitions
from sim.model.build_layout import build_layout
from sim.model.initial_state import InitialState
from tests.experiments.test_theme_coalitions import design, pair
from tests.theory.simulate import flagship, scenario


@pytest.mark.parametrize("found", [flagship(), scenario("textbook/two-towns")], ids=["flagship", "two-towns"])
def test_whatever_the_menu_offers_is_among_all_packages(found):
    """Run by run: where a package of the menu suits everybody, some package of all does, weighed all at once."""
    on_menu, at_all = find_zones(found, 1, np.arange(120))
    weighed = _weigh_all_packages(found, 1, np.arange(120))
    assert at_all.any()
    assert np.array_equal(at_all, weighed)
    assert (weighed >= on_menu).all()


def _weigh_all_packages(found, seed, runs):
    """1 where a package suits everybody, by an engine that has all packages on the table."""
    position = simulate_to_week_zero(found, seed, runs)
    start = InitialState(build_layout(found, every=True), seed, position.runs)
    for space in ("world", "actor", "belief", "lever"):
        start.state[space].update(position.state[space])
    return find_zone_on_menu(start)


def test_all_packages_hold_agreements_that_the_menu_does_not():
    on_menu, at_all = find_zones(flagship(), 1, np.arange(480))
    assert at_all.sum() > on_menu.sum()


def test_values_of_themes_add_up_to_the_difference_of_played_views():
    first, second = pair()
    played = simulate_coalitions(design(first, second, draws=200, horizon=20), 1)
    for outcome in range(len(first.scenario.outcomes)):
        found = compute_attribution(played.themes, played.outcomes, {outcome}, NOT_MATCHED)
        assert abs(sum(one.value for one in found.themes.values()) - found.difference.value) < 1e-12
    assert len(played.themes) > 2


def test_the_mean_of_equal_sources_is_each_of_them():
    (results,) = simulate_plans(make_plans(["textbook/two-towns"], runs=300, horizon=12), workers=1, zone_runs=0)
    (view,) = results.views.values()
    for outcome in range(len(results.outcomes)):
        hits = view.columns["outcome"] == outcome
        mean, share = compute_source_mean([view] * 3, [hits] * 3), hits.mean()
        assert mean.share == pytest.approx(share, abs=1e-12)
        found = find_source_range(dict.fromkeys("abc", float(share)))
        assert found.low == found.high == share
