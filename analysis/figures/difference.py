"""Difference: how far each share moves from a reference scenario to another one, all source views side by side.

One figure for each scenario; all figures of a comparison have the same axis, so that they can be laid side by side.
"""

from collections.abc import Mapping

import plotly.graph_objects as go

from analysis.figures.dots import ABOVE, heading
from analysis.figures.moves import points, said, share, with_span
from analysis.figures.style import INK, LINE, STEPS, Mark, dressed, marks
from analysis.figures.table import Table
from analysis.figures.words import lined, listed, plain
from analysis.questions.compare import Comparison, Moved, ScenarioDifference
from sim.language.tongue import number, say

ROW = 14
"""Height of a row in pixels."""

Groups = list[tuple[str, Mapping[str, Moved]]]
"""Heading of a group of rows, and what moves in it by source view."""

COLUMNS = ("scenario", "view", "share", "reference", "difference", "draws")
"""Columns of the overview."""

CAVEATS = ("forecast", "magnitudes", "pairs", "intervals")
"""What a reader must know before the first number, in order."""


def title() -> str:
    """Title of the figures."""
    return say("figures.difference.title")


def how() -> str:
    """How to read them."""
    return say("figures.difference.how")


def agreement() -> str:
    """Name of the first row: all agreements together."""
    return say("figures.any-agreement")


def figure(found: Comparison, name: str) -> go.Figure:
    """Dots with intervals about a zero line, outcome by outcome in the order of the codebook."""
    groups = _groups(found, name)
    step = len(found.views) + 2.8
    drawn = go.Figure()
    for place, (view, label) in enumerate(found.views.items()):
        rows = [(-(n * step + 1 + place), of, moved[view]) for n, (of, moved) in enumerate(groups) if view in moved]
        drawn.add_traces(_dots(label, rows, marks(found.views)[view]))
    dressed(drawn, height=int(len(groups) * step * ROW) + 130 + 18 * len(found.views))
    drawn.update_layout(
        xaxis=_axis(_reach(found)),
        yaxis={"visible": False, "range": [-len(groups) * step + 1, ABOVE], "fixedrange": True},
        annotations=[heading(of, 0.2 - n * step) for n, (of, _) in enumerate(groups)],
    )
    return drawn


def _groups(found: Comparison, name: str) -> Groups:
    """The rows of a figure or table; outcomes that come about in neither scenario are left out."""
    lenses = found.scenarios[name].lenses
    groups: Groups = [(agreement(), {view: lens.agreement for view, lens in lenses.items()})]
    for key, label in found.outcomes.items():
        moved = {view: lens.outcomes[key] for view, lens in lenses.items()}
        if any(one.share or one.reference for one in moved.values()):
            groups.append((label, moved))
    return groups


def _reach(found: Comparison) -> float:
    """The end of any interval that lies farthest from zero."""
    lenses = [lens for one in found.scenarios.values() for lens in one.lenses.values()]
    moved = [one for lens in lenses for one in (lens.agreement, *lens.outcomes.values())]
    shown = [one for one in moved if one.share or one.reference]
    return max([0.005, *(max(-one.low, one.high) for one in shown)])


def _axis(reach: float) -> dict[str, object]:
    """An axis of percentage points with zero in the middle, and room for the numbers beside the intervals."""
    return {
        "title": {"text": say("figures.difference.axis"), "standoff": 8, "font": {"size": 13}},
        "range": [-130 * reach, 130 * reach],
        "gridcolor": LINE,
        "zeroline": True,
        "zerolinecolor": INK,
        "zerolinewidth": 2,
        "fixedrange": True,
        "automargin": True,
    } | _ticks(130 * reach)


def _ticks(end: float) -> dict[str, object]:
    """Up to three ticks on either side of zero, told as the text tells differences."""
    step = next((one for one in (100 * share for share in STEPS) if end / one < 4), 50.0)
    values = [n * step for n in range(-int(end / step), int(end / step) + 1)]
    return {"tickvals": values, "ticktext": [number(at, int(step < 1), signed=at != 0) for at in values]}


