"""Scenario outcomes: bars fill the whole, in fixed order and colours."""

import pytest

from analysis.figures import scenario_outcomes
from analysis.figures.style import assign_fills
from tests.factories.figures import given_to


def test_bars_of_scenario_files_fill_the_whole_in_fixed_order_and_colours():
    found = given_to(scenario_outcomes)
    figure = scenario_outcomes.draw_figure(found)
    look = assign_fills(found.outcomes)
    assert [trace.name for trace in figure.data] == [
        f"{n} {label}" for n, label in enumerate(found.outcomes.values(), 1)
    ]
    assert [trace.marker.color for trace in figure.data] == [fill.colour for fill in look.values()]
    assert [trace.marker.pattern.shape for trace in figure.data] == [fill.pattern for fill in look.values()]
    bars = len(found.rows) * len(found.view_labels)
    assert [sum(trace.x[n] for trace in figure.data) for n in range(bars)] == pytest.approx([1.0] * bars)
