"""Joint worths: worth to one side against worth to the other, packages as points, and the zone between the two.

Drawn as negotiators draw it: walk-away lines, the zone shaded, the Pareto frontier, the Nash point, and rings around
the packages that are agreed, as large as their number. Names stand beside what they name.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from math import sqrt

import plotly.graph_objects as go

from analysis.figures.figure_table import Table
from analysis.figures.number_text import (
    break_lines,
    escape_text,
    format_estimate,
    format_share,
    shorten,
)
from analysis.figures.panels import make_translucent
from analysis.figures.style import DARK, GREY, INK, LINE, apply_style
from analysis.methods.joint_worths import JointWorths, PackagePoint, ReservationBand
from sim.i18n.messages import format_number, message
from sim.narrative.names import join_words

FIRST, SECOND, ZONE, AGREED = DARK[1], DARK[0], DARK[2], DARK[3]
"""Colours of both walk-away lines, of the zone, and of what is agreed."""

HEIGHT, MARGIN = 470, 0.06
"""Height of the picture in pixels, and room around the points as a share of their span."""

BELOW = 0.35
"""Worths further below a walk-away line than this are not drawn; the table has them."""

LARGEST, NAMED = 44, 0.1
"""Diameter of the ring of all agreements; share of them from which it is written."""

STEP, ROWS = 0.1, 5
"""Distance of two shares as a share of the upright axis; packages in the table, at most."""

NAMED_LACKING = 3
"""Packages without a consent that are named, at most."""


def title() -> str:
    """Title of the figure."""
    return message("figures.joint.title")


def how_to_read() -> str:
    """How to read it."""
    return message("figures.joint.how")


def draw_figure(joint: JointWorths) -> go.Figure:
    """Points on two axes, with everything that a negotiator would draw into them."""
    drawn = go.Figure()
    lines = joint.reservations
    if lines is None:
        drawn.add_trace(go.Scatter(x=[0], y=[0], mode="text", text=[message("figures.joint.nothing")]))
        return _lay_out(drawn, joint, [0, 1], [0, 1])
    x, y = _find_ends(joint, lines)
    shown = [one for one in joint.points if one.first >= x[0] and one.second >= y[0]]
    drawn.add_traces([*_draw_frontier(shown), _draw_agreed(joint, shown), *_draw_points(joint, shown)])
    _draw_zone(drawn, lines, x, y)
    _lay_out(drawn, joint, x, y)
    return drawn.update_layout(annotations=[*_name_lines(joint, lines, x, y), *_name_points(joint, shown, x, y)])


def _find_ends(joint: JointWorths, lines: tuple[ReservationBand, ReservationBand]) -> tuple[list[float], list[float]]:
    """Ends of both axes: all points, but none far below a walk-away line."""
    found = []
    for values, line in zip(
        ([one.first for one in joint.points], [one.second for one in joint.points]), lines, strict=True
    ):
        low = max(min(*values, line.low), line.median - BELOW)
        high = max(*values, line.high)
        room = MARGIN * (high - low) + 0.01
        found.append([low - room, high + room])
    return found[0], found[1]


def _lay_out(drawn: go.Figure, joint: JointWorths, x: list[float], y: list[float]) -> go.Figure:
    """Dress it, with the names of both axes."""
    apply_style(drawn, HEIGHT)
    shared = {"fixedrange": True, "gridcolor": LINE, "zeroline": False, "nticks": 7, "tickformat": ".2f"}
    names = [{"text": message("figures.joint.axis", side=escape_text(shorten(side, 24)))} for side in joint.sides]
    return drawn.update_layout(
        xaxis=shared | {"range": x, "title": names[0] | {"standoff": 8}},
        yaxis=shared | {"range": y, "title": names[1] | {"standoff": 6}, "automargin": True},
        margin={"l": 52, "r": 14, "t": 10, "b": 46},
        showlegend=False,
        hovermode="closest",
    )


def _draw_zone(
    drawn: go.Figure, lines: tuple[ReservationBand, ReservationBand], x: list[float], y: list[float]
) -> None:
    """The zone beyond both walk-away lines, the lines, and how far each varies over runs."""
    first, second = lines
    shapes: list[dict[str, object]] = [
        {"x0": first.median, "x1": x[1], "y0": second.median, "y1": y[1], "fillcolor": make_translucent(ZONE, 0.14)},
        {"x0": first.low, "x1": first.high, "y0": y[0], "y1": y[1], "fillcolor": make_translucent(FIRST, 0.1)},
        {"x0": x[0], "x1": x[1], "y0": second.low, "y1": second.high, "fillcolor": make_translucent(SECOND, 0.1)},
    ]
    bands = [{"type": "rect", "line": {"width": 0}, "layer": "below"} | one for one in shapes]
    walls = [
        {"x0": first.median, "x1": first.median, "y0": y[0], "y1": y[1], "line": {"color": FIRST, "width": 2}},
        {"x0": x[0], "x1": x[1], "y0": second.median, "y1": second.median, "line": {"color": SECOND, "width": 2}},
    ]
    drawn.update_layout(shapes=[*bands, *({"type": "line", "layer": "below"} | one for one in walls)])


def _draw_frontier(shown: list[PackagePoint]) -> Iterator[go.Scatter]:
    """The Pareto frontier, from point to point in steps: between two packages there is none."""
    best = sorted({(one.first, one.second) for one in shown if one.efficient})
    if not best:
        return
    xs, ys = [best[0][0]], [best[0][1]]
    for (_, above), (x, y) in pairwise(best):
        xs += [x, x] if above == y else [xs[-1], x]
        ys += [y, y]
    yield go.Scatter(x=xs, y=ys, mode="lines", line={"color": GREY, "width": 1.5, "dash": "dot"}, hoverinfo="skip")


def _draw_agreed(joint: JointWorths, shown: list[PackagePoint]) -> go.Scatter:
    """Rings around what is agreed; their area is the number of agreements."""
    total = sum(one.agreed for one in joint.points)
    rings = [one for one in shown if one.agreed]
    return go.Scatter(
        x=[one.first for one in rings],
        y=[one.second for one in rings],
        mode="markers",
        marker={
            "size": [max(9.0, LARGEST * sqrt(one.agreed / total)) for one in rings],
            "color": make_translucent(AGREED, 0.18),
            "line": {"color": AGREED, "width": 2},
        },
        hovertext=[_describe(joint, one) for one in rings],
        hoverinfo="text",
        cliponaxis=False,
    )


def _draw_points(joint: JointWorths, shown: list[PackagePoint]) -> Iterator[go.Scatter]:
    """Packages: full inside the zone, hollow outside; a star for the Nash point."""
    nash = None if joint.nash is None else joint.points[joint.nash]
    groups = (
        ([one for one in shown if one.in_zone and not one.lacking and one is not nash], "circle", 7, ZONE),
        ([one for one in shown if one.is_blocked and one is not nash], "x", 8, AGREED),
        ([one for one in shown if not one.in_zone], "circle-open", 7, GREY),
        ([one for one in shown if one is nash], "star", 15, INK),
    )
    for points, symbol, size, colour in groups:
        yield go.Scatter(
            x=[one.first for one in points],
            y=[one.second for one in points],
            mode="markers",
            marker={"symbol": symbol, "size": size, "color": colour, "line": {"color": colour, "width": 1.5}},
            hovertext=[_describe(joint, one) for one in points],
            hoverinfo="text",
            cliponaxis=False,
        )


def _describe(joint: JointWorths, one: PackagePoint) -> str:
    """A package in words, for those who point at it."""
    worth = [
        f"{escape_text(side)}: {format_number(value, 2)}"
        for side, value in zip(joint.sides, (one.first, one.second), strict=True)
    ]
    prefer = message("figures.joint.both-prefer", share=format_share(one.both_prefer))
    agreed = message("figures.joint.agreed-in", runs=format_number(one.agreed), all=format_number(joint.n_matching))
    return "<br>".join([_name(one, 48), *worth, prefer, agreed])


def _name(one: PackagePoint, most: int) -> str:
    """A package by its terms, and by its sequence where there are several."""
    return "<br>".join(break_lines(part, most, None) for part in (one.label, one.sequence_label) if part)


def _make_note(text: str, x: float, y: float, colour: str = INK, **more: object) -> dict[str, object]:
    """A text at a place."""
    look: dict[str, object] = {"showarrow": False, "font": {"size": 11.5, "color": colour}, "borderpad": 1}
    return look | {"text": text, "x": x, "y": y} | more


def _name_lines(
    joint: JointWorths, lines: tuple[ReservationBand, ReservationBand], x: list[float], y: list[float]
) -> list[dict[str, object]]:
    """Names of the walk-away lines, at their ends, and of the zone, in its far corner."""
    first, second = lines
    names = [
        message("figures.joint.walks-away", side=escape_text(shorten(side, 20)), worth=format_number(line.median, 2))
        for side, line in zip(joint.sides, lines, strict=True)
    ]
    found = [
        _make_note(names[0], first.median, y[1], FIRST, textangle=-90, xanchor="right", yanchor="top", yshift=-20),
        _make_note(names[1], x[0], second.median, SECOND, xanchor="left", yanchor="top"),
    ]
    zone = message("figures.joint.zone")
    return [*found, _make_note(f"<b>{zone}</b>", x[1], y[1], ZONE, xanchor="right", yanchor="top", xshift=-32)]


def _name_points(
    joint: JointWorths, shown: list[PackagePoint], x: list[float], y: list[float]
) -> list[dict[str, object]]:
    """The Nash point, and shares of what is agreed most often, at the right edge, beyond the frontier."""
    total = sum(one.agreed for one in joint.points)
    nash = None if joint.nash is None else joint.points[joint.nash]
    found, step = [], STEP * (y[1] - y[0])
    height = y[1] - step
    for one in sorted(shown, key=lambda point: -point.second):
        often = bool(total) and one.agreed / total >= NAMED
        if not (often or one is nash):
            continue
        words = [f"<b>{message('figures.joint.nash')}</b>"] if one is nash else []
        words += [format_share(one.agreed / total)] if often else []
        height = min(height - step, max(one.second + step, y[0] + step))
        leader = {"showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": GREY, "standoff": 6}
        found.append(
            _make_note(", ".join(words), one.first, one.second)
            | leader
            | {"axref": "x", "ayref": "y", "ax": x[1], "ay": height, "xanchor": "right", "align": "right"}
        )
    return found


def summary_text(joint: JointWorths) -> str:
    """Where both walk away, how many runs have a zone, the Nash point and what is agreed most often."""
    lines, share = joint.reservations, joint.with_zone
    if lines is None or share is None:
        return message("figures.joint.none", view=joint.view_label, week=_format_week(joint))
    parts = [
        message(
            "figures.joint.words",
            view=joint.view_label,
            week=_format_week(joint),
            runs=format_number(joint.open_runs),
            first=joint.sides[0],
            second=joint.sides[1],
            needs=format_number(lines[0].median, 2),
            other=format_number(lines[1].median, 2),
            share=format_share(share.share),
        )
    ]
    inside = sum(one.in_zone for one in joint.points)
    parts.append(message("figures.joint.inside", count=inside, all=format_number(len(joint.points))))
    parts += list_lacking(joint)
    if joint.nash is not None:
        parts.append(message("figures.joint.nash-is", label=_say(joint.points[joint.nash])))
    total = sum(one.agreed for one in joint.points)
    if total:
        best = max(joint.points, key=lambda one: one.agreed)
        often = format_share(best.agreed / total)
        parts.append(message("figures.joint.most", label=_say(best), share=often, total=format_number(total)))
    if total and not inside:
        parts.append(message("figures.joint.hidden"))
    return " ".join(parts)


def list_lacking(joint: JointWorths) -> list[str]:
    """Sentences that say which packages in the zone of the two sides lack whose consent.

    Args:
        joint: Packages as points.
    """
    blocked = Counter(one.lacking for one in joint.points if one.is_blocked)
    inside = sum(one.in_zone for one in joint.points)
    return [
        message(
            "figures.joint.lacking",
            count=count,
            inside=format_number(inside),
            who=join_words(who),
            labels=_list_labels([one for one in joint.points if one.is_blocked and one.lacking == who]),
        )
        for who, count in blocked.most_common()
    ]


def _list_labels(points: list[PackagePoint]) -> str:
    """Labels of the first few packages, in quotes."""
    named = [message("figures.joint.quoted", label=_say(one)) for one in points[:NAMED_LACKING]]
    return "; ".join([*named, *(["…"] if len(points) > NAMED_LACKING else [])])


def _say(one: PackagePoint) -> str:
    return f"{one.label} – {one.sequence_label}" if one.sequence_label else one.label


def _format_week(joint: JointWorths) -> str:
    return format_number(joint.week)


def build_table(joint: JointWorths) -> Table:
    """Packages that are agreed, and the Nash point; the walk-away lines stand first."""
    ranked = sorted(joint.points, key=lambda one: (-one.agreed, -one.both_prefer, -min(one.first, one.second)))
    nash = None if joint.nash is None else joint.points[joint.nash]
    named = [one for one in ranked if one.agreed or one is nash or one.in_zone][:ROWS]
    rows = [_make_row(one, nash) for one in named or ranked[:ROWS]]
    lines, zone = joint.reservations, joint.with_zone
    if lines is not None and zone is not None:
        needs = (format_number(line.median, 2) for line in lines)
        rows.insert(0, (message("figures.joint.row-none"), *needs, format_estimate(zone), "", "", ""))
    columns = ("both", "all", "mark", "agreed")
    head = (
        message("figures.joint.column-package"),
        *(message("figures.joint.column-worth", side=side) for side in joint.sides),
        *(message(f"figures.joint.column-{column}") for column in columns),
    )
    caption = message("figures.joint.table", view=joint.view_label, week=_format_week(joint))
    return Table(caption, head, tuple(rows))


def _make_row(one: PackagePoint, nash: PackagePoint | None) -> tuple[str, ...]:
    worth = (format_number(value, 2) for value in (one.first, one.second))
    prefer = (format_share(value) for value in (one.both_prefer, one.all_prefer))
    return (_say(one), *worth, *prefer, _mark(one, nash), format_number(one.agreed))


def _mark(one: PackagePoint, nash: PackagePoint | None) -> str:
    """Whether a package is the Nash point, or on the frontier."""
    if one is nash:
        return message("figures.joint.nash")
    return message("figures.joint.frontier") if one.efficient else ""
