"""Scenario differences: how far each share moves from a reference scenario to another one, view by view.

One figure for each scenario; all figures of a comparison have the same axis, so that they can be laid side by side.
"""

from collections.abc import Mapping

import plotly.graph_objects as go

from analysis.figures.dot_intervals import ABOVE, make_heading
from analysis.figures.figure_table import Table
from analysis.figures.number_text import break_lines, escape_text, format_list
from analysis.figures.share_change_text import format_change, format_fine_share, format_points, format_share_change
from analysis.figures.style import INK, LINE, STEPS, Mark, apply_style, assign_marks
from analysis.methods.scenario_differences import (
    ComparedScenario,
    Comparison,
    ScenarioDifference,
    ShareChange,
    ViewDifference,
)
from analysis.methods.view_names import name_two_views
from sim.i18n.messages import format_number, message
from sim.schema.loaded_case import ALWAYS

ROW = 14
"""Height of a row in pixels."""

LEAST = 0.005
"""Outcomes that move by less than this under every source view stand in the table alone."""

Groups = list[tuple[str, Mapping[str, ShareChange]]]
"""Heading of a group of rows, and what moves in it by source view."""

COLUMNS = ("scenario", "view", "share", "reference", "difference", "draws")
"""Columns of the overview."""

CAVEATS = ("forecast", "magnitudes", "pairs", "intervals")
"""What a reader must know before the first number, in order."""


def title() -> str:
    """Title of the figures."""
    return message("figures.difference.title")


def how_to_read() -> str:
    """How to read them."""
    return message("figures.difference.how")


def agreement_label() -> str:
    """Name of the first row: all agreements together."""
    return message("figures.any-agreement")


def draw_figure(compared: ComparedScenario) -> go.Figure:
    """Dots with intervals about a zero line, outcome by outcome in the order of the scenario."""
    comparison, groups = compared.comparison, _select_groups(compared)
    step = len(comparison.view_labels) + 2.8
    drawn = go.Figure()
    for place, (view, label) in enumerate(comparison.view_labels.items()):
        rows = [(-(n * step + 1 + place), of, moved[view]) for n, (of, moved) in enumerate(groups) if view in moved]
        drawn.add_traces(_draw_dots(label, rows, assign_marks(comparison.view_labels)[view]))
    apply_style(drawn, height=int(len(groups) * step * ROW) + 130 + 18 * len(comparison.view_labels))
    drawn.update_layout(
        xaxis=_make_axis(_find_reach(comparison)),
        yaxis={"visible": False, "range": [-len(groups) * step + 1, ABOVE], "fixedrange": True},
        annotations=[make_heading(of, 0.2 - n * step) for n, (of, _) in enumerate(groups)],
    )
    return drawn


def _build_groups(compared: ComparedScenario, *, decided: bool = False) -> Groups:
    """Outcomes that come about in either scenario, those that the file decides itself or the others."""
    views, keys = compared.difference.views, compared.difference.decided
    groups: Groups = []
    for key, label in compared.comparison.outcomes.items():
        moved = {view: one.outcomes[key] for view, one in views.items()}
        if (key in keys) is decided and any(one.share or one.reference for one in moved.values()):
            groups.append((message("figures.difference.decided", outcome=label) if decided else label, moved))
    return groups


def _select_groups(compared: ComparedScenario) -> Groups:
    """The rows of a figure: outcomes that move and that the file does not decide itself."""
    groups = _build_groups(compared)
    return [one for one in groups if any(abs(moved.difference) >= LEAST for moved in one[1].values())] or groups


def _find_reach(comparison: Comparison) -> float:
    """The end of any interval that lies farthest from zero."""
    moved = [
        view.outcomes[key]
        for one in comparison.scenarios.values()
        for view in one.views.values()
        for key in view.outcomes
        if key not in one.decided
    ]
    shown = [one for one in moved if one.share or one.reference]
    return max([0.005, *(max(-one.low, one.high) for one in shown)])


def _make_axis(reach: float) -> dict[str, object]:
    """An axis of percentage points with zero in the middle, and room for the numbers beside the intervals."""
    return {
        "title": {"text": message("figures.difference.axis"), "standoff": 8, "font": {"size": 13}},
        "range": [-130 * reach, 130 * reach],
        "gridcolor": LINE,
        "zeroline": True,
        "zerolinecolor": INK,
        "zerolinewidth": 2,
        "fixedrange": True,
        "automargin": True,
    } | _make_ticks(130 * reach)


def _make_ticks(end: float) -> dict[str, object]:
    """Up to three ticks on either side of zero, written as the text writes differences."""
    step = next((one for one in (100 * share for share in STEPS) if end / one < 4), 50.0)
    values = [n * step for n in range(-int(end / step), int(end / step) + 1)]
    return {"tickvals": values, "ticktext": [format_number(at, int(step < 1), signed=at != 0) for at in values]}


def _draw_dots(label: str, rows: list[tuple[float, str, ShareChange]], mark: Mark) -> list[go.Scatter]:
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
        name=break_lines(label),
        marker={"color": mark.colour, "symbol": mark.symbol, "size": 8},
        hovertext=[f"{escape_text(of)}<br>{escape_text(label)}: {format_share_change(moved)}" for _, of, moved in rows],
        hoverinfo="text",
        showlegend=True,
    )
    numbers = go.Scatter(
        x=[100 * (moved.low if moved.difference < 0 else moved.high) for _, _, moved in rows],
        y=[height for height, _, _ in rows],
        mode="text",
        text=[f"  {format_points(moved.difference)}  " for _, _, moved in rows],
        textposition=["middle left" if moved.difference < 0 else "middle right" for _, _, moved in rows],
        textfont={"size": 11, "color": INK},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )
    return [bars, dots, numbers]