def _dots(label: str, rows: list[tuple[float, str, Moved]], mark: Mark) -> list[go.Scatter]:
    """Dots of one source view, each on its interval and with its number."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for height, _, moved in rows:
        xs += [100 * moved.low, 100 * moved.high, None]
        ys += [height, height, None]
    bars = go.Scatter(x=xs, y=ys, mode="lines", line={"color": mark.colour, "width": 5}, opacity=0.4)
    bars.update(hoverinfo="skip", showlegend=False)
    dots = go.Scatter(
        x=[100 * moved.difference for _, _, moved in rows],
        y=[height for height, _, _ in rows],
        mode="markers",
        name=lined(label),
        marker={"color": mark.colour, "symbol": mark.symbol, "size": 8},
        hovertext=[f"{plain(of)}<br>{plain(label)}: {said(moved)}" for _, of, moved in rows],
        hoverinfo="text",
        showlegend=True,
    )
    numbers = go.Scatter(
        x=[100 * (moved.low if moved.difference < 0 else moved.high) for _, _, moved in rows],
        y=[height for height, _, _ in rows],
        mode="text",
        text=[f"  {points(moved.difference)}  " for _, _, moved in rows],
        textposition=["middle left" if moved.difference < 0 else "middle right" for _, _, moved in rows],
        textfont={"size": 11, "color": INK},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )
    return [bars, dots, numbers]


def in_words(found: Comparison, name: str) -> str:
    """One scenario in sentences: any agreement under each view, and what moves most."""
    one = found.scenarios[name]
    views = "; ".join(f"{lens.label}: {said(lens.agreement)}" for lens in one.lenses.values())
    return say(
        "figures.difference.words",
        title=one.label,
        reference=found.label,
        weeks=number(found.horizon_weeks),
        agreement=agreement(),
        views=views or say("figures.difference.no-views"),
        most=_most(found, one),
    )


def _most(found: Comparison, one: ScenarioDifference) -> str:
    """The outcomes that move most, each with the source view under which it does."""
    told = [
        say(
            "figures.difference.most-part",
            outcome=found.outcomes[key],
            span=with_span(lens.outcomes[key]),
            view=lens.label,
        )
        for key, lens in one.most_moved()
    ]
    return say("figures.difference.most", parts="; ".join(told)) if told else say("figures.difference.none-moves")


def table(found: Comparison, name: str) -> Table:
    """Both shares and the difference with its interval, for every dot of the figure."""
    none = say("figures.difference.no-runs")
    rows = tuple(
        (of, *(said(moved[view]) if view in moved else none for view in found.views))
        for of, moved in _groups(found, name)
    )
    what = say("figures.difference.against", title=found.scenarios[name].label, reference=found.label)
    caption = say("figures.difference.table", what=what)
    return Table(caption, (say("figures.column.outcome"), *found.views.values()), rows)


def overview(found: Comparison, short: bool = False) -> Table:
    """Any agreement in every scenario under every view, with the draws behind it; by names or, longer, by labels."""
    rows = tuple(
        (
            *((one.name, lens.lens) if short else (one.label, lens.label)),
            share(lens.agreement.share),
            share(lens.agreement.reference),
            with_span(lens.agreement),
            f"{number(lens.draws)}, {number(lens.kept)}, {number(lens.joint)}",
        )
        for one in found.scenarios.values()
        for lens in one.lenses.values()
    )
    weeks = number(found.horizon_weeks)
    caption = say("figures.difference.overview", agreement=agreement(), weeks=weeks, reference=found.label)
    return Table(caption, tuple(say(f"figures.difference.column-{name}") for name in COLUMNS), rows)


def files(found: Comparison) -> tuple[tuple[str, str], ...]:
    """What each scenario file changes, and what it moves most."""
    told = []
    for one in found.scenarios.values():
        changed = [say(f"figures.difference.part-{key}") for key in one.changes]
        nothing = say("figures.difference.changes-nothing")
        parts = [say("figures.difference.changes", keys=listed(changed)) if changed else nothing]
        parts.append(_most(found, one))
        if one.without_runs:
            parts.append(say("figures.difference.without", views=listed(list(one.without_runs))))
        told.append((one.label, ". ".join(parts) + "."))
    return tuple(told)


def caveats(found: Comparison) -> tuple[tuple[str, str], ...]:
    """What a reader must know before the first number."""
    known = CAVEATS if found.complete else (*CAVEATS, "interrupted")
    keys = [f"figures.difference.caveat-{name}" for name in known]
    return tuple((say(key), say(f"{key}-text")) for key in keys)


def notes(found: Comparison) -> list[str]:
    """The same, short, for a terminal."""
    return [
        say("figures.difference.note-forecast"),
        say("figures.difference.note-intervals"),
        say("figures.difference.note-seed", seed=found.seed),
        *(
            say("figures.difference.note-own", title=one.label, text=text)
            for one in found.scenarios.values()
            for text in one.notes
        ),
    ]
