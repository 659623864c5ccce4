"""Cumulative incidence: by which week each outcome is entered for good; one small figure for each source view.

Bands are numbered as in the codebook and numbered at their right end, so that no colour need be matched.
"""

import plotly.graph_objects as go

from analysis.figures.style import INK, PAPER, Fill, dressed, fills
from analysis.figures.table import Table
from analysis.figures.words import about, percent, plain
from analysis.questions.cumulative import Course

TITLE = "When outcomes are entered for good"
HEIGHT = 320
LABELLED = 0.03
"""Bands narrower than this at the horizon carry no number; the table has them."""


def figure(course: Course) -> go.Figure:
    """Stacked bands in the order of the codebook, the first at the bottom."""
    drawn = go.Figure()
    look = fills(course.outcomes)
    for number, (key, label) in enumerate(course.outcomes.items(), start=1):
        drawn.add_trace(_band(course, key, f"{number} {label}", look[key]))
    dressed(drawn, HEIGHT)
    drawn.update_layout(
        showlegend=False,
        margin={"l": 12, "r": 30, "t": 12, "b": 12},
        hovermode="x",
        annotations=_numbers(course),
        xaxis={
            "title": {"text": "week", "standoff": 6},
            "range": [1, int(course.weeks[-1])],
            "fixedrange": True,
            "gridcolor": "rgba(0,0,0,0)",
            "automargin": True,
            "nticks": 7,
        },
        yaxis={
            "title": {"text": "share of runs under this assumption set", "font": {"size": 12}},
            "range": [0, 1],
            "tickformat": ".0%",
            "fixedrange": True,
            "automargin": True,
        },
    )
    return drawn


def _band(course: Course, key: str, name: str, fill: Fill) -> go.Scatter:
    """The band of one outcome."""
    return go.Scatter(
        x=course.weeks,
        y=course.for_good[key],
        mode="lines",
        stackgroup="all",
        name=plain(name),
        line={"color": INK, "width": 0.6},
        fillcolor=fill.colour,
        fillpattern={"shape": fill.pattern, "fgcolor": INK, "bgcolor": fill.colour, "size": 7, "solidity": 0.12},
        hovertemplate="%{y:.0%} %{fullData.name}<extra></extra>",
    )


def _numbers(course: Course) -> list[dict[str, object]]:
    """Numbers of the outcomes at the right end of their bands."""
    notes: list[dict[str, object]] = []
    below = 0.0
    for number, key in enumerate(course.outcomes, start=1):
        share = float(course.for_good[key][-1])
        if share >= LABELLED:
            notes.append(
                {
                    "text": f"<b>{number}</b>",
                    "x": 1,
                    "xref": "paper",
                    "xanchor": "left",
                    "xshift": 5,
                    "y": below + share / 2,
                    "showarrow": False,
                    "font": {"size": 12, "color": INK},
                    "bgcolor": PAPER,
                }
            )
        below += share
    return notes


def in_words(course: Course) -> str:
    """How much is settled half way, and what becomes of most runs."""
    half = (int(course.weeks[-1]) + 1) // 2
    settled = sum(float(shares[half - 1]) for shares in course.for_good.values())
    key = max(course.for_good, key=lambda outcome: course.for_good[outcome][-1])
    number = list(course.outcomes).index(key) + 1
    return (
        f"{course.label}: by week {half}, {percent(settled)} of runs are in the state in which they end; the others "
        f"still change. Most frequent at week {int(course.weeks[-1])}: {number}, “{course.outcomes[key]}”, "
        f"{about(float(course.for_good[key][-1]))}."
    )


def table(course: Course) -> Table:
    """Cumulative shares at a quarter, half, three quarters and all of the horizon."""
    horizon = int(course.weeks[-1])
    weeks = sorted({max(1, round(horizon * part / 4)) for part in (1, 2, 3, 4)})
    rows = tuple(
        (f"{number} {label}", *(percent(float(course.for_good[key][week - 1])) for week in weeks))
        for number, (key, label) in enumerate(course.outcomes.items(), start=1)
    )
    caption = f"{course.label}: share of {course.kept:,} runs that have entered the outcome for good by week"
    return Table(caption, ("Outcome", *(f"week {week}" for week in weeks)), rows)
