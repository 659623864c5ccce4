"""Cumulative incidence: by which week each outcome is entered for good; one small figure for each source view.

Bands are numbered as in the scenario and numbered at their right end, so that no colour need be matched.
"""

import plotly.graph_objects as go

from analysis.figures.figure_table import Table
from analysis.figures.number_text import as_natural_frequency, escape_text, format_share
from analysis.figures.number_text import format_week_heading as called
from analysis.figures.style import INK, PAPER, Fill, apply_style, assign_fills, make_share_ticks
from analysis.methods.cumulative_incidence import OutcomeCurves
from sim.i18n.messages import format_number, message

HEIGHT = 320
LABELLED = 0.03
"""Bands narrower than this at the horizon carry no number; the table has them."""

APART = 0.06
"""Least distance between two numbers, as a share of the height."""


def title() -> str:
    """Title of the figure."""
    return message("figures.incidence.title")


def how_to_read() -> str:
    """How to read it."""
    return message("figures.incidence.how")


def draw_figure(curves: OutcomeCurves) -> go.Figure:
    """Stacked bands in the order of the scenario, the first at the bottom."""
    drawn = go.Figure()
    look = assign_fills(curves.outcomes)
    for place, (key, label) in enumerate(curves.outcomes.items(), start=1):
        drawn.add_trace(_draw_band(curves, key, f"{place} {label}", look[key]))
    apply_style(drawn, HEIGHT)
    drawn.update_layout(
        showlegend=False,
        margin={"l": 12, "r": 30, "t": 12, "b": 12},
        hovermode="x",
        annotations=_place_numbers(curves),
        xaxis={
            "title": {"text": message("figures.axis.week"), "standoff": 6},
            "range": [1, int(curves.weeks[-1])],
            "fixedrange": True,
            "gridcolor": "rgba(0,0,0,0)",
            "automargin": True,
            "nticks": 7,
        },
        yaxis={
            "title": {"text": message("figures.axis.runs-here"), "font": {"size": 12}},
            "range": [0, 1],
            **make_share_ticks(1.0),
            "fixedrange": True,
            "automargin": True,
        },
    )
    return drawn


def _draw_band(curves: OutcomeCurves, key: str, name: str, fill: Fill) -> go.Scatter:
    """The band of one outcome."""
    return go.Scatter(
        x=curves.weeks,
        y=curves.for_good[key],
        mode="lines",
        stackgroup="all",
        name=escape_text(name),
        line={"color": INK, "width": 0.6},
        fillcolor=fill.colour,
        fillpattern={"shape": fill.pattern, "fgcolor": INK, "bgcolor": fill.colour, "size": 7, "solidity": 0.12},
        customdata=[format_share(float(share)) for share in curves.for_good[key]],
        hovertemplate="%{customdata} %{fullData.name}<extra></extra>",
    )


def _place_numbers(curves: OutcomeCurves) -> list[dict[str, object]]:
    """Numbers of the outcomes at the right end of their bands, moved apart where bands are narrow."""
    places: list[int] = []
    middles: list[float] = []
    below = 0.0
    for place, key in enumerate(curves.outcomes, start=1):
        share = float(curves.for_good[key][-1])
        if share >= LABELLED:
            places.append(place)
            middles.append(below + share / 2)
        below += share
    return [_make_number(place, height) for place, height in zip(places, _space_apart(middles), strict=True)]


def _space_apart(heights: list[float]) -> list[float]:
    """Heights from the bottom, raised where they would touch, then lowered where they would stand out at the top."""
    found: list[float] = []
    for height in heights:
        found.append(max(height, found[-1] + APART) if found else height)
    ceiling = 1.0
    for n in reversed(range(len(found))):
        found[n] = min(found[n], ceiling)
        ceiling = found[n] - APART
    return found


def _make_number(place: int, height: float) -> dict[str, object]:
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


def summary_text(curves: OutcomeCurves) -> str:
    """How much is settled half way, and what becomes of most runs."""
    half = (int(curves.weeks[-1]) + 1) // 2
    settled = sum(float(shares[half - 1]) for shares in curves.for_good.values())
    key = max(curves.for_good, key=lambda outcome: curves.for_good[outcome][-1])
    return message(
        "figures.incidence.words",
        view=curves.label,
        half=format_number(half),
        settled=format_share(settled),
        last=format_number(int(curves.weeks[-1])),
        number=format_number(list(curves.outcomes).index(key) + 1),
        outcome=curves.outcomes[key],
        about=as_natural_frequency(float(curves.for_good[key][-1])),
    )


def build_table(curves: OutcomeCurves) -> Table:
    """Cumulative shares at a quarter, half, three quarters and all of the horizon."""
    horizon = int(curves.weeks[-1])
    weeks = sorted({max(1, round(horizon * part / 4)) for part in (1, 2, 3, 4)})
    rows = tuple(
        (f"{at} {label}", *(format_share(float(curves.for_good[key][week - 1])) for week in weeks))
        for at, (key, label) in enumerate(curves.outcomes.items(), start=1)
    )
    caption = message("figures.incidence.table", view=curves.label, runs=format_number(curves.n_matching))
    return Table(caption, (message("figures.column.outcome"), *(called(week) for week in weeks)), rows)
