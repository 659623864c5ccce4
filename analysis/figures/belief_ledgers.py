"""Belief ledgers: what actors think of one another, week by week; one panel for each kind of belief."""

import plotly.graph_objects as go

from analysis.figures.panels import Stack, band_of, lay_out, legend_at, name_of_panel
from analysis.figures.style import DARK, SYMBOLS, dressed, share_ticks
from analysis.figures.table import Table
from analysis.figures.words import percent, plain, shortened, week
from analysis.questions.beliefs import Beliefs, Ledger
from sim.language.tongue import number, say

DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
HEAD, LINE_OF_LEGEND, BODY = 26, 20, 120
"""Height in pixels of a panel's name, of each line of its legend, and of the panel."""

SIZE = 8
"""Size of a sign."""


def title() -> str:
    """Title of the figure."""
    return say("figures.beliefs.title")


def how() -> str:
    """How to read it."""
    return say("figures.beliefs.how")


def figure(beliefs: Beliefs) -> go.Figure:
    """A panel for each kind, with a line and a band for each ledger, and its own legend above it."""
    drawn = go.Figure()
    if not beliefs.kinds:
        return dressed(drawn, HEAD)
    stack = Stack(tuple((HEAD + LINE_OF_LEGEND * len(found), BODY) for found in beliefs.kinds.values()))
    for n, ledgers in enumerate(beliefs.kinds.values(), start=1):
        for place, ledger in enumerate(ledgers):
            drawn.add_traces(_drawn(beliefs, ledger, place, n))
    axis = {"range": [0, 1]} | share_ticks(1.0, 3)
    lay_out(drawn, stack, beliefs.weeks.tolist(), [axis] * len(beliefs.kinds))
    for n, kind in enumerate(beliefs.kinds, start=1):
        drawn.add_annotation(name_of_panel(say(f"figures.beliefs.{kind}"), stack.top(n)))
        drawn.layout["legend" if n == 1 else f"legend{n}"] = legend_at(stack.top(n, HEAD - 6))
    return drawn


def _drawn(beliefs: Beliefs, ledger: Ledger, place: int, n: int) -> list[go.Scatter]:
    """Band and line of one ledger in panel n, its sign at every quarter of the horizon, and its line in the legend."""
    weeks, colour = beliefs.weeks.tolist(), DARK[place % len(DARK)]
    name = plain(shortened(say("figures.beliefs.ledger", holder=ledger.holder, about=ledger.about)))
    quarters = {round(weeks[-1] * part / 4) for part in range(5)}
    line = go.Scatter(
        x=weeks,
        y=ledger.chance.middle.tolist(),
        mode="lines+markers",
        name=name,
        line={"color": colour, "width": 2, "dash": DASHES[place % len(DASHES)]},
        marker={"symbol": SYMBOLS[place % len(SYMBOLS)], "size": [SIZE if at in quarters else 0 for at in weeks]},
        customdata=[percent(float(chance)) for chance in ledger.chance.middle],
        hovertemplate="%{customdata} " + name + "<extra></extra>",
        showlegend=False,
        xaxis=f"x{n}",
        yaxis=f"y{n}",
    )
    sample = go.Scatter(line).update(x=[None], y=[None], showlegend=True, marker={"size": SIZE})
    sample.legend = "legend" if n == 1 else f"legend{n}"
    return [band_of(weeks, ledger.chance.low.tolist(), ledger.chance.high.tolist(), colour, n), line, sample]


def in_words(beliefs: Beliefs) -> str:
    """The belief that moves most, up and down, by its median."""
    moved = [(_told_change(ledger), kind, ledger) for kind, ledgers in beliefs.kinds.items() for ledger in ledgers]
    last = week(int(beliefs.weeks[-1]))
    first = say("figures.beliefs.words", view=beliefs.view, runs=number(beliefs.runs), last=last)
    if not moved:
        return say("figures.beliefs.none", view=beliefs.view)
    ends = {"falls": min(moved, key=_by_change), "rises": max(moved, key=_by_change)}
    parts = [
        _told(key, kind, ledger)
        for key, (change, kind, ledger) in ends.items()
        if change and (change < 0) == (key == "falls")
    ]
    return " ".join([first, *(parts or [say("figures.beliefs.still")])])


def _told_change(ledger: Ledger) -> float:
    """How far the median moves, as finely as it is told."""
    return round(float(ledger.chance.middle[-1]), 2) - round(float(ledger.chance.middle[0]), 2)


def _by_change(moved: tuple[float, str, Ledger]) -> float:
    return moved[0]


def _told(key: str, kind: str, ledger: Ledger) -> str:
    """The ledger that falls or rises most."""
    return say(
        f"figures.beliefs.{key}",
        holder=ledger.holder,
        about=ledger.about,
        kind=say(f"figures.beliefs.{kind}"),
        start=number(float(ledger.chance.middle[0]), 2),
        end=number(float(ledger.chance.middle[-1]), 2),
    )


def table(beliefs: Beliefs) -> Table:
    """Medians and the middle four fifths of runs at the start, a quarter, half, three quarters and all of the weeks."""
    at = sorted({round(int(beliefs.weeks[-1]) * part / 4) for part in range(5)})
    rows = tuple(
        (
            say("figures.beliefs.ledger", holder=ledger.holder, about=ledger.about),
            say(f"figures.beliefs.{kind}"),
            *(_cell(ledger, n) for n in at),
        )
        for kind, ledgers in beliefs.kinds.items()
        for ledger in ledgers
    )
    head = (say("figures.beliefs.column-who"), say("figures.beliefs.column-kind"), *(week(n) for n in at))
    return Table(say("figures.beliefs.table", view=beliefs.view, runs=number(beliefs.runs)), head, rows)


def _cell(ledger: Ledger, n: int) -> str:
    low, middle, high = (number(float(values[n]), 2) for values in _percentiles(ledger))
    return f"{middle} ({say('figures.to', low=low, high=high)})"


def _percentiles(ledger: Ledger) -> tuple[list[float], list[float], list[float]]:
    """10th, 50th and 90th percentile by week."""
    chance = ledger.chance
    return chance.low.tolist(), chance.middle.tolist(), chance.high.tolist()
