"""Scored event: something dated that happened or not, with which forecasts are compared afterwards; no run reads it."""

import datetime
from typing import Literal, Self

from pydantic import Field, model_validator

from sim.schema.base import Model
from sim.schema.labels import Key, Label
from sim.schema.numbers import Part
from sim.schema.pattern import PatternStep
from sim.schema.quantity import WithReason

Forecaster = Literal["base-rate", "crowd", "stated"]
"""Whose forecast is held against the views: a rate from elsewhere, a crowd, or a number that a text gives."""

MOST_SCORED = 16
"""Events that are scored together; comparisons go through all their signs."""


class OutsideForecast(WithReason):
    """A chance that somebody else gives an event, with its reason."""

    chance: Part
    """Chance that it happens."""


class Rung(Model):
    """One step of an order of things; a run is on the highest that it reaches."""

    label: Label
    """Name for readers."""
    label_in: dict[Key, Label] = Field(default_factory=dict)
    """The same in other languages, by their short names such as `de`."""
    steps: tuple[PatternStep, ...] = Field(min_length=1)
    """What happens in a run that reaches it: steps that follow one another within the period."""


class ScoredEvent(WithReason):
    """An event with its period and what became of it; `because` names the claims that say so."""

    label: Label
    """Name for readers; describes, does not judge."""
    label_in: dict[Key, Label] = Field(default_factory=dict)
    """The same in other languages, by their short names such as `de`."""
    date: str
    """Period in which it happens or not: two days joined by a slash."""
    known_since: datetime.date | None = None
    """Day from which it could be known what became of it; none while it is open."""
    coding: tuple[int, ...] = ()
    """What happened: 0 for nothing, else the number of the rung; two where accounts differ, the lower one first; none
    while it is open."""
    given: tuple[PatternStep, ...] = ()
    """Runs that count: those in which this happens within the period; all if left out."""
    rungs: tuple[Rung, ...] = Field(min_length=1, max_length=8)
    """One for an event that happens or not; several for an order of things, the lowest first."""
    forecasts: dict[Forecaster, OutsideForecast] = Field(default_factory=dict)
    """Chances that others give it; for events with one rung."""
    note: str = ""
    """How what happened was read as one of the rungs, where that is not plain."""

    @model_validator(mode="after")
    def validate_period(self) -> Self:
        """Two days in their order, and nothing is known before the first."""
        first, last = self.days
        if first > last:
            raise ValueError(f"`date` goes backwards; write {last}/{first}")
        if self.known_since is not None and self.known_since < first:
            raise ValueError(f"`known_since` is before the period begins; give a day from {first} on")
        return self

    @model_validator(mode="after")
    def validate_coding(self) -> Self:
        """What is known has a date, and is one of the rungs."""
        if bool(self.coding) != (self.known_since is not None):
            raise ValueError("`coding` and `known_since` belong together; leave both out while it is open")
        if len(self.coding) > 2 or list(self.coding) != sorted(set(self.coding)):
            raise ValueError("`coding` is one number, or two where accounts differ, the lower one first")
        if any(not 0 <= one <= len(self.rungs) for one in self.coding):
            raise ValueError(f"`coding` is 0 for nothing, or the number of a rung, 1 to {len(self.rungs)}")
        if self.forecasts and len(self.rungs) > 1:
            raise ValueError("`forecasts` are chances of one rung; leave them out where there are several")
        return self

    @property
    def days(self) -> tuple[datetime.date, datetime.date]:
        """First and last day of the period.

        Raises:
            ValueError: it is not written as two days.
        """
        try:
            first, last = (datetime.date.fromisoformat(one.strip()) for one in self.date.split("/"))
        except ValueError:
            raise ValueError("`date` is a period: two days joined by a slash, such as 2031-03-01/2031-06-30") from None
        return first, last

    @property
    def is_open(self) -> bool:
        """True while nobody knows what becomes of it."""
        return not self.coding

    @property
    def is_ambiguous(self) -> bool:
        """True where accounts differ over what happened."""
        return len(self.coding) > 1

    def find_weeks(self, starts: datetime.date) -> tuple[int, int]:
        """First and last week of the period in a calendar whose week 1 begins on a day."""
        first, last = ((day - starts).days // 7 + 1 for day in self.days)
        return first, last

    def list_steps(self) -> tuple[PatternStep, ...]:
        """Every step that it names."""
        return (*self.given, *(step for rung in self.rungs for step in rung.steps))


def find_label(one: ScoredEvent | Rung, language: str) -> str:
    """The name in a language, in English where there is none."""
    return one.label_in.get(language, one.label)


class ScoredPart(Model):
    """What a history has for scoring."""

    scored: dict[Key, ScoredEvent] = Field(default_factory=dict, max_length=MOST_SCORED)
    """Events that are scored, and open ones that may be forecast."""
