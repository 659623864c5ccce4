"""Scenario grid: rows in the order given, views in fixed order, what cannot be set side by side is refused."""

import pytest

from analysis.methods.scenario_grid import build_scenario_grid
from analysis.methods.shares import compute_shares
from tests.factories.results import results


def test_rows_and_views_keep_their_order():
    found = build_scenario_grid(
        [("Base", compute_shares(results())), ("Other", compute_shares(results(names=("ito-2030", "wide"))))]
    )
    assert [row.title for row in found.rows] == ["Base", "Other"]
    assert list(found.view_labels) == ["wide", "okafor-2030", "ito-2030"]
    assert list(found.rows[1].views) == ["wide", "ito-2030"]
    assert found.rows[0].views["wide"].any_agreement.share == pytest.approx(0.2)


def test_what_cannot_be_compared_is_refused():
    with pytest.raises(ValueError, match="no scenario files"):
        build_scenario_grid([])
    with pytest.raises(ValueError, match="'Longer' does not have the outcomes and the horizon of 'Base'"):
        build_scenario_grid([("Base", compute_shares(results())), ("Longer", compute_shares(results(horizon_weeks=9)))])
