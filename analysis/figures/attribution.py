"""Attribution: from the share under one source view to that under another, theme by theme, as a waterfall."""

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from analysis.figures.dot_intervals import make_heading
from analysis.figures.figure_table import Table
from analysis.figures.number_text import escape_text, format_list
from analysis.figures.share_change_text import format_fine_share, format_points
from analysis.figures.style import COLOURS, GREY, INK, apply_style, make_share_axis
from analysis.methods.named_attribution import NamedAttribution
from analysis.methods.paired_change import PartOfChange
from sim.experiments.theme_differences import ACCOUNT
from sim.i18n.messages import format_number, message

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
    shift: PartOfChange | None
    text: str


def title() -> str:
    """Title of the figure."""
    return message("attribution.title")


def how_to_read() -> str:
    """How to read it."""
    return message("attribution.how")


def draw_figure(given: NamedAttribution) -> go.Figure:
    """Bars that begin where the one above ends, each theme with its interval."""
    bars = _build_bars(given)
    drawn = go.Figure()
    for kind in LOOKS:
        rows = [(-float(row), bar) for row, bar in enumerate(bars) if bar.kind == kind]
        if rows:
            drawn.add_trace(_draw_bars(kind, rows))
    ends = [0.0, *(end for bar in bars for end in _find_ends(bar))]
    low, high = min(ends), max(ends)
    room = 0.16 * (high - low)
    drawn.add_traces([_draw_connectors(bars), _draw_numbers(bars)])
    apply_style(drawn, height=ROW * len(bars) + 130)
    axis = make_share_axis(message("attribution.axis"), high + room)
    drawn.update_layout(
        xaxis=axis | {"range": [low - (room / 4 if low < 0 else 0.0), high + room]},
        yaxis={"visible": False, "range": [-len(bars) + 0.5, 1.1], "fixedrange": True},
        annotations=[make_heading(bar.name, 0.46 - row) for row, bar in enumerate(bars)],
        bargap=0,
    )
    return drawn


def _build_bars(given: NamedAttribution) -> list[_Bar]:
    """The first view, themes that raise the share, themes that lower it, the second view."""
    found, at = given.attribution, given.attribution.first
    bars = [_Bar(given.first, TOTAL, 0.0, at, None, format_fine_share(at))]
    for kind in (UP, DOWN):
        for name in found.ranked_themes:
            shift = found.themes[name]
            if (shift.value >= 0) == (kind == UP):
                bars.append(_Bar(format_theme(name), kind, at, shift.value, shift, format_points(shift.value)))
                at += shift.value
    return [*bars, _Bar(given.second, TOTAL, 0.0, found.second, None, format_fine_share(found.second))]


def _find_ends(bar: _Bar) -> tuple[float, ...]:
    """How far a bar and its interval reach."""
    interval = (bar.base + bar.shift.low, bar.base + bar.shift.high) if bar.shift else ()
    return (bar.base, bar.base + bar.length, *interval)


def _draw_bars(kind: str, rows: list[tuple[float, _Bar]]) -> go.Bar:
    """All bars of one kind."""
    colour, shape = LOOKS[kind]
    pattern = {"shape": shape, "fgcolor": INK, "bgcolor": colour, "size": 6, "solidity": 0.12}
    shifts = [bar.shift or PartOfChange(0.0, 0.0, 0.0, "paired") for _, bar in rows]
    trace = go.Bar(
        x=[bar.length for _, bar in rows],
        base=[bar.base for _, bar in rows],
        y=[height for height, _ in rows],
        width=0.4,
        orientation="h",
        name=message(f"attribution.bar-{kind}"),
        marker={"color": colour, "line": {"color": INK, "width": 0.6}, "pattern": pattern},
        hovertext=[f"{escape_text(bar.name)}: {format_shift(bar.shift) if bar.shift else bar.text}" for _, bar in rows],
        hoverinfo="text",
        showlegend=True,
    )
    if kind != TOTAL:
        beyond = [shift.high - shift.value for shift in shifts]
        before = [shift.value - shift.low for shift in shifts]
        trace.error_x = {"type": "data", "symmetric": False, "array": beyond, "arrayminus": before}
        trace.error_x.update(color=INK, thickness=1.5, width=4)
    return trace


