"""Agreed terms: what was agreed on each issue, and when, among agreements in force, all source views side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analysis.figures.dot_intervals import make_heading
from analysis.figures.figure_table import Table
from analysis.figures.number_text import (
    escape_text,
    format_estimate,
    format_list,
    format_range,
    format_share,
    shorten,
)
from analysis.figures.style import GREY, INK, LINE, PAPER, apply_style
from analysis.methods.agreed_terms import SEQUENCE, AgreedIssue, AgreedTerms, WeekRange
from sim.i18n.messages import format_number, format_percent, message

Agreed = Mapping[str, AgreedTerms]
"""What was agreed, by source view."""

BAR, GAP, HEAD, ENTRY, BELOW = 20, 4, 26, 17, 16
"""Height in pixels of a bar, of the room below it, of an issue's name, of a line of its key, and below an issue."""

NAME, LINE_LENGTH = 16, 44
"""Letters of a source view's name beside its bars, and of a line of a key."""

SHOWN, NUMBERED, WRITTEN = 0.005, 0.06, 0.2
"""Shares from which an option is in the key, has its number in the bar, and has its share beside the number."""

SECOND, MIDDLE, FIRST = (0, 114, 178), (214, 214, 214), (213, 94, 0)
DARKEST, LIGHTEST = (90, 95, 102), (225, 225, 225)
"""Ends of the colours of options, from best for the second side to best for the first, and of sequences."""


@dataclass(frozen=True)
class _Block:
    """A question with its bars."""

    key: str
    label: str
    numbers: Mapping[str, tuple[int, str, str]]
    """Number, name and colour of every answer that is shown."""
    lines: tuple[str, ...]
    """The key, line by line."""


def title() -> str:
    """Title of the figure."""
    return message("figures.agreed.title")


def how_to_read() -> str:
    """How to read it."""
    return message("figures.agreed.how")


def draw_figure(agreed: Agreed) -> go.Figure:
    """One group of bars for each issue, one bar for each source view, below the weeks."""
    drawn, views = go.Figure(), _list_views(agreed)
    if not views:
        drawn.add_trace(go.Scatter(x=[0], y=[0], mode="text", text=[message("figures.agreed.none")], showlegend=False))
        return _lay_out(drawn, 40, views, [])
    notes, top = _draw_weeks(drawn, views), _find_height(views, 1)
    for block in _list_blocks(views):
        notes += _draw_block(drawn, block, views, top)
        top += _find_height(views, len(block.lines))
    return _lay_out(drawn, top, views, notes)


def _list_views(agreed: Agreed) -> list[AgreedTerms]:
    """Source views under which an agreement is in force in some run."""
    return [one for one in agreed.values() if one.in_force]


def _find_height(views: Sequence[AgreedTerms], lines: int) -> int:
    return HEAD + ENTRY * lines + (BAR + GAP) * len(views) + BELOW


def _lay_out(drawn: go.Figure, height: int, views: Sequence[AgreedTerms], notes: list[dict[str, object]]) -> go.Figure:
    """Everything is placed in pixels from the top."""
    apply_style(drawn, height + 16)
    wide = max((len(_name(view)) for view in views), default=0) if len(views) > 1 else 0
    return drawn.update_layout(
        barmode="stack",
        margin={"l": 14 + 7 * wide, "r": 26, "t": 8, "b": 8},
        xaxis={"visible": False, "range": [0, 1], "fixedrange": True},
        yaxis={"visible": False, "range": [height, 0], "fixedrange": True},
        annotations=notes,
        showlegend=False,
    )


def _name(view: AgreedTerms) -> str:
    return shorten(view.view if len(view.view_label) > NAME else view.view_label, NAME)


def _make_note(text: str, x: float, y: float, **more: object) -> dict[str, object]:
    """A text, its middle at y pixels from the top."""
    look: dict[str, object] = {"showarrow": False, "yanchor": "middle", "borderpad": 0, "font": {"size": 11}}
    return look | {"text": text, "x": x, "y": y} | more


