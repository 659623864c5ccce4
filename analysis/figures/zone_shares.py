"""Zone shares: in how many open runs there is room for an agreement, week by week, all source views in one figure."""

from collections.abc import Mapping

import plotly.graph_objects as go

from analysis.figures.direct_labels import make_short_names
from analysis.figures.figure_table import Table
from analysis.figures.line_names import place_line_names
from analysis.figures.number_text import (
    break_lines,
    escape_text,
    format_estimate,
    format_range,
    format_share,
    format_week_heading,
)
from analysis.figures.style import Mark, apply_style, assign_marks, make_share_ticks
from analysis.methods.agreement_zone import AgreementZone
from sim.i18n.messages import format_number, message

BODY, TOP, BOTTOM, LEFT, RIGHT = 210, 12, 44, 44, 112
"""Height of the lines, and margins around them, in pixels."""

DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")


def title() -> str:
    """Title of the figure."""
    return message("figures.zone-shares.title")


def how_to_read() -> str:
    """How to read it."""
    return message("figures.zone-shares.how")


def draw_figure(zones: Mapping[str, AgreementZone]) -> go.Figure:
    """A line for each source view, with its name at its right end."""
    labels = {name: zone.view_label for name, zone in zones.items()}
    shown = {name: zone for name, zone in zones.items() if len(zone.weeks)}
    drawn = go.Figure()
    for n, (name, mark) in enumerate(assign_marks(labels).items()):
        if name in shown:
            drawn.add_trace(_draw_line(shown[name], mark, DASHES[n % len(DASHES)]))
    apply_style(drawn, BODY + TOP + BOTTOM)
    high = max((share.share for zone in shown.values() for share in zone.for_all), default=1.0)
    high = min(1.0, 1.15 * high + 0.02)
    names = make_short_names(labels)
    ends = [(escape_text(names[name]), int(zone.weeks[-1]), zone.for_all[-1].share) for name, zone in shown.items()]
    last = max((week for _, week, _ in ends), default=1)
    return drawn.update_layout(
        showlegend=False,
        margin={"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM},
        annotations=place_line_names(ends, high, BODY),
        xaxis={
            "title": {"text": message("figures.axis.week"), "standoff": 6},
            "range": [0, max(1, last)],
            "fixedrange": True,
            "gridcolor": "rgba(0,0,0,0)",
            "nticks": 7,
        },
        yaxis={"range": [0, high], "fixedrange": True, **make_share_ticks(high)},
    )


def _draw_line(zone: AgreementZone, mark: Mark, dash: str) -> go.Scatter:
    """The line of one source view."""
    return go.Scatter(
        x=zone.weeks.tolist(),
        y=[one.share for one in zone.for_all],
        mode="lines+markers",
        name=break_lines(zone.view_label),
        line={"color": mark.colour, "width": 2, "dash": dash},
        marker={"symbol": mark.symbol, "size": 7, "color": mark.colour},
        text=[format_estimate(one) for one in zone.for_all],
        hovertemplate="%{text} %{fullData.name}<extra></extra>",
        cliponaxis=False,
    )


def summary_text(zones: Mapping[str, AgreementZone]) -> str:
    """The range over source views at the first and the last look."""
    shown = [zone for zone in zones.values() if len(zone.weeks)]
    if not shown:
        return message("figures.zone-shares.none")
    first, last = ([zone.for_all[n].share for zone in shown] for n in (0, -1))
    return message(
        "figures.zone-shares.words",
        first=format_range(min(first), max(first)),
        last=format_range(min(last), max(last)),
        week=format_number(max(int(zone.weeks[-1]) for zone in shown)),
    )


def build_table(zones: Mapping[str, AgreementZone]) -> Table:
    """The share under every source view at a quarter, half, three quarters and all of the looks."""
    weeks = sorted({int(week) for zone in zones.values() for week in zone.weeks})
    at = [weeks[round((len(weeks) - 1) * part / 4)] for part in range(5)] if weeks else []
    rows = tuple(
        (zone.view_label, *(_format_share(zone, week) for week in dict.fromkeys(at))) for zone in zones.values()
    )
    head = (message("figures.column.view"), *(format_week_heading(week) for week in dict.fromkeys(at)))
    return Table(message("figures.zone-shares.table"), head, rows)


def _format_share(zone: AgreementZone, week: int) -> str:
    """The share at a week, with the number of open runs."""
    found = {int(at): (share, many) for at, share, many in zip(zone.weeks, zone.for_all, zone.open_runs, strict=True)}
    if week not in found:
        return "–"
    share, many = found[week]
    return message("figures.zone-shares.cell", share=format_share(share.share), runs=format_number(many))
