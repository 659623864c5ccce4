"""Preferences: marks at worths, grown with weights."""

from itertools import pairwise

from analysis.figures import preferences
from tests.factories.figures import given_to


def test_marks_stand_at_worths_and_grow_with_weights():
    found = given_to(preferences)
    traces = preferences.draw_figure(found).data
    assert [trace.name for trace in traces] == list(found.actors.values())
    for trace, actor in zip(traces, found.actors, strict=True):
        rows = [(issue, option) for issue in found.issues for option in issue.options]
        assert list(trace.x) == [option.worth[actor] for _, option in rows]
        weights = [issue.weights[actor] for issue, _ in rows]
        sizes = [size for _, size in sorted(zip(weights, trace.marker.size, strict=True))]
        assert sizes == sorted(sizes)
    heights = [note.y for note in preferences.draw_figure(found).layout.annotations]
    assert all(one < other for one, other in pairwise(heights))
