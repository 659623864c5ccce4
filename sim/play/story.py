"""Story: one run as a list of events, each with the rule behind it, the numbers before and after, and a sentence."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sim.language.tongue import date, language, speaking
from sim.play.phrases import number, say

LAST_WEEK_OF_RUN_UP = 0


@dataclass(frozen=True)
class Event:
    """One thing that happened in one week."""

    week: int
    """Week, counted from 1; run-up weeks are 0 and below."""
    actor: str
    """Key of the actor whose move, belief or fate it is; empty for the process and the world."""
    rule: str
    """The rule behind it, as a place under sim/rules: `moves.call`, `ledger.credibility`, `process`."""
    what: str
    """Variable that moved, or kind of move; with a lever, buyer or belief after a slash."""
    before: float | None
    """Value before; for a move, the worth of the best other move."""
    after: float | None
    """Value after; for a move, its own worth."""
    sentence: str
    """The event in words, with the rule in brackets."""
    reasons: tuple[str, ...] = ()
    """Why, in short numbers."""

    def line(self) -> str:
        """Sentence and reasons."""
        return say("why", sentence=self.sentence, reasons="; ".join(self.reasons)) if self.reasons else self.sentence

    def as_json(self) -> dict[str, Any]:
        """The event for machines."""
        return {name: getattr(self, name) for name in ("week", "actor", "rule", "what", "before", "after")}


@dataclass(frozen=True)
class Story:
    """One run, told."""

    case: str
    """Name of the scenario."""
    lens: str
    """Name of the source view; empty for the scenario as it stands."""
    run: int
    """Number of the run."""
    seed: int
    """Seed of all luck."""
    matched: bool
    """True if the run-up matches what is reported of it."""
    outcome: str
    """Key of the outcome."""
    label: str
    """The outcome in words."""
    week: int
    """Week in which that state was reached."""
    starts: datetime.date
    """First day of week 1."""
    weeks: range
    """All weeks played, those of the run-up first."""
    events: tuple[Event, ...]
    """What happened, in order."""
    told_in: str = field(default_factory=language)
    """Code of the language in which it is told."""

    def lines(self) -> list[str]:
        """The story for readers, week by week; weeks without events are folded."""
        with speaking(self.told_in):
            return [*self._head(), *self._weeks(), "", say("end", outcome=self.label, week=number(self.week))]

    def as_json(self) -> dict[str, Any]:
        """The story for machines."""
        events = [event.as_json() for event in self.events]
        return {"run": self.run, "outcome": self.outcome, "week": self.week, "events": events}

    def date(self, week: int) -> str:
        """First day of a week, in words."""
        return date(self.starts + datetime.timedelta(weeks=week - 1))

    def _head(self) -> Iterator[str]:
        yield say("title", case=self.case, run=self.run, seed=self.seed, lens=self.lens or say("no-view"))
        yield say("caution")
        if self.weeks.start <= LAST_WEEK_OF_RUN_UP:
            yield say("matched" if self.matched else "not-matched")

    def _weeks(self) -> Iterator[str]:
        by_week: dict[int, list[Event]] = {}
        for event in self.events:
            by_week.setdefault(event.week, []).append(event)
        quiet: list[int] = []
        for week in self.weeks:
            if week not in by_week:
                quiet.append(week)
                continue
            yield from _folded(quiet)
            quiet = []
            key = "week" if week > LAST_WEEK_OF_RUN_UP else "run-up-week"
            yield from ("", say(key, week=spelled(week), date=self.date(week)))
            yield from (f"  {event.line()}" for event in by_week[week])
        if not self.has_ended:
            yield from _folded(quiet)

    @property
    def has_ended(self) -> bool:
        """True if the contest ended; there is nothing to tell after that."""
        return any(event.what == "ended" for event in self.events)


def _folded(quiet: list[int]) -> Iterator[str]:
    """One line for weeks in which nothing happened."""
    if len(quiet) == 1:
        yield from ("", say("quiet-week", week=spelled(quiet[0])))
    elif quiet:
        key = "quiet-weeks" if quiet[0] > LAST_WEEK_OF_RUN_UP else "quiet-run-up-weeks"
        yield from ("", say(key, week=spelled(quiet[0]), last=spelled(quiet[-1])))


def spelled(week: int) -> str:
    """Number of a week, with a proper minus."""
    return f"−{-week}" if week < 0 else str(week)