def _name_rows(views: Sequence[AgreedTerms], top: float) -> list[dict[str, object]]:
    """Names of the source views left of their rows; none where there is only one."""
    if len(views) == 1:
        return []
    return [
        _make_note(escape_text(_name(view)), 0, _find_row(top, n), xanchor="right", xshift=-6)
        for n, view in enumerate(views)
    ]


def _find_row(top: float, n: int) -> float:
    return top + n * (BAR + GAP) + BAR / 2


def _make_name(text: str, y: float) -> dict[str, object]:
    """Name of a group, at the left edge of the bars."""
    return make_heading(text, y) | {"xref": "x", "xshift": 0, "bgcolor": "rgba(0,0,0,0)"}


def _draw_weeks(drawn: go.Figure, views: Sequence[AgreedTerms]) -> list[dict[str, object]]:
    """Weeks of signature and of coming into force, on a line from the run-up to the horizon."""
    horizon, top = max(view.horizon_weeks for view in views), HEAD + ENTRY
    key = f"◇ {message('figures.agreed.signed')}   ● {message('figures.agreed.entered')}"
    notes = [_make_name(message("figures.agreed.weeks"), HEAD / 2), _make_note(key, 0, HEAD + 6, xanchor="left")]
    for n, view in enumerate(views):
        for weeks, shift, symbol, colour in _list_ranges(view):
            y = _find_row(top, n) + shift
            x = [weeks.low / horizon, weeks.high / horizon]
            drawn.add_trace(_draw_line(x, y, colour))
            drawn.add_trace(_draw_dot(weeks, horizon, y, symbol, colour))
            notes.append(_make_median(weeks, horizon, y))
    below = _find_row(top, len(views) - 1) + BAR / 2
    drawn.add_trace(_draw_line([0, 1], below + 1, LINE, 1))
    for week in (0, horizon):
        where = "left" if week == 0 else "right"
        notes.append(_make_note(_format_week(week), week / horizon, below + 10, xanchor=where))
    return notes + _name_rows(views, top)


def _list_ranges(view: AgreedTerms) -> Iterator[tuple[WeekRange, float, str, str]]:
    """Both ranges of weeks with the shift, the sign and the colour in which they are drawn."""
    if view.signed is not None:
        yield view.signed, -6.0, "diamond-open", GREY
    if view.entered is not None:
        yield view.entered, 6.0, "circle", INK


def _draw_line(x: list[float], y: float, colour: str, width: int = 4) -> go.Scatter:
    return go.Scatter(
        x=x,
        y=[y, y],
        mode="lines",
        line={"color": colour, "width": width},
        opacity=0.45 if width > 1 else 1,
        hoverinfo="skip",
    )


def _draw_dot(weeks: WeekRange, horizon: int, y: float, symbol: str, colour: str) -> go.Scatter:
    return go.Scatter(
        x=[weeks.median / horizon],
        y=[y],
        mode="markers",
        marker={"symbol": symbol, "size": 9, "color": colour},
        hovertext=[format_weeks(weeks)],
        hoverinfo="text",
        cliponaxis=False,
    )


def _make_median(weeks: WeekRange, horizon: int, y: float) -> dict[str, object]:
    """The median beside its dot, on the side where there is room."""
    place = weeks.median / horizon
    side = {"xanchor": "left", "xshift": 7} if place < 0.9 else {"xanchor": "right", "xshift": -7}
    text = _format_week(weeks.median)
    return _make_note(text, place, y, bgcolor=PAPER, font={"size": 10, "color": INK}) | side


def _format_week(week: int) -> str:
    return message("figures.agreed.run-up") if week == 0 else format_number(week)


def format_weeks(weeks: WeekRange) -> str:
    """A median week with its range: `17 (16 to 20)`; the run-up is called so."""
    low, high = _format_week(weeks.low), _format_week(weeks.high)
    if low == high:
        return _format_week(weeks.median)
    return f"{_format_week(weeks.median)} ({message('figures.to', low=low, high=high)})"


