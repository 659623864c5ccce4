"""Week panels: states over weeks as charts that are read off week by week, by pointer or keyboard, with dates."""

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from analysis.figures.number_text import format_share
from sim.ensemble.manifest import Manifest
from sim.ensemble.results import ViewRuns
from sim.i18n.messages import format_date, format_number, message
from sim.web.charts import draw_weeks, sample_weeks

QUARTERED = 8
"""Weeks from which an axis has dates at its quarters."""


@dataclass(frozen=True)
class WeekPanel:
    """One chart of states over weeks."""

    label: str
    """What is drawn."""
    chart: Markup
    """The chart."""
    shares: str
    """For every week that is drawn, the share of every state in words, empty where it is none: a list for scripts."""
    said: str
    """The same in the last week, in words."""
    quiet: bool
    """True for what others are compared with."""


@dataclass(frozen=True)
class WeekPanels:
    """Charts of states over the same weeks."""

    panels: tuple[WeekPanel, ...]
    """The charts."""
    weeks: str
    """Weeks that are drawn, in words: a list for scripts."""
    names: str
    """Names of the states: a list for scripts."""
    count: int
    """How many weeks are drawn."""
    last: str
    """The last week, in words."""
    ends: tuple[tuple[str, str], ...]
    """Weeks at the ends and in the middle of the axis, with their first days."""


def build_week_panels(
    manifest: Manifest, drawn: Sequence[tuple[str, ViewRuns, bool]], outcomes: Mapping[str, str]
) -> WeekPanels:
    """Charts of states over weeks.

    Args:
        manifest: How the runs were made.
        drawn: Runs to draw, each with its label, and whether it is what others are compared with.
        outcomes: Keys and labels of the states.
    """
    weeks, labels = sample_weeks(manifest.horizon_weeks), list(outcomes.values())
    starts = datetime.date.fromisoformat(manifest.starts)
    called = [message("pages.week-of", week=format_number(week), date=_format_day(starts, week)) for week in weeks]
    panels = tuple(_draw(label, view, weeks, outcomes, quiet=quiet) for label, view, quiet in drawn)
    ends = list_week_ends(starts, manifest.horizon_weeks)
    return WeekPanels(panels, json.dumps(called), json.dumps(labels), len(weeks), called[-1], ends)


def list_week_ends(starts: datetime.date, last: int) -> tuple[tuple[str, str], ...]:
    """The first week, one in the middle and the last one, each with its first day; of longer runs the quarters, too.

    Args:
        starts: First day of week 1.
        last: The last week.
    """
    between = {(last + 3) // 4, (3 * last + 2) // 4} if last >= QUARTERED else set()
    weeks = sorted({1, (last + 1) // 2, last, *between} if last > 2 else {1, last})
    return tuple((message("pages.week", week=format_number(one)), _format_day(starts, one)) for one in weeks)


def _format_day(starts: datetime.date, week: int) -> str:
    return format_date(starts + datetime.timedelta(weeks=week - 1))


def _draw(label: str, view: ViewRuns, weeks: Sequence[int], outcomes: Mapping[str, str], *, quiet: bool) -> WeekPanel:
    shares = [_list_shares(view, week, len(outcomes)) for week in weeks]
    said = "; ".join(f"{name} {share}" for name, share in zip(outcomes.values(), shares[-1], strict=True) if share)
    return WeekPanel(label, draw_weeks(view, outcomes), json.dumps(shares), said, quiet)


def _list_shares(view: ViewRuns, week: int, states: int) -> list[str]:
    counts = view.by_week[week - 1][:states]
    whole = max(int(view.by_week[week - 1].sum()), 1)
    return [format_share(int(one) / whole) if one else "" for one in counts]
