"""Talks funnel: a line for every step, a dot for every source view."""

from analysis.figures import talks_funnel
from tests.factories.figures import find_argument


def test_every_view_has_a_dot_at_the_share_of_every_step():
    found = find_argument(talks_funnel)
    dots = [trace for trace in talks_funnel.draw_figure(found).data if trace.mode == "markers"]
    assert [trace.name for trace in dots] == [funnel.view_label for funnel in found.values()]
    for trace, funnel in zip(dots, found.values(), strict=True):
        assert list(trace.x) == [step.share.share for step in funnel.steps[1:]]
    assert [row[0] for row in talks_funnel.build_table(found).rows][-1] == "An agreement in force at the end"
