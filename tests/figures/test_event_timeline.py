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
    band, signs = event_timeline.draw_figure(found).data
    assert (list(band.base), list(band.x)) == ([0.5], [40])
    rows = {}
    for week, height in zip(signs.x, signs.y, strict=True):
        rows.setdefault(height, []).append(week)
    assert len(rows) > 1
    assert all(
        other - one >= event_timeline.APART * 40 for weeks in rows.values() for one, other in pairwise(sorted(weeks))
    )
    assert len(event_timeline.build_table(found).rows) == 41
    assert "call 40" in event_timeline.summary_text(found)


def test_states_are_bands_along_the_track():
    kinds = {
        -5: "broken",
        -2: "truce",
        3: "truce-over",
        5: "signed",
        7: "in-force",
        9: "broken",
        10: "truce",
        11: "ended",
    }
    found = build_timeline([TimelineEvent(week, "", kind, kind) for week, kind in kinds.items()], (), 12, "Run 1")
    assert [(span.state, span.first, span.last) for span in found.states] == [
        ("truce", 1, 2),
        ("contest", 3, 4),
        ("signed", 5, 6),
        ("in-force", 7, 8),
        ("broken", 9, 9),
        ("truce", 10, 10),
        ("ended", 11, 12),
    ]


def test_a_hostile_act_has_the_word_of_its_case():
    rows = [TimelineEvent(1, "Upton", "strike", "Upton walked out")]
    named = build_timeline(rows, ("Upton",), 4, "Run 1", "ein Streik | einen Streik | einem Streik")
    for found, word in ((build_timeline(rows, ("Upton",), 4, "Run 1"), "a hostile step"), (named, "ein Streik")):
        _, signs = event_timeline.draw_figure(found).data
        assert signs.name == word
        assert f"{word} 1" in event_timeline.summary_text(found)
        assert event_timeline.build_table(found).rows[0][2] == word
