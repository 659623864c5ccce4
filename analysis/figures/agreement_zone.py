"""Agreement zone: what each side needs and what it could get over time, and how many runs have room for an agreement.

Each side has its own panel because worths of two sides cannot be compared. The third panel counts runs.
"""

import numpy as np
import plotly.graph_objects as go

from analysis.figures.panels import Stack, band_of, lay_out, legend_at, name_of_panel, paler
from analysis.figures.style import DARK, dressed, share_ticks
from analysis.figures.table import Table
from analysis.figures.words import about, percent, plain, shortened, week, with_ends
from analysis.questions.bands import Array, Band
from analysis.questions.intervals import Interval
from analysis.questions.zone import SideZone, Zone
from sim.language.tongue import number, say

NEEDS, GETS, ROOM = DARK[1], DARK[0], DARK[2]
LINE_OF_LEGEND, HEAD, BODY = 20, 22, 160
"""Height in pixels of a line of a legend, of a panel's name and of a panel."""

GRID = 0.2
"""Distance between two lines of the grid."""

FLOOR = -1.0
"""Worths below this are drawn at it: where the other side prefers nothing, there is nothing to get."""


def title() -> str:
    """Title of the figure."""
    return say("figures.zone.title")


def how() -> str:
    """How to read it."""
    return say("figures.zone.how")


def figure(zone: Zone) -> go.Figure:
    """Two panels with two bands each, and a panel of shares."""
    drawn, weeks = go.Figure(), zone.weeks.tolist()
    if not weeks:
        return dressed(drawn, HEAD)
    heads = (3 * LINE_OF_LEGEND + 6 + HEAD, HEAD, 2 * LINE_OF_LEGEND + HEAD)
    stack = Stack(tuple((head + 6, BODY) for head in heads))
    for n, side in enumerate(zone.sides, start=1):
        drawn.add_traces(_side(weeks, side, n))
    drawn.add_traces([_line(weeks, zone.for_two, "two", ROOM, 0), _line(weeks, zone.for_all, "all", DARK[4], 1)])
    worth = {"range": _reach(zone), "tickformat": ".1f", "dtick": GRID}
    lay_out(drawn, stack, weeks, [worth, worth, {"range": [0, 1]} | share_ticks(1.0, 3)])
    sides = [plain(shortened(say("figures.zone.panel", side=side.label))) for side in zone.sides]
    names = (*sides, say("figures.zone.panel-runs"))
    for n, (name, skip) in enumerate(zip(names, (3 * LINE_OF_LEGEND + 6, 0, 0), strict=True), start=1):
        drawn.add_annotation(name_of_panel(name, stack.top(n, skip)))
    return drawn.update_layout(legend=legend_at(1.0), legend2=legend_at(stack.top(3, HEAD - 4)))


def _reach(zone: Zone) -> list[float]:
    """Ends of the axis of worth, the same for both sides, on lines of the grid so that views can be compared."""
    ends = [values for side in zone.sides for band in (side.needs, side.gets) for values in (band.low, band.high)]
    found = np.maximum(np.concatenate(ends), FLOOR)
    return [GRID * float(np.floor(found.min() / GRID)), GRID * float(np.ceil(found.max() / GRID))]


def _side(weeks: list[int], side: SideZone, n: int) -> list[go.Scatter]:
    """Both bands of a side, and the room between their middles where it could get more than it needs."""
    needs, gets = _floored(side.needs), _floored(side.gets)
    upper = np.maximum(needs.middle, gets.middle)
    edge = _line_in(weeks, needs.middle, "", NEEDS, n, 0)
    room = _line_in(weeks, upper, say("figures.zone.room"), ROOM, n, 0)
    for line in (edge, room):
        line.update(line={"width": 0}, mode="lines", hoverinfo="skip", hovertemplate=None, showlegend=False)
    pattern = {"shape": "/", "fgcolor": ROOM, "bgcolor": "rgba(0,112,79,0.08)", "size": 6, "solidity": 0.35}
    room.update(fill="tonexty", fillpattern=pattern, showlegend=n == 1)
    return [
        band_of(weeks, needs.low.tolist(), needs.high.tolist(), NEEDS, n),
        band_of(weeks, gets.low.tolist(), gets.high.tolist(), GETS, n),
        edge,
        room,
        _line_in(weeks, needs.middle, say("figures.zone.needs"), NEEDS, n, 1),
        _line_in(weeks, gets.middle, say("figures.zone.gets"), GETS, n, 0),
    ]


def _floored(band: Band) -> Band:
    """The band as far as it is drawn."""
    return Band(*(np.maximum(values, FLOOR) for values in (band.low, band.middle, band.high)))


def _line_in(weeks: list[int], values: Array, name: str, colour: str, n: int, place: int) -> go.Scatter:
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


def _line(weeks: list[int], shares: tuple[Interval, ...], whose: str, colour: str, place: int) -> go.Scatter:
    """Shares of runs with their Monte Carlo intervals."""
    middle = [one.share for one in shares]
    line = _line_in(weeks, np.array(middle), say(f"figures.zone.for-{whose}"), colour, 3, place)
    line.update(
        error_y={
            "type": "data",
            "array": [one.high - one.share for one in shares],
            "arrayminus": [one.share - one.low for one in shares],
            "width": 0,
            "thickness": 4,
            "color": paler(colour, 0.35),
        },
        hovertemplate="%{text} " + line.name + "<extra></extra>",
        text=[with_ends(one) for one in shares],
        showlegend=True,
        legend="legend2",
    )
    return line


def in_words(zone: Zone) -> str:
    """Room for an agreement at the first and the last week looked at."""
    if not zone.open_runs:
        return say("figures.zone.none", view=zone.view)
    ends = [
        say(
            "figures.zone.at",
            week=number(int(zone.weeks[n])),
            count=zone.open_runs[n],
            two=percent(zone.for_two[n].share),
            all=percent(zone.for_all[n].share),
            about=about(zone.for_all[n].share),
        )
        for n in dict.fromkeys((0, len(zone.weeks) - 1))
    ]
    middles = [_middle(side) for side in zone.sides]
    return " ".join([say("figures.zone.words", view=zone.view, runs=number(zone.runs)), *ends, *middles])


def _middle(side: SideZone) -> str:
    """Medians at the last week looked at."""
    needs, gets = _worth(side.needs.middle[-1]), _worth(side.gets.middle[-1])
    return say("figures.zone.middle", side=side.label, needs=needs, gets=gets)


def _worth(value: float) -> str:
    return number(float(value), 2) if np.isfinite(value) else say("figures.zone.nothing")


def table(zone: Zone) -> Table:
    """Medians and middle four fifths of both sides, and both shares, at every look."""
    rows = tuple(
        (
            week(int(zone.weeks[n])),
            number(zone.open_runs[n]),
            *(_cell(band, n) for side in zone.sides for band in (side.needs, side.gets)),
            with_ends(zone.for_two[n]),
            with_ends(zone.for_all[n]),
        )
        for n in range(len(zone.weeks))
    )
    sides = [say(f"figures.zone.column-{what}", side=side.label) for side in zone.sides for what in ("needs", "gets")]
    ends = (say("figures.zone.column-two"), say("figures.zone.column-all"))
    head = (say("figures.zone.column-week"), say("figures.zone.column-open"), *sides, *ends)
    return Table(say("figures.zone.table", view=zone.view, runs=number(zone.runs)), head, rows)


def _cell(band: Band, n: int) -> str:
    low, middle, high = (_worth(values[n]) for values in (band.low, band.middle, band.high))
    return f"{middle} ({say('figures.to', low=low, high=high)})"