def summary_text(compared: ComparedScenario) -> str:
    """One scenario in sentences: any agreement under each view, and what moves most."""
    comparison, one = compared.comparison, compared.difference
    views = "; ".join(f"{view.label}: {format_share_change(view.agreement)}" for view in one.views.values())
    return message(
        "figures.difference.words",
        title=one.label,
        reference=comparison.label,
        weeks=format_number(comparison.horizon_weeks),
        agreement=agreement_label(),
        views=views or message("figures.difference.no-views"),
        most=_describe_largest_changes(comparison, one),
    )


def _describe_largest_changes(comparison: Comparison, one: ScenarioDifference) -> str:
    """The outcomes that move most, each with the source view under which it does."""
    said = [
        message(
            "figures.difference.most-part",
            outcome=comparison.outcomes[key],
            span=format_change(view.outcomes[key]),
            view=view.label,
        )
        for key, view in one.find_largest_changes()
    ]
    return (
        message("figures.difference.most", parts="; ".join(said)) if said else message("figures.difference.none-moves")
    )


def build_table(compared: ComparedScenario) -> Table:
    """Both shares and the difference with its interval, for any agreement and for every dot of the figure."""
    none, comparison = message("figures.difference.no-runs"), compared.comparison
    agreed = {view: one.agreement for view, one in compared.difference.views.items()}
    rows = tuple(
        (of, *(format_share_change(moved[view]) if view in moved else none for view in comparison.view_labels))
        for of, moved in (
            (agreement_label(), agreed),
            *_build_groups(compared),
            *_build_groups(compared, decided=True),
        )
    )
    what = message("figures.difference.against", title=compared.difference.label, reference=comparison.label)
    caption = message("figures.difference.table", what=what)
    return Table(caption, (message("figures.column.outcome"), *comparison.view_labels.values()), rows)


def build_overview(comparison: Comparison, short: bool = False) -> Table:
    """Any agreement in every scenario under every view, with the draws behind it; by names or, longer, by labels."""
    rows = tuple(
        (
            *_name_row(one, view, short=short),
            format_fine_share(view.agreement.share),
            format_fine_share(view.agreement.reference),
            format_change(view.agreement),
            f"{format_number(view.draws)}, {format_number(view.n_matching)}, {format_number(view.n_jointly_matching)}",
        )
        for one in comparison.scenarios.values()
        for view in one.views.values()
    )
    weeks = format_number(comparison.horizon_weeks)
    caption = message(
        "figures.difference.overview", agreement=agreement_label(), weeks=weeks, reference=comparison.label
    )
    return Table(caption, tuple(message(f"figures.difference.column-{name}") for name in COLUMNS), rows)


def _name_row(one: ScenarioDifference, view: ViewDifference, *, short: bool) -> tuple[str, str]:
    """Scenario and source view of a row, with both source views where they differ."""
    if view.other != view.label:
        other, own = name_two_views(view.other, view.label)
        seen = message("changes.instead", other=other, own=own)
        return (one.name if short else one.label, seen)
    return (one.name, view.name) if short else (one.label, view.label)


def describe_files(comparison: Comparison) -> tuple[tuple[str, str], ...]:
    """What each scenario file changes, and what it moves most."""
    said = []
    for one in comparison.scenarios.values():
        parts = [*_describe_kinds(one), _describe_largest_changes(comparison, one)]
        if one.without_runs:
            parts.append(message("figures.difference.without", views=format_list(list(one.without_runs))))
        said.append((one.label, ". ".join(parts) + "."))
    return tuple(said)


def _describe_kinds(one: ScenarioDifference) -> list[str]:
    """What a scenario changes, and whether that is a decision, an assumption or another source view."""
    known = [message(f"figures.difference.part-{key}") for key in one.changes]
    found = [message("figures.difference.changes", keys=format_list(known))] if known else []
    for kind in one.kinds:
        is_past = kind == "assumption" and one.changed and one.holds_from == ALWAYS
        said = message("figures.difference.kind-assumption-always") if is_past else ""
        found.append(said or message(f"figures.difference.kind-{kind}"))
    return found or [message("figures.difference.changes-nothing")]


def list_caveats(comparison: Comparison) -> tuple[tuple[str, str], ...]:
    """What a reader must know before the first number."""
    known = CAVEATS if comparison.complete else (*CAVEATS, "interrupted")
    keys = [f"figures.difference.caveat-{name}" for name in known]
    return tuple((message(key), message(f"{key}-text")) for key in keys)


def list_notes(comparison: Comparison) -> list[str]:
    """The same, short, for a terminal."""
    return [
        message("figures.difference.note-forecast"),
        message("figures.difference.note-intervals"),
        message("figures.difference.note-seed", seed=comparison.seed),
        *(
            message("figures.difference.note-own", title=one.label, text=text)
            for one in comparison.scenarios.values()
            for text in one.notes
        ),
    ]
