"""Charts: shares and states over weeks as SVG that a server writes in a millisecond and a page prints as it is.

Places along an axis are percentages, so that a chart is as wide as its page while letters keep their size. Colours and
patterns of outcomes are those of the report.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup, escape

from analysis.figures.number_text import format_estimate, format_range, format_share
from analysis.figures.style import assign_fills
from analysis.methods.intervals import Interval, estimate_share
from analysis.methods.shares import Shares, ViewShares
from sim.ensemble.results import Results, ViewRuns
from sim.i18n.messages import format_number, message

LINE = 22
"""Height of the line of a source view, in pixels."""
RARE = 0.03
"""Outcomes below this share under every view, with and without the change, share the last row."""
BROAD, LONGEST_NAME = 14, 44
"""Hundredths from which a band of a chart over weeks is named in it, and letters of its name."""
SQUARE = 12
"""Side of the mark of a class, in pixels."""
COLUMNS = 26
"""Columns of a chart over weeks, at most."""
SHAPES = (
    "M0-5A5 5 0 1 1 0 5A5 5 0 1 1 0-5Z",
    "M-4.5-4.5H4.5V4.5H-4.5Z",
    "M0-6L6 0L0 6L-6 0Z",
    "M0-6L5.5 4.5H-5.5Z",
    "M-2-6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z",
    "M0 6L5.5-4.5H-5.5Z",
    "M0-6L6-1L4 5H-4L-6-1Z",
    "M-3-5.5H3L6 0L3 5.5H-3L-6 0Z",
)
"""Dots of the source views, in their order."""


@dataclass(frozen=True)
class Line:
    """The share of an outcome under one source view."""

    view: int
    """Place of the view."""
    found: Interval
    """The share with the change."""
    before: Interval | None
    """The share in the reference case; none if nothing is changed."""

    @property
    def text(self) -> str:
        """The share and its interval in words."""
        return format_estimate(self.found)


@dataclass(frozen=True)
class Row:
    """An outcome, with one line for each source view."""

    label: str
    """Name of the outcome."""
    fill: int | None
    """Number of its fill; none for several outcomes together."""
    lines: tuple[Line, ...]
    """Its shares."""
    low: float
    """Lowest share among sources."""
    high: float
    """Highest share among sources."""
    strong: bool = False
    """True for any agreement in force."""

    @property
    def span(self) -> str:
        """The range over sources in words."""
        return format_range(self.low, self.high)

    def draw(self) -> Markup:
        """The chart of the row."""
        return draw_row(self)


def build_rows(shares: Shares, before: Shares | None) -> tuple[Row, ...]:
    """Rows in an order that a change does not disturb: any agreement, then by the share in the reference case.

    Args:
        shares: Shares with the change.
        before: Shares of the reference case; none if nothing is changed.
    """
    known = before or shares
    keys = list(shares.outcomes)
    height = {key: max(_list_shares(known, key) or [0.0]) for key in keys}
    seen = {key: max([height[key], *_list_shares(shares, key)]) for key in keys}
    common = sorted((key for key in keys if seen[key] >= RARE), key=lambda key: -height[key])
    rare = [key for key in keys if seen[key] < RARE]
    rows = [_make_row(shares, before, (key,), shares.outcomes[key], keys.index(key)) for key in common]
    if len(shares.agreements) > 1:
        rows = [
            _make_row(shares, before, shares.agreements, message("figures.any-agreement"), None, strong=True),
            *rows,
        ]
    if rare:
        words = message("figures.outcomes.rare", many=format_number(len(rare))) if len(rare) > 1 else ""
        alone = keys.index(rare[0]) if len(rare) == 1 else None
        rows.append(_make_row(shares, before, rare, words or shares.outcomes[rare[0]], alone))
    return tuple(rows)


def _list_shares(shares: Shares, key: str) -> list[float]:
    return [view.outcomes[key].share for view in shares.views.values() if key in view.outcomes]


def _make_row(
    shares: Shares, before: Shares | None, keys: Sequence[str], label: str, fill: int | None, *, strong: bool = False
) -> Row:
    lines = []
    for place, (name, view) in enumerate(shares.views.items()):
        old = None if before is None or name not in before.views else _add_up(before.views[name], keys)
        lines.append(Line(place, _add_up(view, keys), old))
    among = [_add_up(shares.views[name], keys).share for name in shares.sources]
    return Row(label, fill, tuple(lines), min(among), max(among), strong)


def _add_up(view: ViewShares, keys: Sequence[str]) -> Interval:
    """The share of several outcomes together."""
    if len(keys) == 1 and keys[0] in view.outcomes:
        return view.outcomes[keys[0]]
    hits = sum(round(view.outcomes[key].share * view.n_matching) for key in keys if key in view.outcomes)
    return estimate_share(hits, view.n_matching)


def draw_row(row: Row) -> Markup:
    """Dots with Monte Carlo intervals on a line for each view, over the range of sources, the reference hollow."""
    height = LINE * len(row.lines)
    parts = [f'<line class="grid" x1="{at}%" x2="{at}%" y1="0" y2="{height}"/>' for at in (0, 25, 50, 75, 100)]
    if len(row.lines) > 1:
        width = max(0.4, 100 * (row.high - row.low))
        parts.append(f'<rect class="range" x="{100 * row.low:.2f}%" y="1" width="{width:.2f}%" height="{height - 2}"/>')
    for number, line in enumerate(row.lines):
        parts += _draw_line(line, LINE * number + LINE / 2)
    text = "".join(parts)
    return Markup(
        f'<svg class="strip" height="{height}" width="100%" aria-hidden="true" focusable="false">{text}</svg>'
    )


def _draw_line(line: Line, y: float) -> list[str]:
    found, parts = line.found, list[str]()
    if line.before is not None:
        old = 100 * line.before.share
        if abs(line.before.share - found.share) > 0.004:
            parts.append(f'<line class="moved" x1="{old:.2f}%" x2="{100 * found.share:.2f}%" y1="{y}" y2="{y}"/>')
        parts.append(f'<circle class="before" cx="{old:.2f}%" cy="{y}" r="5.5"/>')
    ends = f'x1="{100 * found.low:.2f}%" x2="{100 * found.high:.2f}%" y1="{y}" y2="{y}"'
    parts.append(f'<line class="interval view-{line.view % len(SHAPES)}" {ends}/>')
    shape = SHAPES[line.view % len(SHAPES)]
    dot = f'<path class="dot view-{line.view % len(SHAPES)}" d="{shape}"/>'
    return [*parts, f'<svg x="{100 * found.share:.2f}%" y="{y}" overflow="visible">{dot}</svg>']


def draw_beside(own: float, model: float, low: float, high: float) -> Markup:
    """A square for a class above a dot with its interval for the model, each as a share of the axis.

    Args:
        own: The class.
        model: The model.
        low: Lower end of the model's interval.
        high: Upper end.
    """
    grid = "".join(f'<line class="grid" x1="{at}%" x2="{at}%" y1="0" y2="44"/>' for at in (0, 25, 50, 75, 100))
    line = f'<line class="interval view-0" x1="{100 * low:.2f}%" x2="{100 * high:.2f}%" y1="32" y2="32"/>'
    dot = f'<circle class="dot view-0" cx="{100 * model:.2f}%" cy="32" r="6"/>'
    square = f'<rect class="class-mark" x="-{SQUARE / 2}" y="5" width="{SQUARE}" height="{SQUARE}"/>'
    mark = f'<svg x="{100 * own:.2f}%" overflow="visible">{square}</svg>'
    start = '<svg class="strip" height="44" width="100%" aria-hidden="true" focusable="false">'
    return Markup(f"{start}{grid}{line}{dot}{mark}</svg>")


def draw_mark(view: int) -> Markup:
    """The dot of a source view, for a legend."""
    shape = SHAPES[view % len(SHAPES)]
    dot = f'<path class="dot view-{view % len(SHAPES)}" transform="translate(8 8)" d="{shape}"/>'
    return Markup(f'<svg class="mark" width="16" height="16" aria-hidden="true" focusable="false">{dot}</svg>')


def draw_weeks(view: ViewRuns, outcomes: Mapping[str, str]) -> Markup:
    """Shares of states over weeks as columns, stacked in the order of the scenario."""
    weeks = sample_weeks(len(view.by_week))
    width = 100 / len(weeks)
    parts = []
    for place, week in enumerate(weeks):
        counts = view.by_week[week - 1]
        total, top = max(int(counts.sum()), 1), 0.0
        for number, count in enumerate(counts[: len(outcomes)]):
            share = 100 * int(count) / total
            if share > 0:
                size = f'x="{place * width:.2f}%" y="{top:.2f}%" width="{width:.2f}%" height="{share:.2f}%"'
                parts.append(f'<rect fill="url(#fill-{number})" {size}/>')
            top += share
    parts.append('<line class="now-line" x1="0" x2="0" y1="0" y2="100%" visibility="hidden"/>')
    drawn = "".join((*parts, *_name_bands(view.by_week[weeks[-1] - 1], list(outcomes.values()))))
    return Markup(f'<svg class="weeks" width="100%" height="150" aria-hidden="true" focusable="false">{drawn}</svg>')


def _name_bands(counts: Sequence[int], labels: Sequence[str]) -> Iterator[str]:
    """Names of the broad bands, at their right end."""
    total, top = max(int(sum(counts)), 1), 0.0
    for count, label in zip(counts, labels, strict=False):
        share = 100 * int(count) / total
        if share >= BROAD:
            shown = label if len(label) <= LONGEST_NAME else f"{label[: LONGEST_NAME - 1].rstrip()}…"
            place = f'x="98%" y="{top + share / 2:.2f}%" dy=".35em" text-anchor="end"'
            yield f'<text class="band" {place}>{escape(shown)}</text>'
        top += share


def sample_weeks(last: int) -> list[int]:
    """Weeks that a chart shows: the last one always."""
    step = max(1, -(-last // COLUMNS))
    return sorted({last - step * n for n in range(COLUMNS) if last - step * n >= 1})


def build_week_table(results: Results) -> list[tuple[str, tuple[str, ...], list[tuple[str, ...]]]]:
    """For every view: its name, some weeks, and the shares of the states after each of them."""
    found = []
    for name, view in results.views.items():
        last = len(view.by_week)
        weeks = sorted({1, *(round(last * part / 4) for part in (1, 2, 3)), last} - {0})
        rows = []
        for number, label in enumerate(results.outcomes.values()):
            counts = [view.by_week[week - 1] for week in weeks]
            if any(one[number] for one in counts):
                rows.append((label, *(format_share(float(one[number] / max(np.sum(one), 1))) for one in counts)))
        found.append((results.manifest.labels.get(name, name), tuple(format_number(one) for one in weeks), rows))
    return found


def draw_fills(outcomes: Mapping[str, str]) -> Markup:
    """The fills of outcomes, once for a page; charts name them by number."""
    lines = {
        "/": "M0 8L8 0",
        "\\": "M0 0L8 8",
        "x": "M0 0L8 8M0 8L8 0",
        "-": "M0 4H8",
        "|": "M4 0V8",
        "+": "M4 0V8M0 4H8",
    }
    parts = []
    for number, one in enumerate(assign_fills(outcomes).values()):
        drawn = f'<path class="hatch" d="{lines[one.pattern]}"/>' if one.pattern in lines else ""
        drawn = '<circle class="hatch" cx="4" cy="4" r="1"/>' if one.pattern == "." else drawn
        size = 'width="8" height="8" patternUnits="userSpaceOnUse"'
        parts.append(
            f'<pattern id="fill-{number}" {size}><rect width="8" height="8" fill="{one.colour}"/>{drawn}</pattern>'
        )
    size = 'width="0" height="0" aria-hidden="true" focusable="false"'
    return Markup(f'<svg class="fills" {size}><defs>{"".join(parts)}</defs></svg>')


def draw_chip(number: int) -> Markup:
    """A square in the fill of an outcome."""
    square = f'<rect x=".5" y=".5" width="13" height="13" class="chip-edge" fill="url(#fill-{escape(number)})"/>'
    return Markup(f'<svg class="chip" width="14" height="14" aria-hidden="true" focusable="false">{square}</svg>')
