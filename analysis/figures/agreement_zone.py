"""Agreement zone: what each side needs and what it could get over time, and how many runs have room for an agreement.

Each side has its own panel because worths of two sides cannot be compared. The third panel counts runs.
"""

import numpy as np
import plotly.graph_objects as go

from analysis.figures.figure_table import Table
from analysis.figures.number_text import (
    as_natural_frequency,
    escape_text,
    format_estimate,
    format_share,
    shorten,
)
from analysis.figures.panels import Stack, draw_band, lay_out, make_legend, make_panel_title, make_translucent
from analysis.figures.style import DARK, apply_style, make_share_ticks
from analysis.methods.agreement_zone import AgreementZone, SideZone
from analysis.methods.intervals import Interval
from analysis.methods.percentile_bands import Band, FloatArray
from sim.i18n.messages import format_number, message

NEEDS, GETS, ROOM = DARK[1], DARK[0], DARK[2]
LINE_OF_LEGEND, HEAD, BODY = 20, 22, 160
"""Height in pixels of a line of a legend, of a panel's name and of a panel."""

GRID = 0.2
"""Distance between two lines of the grid."""

FLOOR = -1.0
"""Worths below this are drawn at it: where the other side prefers nothing, there is nothing to get."""


def title() -> str:
    """Title of the figure."""
    return message("figures.zone.title")


def how_to_read() -> str:
    """How to read it."""
    return message("figures.zone.how")


def draw_figure(zone: AgreementZone) -> go.Figure:
    """Two panels with two bands each, and a panel of shares."""
    drawn, weeks = go.Figure(), zone.weeks.tolist()
    if not weeks:
        return apply_style(drawn, HEAD)
    heads = (3 * LINE_OF_LEGEND + 6 + HEAD, HEAD, 2 * LINE_OF_LEGEND + HEAD)
    stack = Stack(tuple((head + 6, BODY) for head in heads))
    for n, side in enumerate(zone.sides, start=1):
        drawn.add_traces(_draw_side(weeks, side, n))
    drawn.add_traces(
        [_draw_shares(weeks, zone.for_two, "two", ROOM, 0), _draw_shares(weeks, zone.for_all, "all", DARK[4], 1)]
    )
    worth = {"range": _find_axis_range(zone), "tickformat": ".1f", "dtick": GRID}
    lay_out(drawn, stack, weeks, [worth, worth, {"range": [0, 1]} | make_share_ticks(1.0, 3)])
    sides = [escape_text(shorten(message("figures.zone.panel", side=side.label))) for side in zone.sides]
    names = (*sides, message("figures.zone.panel-runs"))
    for n, (name, skip) in enumerate(zip(names, (3 * LINE_OF_LEGEND + 6, 0, 0), strict=True), start=1):
        drawn.add_annotation(make_panel_title(name, stack.find_top(n, skip)))
    return drawn.update_layout(legend=make_legend(1.0), legend2=make_legend(stack.find_top(3, HEAD - 4)))


def _find_axis_range(zone: AgreementZone) -> list[float]:
    """Ends of the axis of worth, the same for both sides, on lines of the grid so that views can be compared."""
    ends = [values for side in zone.sides for band in (side.needs, side.gets) for values in (band.low, band.high)]
    found = np.maximum(np.concatenate(ends), FLOOR)
    return [GRID * float(np.floor(found.min() / GRID)), GRID * float(np.ceil(found.max() / GRID))]


def _draw_side(weeks: list[int], side: SideZone, n: int) -> list[go.Scatter]:
    """Both bands of a side, and the room between their middles where it could get more than it needs."""
    needs, gets = _raise_to_floor(side.needs), _raise_to_floor(side.gets)
    upper = np.maximum(needs.middle, gets.middle)
    edge = _draw_line(weeks, needs.middle, "", NEEDS, n, 0)
    room = _draw_line(weeks, upper, message("figures.zone.room"), ROOM, n, 0)
    for line in (edge, room):
        line.update(line={"width": 0}, mode="lines", hoverinfo="skip", hovertemplate=None, showlegend=False)
    pattern = {"shape": "/", "fgcolor": ROOM, "bgcolor": "rgba(0,112,79,0.08)", "size": 6, "solidity": 0.35}
    room.update(fill="tonexty", fillpattern=pattern, showlegend=n == 1)
    return [
        draw_band(weeks, needs.low.tolist(), needs.high.tolist(), NEEDS, n),
        draw_band(weeks, gets.low.tolist(), gets.high.tolist(), GETS, n),
        edge,
        room,
        _draw_line(weeks, needs.middle, message("figures.zone.needs"), NEEDS, n, 1),
        _draw_line(weeks, gets.middle, message("figures.zone.gets"), GETS, n, 0),
    ]


