"""Cumulative incidence: by which week each outcome is entered for good; one small figure for each source view.

Bands are numbered as in the codebook and numbered at their right end, so that no colour need be matched.
"""

import plotly.graph_objects as go

from analysis.figures.style import INK, PAPER, Fill, dressed, fills, share_ticks
from analysis.figures.table import Table
from analysis.figures.words import about, percent, plain
from analysis.figures.words import week as called
from analysis.questions.cumulative import Course
from sim.language.tongue import number, say

HEIGHT = 320
LABELLED = 0.03
"""Bands narrower than this at the horizon carry no number; the table has them."""

APART = 0.06
"""Least distance between two numbers, as a share of the height."""


def title() -> str:
    """Title of the figure."""
    return say("figures.course.title")


def how() -> str:
    """How to read it."""
    return say("figures.course.how")


def figure(course: Course) -> go.Figure:
    """Stacked bands in the order of the codebook, the first at the bottom."""
    drawn = go.Figure()
    look = fills(course.outcomes)
    for place, (key, label) in enumerate(course.outcomes.items(), start=1):
        drawn.add_trace(_band(course, key, f"{place} {label}", look[key]))
    dressed(drawn, HEIGHT)
    drawn.update_layout(
        showlegend=False,
        margin={"l": 12, "r": 30, "t": 12, "b": 12},
        hovermode="x",
        annotations=_numbers(course),
        xaxis={
            "title": {"text": say("figures.axis.week"), "standoff": 6},
            "range": [1, int(course.weeks[-1])],
            "fixedrange": True,
            "gridcolor": "rgba(0,0,0,0)",
            "automargin": True,
            "nticks": 7,
        },
        yaxis={
            "title": {"text": say("figures.axis.runs-here"), "font": {"size": 12}},
            "range": [0, 1],
            **share_ticks(1.0),
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
        customdata=[percent(float(share)) for share in course.for_good[key]],
        hovertemplate="%{customdata} %{fullData.name}<extra></extra>",
    )


def _numbers(course: Course) -> list[dict[str, object]]:
    """Numbers of the outcomes at the right end of their bands, moved apart where bands are narrow."""
    places: list[int] = []
    middles: list[float] = []
    below = 0.0
    for place, key in enumerate(course.outcomes, start=1):
        share = float(course.for_good[key][-1])
        if share >= LABELLED:
            places.append(place)
            middles.append(below + share / 2)
        below += share
    return [_number(place, height) for place, height in zip(places, _apart(middles), strict=True)]


def _apart(heights: list[float]) -> list[float]:
    """Heights from the bottom, raised where they would touch, then lowered where they would stand out at the top."""
    found: list[float] = []
    for height in heights:
        found.append(max(height, found[-1] + APART) if found else height)
    ceiling = 1.0
    for n in reversed(range(len(found))):
        found[n] = min(found[n], ceiling)
        ceiling = found[n] - APART
    return found


def _number(place: int, height: float) -> dict[str, object]:
    """The number of one outcome, right of the bands."""
    return {
        "text": f"<b>{place}</b>",
        "x": 1,
        "xref": "paper",
        "xanchor": "left",
        "xshift": 5,
        "y": height,
        "showarrow": False,
        "font": {"size": 12, "color": INK},
        "bgcolor": PAPER,
        "borderpad": 0,
    }


def in_words(course: Course) -> str:
    """How much is settled half way, and what becomes of most runs."""
    half = (int(course.weeks[-1]) + 1) // 2
    settled = sum(float(shares[half - 1]) for shares in course.for_good.values())
    key = max(course.for_good, key=lambda outcome: course.for_good[outcome][-1])
    return say(
        "figures.course.words",
        view=course.label,
        half=number(half),
        settled=percent(settled),
        last=number(int(course.weeks[-1])),
        number=number(list(course.outcomes).index(key) + 1),
        outcome=course.outcomes[key],
        about=about(float(course.for_good[key][-1])),
    )


def table(course: Course) -> Table:
    """Cumulative shares at a quarter, half, three quarters and all of the horizon."""
    horizon = int(course.weeks[-1])
    weeks = sorted({max(1, round(horizon * part / 4)) for part in (1, 2, 3, 4)})
    rows = tuple(
        (f"{at} {label}", *(percent(float(course.for_good[key][week - 1])) for week in weeks))
        for at, (key, label) in enumerate(course.outcomes.items(), start=1)
    )
    caption = say("figures.course.table", view=course.label, runs=number(course.kept))
    return Table(caption, (say("figures.column.outcome"), *(called(week) for week in weeks)), rows)
