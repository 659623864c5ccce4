"""Scenario grid: a dot for every view and file."""

from analysis.figures import scenario_grid
from tests.factories.figures import given_to


def test_the_grid_has_a_dot_for_every_view_and_file_on_one_axis():
    found = given_to(scenario_grid)
    dots = [trace for trace in scenario_grid.draw_figure(found).data if trace.mode == "markers"]
    assert [trace.name for trace in dots] == list(found.view_labels.values())
    for trace, view in zip(dots, found.view_labels, strict=True):
        assert list(trace.x) == [row.views[view].any_agreement.share for row in found.rows]
    assert "to 75% (“View”)" in scenario_grid.summary_text(found)
