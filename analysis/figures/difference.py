"""Difference: how far each share moves from a reference scenario to another one, all source views side by side.

One figure for each scenario; all figures of a comparison have the same axis, so that they can be laid side by side.
"""

from collections.abc import Mapping

import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

from analysis.figures.dots import heading
from analysis.figures.style import INK, LINE, Mark, dressed, marks
from analysis.figures.table import Table
from analysis.figures.words import SIGN, listed, plain
from analysis.questions.compare import Comparison, Moved, ScenarioDifference

TITLE = "Difference to the reference scenario"
AGREEMENT = "Any agreement in force"
ROW = 14
"""Height of a row in pixels."""

Groups = list[tuple[str, Mapping[str, Moved]]]
"""Heading of a group of rows, and what moves in it by source view."""

CAVEATS = (
    (
        "Not a forecast",
        "These are shares of simulated runs under each source's assumptions, and how far they move when a scenario "
        "file changes what is done, dated or possible. They are not chances of what will happen in the world, and "
        "they do not say which source is right.",
    ),
    (
        "Directions and magnitudes",
        "The texts give directions: more or less likely, stronger or weaker. The magnitudes are ours, and the size of "
        "every difference, like the ranking of source views by share, follows from them.",
    ),
    (
        "Pairs",
        "Every scenario is played with the same seed and the same draws. Only draws that the scenario and the "
        "reference have both played are counted, so a share may differ a little from the one that zopa run prints.",
    ),
    (
        "Intervals",
        "All intervals are 95 % intervals of the difference for Monte Carlo error only, with the luck that both "
        "scenarios share taken out (paired, linearised); where no draw differs, as far as a count of zero allows. They "
        "say nothing about whether the assumptions hold. Among many differences, some leave out zero by chance.",
    ),
)

HOW = (
    "Each dot is the share in the scenario minus the share in the reference, the thick bar its Monte Carlo interval. "
    "At the zero line nothing moves. All figures have the same axis; outcomes that come about in neither scenario are "
    "left out."
)


def script() -> str:
    """The drawing library, to be put into a page once."""
    return str(get_plotlyjs())


def points(difference: float) -> str:
    """A difference in percentage points, with its sign; two decimals below a tenth of a point."""
    if difference == 0:
        return "0"
    text = f"{100 * difference:+.{1 if abs(difference) >= 0.00095 else 2}f}"
    return "0.00" if text in ("+0.00", "-0.00") else text.replace("-", "−")


def _share(share: float) -> str:
    """A share, as finely as differences are told."""
    return f"{100 * share:.1f}{SIGN}"


def with_span(moved: Moved) -> str:
    """A difference with its interval: `+3.1 (+1.0 to +5.2)`."""
    return f"{points(moved.difference)} ({points(moved.low)} to {points(moved.high)})"


def figure(found: Comparison, name: str) -> go.Figure:
    """Dots with intervals about a zero line, outcome by outcome in the order of the codebook."""
    groups = _groups(found, name)
    step = len(found.views) + 2.2
    drawn = go.Figure()
    for place, (view, label) in enumerate(found.views.items()):
        rows = [(-(n * step + 1 + place), of, moved[view]) for n, (of, moved) in enumerate(groups) if view in moved]
        drawn.add_traces(_dots(label, rows, marks(found.views)[view]))
    dressed(drawn, height=int(len(groups) * step * ROW) + 120 + 18 * len(found.views))
    drawn.update_layout(
        xaxis=_axis(_reach(found)),
        yaxis={"visible": False, "range": [-len(groups) * step + 1, 1.0], "fixedrange": True},
        annotations=[heading(of, 0.2 - n * step) for n, (of, _) in enumerate(groups)],
    )
    return drawn


def _groups(found: Comparison, name: str) -> Groups:
    """The rows of a figure or table; outcomes that come about in neither scenario are left out."""
    lenses = found.scenarios[name].lenses
    groups: Groups = [(AGREEMENT, {view: lens.agreement for view, lens in lenses.items()})]
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
        "title": {"text": "percentage points,<br>scenario minus reference", "standoff": 8, "font": {"size": 13}},
        "range": [-130 * reach, 130 * reach],
        "tickformat": "+.2~f",
        "gridcolor": LINE,
        "zeroline": True,
        "zerolinecolor": INK,
        "zerolinewidth": 2,
        "fixedrange": True,
        "nticks": 6,
        "automargin": True,
    }


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
        name=plain(label),
        marker={"color": mark.colour, "symbol": mark.symbol, "size": 8},
        hovertext=[f"{plain(of)}<br>{plain(label)}: {_said(moved)}" for _, of, moved in rows],
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


