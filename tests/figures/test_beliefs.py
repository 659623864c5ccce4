"""Beliefs: a panel for each kind, a line for each belief."""

from itertools import pairwise

from analysis.figures import beliefs
from tests.factories.figures import given_to


def test_panels_of_beliefs_never_overlap():
    found = given_to(beliefs)
    layout = beliefs.draw_figure(found).to_dict()["layout"]
    domains = [layout[f"yaxis{n}" if n > 1 else "yaxis"]["domain"] for n in range(1, len(found.kinds) + 1)]
    assert all(lower[1] < upper[0] for upper, lower in pairwise(domains))
    assert all(0.0 <= low < high <= 1.0 for low, high in domains)
    lines = [
        trace for trace in beliefs.draw_figure(found).data if trace.mode == "lines+markers" and trace.x[0] is not None
    ]
    assert len(lines) == sum(len(bands) for bands in found.kinds.values())
    assert list(lines[0].y) == [0.3, 0.2, 0.5]
    assert "Rises most" in beliefs.summary_text(found)
