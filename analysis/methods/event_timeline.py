"""Event timeline: what happened in one run, actor by actor, week by week.

Read aloud
    Events come as plain rows, so that nothing here need know how a run is played. Each has a kind by which it is
    drawn; events of no kind, such as a belief that moved, stand in the list and not in the picture.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sim.i18n.messages import message
from sim.narrative.wording import name_hostile_act
from sim.rules.stages import IN_FORCE, SUMMIT_DUE
from sim.rules.week.moves import MOVE_KINDS, WAIT

STRIKE = "strike"
"""Kind of the move that each case has its own word for."""

MOVES = tuple(kind.key for kind in MOVE_KINDS if kind is not WAIT)
KINDS = (
    *MOVES,
    *("effect", "lapsed", "summit", "no-result", "plan", "refused", "confirmed", "not-confirmed", "leaning"),
    *("signed", "in-force", "settled", "broken", "truce", "truce-over", "ended"),
)
"""Kinds of events that are drawn, in the order of their legend."""

BY_RULE = {
    ("scheduled_events", "executed_now"): "execute",
    ("scheduled_events", "summit_due"): "summit",
    ("scheduled_events", "plan_due"): "plan",
    ("scheduled_events", "left_now"): "leave",
    ("run_up", "executed"): "execute",
    ("ultimatum", "threat_left"): "lapsed",
    ("lever_effects", "effect_share"): "effect",
    ("summit", "failed"): "no-result",
    ("talks_events", "cancelled"): "no-result",
    ("tabled_proposal", "draft"): "plan",
    ("consultation", "refuses"): "refused",
    ("consultation", "stage"): "signed",
    ("mediator_pressure", "leaning"): "leaning",
    ("breakdown", "broke"): "broken",
    ("repudiation", "repudiated"): "refused",
    ("agreement", "settled"): "settled",
    ("collapse", "collapsed"): "ended",
    ("contest_end", "ended"): "ended",
}
"""Kind by rule and by what moved, up to the first slash."""


TURNING_POINTS = (
    "ended",
    "signed",
    "in-force",
    "broken",
    "leave",
    "truce",
    "execute",
    "refused",
    "confirmed",
    "not-confirmed",
    "summit",
    "truce-over",
)
"""Kinds of event after which a run goes another way, the weightiest first."""

MOST_TURNING_POINTS = 5
"""Turning points that are named of a run."""


@dataclass(frozen=True)
class TimelineEvent:
    """One event of a run."""

    week: int
    """Week, counted from 1; run-up weeks are 0 and below."""
    actor: str
    """Actor whose move, belief or fate it is, for readers; empty for the talks and the world."""
    kind: str
    """One of KINDS, or empty for events that are not drawn."""
    sentence: str
    """The event in words."""


StateKind = Literal["contest", "truce", "signed", "in-force", "broken", "ended"]
"""State of a run: nothing agreed, a truce holds, an agreement waits or is in force, one broke, all is over."""

ENTERED: Mapping[str, StateKind] = {
    "signed": "signed",
    "in-force": "in-force",
    "broken": "broken",
    "ended": "ended",
}
"""States that an event of this kind begins, whatever was before."""


@dataclass(frozen=True)
class StateSpan:
    """Weeks in which a run is in one state."""

    state: StateKind
    """The state."""
    first: int
    """First week."""
    last: int
    """Last week."""


@dataclass(frozen=True)
class Timeline:
    """One run."""

    heading: str
    """What the run is, for readers: which one, and how it ends."""
    weeks: int
    """Last week shown."""
    actors: tuple[str, ...]
    """Actors with a lane, in order; only those that something drawn is about."""
    events: tuple[TimelineEvent, ...]
    """Events after the run-up, in order."""
    states: tuple[StateSpan, ...]
    """States from week 1 to the last, in order."""
    hostile_act: str | None = None
    """What the case calls the move that hurts the other side; none if it has no word of its own."""

    def name_kind(self, kind: str) -> str:
        """What a kind of event is called.

        Args:
            kind: One of KINDS.
        """
        return name_hostile_act(self.hostile_act) if kind == STRIKE else message(f"figures.timeline.{kind}")


def build_timeline(
    rows: Sequence[TimelineEvent], actors: Sequence[str], weeks: int, heading: str, hostile_act: str | None = None
) -> Timeline:
    """Events of one run, with a lane for every actor that has any; the talks and the world have a lane of their own."""
    kept = tuple(row for row in rows if 1 <= row.week <= weeks)
    seen = {row.actor for row in kept if row.kind}
    shown = tuple(actor for actor in (*actors, "") if actor in seen)
    return Timeline(heading, weeks, shown, kept, find_states(rows, weeks), hostile_act)


def find_states(rows: Sequence[TimelineEvent], weeks: int) -> tuple[StateSpan, ...]:
    """States of a run from week 1 on; events of the run-up say how it begins."""
    entered: StateKind = "contest"
    is_truce = False
    spans: list[StateSpan] = []
    ordered = sorted(rows, key=lambda row: row.week)
    for week in range(1, weeks + 1):
        while ordered and ordered[0].week <= week:
            kind = ordered.pop(0).kind
            is_truce = kind == "truce" or (is_truce and kind != "truce-over")
            if entered != "ended" and (kind != "broken" or entered in ("signed", "in-force")):
                entered = ENTERED.get(kind, entered)
        state: StateKind = "truce" if is_truce and entered in ("contest", "broken") else entered
        if spans and spans[-1].state == state:
            spans[-1] = StateSpan(state, spans[-1].first, week)
        else:
            spans.append(StateSpan(state, week, week))
    return tuple(spans)


def select_turning_points(rows: Sequence[TimelineEvent]) -> tuple[TimelineEvent, ...]:
    """The few events after which a run went another way, in order; the first of its kind before any second one."""
    seen: dict[str, int] = {}
    ranked = []
    for row in rows:
        if row.kind in TURNING_POINTS:
            seen[row.kind] = seen.get(row.kind, 0) + 1
            ranked.append((seen[row.kind], TURNING_POINTS.index(row.kind), row))
    best = sorted(ranked, key=lambda one: one[:2])[:MOST_TURNING_POINTS]
    return tuple(sorted((row for _, _, row in best), key=lambda row: row.week))


def classify_event(rule: str, what: str, before: float | None = None, after: float | None = None) -> str:
    """Kind of an event, from the rule behind it, what moved, and its values before and after; empty if not drawn."""
    group, _, name = rule.partition(".")
    what = what.partition("/")[0]
    if group == "moves":
        return name if name in MOVES else ""
    if (group, what) == ("consultation", "confirmed"):
        return "confirmed" if after else "not-confirmed"
    if (group, what) == ("agreement", "stage"):
        return "in-force" if after == IN_FORCE else "broken"
    if (group, what) == ("truce", "truce_left"):
        return "truce" if (after or 0.0) > (before or 0.0) else "truce-over"
    if (group, what) == ("talks_stage", "stage"):
        return "summit" if after == SUMMIT_DUE else ""
    return BY_RULE.get((group, what), "")
