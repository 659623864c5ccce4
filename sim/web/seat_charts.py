"""Seat charts: what offers are worth to a player beside its walk-away value, and how chances stood after each move."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from markupsafe import Markup, escape

from analysis.figures.number_text import format_share
from sim.i18n.messages import format_number, message
from sim.workflows.seat.discussion import Turn
from sim.workflows.seat.options import PackageWorth
from sim.workflows.seat.position import Offer

LINE = 24
"""Height of the line of an offer, in pixels."""
SHOWN = 8
"""Latest offers that are drawn."""
LEFT, WIDE = 3, 88
"""Where a path begins, and how wide it is, in hundredths."""


def draw_offers(offers: Sequence[Offer], packages: Sequence[PackageWorth], reservation: float | None) -> Markup:
    """Offers on the player's own scale: circles for its own, diamonds for those of others, its walk-away value a line.

    Args:
        offers: Packages that came on the table.
        packages: All packages with their worths.
        reservation: The walk-away value in points; none for an actor without interests.
    """
    worths = {one.number: one.worth for one in packages if one.worth is not None}
    if reservation is None or not worths:
        return Markup("")
    shown = [one for one in offers[-SHOWN:] if one.number in worths]
    low = min(0.0, reservation, *worths.values()) - 2
    high = max(100.0, reservation, *worths.values()) + 2
    scale = 100 / (high - low)
    height = LINE * (len(shown) + 2)
    parts = [*_draw_scale(reservation, low, scale, height)]
    every = "".join(f'<circle cx="{(one - low) * scale:.2f}%" cy="34" r="3"/>' for one in worths.values())
    parts.append(f'<g class="every">{every}</g>')
    for row, one in enumerate(shown, start=2):
        parts += _draw_offer(one, (worths[one.number] - low) * scale, LINE * row + LINE / 2)
    drawn = "".join(parts)
    return Markup(f'<svg class="offers" width="100%" height="{height}" aria-hidden="true">{drawn}</svg>')


def _draw_scale(reservation: float, low: float, scale: float, height: int) -> Iterator[str]:
    place = (reservation - low) * scale
    yield f'<rect class="zone-area" x="{place:.2f}%" y="22" width="{100 - place:.2f}%" height="{height - 22}"/>'
    yield f'<line class="walk view-1" x1="{place:.2f}%" x2="{place:.2f}%" y1="18" y2="{height}"/>'
    words = escape(message("classroom.walk-away-at", points=format_number(reservation, 1)))
    anchor = "start" if place < 50 else "end"
    yield f'<text class="zone-name" x="{place:.2f}%" y="13" text-anchor="{anchor}">{words}</text>'


def _draw_offer(one: Offer, place: float, height: float) -> Iterator[str]:
    shape = (
        f'<circle class="dot view-0" cx="{place:.2f}%" cy="{height}" r="6"/>'
        if one.own
        else f'<svg x="{place:.2f}%" y="{height}" overflow="visible">'
        '<path class="dot view-1" d="M0-7L7 0L0 7L-7 0Z"/></svg>'
    )
    words = escape(message("classroom.offer-mark", week=one.week, number=one.number))
    side = f'dx="-11" x="{place:.2f}%" text-anchor="end"' if place > 50 else f'dx="11" x="{place:.2f}%"'
    yield f'{shape}<text class="zone-number" {side} y="{height + 4}">{words}</text>'


def draw_path(start: float, turns: Sequence[Turn]) -> Markup:
    """Shares of continuations that end in an agreement: after each decision, and had the model decided.

    Args:
        start: The share at the start.
        turns: The decisions.
    """
    step = WIDE / max(len(turns), 1)
    points = [(LEFT, start), *((LEFT + step * n, one.agreement) for n, one in enumerate(turns, start=1))]
    parts = [*_draw_levels()]
    for (x, before), (to, after) in pairwise(points):
        ends = f'x1="{x:.2f}%" y1="{_rise(before)}" x2="{to:.2f}%" y2="{_rise(after)}"'
        parts.append(f'<line class="path view-0" {ends}/>')
    for (x, before), (to, _), turn in zip(points, points[1:], turns, strict=False):
        if not turn.same:
            ends = f'x1="{x:.2f}%" y1="{_rise(before)}" x2="{to:.2f}%" y2="{_rise(turn.agreement_modelled)}"'
            hollow = f'<circle class="before" cx="{to:.2f}%" cy="{_rise(turn.agreement_modelled)}" r="5"/>'
            parts.append(f'<line class="moved" {ends}/>{hollow}')
    parts += [f'<circle class="dot view-0" cx="{x:.2f}%" cy="{_rise(share)}" r="5"/>' for x, share in points]
    drawn = "".join(parts)
    return Markup(f'<svg class="path" width="100%" height="180" aria-hidden="true" focusable="false">{drawn}</svg>')


def _draw_levels() -> Iterator[str]:
    """Lines of all, half and none, with their shares."""
    for share in (0.0, 0.5, 1.0):
        yield f'<line class="grid" x1="0" x2="100%" y1="{_rise(share)}" y2="{_rise(share)}"/>'
        words = f'x="100%" y="{_rise(share)}" dy="-3" text-anchor="end"'
        yield f'<text class="zone-number" {words}>{format_share(share)}</text>'


def _rise(share: float) -> str:
    """Height of a share."""
    return f"{96 - 84 * share:.2f}%"
