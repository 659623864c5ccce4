"""Hindcast: shares of events beside what became of them, and everything that scores them.

Read aloud
    Each source view gives every event the share of its runs in which it happens. Beside the views stand the plain mean
    over the sources, a forecaster who gives every possibility the same share, and what others say of single events.
    An event that was known when the last text appeared from which the case was coded was known to whoever coded it:
    its shares are tuned with hindsight.

Sources
    Murphy (1988), Skill scores based on the mean square error and their relationships to the correlation coefficient
    (why a score needs a plain forecast beside it).
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analysis.methods.forecast_scores import (
    ForecasterScores,
    PairOfForecasters,
    compare_forecasters,
    compute_scores,
    list_codings,
)

EVEN, SOURCES = "even", "mean-of-sources"
"""Who gives every possibility the same share; the plain mean over the sources."""

Shares = tuple[float, ...]
"""Share of nothing of it, then of each rung."""


@dataclass(frozen=True)
class ComparedEvent:
    """An event, and what became of it."""

    label: str
    """Name for readers."""
    rungs: tuple[str, ...]
    """Names of its rungs."""
    first_day: datetime.date
    """First day of its period."""
    last_day: datetime.date
    """Last day of its period."""
    coding: tuple[int, ...]
    """What happened; two numbers where accounts differ."""
    known_since: datetime.date | None
    """Day from which it could be known."""
    in_hindsight: bool
    """True if it was known when the last text appeared from which the case was coded."""
    conditional: bool
    """True if only runs count in which something else happens."""


@dataclass(frozen=True)
class Hindcast:
    """Shares of events under each source view, and what became of them."""

    events: Mapping[str, ComparedEvent]
    """Events that are scored, by key."""
    labels: Mapping[str, str]
    """Names of the source views."""
    views: Mapping[str, Mapping[str, Shares]]
    """Shares by source view and event."""
    sources: tuple[str, ...]
    """Source views that read an author."""
    outside: Mapping[str, Mapping[str, Shares]]
    """What others say of single events."""
    last_text: str
    """Date of the last text from which the case was coded; empty without texts."""

    @property
    def codings(self) -> dict[str, tuple[int, ...]]:
        """What happened, by event."""
        return {key: one.coding for key, one in self.events.items()}

    @property
    def plain(self) -> dict[str, Mapping[str, Shares]]:
        """Shares of the mean over the sources, where there are several, and of equal shares."""
        even = {key: _spread_evenly(one) for key, one in self.events.items()}
        if len(self.sources) < 2:
            return {EVEN: even}
        return {SOURCES: {key: self._average(key) for key in self.events}, EVEN: even}

    def _average(self, event: str) -> Shares:
        """Mean over the sources."""
        return tuple(float(x) for x in np.mean([self.views[name][event] for name in self.sources], axis=0))

    @cached_property
    def scores(self) -> tuple[ForecasterScores, ...]:
        """Scores of all that speak about every event, under every coding."""
        return self._score({**self.views, **self.plain}, self.codings)

    @cached_property
    def outside_scores(self) -> dict[str, tuple[ForecasterScores, ...]]:
        """By each of the others: its scores on the events it speaks about, and those of all views on the same ones."""
        return {
            name: self._score(
                {name: shares, **self.views, **self.plain},
                {key: coding for key, coding in self.codings.items() if key in shares},
            )
            for name, shares in self.outside.items()
        }

    @cached_property
    def pairs(self) -> tuple[PairOfForecasters, ...]:
        """Every two source views under every coding."""
        return compare_forecasters(self.views, self.codings)

    @staticmethod
    def _score(
        shares: Mapping[str, Mapping[str, Shares]], codings: Mapping[str, Sequence[int]]
    ) -> tuple[ForecasterScores, ...]:
        found = (
            compute_scores(name, one, codings, coding)
            for coding in list_codings(codings)
            for name, one in shares.items()
        )
        return tuple(one for one in found if one is not None)


def _spread_evenly(event: ComparedEvent) -> Shares:
    size = len(event.rungs) + 1
    return (1 / size,) * size