def _raise_to_floor(band: Band) -> Band:
    """The band as far as it is drawn."""
    return Band(*(np.maximum(values, FLOOR) for values in (band.low, band.middle, band.high)))


def _draw_line(weeks: list[int], values: FloatArray, name: str, colour: str, n: int, place: int) -> go.Scatter:
    """A line of medians in panel n, with signs of its own."""
    return go.Scatter(
        x=weeks,
        y=values.tolist(),
        mode="lines+markers",
        name=name,
        line={"color": colour, "width": 2, "dash": ("solid", "dash")[place]},
        marker={"symbol": ("circle", "square")[place], "size": 6},
        hovertemplate="%{y:.2f} " + name + "<extra></extra>",
        showlegend=n == 1,
        xaxis=f"x{n}",
        yaxis=f"y{n}",
    )


def _draw_shares(weeks: list[int], shares: tuple[Interval, ...], whose: str, colour: str, place: int) -> go.Scatter:
    """Shares of runs with their Monte Carlo intervals."""
    middle = [one.share for one in shares]
    line = _draw_line(weeks, np.array(middle), message(f"figures.zone.for-{whose}"), colour, 3, place)
    line.update(
        error_y={
            "type": "data",
            "array": [one.high - one.share for one in shares],
            "arrayminus": [one.share - one.low for one in shares],
            "width": 0,
            "thickness": 4,
            "color": make_translucent(colour, 0.35),
        },
        hovertemplate="%{text} " + line.name + "<extra></extra>",
        text=[format_estimate(one) for one in shares],
        showlegend=True,
        legend="legend2",
    )
    return line


def summary_text(zone: AgreementZone) -> str:
    """Room for an agreement at the first and the last week looked at."""
    if not zone.open_runs:
        return message("figures.zone.none", view=zone.view_label)
    ends = [
        message(
            "figures.zone.at",
            week=format_number(int(zone.weeks[n])),
            count=zone.open_runs[n],
            two=format_share(zone.for_two[n].share),
            all=format_share(zone.for_all[n].share),
            about=as_natural_frequency(zone.for_all[n].share),
        )
        for n in dict.fromkeys((0, len(zone.weeks) - 1))
    ]
    middles = [_describe_medians(side) for side in zone.sides]
    return " ".join(
        [message("figures.zone.words", view=zone.view_label, runs=format_number(zone.runs)), *ends, *middles]
    )


def _describe_medians(side: SideZone) -> str:
    """Medians at the last week looked at."""
    needs, gets = _format_worth(side.needs.middle[-1]), _format_worth(side.gets.middle[-1])
    return message("figures.zone.middle", side=side.label, needs=needs, gets=gets)


def _format_worth(value: float) -> str:
    return format_number(float(value), 2) if np.isfinite(value) else message("figures.zone.nothing")


def build_table(zone: AgreementZone) -> Table:
    """Medians and middle four fifths of both sides, and both shares, at five looks from the first to the last."""
    looks = sorted({round((len(zone.weeks) - 1) * part / 4) for part in range(5)}) if len(zone.weeks) else []
    rows = tuple(
        (
            format_number(int(zone.weeks[n])),
            format_number(zone.open_runs[n]),
            *(_format_cell(band, n) for side in zone.sides for band in (side.needs, side.gets)),
            format_estimate(zone.for_two[n]),
            format_estimate(zone.for_all[n]),
        )
        for n in looks
    )
    sides = [
        message(f"figures.zone.column-{what}", side=side.label) for side in zone.sides for what in ("needs", "gets")
    ]
    ends = (message("figures.zone.column-two"), message("figures.zone.column-all"))
    head = (message("figures.zone.column-week"), message("figures.zone.column-open"), *sides, *ends)
    return Table(message("figures.zone.table", view=zone.view_label, runs=format_number(zone.runs)), head, rows)


def _format_cell(band: Band, n: int) -> str:
    low, middle, high = (_format_worth(values[n]) for values in (band.low, band.middle, band.high))
    ends = f"{low}–{high}" if np.isfinite(band.low[n]) else message("figures.to", low=low, high=high)
    return f"{middle} ({ends})"
