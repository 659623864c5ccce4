"""State changes, narrated: beliefs that moved, reservation values now and then, end of the contest, present outcome."""

from collections.abc import Iterator

from sim.narrative.story import Event
from sim.narrative.week_view import WeekView, Words
from sim.narrative.wording import format_rounded, message
from sim.rules.contest_end import CLASH, FIRST_PREVAILS

MIN_BELIEF_CHANGE = 0.03
"""Change of a belief within a week from which it is narrated."""

SUMMARY_EVERY = 13
"""Weeks between two summaries of reservation values."""


def narrate_beliefs(week_view: WeekView) -> Iterator[Event]:
    """Beliefs that moved by a notable amount."""
    for row, belief in enumerate(week_view.scenario.beliefs.values()):
        a, b = week_view.previous("belief", "chance", row), week_view.current("belief", "chance", row)
        if abs(b - a) < MIN_BELIEF_CHANGE:
            continue
        rule = "readiness_belief" if belief.kind == "hope" else f"belief_update.{belief.kind}"
        about: Words = {"about": week_view.name_actor(belief.about), "holder": week_view.name_actor(belief.holder)}
        words: Words = {
            **about,
            "a": format_rounded(a, 2),
            "b": format_rounded(b, 2),
            "moved": message("rose" if b > a else "fell"),
        }
        reasons = tuple(
            _explain_readiness_belief(week_view, row)
            if belief.kind == "hope"
            else _explain_belief_update(week_view, row)
        )
        what = f"{belief.kind}/{belief.about}"
        yield week_view.make_event(belief.kind, rule, what, (a, b), belief.holder, reasons, **words)


def _explain_readiness_belief(week_view: WeekView, row: int) -> Iterator[str]:
    factor, persuaded = week_view.current("belief", "factor", row), week_view.current("belief", "persuaded", row)
    if factor not in (0.0, 1.0):
        yield message("why-odds", factor=format_rounded(factor, 2))
    if persuaded > 0.0:
        yield message("why-persuaded", persuaded=format_rounded(persuaded, 2))
    if factor in (0.0, 1.0) and persuaded == 0.0:
        yield message("why-hope-fades")


def _explain_belief_update(week_view: WeekView, row: int) -> Iterator[str]:
    good, bad = week_view.current("belief", "good_now", row), week_view.current("belief", "bad_now", row)
    if good or bad:
        yield message("why-experience", good=format_rounded(good, 2), bad=format_rounded(bad, 2))
    else:
        yield message("why-fades")


def narrate_contest_end(week_view: WeekView) -> Iterator[Event]:
    """Collapse, and the end of the contest."""
    for row in week_view.find_members("disputant", "collapsed"):
        yield week_view.make_event("collapse", "collapse", "collapsed", (0.0, 1.0), week_view.actors[row])
    ended = week_view.world("ended")
    if ended == CLASH:
        yield week_view.make_event("clash", "contest_end", "ended", (0.0, ended))
    elif ended > 0.0:
        row = week_view.sides[0 if ended == FIRST_PREVAILS else 1]
        yield week_view.make_event("prevails", "contest_end", "ended", (0.0, ended), week_view.actors[row])


def narrate_outcome_change(week_view: WeekView) -> Iterator[Event]:
    """The outcome in which the run would end now, when it changes."""
    before, after = week_view.world("outcome_before"), week_view.world("outcome")
    if before != after:
        label = list(week_view.scenario.outcomes.values())[int(after)].label
        yield week_view.make_event(
            "state", "outcome_classifier", "outcome", (before if before >= 0.0 else None, after), state=label
        )


class ReservationNarrator:
    """Narrates reservation values at the start, every quarter of a year and at the end."""

    def __init__(self, weeks: range) -> None:
        self.first, self.last = weeks.start, weeks.stop - 1
        self.last_values: dict[int, float] = {}

    def __call__(self, week_view: WeekView) -> Iterator[Event]:
        """Reservation value of every party with interests, in the weeks in which it is narrated."""
        due = week_view.week in (self.first, self.last) or (week_view.week >= 0 and week_view.week % SUMMARY_EVERY == 0)
        if not (due or week_view.world("ended") > 0.0):
            return
        for row, (key, actor) in enumerate(week_view.scenario.actors.items()):
            if actor.interests is not None:
                yield self._narrate_value(week_view, row, key)

    def _narrate_value(self, week_view: WeekView, row: int, key: str) -> Event:
        value, before = week_view.current("actor", "reservation", row), self.last_values.get(row)
        self.last_values[row] = value
        words: Words = {"b": format_rounded(value, 2), "a": format_rounded(before or 0.0, 2)}
        cost = week_view.current("actor", "flow_cost", row)
        reasons = (message("why-cost", case=week_view.things, cost=format_rounded(cost, 4)),) if cost > 0.0 else ()
        sentence = "value-first" if before is None else "value-same" if words["a"] == words["b"] else "value"
        return week_view.make_event(
            sentence, "reservation_value", "reservation", (before, value), key, reasons, **words
        )
