"""Talks funnel: steps as long as their shares."""

import pytest

from analysis.figures import talks_funnel
from tests.factories.figures import given_to


def test_steps_are_as_long_as_their_shares():
    found = given_to(talks_funnel)
    figure = talks_funnel.draw_figure(found)
    for n, step in enumerate(found.steps):
        assert sum(trace.x[n] for trace in figure.data) == pytest.approx(step.share.share)
    assert talks_funnel.build_table(found).rows[0][1].startswith("100%")
    texts = [note.text for note in figure.layout.annotations]
    assert texts[0] == "<b>All matching runs: 100%</b>"
