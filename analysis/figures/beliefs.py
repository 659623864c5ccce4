"""Beliefs: what actors think of one another, week by week; one panel for each kind of belief that moves."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from analysis.figures.figure_table import Table
from analysis.figures.number_text import escape_text, format_share, format_week_heading, shorten
from analysis.figures.panels import Stack, draw_band, lay_out, make_legend, make_panel_title
from analysis.figures.style import DARK, SYMBOLS, apply_style, make_share_ticks
from analysis.methods.beliefs import BeliefBand, Beliefs
from sim.i18n.messages import format_number, message
from sim.schema.belief import BeliefKind

DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
HEAD, LINE_OF_LEGEND, BODY = 26, 20, 120
"""Height in pixels of a panel's name, of each line of its legend, and of the panel."""

LEAST = 0.05
"""Beliefs whose median moves by no more than this stand in the table alone."""

SIZE = 8
"""Size of a sign."""


def title() -> str:
    """Title of the figure."""
    return message("figures.beliefs.title")


def how_to_read() -> str:
    """How to read it."""
    return message("figures.beliefs.how")


def draw_figure(beliefs: Beliefs) -> go.Figure:
    """A panel for each kind that moves, with a line and a band for each belief that does, and its legend above it."""
    drawn, kinds = go.Figure(), _select_moving(beliefs)
    if not kinds:
        return apply_style(drawn, HEAD)
    stack = Stack(tuple((HEAD + LINE_OF_LEGEND * len(found), BODY) for found in kinds.values()))
    for n, bands in enumerate(kinds.values(), start=1):
        for place, band in enumerate(bands):
            drawn.add_traces(_draw_belief(beliefs, band, place, n))
    axis = {"range": [0, 1]} | make_share_ticks(1.0, 3)
    lay_out(drawn, stack, beliefs.weeks.tolist(), [axis] * len(kinds))
    for n, kind in enumerate(kinds, start=1):
        drawn.add_annotation(make_panel_title(message(f"figures.beliefs.{kind}"), stack.find_top(n)))
        drawn.layout["legend" if n == 1 else f"legend{n}"] = make_legend(stack.find_top(n, HEAD - 6))
    return drawn


def has_lines(beliefs: Beliefs) -> bool:
    """True if some belief moves so far that it is drawn."""
    return bool(_select_moving(beliefs))


def _select_moving(beliefs: Beliefs) -> dict[BeliefKind, tuple[BeliefBand, ...]]:
    """Beliefs whose median moves by more than the least that is drawn, by kind."""
    found = {
        kind: tuple(band for band in bands if np.ptp(band.chance.middle) > LEAST)
        for kind, bands in beliefs.kinds.items()
    }
    return {kind: bands for kind, bands in found.items() if bands}


def _draw_belief(beliefs: Beliefs, belief: BeliefBand, place: int, n: int) -> list[go.Scatter]:
    """Band and line of one belief in panel n, its sign at every quarter of the horizon, and its line in the legend."""
    weeks, colour = beliefs.weeks.tolist(), DARK[place % len(DARK)]
    name = escape_text(shorten(message("figures.beliefs.pair", holder=belief.holder, about=belief.about)))
    quarters = {round(weeks[-1] * part / 4) for part in range(5)}
    line = go.Scatter(
        x=weeks,
        y=belief.chance.middle.tolist(),
        mode="lines+markers",
        name=name,
        line={"color": colour, "width": 2, "dash": DASHES[place % len(DASHES)]},
        marker={"symbol": SYMBOLS[place % len(SYMBOLS)], "size": [SIZE if at in quarters else 0 for at in weeks]},
        customdata=[format_share(float(chance)) for chance in belief.chance.middle],
        hovertemplate="%{customdata} " + name + "<extra></extra>",
        showlegend=False,
        xaxis=f"x{n}",
        yaxis=f"y{n}",
    )
    sample = go.Scatter(line).update(x=[None], y=[None], showlegend=True, marker={"size": SIZE})
    sample.legend = "legend" if n == 1 else f"legend{n}"
    return [draw_band(weeks, belief.chance.low.tolist(), belief.chance.high.tolist(), colour, n), line, sample]


def summary_text(beliefs: Beliefs) -> str:
    """The belief that moves most, up and down, by its median."""
    moved = [(_compute_change(band), kind, band) for kind, bands in beliefs.kinds.items() for band in bands]
    last = format_week_heading(int(beliefs.weeks[-1]))
    first = message("figures.beliefs.words", view=beliefs.view_label, runs=format_number(beliefs.runs), last=last)
    if not moved:
        return message("figures.beliefs.none", view=beliefs.view_label)
    ends = {"falls": min(moved, key=_get_change), "rises": max(moved, key=_get_change)}
    parts = [
        _describe_change(key, kind, band)
        for key, (change, kind, band) in ends.items()
        if change and (change < 0) == (key == "falls")
    ]
    return " ".join([first, *(parts or [message("figures.beliefs.still")])])


def _compute_change(belief: BeliefBand) -> float:
    """How far the median moves, as finely as it is said."""
    return round(float(belief.chance.middle[-1]), 2) - round(float(belief.chance.middle[0]), 2)


def _get_change(entry: tuple[float, str, BeliefBand]) -> float:
    return entry[0]


def _describe_change(key: str, kind: str, belief: BeliefBand) -> str:
    """The belief that falls or rises most."""
    return message(
        f"figures.beliefs.{key}",
        holder=belief.holder,
        about=belief.about,
        kind=message(f"figures.beliefs.{kind}"),
        start=format_number(float(belief.chance.middle[0]), 2),
        end=format_number(float(belief.chance.middle[-1]), 2),
    )


def build_table(beliefs: Beliefs) -> Table:
    """Medians at the start and at the end, and the middle four fifths of runs at the end."""
    rows = tuple(
        (
            message("figures.beliefs.pair", holder=band.holder, about=band.about),
            message(f"figures.beliefs.{kind}-short"),
            _format_move(band),
        )
        for kind, bands in beliefs.kinds.items()
        for band in bands
    )
    head = tuple(message(f"figures.beliefs.column-{name}") for name in ("who", "kind", "move"))
    caption = message(
        "figures.beliefs.table",
        view=beliefs.view_label,
        runs=format_number(beliefs.runs),
        last=format_week_heading(int(beliefs.weeks[-1])),
    )
    return Table(caption, head, rows)


def build_common_table(shown: Sequence[Beliefs]) -> Table:
    """The same of several source views, a column for each; empty where one holds no such belief."""
    cells: dict[tuple[str, str], list[str]] = {}
    for place, beliefs in enumerate(shown):
        for row in build_table(beliefs).rows:
            cells.setdefault((row[0], row[1]), [""] * len(shown))[place] = row[2]
    head = tuple(message(f"figures.beliefs.column-{name}") for name in ("who", "kind"))
    caption = message(
        "figures.beliefs.table-all",
        runs=format_number(max(one.runs for one in shown)),
        last=format_week_heading(max(int(one.weeks[-1]) for one in shown)),
    )
    rows = tuple((*named, *found) for named, found in cells.items())
    return Table(caption, (*head, *(one.view_label for one in shown)), rows)


def _format_move(belief: BeliefBand) -> str:
    chance = belief.chance
    start, end = (format_number(float(chance.middle[n]), 2) for n in (0, -1))
    low, high = (format_number(float(values[-1]), 2) for values in (chance.low, chance.high))
    return f"{start} → {end} ({low}–{high})"