def name_issue(key: str, issue: AgreedIssue) -> str:
    """Name of a question for readers."""
    return message("figures.agreed.sequence") if key == SEQUENCE else issue.label


def _list_blocks(views: Sequence[AgreedTerms]) -> Iterator[_Block]:
    """Every question, with the answers that some source view agrees on."""
    for key, issue in views[0].issues.items():
        ends = (DARKEST, LIGHTEST, LIGHTEST) if key == SEQUENCE else (SECOND, MIDDLE, FIRST)
        last = max(len(issue.options) - 1, 1)
        numbers = {
            name: (n + 1, option.label, _mix(ends, n / last))
            for n, (name, option) in enumerate(issue.options.items())
            if any(view.issues[key].options[name].share.share >= SHOWN for view in views)
        }
        yield _Block(key, name_issue(key, issue), numbers, tuple(_break_key(list(numbers.values()))))


def _mix(ends: Sequence[tuple[int, int, int]], place: float) -> str:
    """Colour at a place from 0 to 1 between three."""
    one, other, part = (ends[0], ends[1], 2 * place) if place < 0.5 else (ends[1], ends[2], 2 * place - 1)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in zip(one, other, strict=True))


def _break_key(entries: Sequence[tuple[int, str, str]]) -> Iterator[str]:
    """Answers with their colours and numbers, as many in a line as fit a narrow page."""
    line, length = "", 0
    for number, label, colour in entries:
        text = f"{number} {shorten(label, LINE_LENGTH - 4)}"
        if line and length + len(text) > LINE_LENGTH - 4:
            yield line
            line, length = "", 0
        line += f'{"   " if line else ""}<span style="color:{colour}">■</span> {escape_text(text)}'
        length += len(text) + 4
    yield line


def _draw_block(drawn: go.Figure, block: _Block, views: Sequence[AgreedTerms], top: float) -> list[dict[str, object]]:
    """Bars of one question, and the texts beside and inside them."""
    first = top + HEAD + ENTRY * len(block.lines)
    notes = [_make_name(escape_text(shorten(block.label)), top + HEAD / 2)]
    notes += [_make_note(line, 0, top + HEAD + 6 + ENTRY * n, xanchor="left") for n, line in enumerate(block.lines)]
    for name, (number, label, colour) in block.numbers.items():
        shares = [view.issues[block.key].options[name].share.share for view in views]
        drawn.add_trace(
            go.Bar(
                x=shares,
                y=[_find_row(first, n) for n in range(len(views))],
                width=BAR,
                orientation="h",
                marker={"color": colour, "line": {"color": INK, "width": 0.6}},
                hovertext=[
                    f"{escape_text(view.view_label)}<br>{number} {escape_text(label)}: {format_share(share)}"
                    for view, share in zip(views, shares, strict=True)
                ],
                hoverinfo="text",
            )
        )
    for n, view in enumerate(views):
        notes += _number_parts(block, view, _find_row(first, n))
    return notes + _name_rows(views, first)


def _number_parts(block: _Block, view: AgreedTerms, y: float) -> Iterator[dict[str, object]]:
    """Numbers of the answers inside the parts that are wide enough, with the share where there is room."""
    before = 0.0
    for name, (number, _, _) in block.numbers.items():
        share = view.issues[block.key].options[name].share.share
        if share >= NUMBERED:
            text = f"<b>{number}</b> {format_percent(100 * share)}" if share >= WRITTEN else f"<b>{number}</b>"
            yield _make_note(text, before + share / 2, y, xanchor="center", bgcolor=PAPER)
        before += share


def summary_text(agreed: Agreed) -> str:
    """For every source view, when and what is agreed most often."""
    views = _list_views(agreed)
    if not views:
        return message("figures.agreed.none")
    parts = [_summarize_issue(views, key) for key in views[0].issues]
    often = message("figures.agreed.often", parts="; ".join(parts))
    return " ".join([_summarize_weeks(views[0]) if len(views) == 1 else _summarize_all_weeks(views), often])


