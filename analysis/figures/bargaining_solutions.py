"""Bargaining solutions: packages as two parties see them, the zone beyond no agreement, and what theories choose."""

from itertools import pairwise

import plotly.graph_objects as go

from analysis.figures.figure_table import Table
from analysis.figures.number_text import break_lines, escape_text, format_list, shorten
from analysis.figures.panels import make_translucent
from analysis.figures.style import DARK, GREY, INK, LINE, apply_style
from analysis.methods.bargaining import SOLUTIONS
from analysis.methods.solved_pair import SolvedPackage, SolvedPair
from sim.i18n.messages import format_number, message

HEIGHT, MARGIN, DIGITS = 520, 0.06, 3
"""Height of the picture in pixels, room around the points as a share of their span, and decimals of worths."""

MARKS = (("star", 17), ("square-open", 19), ("diamond-open", 22), ("triangle-up-open", 26), ("cross-open", 30))
"""Symbol and size of each solution, the larger behind, so that solutions on one package are all seen."""

ZONE = DARK[2]


def title() -> str:
    """Title of the figure."""
    return message("bargaining.figure-title")


def how_to_read() -> str:
    """How to read it."""
    return message("bargaining.figure-how")


def draw_figure(pair: SolvedPair) -> go.Figure:
    """Points on two axes, both lines of no agreement, the zone, the frontier and the solutions."""
    drawn = go.Figure([*_draw_frontier(pair), *_draw_packages(pair), *_draw_solutions(pair), *_draw_asked(pair)])
    ends = _find_ends(pair)
    apply_style(drawn, HEIGHT)
    shared = {"fixedrange": True, "gridcolor": LINE, "zeroline": False, "nticks": 7}
    names = [{"text": message("figures.joint.axis", side=escape_text(shorten(side, 24)))} for side in pair.sides]
    return drawn.update_layout(
        xaxis=shared | {"range": ends[0], "title": names[0] | {"standoff": 8}},
        yaxis=shared | {"range": ends[1], "title": names[1] | {"standoff": 6}, "automargin": True},
        margin={"l": 52, "r": 14, "t": 10, "b": 46},
        hovermode="closest",
        shapes=_make_shapes(pair, ends),
    )


def _find_ends(pair: SolvedPair) -> tuple[list[float], list[float]]:
    """Ends of both axes."""
    ends = []
    for values, none in zip(
        ([one.first for one in pair.packages], [one.second for one in pair.packages]), pair.disagreement, strict=True
    ):
        low, high = min(*values, none), max(*values, none)
        room = MARGIN * (high - low) + 0.01
        ends.append([low - room, high + room])
    return ends[0], ends[1]


def _make_shapes(pair: SolvedPair, ends: tuple[list[float], list[float]]) -> list[dict[str, object]]:
    """What both prefer to no agreement, shaded, and the two lines of no agreement."""
    (x, y), (left, right), (low, high) = pair.disagreement, ends[0], ends[1]
    zone = {"type": "rect", "x0": x, "x1": right, "y0": y, "y1": high, "fillcolor": make_translucent(ZONE, 0.14)}
    line = {"type": "line", "layer": "below", "line": {"color": GREY, "width": 2}}
    return [
        zone | {"line": {"width": 0}, "layer": "below"},
        line | {"x0": x, "x1": x, "y0": low, "y1": high},
        line | {"x0": left, "x1": right, "y0": y, "y1": y},
    ]


