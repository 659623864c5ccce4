"""Story: one run as a list of events, each with the rule behind it, the numbers before and after, and a sentence."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sim.i18n.messages import format_date, get_language, use_language
from sim.narrative.digest import Digest
from sim.narrative.wording import format_rounded, message

LAST_WEEK_OF_RUN_UP = 0


@dataclass(frozen=True)
class Event:
    """One thing that happened in one week."""

    week: int
    """Week, counted from 1; run-up weeks are 0 and below."""
    actor: str
    """Key of the actor whose move, belief or fate it is; empty for the talks and the world."""
    rule: str
    """The rule behind it, as a place under sim/rules, as in `belief_update.credibility`; of a move `moves.<kind>`."""
    what: str
    """Variable that moved, or kind of move; with a lever, actor or belief after a slash."""
    before: float | None
    """Value before; for a move, the worth of the best other move."""
    after: float | None
    """Value after; for a move, its own worth."""
    sentence: str
    """The event in words, with the rule in brackets."""
    reasons: tuple[str, ...] = ()
    """Why, in short numbers."""
    key: str = ""
    """Key of the sentence."""
    words: dict[str, Any] = field(default_factory=dict)
    """Words that the sentence uses, by their place in it."""
    plain: str = ""
    """The sentence without the rule."""

    def format_line(self) -> str:
        """Sentence and reasons."""
        return (
            message("why", sentence=self.sentence, reasons="; ".join(self.reasons)) if self.reasons else self.sentence
        )

    def as_json(self) -> dict[str, Any]:
        """The event for machines."""
        return {name: getattr(self, name) for name in ("week", "actor", "rule", "what", "before", "after")}


@dataclass(frozen=True)
class Story:
    """One run, narrated."""

    case: str
    """Name of the scenario."""
    view: str
    """Name of the source view; empty for the scenario as it stands."""
    run: int
    """Number of the run."""
    seed: int
    """Seed of all luck."""
    is_matching: bool
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
    digest: Digest
    """The cast, the votes, and how near each week came."""
    language_code: str = field(default_factory=get_language)
    """Code of the language in which it is narrated."""
    changed: str = ""
    """What was changed in the case, in one line; empty if nothing was."""

    measured: "Story | None" = None
    """The same run in the language of the sources, by which a short story chooses what it tells; none if it is this."""

    def format_lines(self, *, run_up: bool = True) -> list[str]:
        """The story for readers, week by week; weeks without events are folded.

        Args:
            run_up: False to leave out the weeks before week 1.
        """
        with use_language(self.language_code):
            return [
                *self._format_head(),
                *self._format_weeks(run_up=run_up),
                "",
                self.format_end(),
            ]

    def format_end(self) -> str:
        """How the run ends, and since when; the language in use is that of the story."""
        if self.week <= 1:
            return message("end-throughout", outcome=self.label)
        return message("end", outcome=self.label, week=format_rounded(self.week))

    def as_json(self) -> dict[str, Any]:
        """The story for machines."""
        events = [event.as_json() for event in self.events]
        return {"run": self.run, "outcome": self.outcome, "week": self.week, "events": events}

    def format_first_day(self, week: int) -> str:
        """First day of a week, in words."""
        return format_date(self.starts + datetime.timedelta(weeks=week - 1))

    def format_title(self) -> str:
        """What was played, in one line."""
        words: dict[str, Any] = {"name": self.case, "run": self.run, "seed": self.seed}
        return message("title-of-view", view=self.view, **words) if self.view else message("title", **words)

    def _format_head(self) -> Iterator[str]:
        yield self.format_title()
        if self.changed:
            yield self.changed
        yield message("caution")
        if self.weeks.start <= LAST_WEEK_OF_RUN_UP:
            yield message("matched" if self.is_matching else "not-matched")

    def _format_weeks(self, *, run_up: bool) -> Iterator[str]:
        by_week: dict[int, list[Event]] = {}
        for event in self.events:
            by_week.setdefault(event.week, []).append(event)
        quiet: list[int] = []
        for week in self.weeks:
            if week <= LAST_WEEK_OF_RUN_UP and not run_up:
                continue
            if week not in by_week:
                quiet.append(week)
                continue
            yield from _format_quiet_weeks(quiet)
            quiet = []
            key = "week" if week > LAST_WEEK_OF_RUN_UP else "run-up-week"
            yield from ("", message(key, week=format_week(week), date=self.format_first_day(week)))
            yield from (f"  {event.format_line()}" for event in by_week[week])
        if not self.has_ended:
            yield from _format_quiet_weeks(quiet)

    @property
    def has_ended(self) -> bool:
        """True if the contest ended; there is nothing to narrate after that."""
        return any(event.what == "ended" for event in self.events)


def _format_quiet_weeks(quiet: list[int]) -> Iterator[str]:
    """One line for weeks in which nothing happened."""
    if len(quiet) == 1:
        yield from ("", message("quiet-week", week=format_week(quiet[0])))
    elif quiet:
        key = "quiet-weeks" if quiet[0] > LAST_WEEK_OF_RUN_UP else "quiet-run-up-weeks"
        yield from ("", message(key, week=format_week(quiet[0]), last=format_week(quiet[-1])))


def format_week(week: int) -> str:
    """Number of a week, with a proper minus."""
    return f"−{-week}" if week < 0 else str(week)