def _draw_connectors(bars: list[_Bar]) -> go.Scatter:
    """Thin lines from the end of each bar to the beginning of the next one."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for row, bar in enumerate(bars[:-1]):
        end = bar.base + bar.length
        xs += [end, end, None]
        ys += [-float(row), -row - 1.0, None]
    line = {"color": GREY, "width": 1, "dash": "dot"}
    return go.Scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip", showlegend=False)


def _draw_numbers(bars: list[_Bar]) -> go.Scatter:
    """The numbers, right of the bars and their intervals."""
    return go.Scatter(
        x=[max(_find_ends(bar)) for bar in bars],
        y=[-float(row) for row, _ in enumerate(bars)],
        mode="text",
        text=[f"  {bar.text}" for bar in bars],
        textposition="middle right",
        textfont={"size": 11, "color": INK},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )


def format_theme(name: str) -> str:
    """A theme for readers."""
    return message("attribution.account") if name == ACCOUNT else message(f"report.theme-{name}")


def format_shift(shift: PartOfChange) -> str:
    """A shift in points with its interval."""
    low, high = format_points(shift.low), format_points(shift.high)
    return message("figures.difference.span", points=format_points(shift.value), low=low, high=high)


def summary_text(given: NamedAttribution) -> str:
    """Both shares, the themes that account for most as far as luck leaves it open, and how much they do together."""
    found = given.attribution
    parts = [f"{format_theme(name)} {format_shift(found.themes[name])}" for name in found.leading_themes[:NAMED]]
    if found.first == found.second == 0.0:
        about = message("attribution.never")
    elif not found.difference.is_clear:
        about = message("attribution.same")
    else:
        about = message("attribution.about", parts=format_list(parts)) if parts else message("attribution.no-theme")
    return message(
        "attribution.words",
        **_describe_views(given),
        difference=format_shift(found.difference),
        about=about,
        together="" if found.first == found.second == 0.0 else describe_interaction(given),
    ).rstrip()


def describe_interaction(given: NamedAttribution) -> str:
    """How much themes do alone, and how much only together, in one line."""
    alone = sum(given.attribution.alone.values())
    return message("attribution.in-sum", alone=format_points(alone), together=format_points(given.attribution.together))


def _describe_views(given: NamedAttribution) -> dict[str, Any]:
    """What is asked, of which views, and its share under both."""
    return {
        "what": _format_outcome(given),
        "weeks": format_number(given.weeks),
        "first": given.first,
        "second": given.second,
        "share": format_fine_share(given.attribution.first),
        "other": format_fine_share(given.attribution.second),
    }


def _format_outcome(given: NamedAttribution) -> str:
    return (
        message("attribution.outcome", outcome=given.outcome_label)
        if given.outcome_label
        else message("figures.any-agreement")
    )


def build_table(given: NamedAttribution) -> Table:
    """Every theme in order of size, with its interval and the number of differing quantities."""
    found = given.attribution
    rows = tuple(
        (
            format_theme(name),
            format_shift(found.themes[name]),
            format_points(found.alone[name]),
            format_points(found.last[name]),
            format_number(len(given.place_differences[name])) if name != ACCOUNT else "–",
        )
        for name in found.ranked_themes
    )
    alone = format_points(sum(found.alone.values()))
    many = format_number(sum(len(one) for name, one in given.place_differences.items() if name != ACCOUNT))
    whole = (
        message("attribution.whole"),
        format_shift(found.difference),
        alone,
        format_points(sum(found.last.values())),
        many,
    )
    caption = message(
        "attribution.table",
        **_describe_views(given),
    )
    return Table(caption, tuple(message(f"attribution.column-{name}") for name in COLUMNS), (*rows, whole))
