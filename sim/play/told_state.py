"""State, told: beliefs that moved, walk-away values from time to time, ends of the contest, the present outcome."""

from collections.abc import Iterator

from sim.play.glance import Glance, Words
from sim.play.phrases import number, say
from sim.play.story import Event
from sim.rules.rare import CLASH, FIRST_PREVAILS

MOVED = 0.03
"""Change of a belief within a week from which it is told."""

SUMMARY_EVERY = 13
"""Weeks between two summaries of walk-away values."""


def beliefs(glance: Glance) -> Iterator[Event]:
    """Beliefs that moved by a notable amount."""
    for row, belief in enumerate(glance.scenario.beliefs.values()):
        a, b = glance.before("dyad", "chance", row), glance.now("dyad", "chance", row)
        if abs(b - a) < MOVED:
            continue
        rule = "hope" if belief.kind == "hope" else f"ledger.{belief.kind}"
        about: Words = {"about": glance.name(belief.about), "holder": glance.name(belief.holder)}
        words: Words = {**about, "a": number(a, 2), "b": number(b, 2), "moved": say("rose" if b > a else "fell")}
        reasons = tuple(_of_hope(glance, row) if belief.kind == "hope" else _of_ledger(glance, row))
        what = f"{belief.kind}/{belief.about}"
        yield glance.event(belief.kind, rule, what, (a, b), belief.holder, reasons, **words)


def _of_hope(glance: Glance, row: int) -> Iterator[str]:
    factor, persuaded = glance.now("dyad", "factor", row), glance.now("dyad", "persuaded", row)
    if factor not in (0.0, 1.0):
        yield say("why-odds", factor=number(factor, 2))
    if persuaded > 0.0:
        yield say("why-persuaded", persuaded=number(persuaded, 2))
    if factor in (0.0, 1.0) and persuaded == 0.0:
        yield say("why-hope-fades")


def _of_ledger(glance: Glance, row: int) -> Iterator[str]:
    good, bad = glance.now("dyad", "good_now", row), glance.now("dyad", "bad_now", row)
    if good or bad:
        yield say("why-experience", good=number(good, 2), bad=number(bad, 2))
    else:
        yield say("why-fades")


def ends(glance: Glance) -> Iterator[Event]:
    """Collapse, and the end of the contest."""
    for row in glance.group("belligerent", "collapsed"):
        yield glance.event("collapse", "rare", "collapsed", (0.0, 1.0), glance.actors[row])
    ended = glance.world("ended")
    if ended == CLASH:
        yield glance.event("clash", "rare", "ended", (0.0, ended))
    elif ended > 0.0:
        row = glance.sides[0 if ended == FIRST_PREVAILS else 1]
        yield glance.event("prevails", "rare", "ended", (0.0, ended), glance.actors[row])


def state(glance: Glance) -> Iterator[Event]:
    """The present state of the codebook, when it changes."""
    before, after = glance.world("outcome_before"), glance.world("outcome")
    if before != after:
        label = list(glance.scenario.outcomes.values())[int(after)].label
        yield glance.event("state", "codebook", "outcome", (before if before >= 0.0 else None, after), state=label)


class WalkAwayValues:
    """Tells walk-away values at the start, every quarter of a year and at the end."""

    def __init__(self, weeks: range) -> None:
        self.first, self.last = weeks.start, weeks.stop - 1
        self.told: dict[int, float] = {}

    def __call__(self, glance: Glance) -> Iterator[Event]:
        """Walk-away value of every party with interests, in the weeks in which it is told."""
        due = glance.week in (self.first, self.last) or (glance.week >= 0 and glance.week % SUMMARY_EVERY == 0)
        if not (due or glance.world("ended") > 0.0):
            return
        for row, (key, actor) in enumerate(glance.scenario.actors.items()):
            if actor.interests is not None:
                yield self._told(glance, row, key)

    def _told(self, glance: Glance, row: int, key: str) -> Event:
        value, before = glance.now("actor", "walk_away", row), self.told.get(row)
        self.told[row] = value
        words: Words = {"b": number(value, 2), "a": number(before or 0.0, 2)}
        cost = glance.now("actor", "flow_cost", row)
        reasons = (say("why-cost", cost=number(cost, 4)),) if cost > 0.0 else ()
        told = "value-first" if before is None else "value-same" if words["a"] == words["b"] else "value"
        return glance.event(told, "walkaway", "walk_away", (before, value), key, reasons, **words)
