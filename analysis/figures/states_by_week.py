"""States by week: in which state runs are after each week, as areas with their names at the right end.

Names stand beside their areas, in the same order, so that no colour need be matched.
"""

from collections.abc import Sequence

import plotly.graph_objects as go

from analysis.figures.figure_table import Table
from analysis.figures.line_names import place_line_names
from analysis.figures.number_text import break_lines, format_list, format_share, format_week_heading
from analysis.figures.style import INK, Fill, apply_style, assign_fills, make_share_ticks
from analysis.methods.states_by_week import LEAST, StatesByWeek, WeeklyState
from sim.i18n.messages import format_number, message

BODY, TOP, BOTTOM, LEFT, RIGHT = 260, 12, 44, 44, 158
"""Height of the areas, and margins around them, in pixels."""

LETTERS = 23
"""Letters of a line of a name."""


def title() -> str:
    """Title of the figure."""
    return message("figures.states.title")


def how_to_read() -> str:
    """How to read it."""
    return message("figures.states.how")


def draw_figure(states: StatesByWeek) -> go.Figure:
    """Stacked areas, agreements in force at the bottom."""
    drawn = go.Figure()
    look = assign_fills(states.order)
    for key, state in states.states.items():
        drawn.add_trace(_draw_area(states, state, look[key]))
    apply_style(drawn, BODY + TOP + BOTTOM)
    drawn.update_layout(
        showlegend=False,
        margin={"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM},
        hovermode="x",
        annotations=_place_names(states),
        xaxis={
            "title": {"text": message("figures.axis.week"), "standoff": 6},
            "range": [1, max(2, int(states.weeks[-1]))],
            "fixedrange": True,
            "gridcolor": "rgba(0,0,0,0)",
            "nticks": 7,
        },
        yaxis={"range": [0, 1], "fixedrange": True, **make_share_ticks(1.0)},
    )
    return drawn


def _format_state(state: WeeklyState) -> str:
    """Name of a state."""
    if state.kind == "rare":
        return message("figures.states.rare", count=state.count)
    return state.label or message("figures.states.agreement")


def _draw_area(states: StatesByWeek, state: WeeklyState, fill: Fill) -> go.Scatter:
    """The area of one state."""
    return go.Scatter(
        x=states.weeks,
        y=state.shares,
        mode="lines",
        stackgroup="all",
        name=break_lines(_format_state(state)),
        line={"color": INK, "width": 0.6},
        fillcolor=fill.colour,
        fillpattern={"shape": fill.pattern, "fgcolor": INK, "bgcolor": fill.colour, "size": 7, "solidity": 0.12},
        customdata=[format_share(float(share)) for share in state.shares],
        hovertemplate="%{customdata} %{fullData.name}<extra></extra>",
    )


def _place_names(states: StatesByWeek) -> list[dict[str, object]]:
    """Names with the share at the horizon, right of the areas."""
    ends, below = [], 0.0
    for state in states.states.values():
        share = float(state.shares[-1])
        number, *rest = break_lines(f"{format_share(share)} {_format_state(state)}", LETTERS, 2).split(" ", 1)
        name = " ".join([f"<b>{number}</b>", *rest])
        ends.append((name, float(states.weeks[-1]), below + share / 2))
        below += share
    return place_line_names(ends, 1.0, BODY)


def summary_text(states: StatesByWeek) -> str:
    """How many have an agreement in force half way and at the horizon, and in which state most runs are."""
    last = int(states.weeks[-1])
    half = (last + 1) // 2
    most = max(states.states.values(), key=lambda state: state.shares[-1])
    said = message(
        "figures.states.most",
        view=states.view_label,
        runs=format_number(states.n_matching),
        last=format_number(last),
        state=_format_state(most),
        share=format_share(float(most.shares[-1])),
    )
    agreed = states.states.get("agreement")
    if agreed is None:
        return said
    more = message(
        "figures.states.agreed",
        half=format_number(half),
        last=format_number(last),
        early=format_share(float(agreed.shares[half - 1])),
        late=format_share(float(agreed.shares[-1])),
    )
    return f"{said} {more}"


def build_table(states: StatesByWeek) -> Table:
    """Shares of the states at a quarter, half, three quarters and all of the horizon."""
    weeks = _find_weeks(states)
    rows = tuple(
        (_format_state(state), *(format_share(float(state.shares[week - 1])) for week in weeks))
        for state in states.states.values()
    )
    caption = message("figures.states.table", view=states.view_label, runs=format_number(states.n_matching))
    return Table(caption, (message("figures.states.column"), *(format_week_heading(week) for week in weeks)), rows)


def build_common_table(shown: Sequence[StatesByWeek]) -> Table:
    """The same of several source views, a column for each; a state that is rare under one stands there as such."""
    weeks = _find_weeks(shown[0])
    states = {key: state for one in shown for key, state in one.states.items()}
    rows = tuple(
        (_name_state(key, states[key]), *(_format_course(one.states.get(key), weeks) for one in shown))
        for key in sorted(states, key=shown[0].order.index)
    )
    caption = message("figures.states.table-all", weeks=format_list([format_number(week) for week in weeks]))
    return Table(caption, (message("figures.states.column"), *(one.view_label for one in shown)), rows)


def _find_weeks(states: StatesByWeek) -> list[int]:
    """A quarter, half, three quarters and all of the horizon."""
    horizon = int(states.weeks[-1])
    return sorted({max(1, round(horizon * part / 4)) for part in (1, 2, 3, 4)})


def _name_state(key: str, state: WeeklyState) -> str:
    """Name of a state that stands for several views, where other ones may be rare in each."""
    return message("figures.states.rare-each") if key == "rare" else _format_state(state)


def _format_course(state: WeeklyState | None, weeks: Sequence[int]) -> str:
    """Shares of a state, week after week."""
    if state is None:
        return message("figures.states.below", share=format_share(LEAST))
    return ", ".join(format_share(float(state.shares[week - 1])) for week in weeks)
