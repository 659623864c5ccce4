"""Pattern shares: how many of the runs show behaviour that texts describe, under each source view.

Read aloud
    A pattern is counted once in a run, whether it occurs once or often. Runs are the first ones of a source view that
    match the reported run-up; weeks before week 1 are not looked at. The interval is about the limited number of runs
    only. A share says how often the model behaves as a text describes, not whether the text is right. Beside it stands
    a placebo: the share of the same runs with the weeks of every event shuffled. Where it is as high, the pattern comes
    from how often its events happen, and is no evidence that one of them brings about another. A pattern of one event
    has none: it has no order that shuffling could destroy.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.methods.intervals import Interval, estimate_share
from sim.experiments.pattern_matches import NEVER, PatternMatches
from sim.schema.pattern import Pattern


@dataclass(frozen=True)
class PatternShare:
    """One pattern under one source view."""

    count: int
    """Runs that show it."""
    share: Interval
    """Their share."""
    median_week: int | None
    """Of the runs that show it, the week in which half of them have; none if no run does."""
    example_run: int | None
    """Number of the first run that shows it; none if no run does."""
    placebo: Interval | None
    """Share of the same runs that show it if every event is put into other weeks; none for a pattern of one event."""


@dataclass(frozen=True)
class PatternShares:
    """All patterns of a scenario under all its source views."""

    patterns: Mapping[str, Pattern]
    """The patterns, in file order."""
    horizon_weeks: int
    """Last week that was looked at."""
    labels: Mapping[str, str]
    """Names of the source views for readers."""
    runs: Mapping[str, int]
    """Runs that were looked at, by source view."""
    shares: Mapping[str, Mapping[str, PatternShare]]
    """By source view, then by pattern; a view without a matching run is left out."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines; shares from 0 to 1."""
        return {
            view: {
                "runs": self.runs[view],
                "patterns": {
                    key: {
                        "count": found.count,
                        "share": found.share.share,
                        "low": found.share.low,
                        "high": found.share.high,
                        "interval": found.share.kind,
                        "median_week": found.median_week,
                        "example_run": found.example_run,
                        "placebo": _as_json(found.placebo),
                    }
                    for key, found in shares.items()
                },
            }
            for view, shares in self.shares.items()
        }


def compute_pattern_shares(
    patterns: Mapping[str, Pattern],
    matches: Mapping[str, PatternMatches],
    labels: Mapping[str, str],
    horizon_weeks: int,
) -> PatternShares:
    """Count the runs that show each pattern.

    Args:
        patterns: The patterns of the scenario.
        matches: By source view, when runs show them.
        labels: Names of the source views for readers.
        horizon_weeks: Last week that was looked at.
    """
    seen = {view: found for view, found in matches.items() if found.runs.size}
    return PatternShares(
        patterns,
        horizon_weeks,
        {view: labels.get(view, view) for view in seen},
        {view: int(found.runs.size) for view, found in seen.items()},
        {view: {key: _count(found, key, one) for key, one in patterns.items()} for view, found in seen.items()},
    )


def _as_json(placebo: Interval | None) -> dict[str, float] | None:
    return None if placebo is None else {"share": placebo.share, "low": placebo.low, "high": placebo.high}


def _count(matches: PatternMatches, key: str, pattern: Pattern) -> PatternShare:
    """One pattern under one source view."""
    weeks = matches.weeks[key]
    shown = weeks != NEVER
    count = int(shown.sum())
    return PatternShare(
        count,
        estimate_share(count, weeks.size),
        int(np.quantile(weeks[shown], 0.5, method="lower")) if count else None,
        int(matches.runs[shown][0]) if count else None,
        estimate_share(int((matches.shuffled_weeks[key] != NEVER).sum()), weeks.size)
        if len(pattern.steps) > 1
        else None,
    )
