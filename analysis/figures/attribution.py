"""Attribution: from the share under one source view to that under another, theme by theme, as a waterfall."""

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from analysis.figures.dots import heading
from analysis.figures.moves import points, share
from analysis.figures.style import COLOURS, GREY, INK, dressed, share_axis
from analysis.figures.table import Table
from analysis.figures.words import listed, plain
from analysis.questions.attributed import Attributed
from analysis.questions.attribution import Shift
from sim.ensemble.differing import ACCOUNT
from sim.language.tongue import number, say

ROW = 46
"""Height of a row in pixels."""

UP, DOWN, TOTAL = "up", "down", "total"
LOOKS = {TOTAL: (GREY, ""), UP: (COLOURS[0], ""), DOWN: (COLOURS[1], "/")}
"""Colour and pattern of each kind of bar."""

COLUMNS = ("theme", "shift", "alone", "last", "quantities")
NAMED = 3
"""Themes named in the sentence."""


@dataclass(frozen=True)
class _Bar:
    """One bar of the waterfall."""

    name: str
    kind: str
    base: float
    length: float
    shift: Shift | None
    text: str


def title() -> str:
    """Title of the figure."""
    return say("attribution.title")


def how() -> str:
    """How to read it."""
    return say("attribution.how")


def figure(given: Attributed) -> go.Figure:
    """Bars that begin where the one above ends, each theme with its interval."""
    bars = _bars(given)
    drawn = go.Figure()
    for kind in LOOKS:
        rows = [(-float(row), bar) for row, bar in enumerate(bars) if bar.kind == kind]
        if rows:
            drawn.add_trace(_trace(kind, rows))
    ends = [0.0, *(end for bar in bars for end in _ends(bar))]
    low, high = min(ends), max(ends)
    room = 0.16 * (high - low)
    drawn.add_traces([_connectors(bars), _numbers(bars)])
    dressed(drawn, height=ROW * len(bars) + 130)
    axis = share_axis(say("attribution.axis"), high + room)
    drawn.update_layout(
        xaxis=axis | {"range": [low - (room / 4 if low < 0 else 0.0), high + room]},
        yaxis={"visible": False, "range": [-len(bars) + 0.5, 1.1], "fixedrange": True},
        annotations=[heading(bar.name, 0.46 - row) for row, bar in enumerate(bars)],
        bargap=0,
    )
    return drawn


def _bars(given: Attributed) -> list[_Bar]:
    """The first view, themes that raise the share, themes that lower it, the second view."""
    found, at = given.found, given.found.first
    bars = [_Bar(given.first, TOTAL, 0.0, at, None, share(at))]
    for kind in (UP, DOWN):
        for name in found.ranked:
            shift = found.themes[name]
            if (shift.value >= 0) == (kind == UP):
                bars.append(_Bar(theme(name), kind, at, shift.value, shift, points(shift.value)))
                at += shift.value
    return [*bars, _Bar(given.second, TOTAL, 0.0, found.second, None, share(found.second))]


def _ends(bar: _Bar) -> tuple[float, ...]:
    """How far a bar and its interval reach."""
    interval = (bar.base + bar.shift.low, bar.base + bar.shift.high) if bar.shift else ()
    return (bar.base, bar.base + bar.length, *interval)


def _trace(kind: str, rows: list[tuple[float, _Bar]]) -> go.Bar:
    """All bars of one kind."""
    colour, shape = LOOKS[kind]
    pattern = {"shape": shape, "fgcolor": INK, "bgcolor": colour, "size": 6, "solidity": 0.12}
    shifts = [bar.shift or Shift(0.0, 0.0, 0.0, "paired") for _, bar in rows]
    trace = go.Bar(
        x=[bar.length for _, bar in rows],
        base=[bar.base for _, bar in rows],
        y=[height for height, _ in rows],
        width=0.4,
        orientation="h",
        name=say(f"attribution.bar-{kind}"),
        marker={"color": colour, "line": {"color": INK, "width": 0.6}, "pattern": pattern},
        hovertext=[f"{plain(bar.name)}: {with_span(bar.shift) if bar.shift else bar.text}" for _, bar in rows],
        hoverinfo="text",
        showlegend=True,
    )
    if kind != TOTAL:
        beyond = [shift.high - shift.value for shift in shifts]
        before = [shift.value - shift.low for shift in shifts]
        trace.error_x = {"type": "data", "symmetric": False, "array": beyond, "arrayminus": before}
        trace.error_x.update(color=INK, thickness=1.5, width=4)
    return trace


def _connectors(bars: list[_Bar]) -> go.Scatter:
    """Thin lines from the end of each bar to the beginning of the next one."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for row, bar in enumerate(bars[:-1]):
        end = bar.base + bar.length
        xs += [end, end, None]
        ys += [-float(row), -row - 1.0, None]
    line = {"color": GREY, "width": 1, "dash": "dot"}
    return go.Scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip", showlegend=False)


def _numbers(bars: list[_Bar]) -> go.Scatter:
    """The numbers, right of the bars and their intervals."""
    return go.Scatter(
        x=[max(_ends(bar)) for bar in bars],
        y=[-float(row) for row, _ in enumerate(bars)],
        mode="text",
        text=[f"  {bar.text}" for bar in bars],
        textposition="middle right",
        textfont={"size": 11, "color": INK},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )


def theme(name: str) -> str:
    """A theme for readers."""
    return say("attribution.account") if name == ACCOUNT else say(f"report.theme-{name}")


def with_span(shift: Shift) -> str:
    """A shift in points with its interval."""
    low, high = points(shift.low), points(shift.high)
    return say("figures.difference.span", points=points(shift.value), low=low, high=high)


def in_words(given: Attributed) -> str:
    """Both shares, the themes that account for most, and how much themes do only together."""
    found = given.found
    parts = [f"{theme(name)} {with_span(found.themes[name])}" for name in found.ranked[:NAMED]]
    return say(
        "attribution.words",
        **_both(given),
        difference=with_span(found.difference),
        parts=listed(parts),
        together=in_sum(given),
    )


def in_sum(given: Attributed) -> str:
    """How much themes do alone, and how much only together, in one line."""
    alone = sum(given.found.alone.values())
    return say("attribution.in-sum", alone=points(alone), together=points(given.found.together))


def _both(given: Attributed) -> dict[str, Any]:
    """What is asked, of which views, and its share under both."""
    return {
        "what": _what(given),
        "weeks": number(given.weeks),
        "first": given.first,
        "second": given.second,
        "share": share(given.found.first),
        "other": share(given.found.second),
    }


def _what(given: Attributed) -> str:
    return say("attribution.outcome", outcome=given.what) if given.what else say("figures.any-agreement")


def table(given: Attributed) -> Table:
    """Every theme in order of size, with its interval and the number of differing quantities."""
    found = given.found
    rows = tuple(
        (
            theme(name),
            with_span(found.themes[name]),
            points(found.alone[name]),
            points(found.last[name]),
            number(len(given.stated[name])) if name != ACCOUNT else "–",
        )
        for name in found.ranked
    )
    alone = points(sum(found.alone.values()))
    many = number(sum(len(one) for name, one in given.stated.items() if name != ACCOUNT))
    whole = (say("attribution.whole"), with_span(found.difference), alone, points(sum(found.last.values())), many)
    caption = say(
        "attribution.table",
        **_both(given),
    )
    return Table(caption, tuple(say(f"attribution.column-{name}") for name in COLUMNS), (*rows, whole))