def _summarize_issue(views: Sequence[AgreedTerms], key: str) -> str:
    """The answer that is agreed most often, all source views taken together, and its range across them."""
    options = views[0].issues[key].options
    best = max(options, key=lambda name: sum(view.issues[key].options[name].share.share for view in views))
    shares = [view.issues[key].options[best].share.share for view in views]
    name = name_issue(key, views[0].issues[key])
    return f"{name}: {options[best].label} ({format_range(min(shares), max(shares))})"


def _summarize_all_weeks(views: Sequence[AgreedTerms]) -> str:
    """How many agreements there are, and the medians of their weeks, from the least to the most over source views."""
    counts = [view.in_force for view in views]
    signed = [view.signed.median for view in views if view.signed is not None]
    entered = [view.entered.median for view in views if view.entered is not None]
    low, high = format_number(min(counts)), format_number(max(counts))
    return message(
        "figures.agreed.words-all",
        runs=message("figures.to", low=low, high=high),
        signed=_format_medians(signed),
        entered=_format_medians(entered),
    )


def _format_medians(weeks: Sequence[int]) -> str:
    """From the earliest median week to the latest."""
    low, high = _format_week(min(weeks)), _format_week(max(weeks))
    return low if low == high else message("figures.to", low=low, high=high)


def _summarize_weeks(view: AgreedTerms) -> str:
    weeks = [format_weeks(one) for one in (view.signed, view.entered) if one is not None]
    return message(
        "figures.agreed.words",
        view=view.view_label,
        runs=format_number(view.in_force),
        all=format_number(view.n_matching),
        signed=weeks[0],
        entered=weeks[1],
    )


def build_table(agreed: Agreed) -> Table:
    """Agreements, weeks, and the share of every answer with its interval."""
    views = _list_views(agreed)
    rows: list[tuple[str, ...]] = [
        _make_row("figures.agreed.count", "", [f"{format_number(v.in_force)}" for v in views]),
        _make_row("figures.agreed.signed", "", [format_weeks(v.signed) if v.signed else "" for v in views]),
        _make_row("figures.agreed.entered", "", [format_weeks(v.entered) if v.entered else "" for v in views]),
        _make_row("figures.agreed.settled", "", [format_estimate(v.settled) if v.settled else "" for v in views]),
    ]
    never: list[tuple[str, ...]] = []
    for key, issue in views[0].issues.items() if views else ():
        for name, option in issue.options.items():
            found = [view.issues[key].options[name].share for view in views]
            row = (name_issue(key, issue), option.label, *map(format_estimate, found))
            (rows if any(one.share for one in found) else never).append(row)
    rows += _join_never(never)
    head = (message("figures.agreed.column-issue"), message("figures.agreed.column-option"))
    weeks = format_number(max((view.horizon_weeks for view in agreed.values()), default=0))
    return Table(
        message("figures.agreed.table", weeks=weeks), (*head, *(view.view_label for view in views)), tuple(rows)
    )


def _join_never(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Answers of no agreement in one row: their shares and intervals are the same."""
    if not rows:
        return []
    issues = dict.fromkeys(row[0] for row in rows)
    named = (f"{issue}: {', '.join(row[1] for row in rows if row[0] == issue)}" for issue in issues)
    return [(message("figures.agreed.never"), "; ".join(named), *rows[0][2:])]


def _make_row(key: str, option: str, cells: list[str]) -> tuple[str, ...]:
    return (message(key), option, *cells)


def list_unagreed(agreed: Agreed) -> str:
    """Source views under which no agreement is in force, as a sentence; empty if there are none."""
    names = [one.view_label for one in agreed.values() if not one.in_force]
    return message("figures.agreed.nothing", views=format_list(names)) if names else ""
