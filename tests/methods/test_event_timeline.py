"""Event timeline: kinds of events, lanes in order, the run-up left out."""

import pytest

from analysis.methods.event_timeline import KINDS, TimelineEvent, build_timeline, classify_event
from sim.loading.loader import load_case
from sim.narrative.narrator import narrate_run


@pytest.mark.parametrize(
    ("rule", "what", "before", "after", "kind"),
    [
        ("moves.call", "call", None, 0.1, "call"),
        ("moves.execute", "execute/gates", None, 0.1, "execute"),
        ("moves.wait", "wait", None, 0.1, ""),
        ("agreement", "stage", 5.0, 6.0, "in-force"),
        ("agreement", "stage", 5.0, 0.0, "broken"),
        ("consultation", "confirmed", 0.0, 0.0, "not-confirmed"),
        ("truce", "truce_left", 0.0, 6.0, "truce"),
        ("truce", "truce_left", 3.0, 0.0, "truce-over"),
        ("talks_stage", "stage", 2.0, 3.0, "summit"),
        ("talks_stage", "stage", 2.0, 0.0, ""),
        ("lever_effects", "effect_share/gates", 0.0, 1.0, "effect"),
        ("belief_update.credibility", "chance", 0.1, 0.2, ""),
    ],
)
def test_kinds(rule, what, before, after, kind):
    assert classify_event(rule, what, before, after) == kind


def test_rows_are_those_of_actors_with_something_drawn():
    rows = [
        TimelineEvent(0, "Upton", "call", "before the first week"),
        TimelineEvent(1, "Loweton", "call", "a call"),
        TimelineEvent(2, "Upton", "", "a belief moved"),
        TimelineEvent(3, "", "truce", "a truce"),
        TimelineEvent(9, "Upton", "strike", "after the last week"),
    ]
    found = build_timeline(rows, ("Upton", "Loweton"), 5, "Run 1")
    assert found.actors == ("Loweton", "")
    assert [one.week for one in found.events] == [1, 2, 3]


def test_every_narrated_event_is_of_a_known_kind():
    case = load_case("empty-threat")
    kinds = {classify_event(e.rule, e.what, e.before, e.after) for e in narrate_run(case, 0, 3, 12).events}
    assert kinds <= {*KINDS, ""}
    assert "threaten" in kinds
