"""Event timeline: a sign for every kind, none upon another, every event in the list."""

from itertools import pairwise

from analysis.figures import event_timeline
from analysis.figures.event_timeline import MARKS
from analysis.methods.event_timeline import KINDS, TimelineEvent, build_timeline


def test_every_kind_of_event_has_a_sign_of_its_own():
    assert set(MARKS) == set(KINDS)
    assert len({mark for mark in MARKS.values()}) == len(MARKS)


def test_signs_never_touch_in_a_row_and_every_event_is_listed():
    busy = [TimelineEvent(week, "Upton", "call", f"call {week}") for week in range(1, 41)]
    found = build_timeline([*busy, TimelineEvent(3, "Upton", "", "a belief moved")], ("Upton",), 40, "Run 1")
    (signs,) = event_timeline.draw_figure(found).data
    rows = {}
    for week, height in zip(signs.x, signs.y, strict=True):
        rows.setdefault(height, []).append(week)
    assert len(rows) > 1
    assert all(
        other - one >= event_timeline.APART * 40 for weeks in rows.values() for one, other in pairwise(sorted(weeks))
    )
    assert len(event_timeline.build_table(found).rows) == 41
    assert "call 40" in event_timeline.summary_text(found)