def _said(moved: Moved) -> str:
    """Both shares and their difference."""
    if moved.kind == "conservative" and not moved.difference:
        return f"{_share(moved.share)} in both, no draw differs"
    return f"{_share(moved.share)} instead of {_share(moved.reference)}: {with_span(moved)}"


def in_words(found: Comparison, name: str) -> str:
    """One scenario in sentences: any agreement under each view, and what moves most."""
    one = found.scenarios[name]
    views = "; ".join(f"{lens.label}: {_said(lens.agreement)}" for lens in one.lenses.values())
    return (
        f"“{one.label}” against “{found.label}”, after {found.horizon_weeks} weeks, in percentage points. {AGREEMENT}, "
        f"by source view. {views or 'No source view has matching runs in both'}. {_most(found, one)}."
    )


def _most(found: Comparison, one: ScenarioDifference) -> str:
    """The outcomes that move most, each with the source view under which it does."""
    told = [
        f"“{found.outcomes[key]}” {with_span(lens.outcomes[key])} under {lens.label}" for key, lens in one.most_moved()
    ]
    return f"Moves most: {'; '.join(told)}" if told else "No outcome moves"


def table(found: Comparison, name: str) -> Table:
    """Both shares and the difference with its interval, for every dot of the figure."""
    rows = tuple(
        (of, *(_said(moved[view]) if view in moved else "no matching runs" for view in found.views))
        for of, moved in _groups(found, name)
    )
    what = f"“{found.scenarios[name].label}” against “{found.label}”"
    caption = f"{what}: share, share in the reference, difference in points (95 % interval)"
    return Table(caption, ("Outcome", *found.views.values()), rows)


def overview(found: Comparison, short: bool = False) -> Table:
    """Any agreement in every scenario under every view, with the draws behind it; by names or, longer, by labels."""
    rows = tuple(
        (
            *((one.name, lens.lens) if short else (one.label, lens.label)),
            _share(lens.agreement.share),
            _share(lens.agreement.reference),
            with_span(lens.agreement),
            f"{lens.draws:,}, {lens.kept:,}, {lens.joint:,}",
        )
        for one in found.scenarios.values()
        for lens in one.lenses.values()
    )
    caption = (
        f"{AGREEMENT} after {found.horizon_weeks} weeks, against “{found.label}”: share of runs under each source's "
        "assumptions, and difference in percentage points (95 % interval)"
    )
    return Table(caption, ("Scenario", "Source view", "Share", "Reference", "Difference", "Draws, match, both"), rows)


def files(found: Comparison) -> tuple[tuple[str, str], ...]:
    """What each scenario file changes, and what it moves most."""
    told = []
    for one in found.scenarios.values():
        parts = [f"Changes {listed(list(one.changes))}" if one.changes else "Changes nothing", _most(found, one)]
        parts += [f"No matching runs under {listed(list(one.without_runs))}"] if one.without_runs else []
        told.append((one.label, ". ".join(parts) + "."))
    return tuple(told)


def caveats(found: Comparison) -> tuple[tuple[str, str], ...]:
    """What a reader must know before the first number."""
    broken_off = (("Interrupted", "Some runs were broken off. Those that are present are still a fair sample."),)
    return CAVEATS if found.complete else CAVEATS + broken_off


def notes(found: Comparison) -> list[str]:
    """The same, short, for a terminal."""
    own = [f"Note, {one.label}: {text}" for one in found.scenarios.values() for text in one.notes]
    return [
        "Not a forecast: shares of runs under each source's assumptions. The texts give directions, the magnitudes "
        "are ours.",
        "Intervals: 95 %, paired over the draws that both scenarios have played, for the limited number of runs only.",
        f"Seed {found.seed} in all scenarios.",
        *own,
    ]