def _draw_frontier(pair: SolvedPair) -> list[go.Scatter]:
    """The Pareto frontier in steps, where only these two bargain; between two packages there is none."""
    best = sorted({(one.first, one.second) for one in pair.packages if one.efficient})
    if pair.others or not best:
        return []
    xs, ys = [best[0][0]], [best[0][1]]
    for (_, above), (x, y) in pairwise(best):
        xs += [x, x] if above == y else [xs[-1], x]
        ys += [y, y]
    line = {"color": GREY, "width": 1.5, "dash": "dot"}
    return [go.Scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip", showlegend=False)]


def _draw_packages(pair: SolvedPair) -> list[go.Scatter]:
    """Packages: full if all would accept them, hollow if not, in ink on the frontier."""
    groups = (
        ("accepted", "circle", ZONE, [one for one in pair.packages if one.acceptable and not one.efficient]),
        ("refused", "circle-open", GREY, [one for one in pair.packages if not one.acceptable and not one.efficient]),
        ("frontier", "circle", INK, [one for one in pair.packages if one.efficient]),
    )
    return [
        _draw_points(pair, some, message(f"bargaining.figure-{name}"), {"symbol": symbol, "size": 7, "color": colour})
        for name, symbol, colour, some in groups
        if some
    ]


def _draw_solutions(pair: SolvedPair) -> list[go.Scatter]:
    """One mark for each solution, on every package that is as good by its measure."""
    found = []
    for (name, places), (symbol, size), colour in zip(pair.tied.items(), MARKS, DARK, strict=False):
        if places:
            marker = {"symbol": symbol, "size": size, "color": colour, "line": {"color": colour, "width": 2}}
            some = [pair.packages[at] for at in places]
            found.append(_draw_points(pair, some, message(f"bargaining.{name}"), marker))
    return found[::-1]


def _draw_asked(pair: SolvedPair) -> list[go.Scatter]:
    """Agreements that were asked for."""
    return [
        go.Scatter(
            x=[first],
            y=[second],
            mode="markers",
            name=break_lines(key),
            marker={"symbol": "x", "size": 11, "color": INK},
            hovertext=[escape_text(key)],
            hoverinfo="text",
        )
        for key, first, second in pair.asked
    ]


def _draw_points(pair: SolvedPair, some: list[SolvedPackage], name: str, marker: dict[str, object]) -> go.Scatter:
    return go.Scatter(
        x=[one.first for one in some],
        y=[one.second for one in some],
        mode="markers",
        name=name,
        marker=marker,
        hovertext=[_describe(pair, one) for one in some],
        hoverinfo="text",
        cliponaxis=False,
    )


def _describe(pair: SolvedPair, one: SolvedPackage) -> str:
    """A package in words, for those who point at it."""
    worth = [
        f"{escape_text(side)}: {format_number(value, DIGITS)}"
        for side, value in zip(pair.sides, (one.first, one.second), strict=True)
    ]
    return "<br>".join([break_lines(one.label, 48, None), *worth])


def summary_text(pair: SolvedPair) -> str:
    """How many packages both prefer to none, and what each solution chooses."""
    better = sum(one.first > pair.disagreement[0] and one.second > pair.disagreement[1] for one in pair.packages)
    parts = [
        message(
            "bargaining.figure-words",
            first=pair.sides[0],
            second=pair.sides[1],
            n=format_number(better),
            shown=format_number(len(pair.packages)),
            all=format_number(pair.all_packages),
        )
    ]
    together: dict[int, list[str]] = {}
    for name, at in pair.chosen.items():
        if at is not None:
            together.setdefault(at, []).append(message(f"bargaining.{name}"))
    parts += [
        message("bargaining.figure-chosen", names=format_list(names), label=pair.packages[at].label)
        for at, names in together.items()
    ]
    parts += [
        message("bargaining.figure-tied", name=message(f"bargaining.{name}"), n=format_number(len(places)))
        for name, places in pair.tied.items()
        if len(places) > 1
    ]
    parts += [] if together else [message("bargaining.figure-nobody")]
    return " ".join(parts)


def build_table(pair: SolvedPair) -> Table:
    """What each solution chooses, then the Pareto frontier."""
    chosen = [(message(f"bargaining.{name}"), pair.chosen[name]) for name in SOLUTIONS]
    rows = [(name, *_make_cells(None if at is None else pair.packages[at])) for name, at in chosen]
    rows += [(message("bargaining.figure-frontier"), *_make_cells(one)) for one in pair.packages if one.efficient]
    worths = (message("figures.joint.column-worth", side=side) for side in pair.sides)
    head = (message("bargaining.solution"), message("bargaining.package"), *worths)
    return Table(message("bargaining.figure-table", first=pair.sides[0], second=pair.sides[1]), head, tuple(rows))


def _make_cells(one: SolvedPackage | None) -> tuple[str, ...]:
    if one is None:
        return ("–", "–", "–")
    return (one.label, format_number(one.first, DIGITS), format_number(one.second, DIGITS))
