"""Text: role sheets, positions and debriefs as lines for a terminal, wrapped at a width."""

import textwrap
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any

from analysis.figures.joint_worths import list_lacking
from sim.i18n.messages import format_percent
from sim.narrative.names import join_words
from sim.workflows.seat.costs import POINTS
from sim.workflows.seat.debrief import SeatDebrief
from sim.workflows.seat.discussion import Turn
from sim.workflows.seat.game import SeatPosition
from sim.workflows.seat.moves_text import LETTERS
from sim.workflows.seat.options import PackageWorth, SeatOption
from sim.workflows.seat.position import Offer, Question
from sim.workflows.seat.role_sheet import SheetSection
from sim.workflows.seat.wording import begin, format_gain, format_points, say

SHOWN_OFFERS = 6
"""Latest offers that are shown with a position."""

SHOWN_PACKAGES = 12
"""Packages that are listed at once."""

SHARE_COLUMNS, WEEK_COLUMNS = 6, 5
"""Columns of a share or a gain, and of a week, in the table of decisions."""


def format_sheet(position: SeatPosition, width: int) -> list[str]:
    """The role sheet: public first, then confidential.

    Args:
        position: Any position of the game.
        width: Columns of a line.
    """
    sheet, game = position.sheet, position.game
    lines = [game.case.title, say("caution"), "", say("tty-you-are", actor=sheet.name, summary=sheet.summary), ""]
    lines += [say("tty-public"), "", *_list_sections(sheet.public)]
    lines += [say("tty-confidential"), "", *_list_sections(sheet.confidential), say("tty-points")]
    lines += ["" if game.hide_worths else say("tty-model"), ""]
    return wrap_lines(lines, width)


def _list_sections(sections: Iterable[SheetSection]) -> Iterator[str]:
    for section in sections:
        yield section.title
        yield from (f"  {line}" for line in section.lines)
        yield ""


def format_position(position: SeatPosition, width: int) -> list[str]:
    """Where the player stands, and what is asked.

    Args:
        position: The position.
        width: Columns of a line.
    """
    if position.question is None:
        waiting = [] if position.is_over else ["", say("tty-waiting")]
        return wrap_lines([*_list_news(position), *waiting], width)
    is_move = position.question.kind == "move"
    offers = _list_offers(position) if is_move and _has_new_offers(position) else ()
    lines = [*_list_news(position), *offers, *_list_standing(position, brief=not is_move)]
    lines += _list_question(position.question)
    return wrap_lines(lines, width)


def _list_news(position: SeatPosition) -> Iterator[str]:
    if position.news:
        yield from ("", say("tty-news"))
        yield from (f"  {say('tty-news-week', week=one.week, text=one.text)}" for one in position.news)


def _has_new_offers(position: SeatPosition) -> bool:
    """True if a package came on the table since the last question, or lies there now."""
    news, offers = position.news, position.offers
    return bool(position.standing.plan) or bool(news and offers and offers[-1].week >= min(one.week for one in news))


def _list_offers(position: SeatPosition) -> Iterator[str]:
    if position.offers:
        yield from ("", say("tty-offers") if position.offers[0].gain_now is not None else say("tty-offers-plain"))
        seen: set[int] = set()
        for one in position.offers[-SHOWN_OFFERS:]:
            yield f"  {_describe_offer(one, again=one.number in seen)}"
            seen.add(one.number)


def _describe_offer(one: Offer, *, again: bool) -> str:
    """An offer in a line; a package that stands above already is not spelled out again."""
    label = say("tty-again") if again else one.label
    words = {"week": one.week, "by": say("tty-you") if one.own else one.by, "number": one.number, "label": label}
    if one.gain_now is None:
        return say("tty-offer-plain", **words)
    return say("tty-offer", gain=format_gain(one.gain_now), **words)


def _list_standing(position: SeatPosition, *, brief: bool) -> Iterator[str]:
    now = position.standing
    why = position.question.why if position.question and (brief or not position.news) else ""
    yield from ("", say("tty-week", week=now.week, horizon=now.horizon, date=now.date, why=why).rstrip())
    if brief:
        return
    reservation = "" if now.reservation is None else say("tty-reservation", points=format_points(now.reservation))
    yield f"{say('tty-stage', stage=now.stage, outcome=now.outcome)} {reservation}".rstrip()
    yield from ([now.plan] if now.plan else [])
    yield from (f"{begin(threat)}." for threat in now.threats)


def _list_question(question: Question) -> Iterator[str]:
    if question.package is not None:
        yield from ("", *_list_package(question.package))
    yield from ("", question.text)
    for option in question.options:
        yield from _describe_option(option)


def _list_package(one: PackageWorth) -> Iterator[str]:
    label = "" if one.contents[0] in one.label else one.label
    yield say("tty-package", number=one.number, label=label).rstrip()
    yield from (f"    {content}" for content in one.contents)
    if one.worth is not None and one.gain is not None:
        yield say("tty-package-worth", worth=format_points(one.worth), gain=format_gain(one.gain))


def _describe_option(option: SeatOption) -> Iterator[str]:
    """A line such as `  o   An offer (costs 1.0; model: +28.8)`, and below it what the move does."""
    costs = [say("tty-cost", points=format_points(cost.points), label=cost.label) for cost in option.costs]
    notes = [say("tty-costs", costs=join_words(costs))] if costs else []
    if option.worth is not None:
        notes.append(say("tty-worth", worth=format_gain(option.worth)))
    noted = f" ({'; '.join(notes)})" if notes else ""
    package = ""
    if option.package is not None:
        key = "tty-option-packages" if option.takes_package else "tty-option-package"
        key = "tty-option-drafts" if option.move.startswith(LETTERS["engage"]) else key
        package = " " + say(key, number=option.package, move=option.move)
    yield f"  {option.move:<4}{option.label}{package}{noted}"
    if option.does:
        yield f"        {option.does}"


def format_packages(position: SeatPosition, width: int) -> list[str]:
    """Packages, the best for the player first.

    Args:
        position: The position.
        width: Columns of a line.
    """
    lines = [say("tty-packages"), *(f"  {_describe_package(one)}" for one in position.packages[:SHOWN_PACKAGES])]
    more = len(position.packages) - SHOWN_PACKAGES
    return wrap_lines([*lines, *([f"  {say('tty-packages-more', many=more)}"] if more > 0 else [])], width)


def _describe_package(one: PackageWorth) -> str:
    if one.gain is None:
        return say("tty-package-row-plain", number=one.number, label=one.label)
    accepted = "" if one.accepted is None else say("tty-accepted", chance=format_percent(POINTS * one.accepted))
    return say("tty-package-row", number=one.number, gain=format_gain(one.gain), accepted=accepted, label=one.label)


def format_history(position: SeatPosition, width: int) -> list[str]:
    """All that has happened since week 1.

    Args:
        position: The position.
        width: Columns of a line.
    """
    return wrap_lines([say("tty-news-week", week=one.week, text=one.text) for one in position.history], width)


def format_debrief(debrief: SeatDebrief, width: int) -> list[str]:
    """What is said after a game.

    Args:
        debrief: What there is to say.
        width: Columns of a line.
    """
    lines = ["", say("debrief-title"), "", *list_result(debrief), ""]
    error = format_points(100 * 0.98 / debrief.branches**0.5)
    before = wrap_lines([*lines, say("tty-path", runs=debrief.branches, error=error)], width)
    after = ["", *list_zone(debrief), "", say("tty-questions")]
    asked = [f"  {number}. {text}" for number, text in enumerate(debrief.questions, start=1)]
    return [*before, *_draw_path(debrief, width), *wrap_lines([*after, *asked], width)]


def list_result(debrief: SeatDebrief) -> Iterator[str]:
    """How the game ended, and how the model fares from the same start.

    Args:
        debrief: What there is to say.
    """
    week = debrief.position.standing.week
    yield say("tty-over", week=week, outcome=debrief.outcomes[debrief.outcome])
    agreed, start = debrief.agreed, debrief.start
    if agreed is None:
        yield say("tty-result-none")
    elif agreed.gain is None or agreed.gain_in_week_1 is None:
        yield say("tty-result-deal-plain", week=agreed.week, number=agreed.number, label=agreed.label)
    else:
        gain, early = format_gain(agreed.gain), format_gain(agreed.gain_in_week_1)
        words: dict[str, Any] = {"week": agreed.week, "number": agreed.number, "label": agreed.label}
        yield say("tty-result-deal", gain=gain, early=early, **words)
    words = {"runs": debrief.branches, "share": format_percent(100 * start.agreement)}
    if start.gain is None:
        yield say("tty-result-model-plain", **words)
    else:
        yield say("tty-result-model", gain=format_gain(start.gain), **words)
    yield say("tty-result-run", outcome=start.outcome)


def _draw_path(debrief: SeatDebrief, width: int) -> list[str]:
    """The decisions as a table: week, what was done, what the model would have done, and both shares."""
    head = say("tty-path-head").split("|")
    start = debrief.start
    rows = [["", say("tty-start"), "", format_percent(100 * start.agreement), "", *_format_gains(start.gain, None)]]
    rows += [_list_cells(turn) for turn in debrief.turns]
    rows = [[*head, *(say("tty-gains-head").split("|") if start.gain is not None else [])], *rows]
    numbers = [SHARE_COLUMNS] * (len(rows[0]) - 3)
    room = max((width - WEEK_COLUMNS - sum(numbers) - len(rows[0]) - 1) // 2, 12)
    widths = (WEEK_COLUMNS, room, room, *numbers)
    lines = []
    for row in rows:
        folded = [textwrap.wrap(cell, columns) or [""] for cell, columns in zip(row, widths, strict=True)]
        for parts in zip_longest(*folded, fillvalue=""):
            cells = [part.ljust(columns) for part, columns in zip(parts, widths, strict=True)]
            lines.append(f"  {' '.join(cells)}".rstrip())
    return lines


def _list_cells(turn: Turn) -> list[str]:
    mine = format_percent(100 * turn.agreement)
    if turn.same:
        return [str(turn.week), turn.label, say("tty-same"), mine, "", *_format_gains(turn.gain, None)]
    its = format_percent(100 * turn.agreement_modelled)
    return [str(turn.week), turn.label, turn.modelled, mine, its, *_format_gains(turn.gain, turn.gain_modelled)]


def _format_gains(mine: float | None, its: float | None) -> list[str]:
    """Cells of a gain and of what it would have been; none for an actor without interests."""
    if mine is None:
        return []
    return [format_gain(mine), "" if its is None else format_gain(its)]


def list_zone(debrief: SeatDebrief) -> Iterator[str]:
    """What was agreed among all packages.

    Args:
        debrief: What there is to say.
    """
    zone, agreed = debrief.zone, debrief.agreed
    inside = sum(1 for point in zone.points if point.in_zone)
    yield say("tty-zone", week=zone.week, inside=inside, many=len(zone.points))
    yield from list_lacking(zone)
    if agreed is not None:
        yield say(
            "tty-zone-yours",
            first=format_gain(agreed.gains[0]),
            side=zone.sides[0],
            second=format_gain(agreed.gains[1]),
            other=zone.sides[1],
            efficient=say("tty-efficient" if agreed.efficient else "tty-not-efficient"),
        )
    if zone.nash is not None and zone.reservations is not None:
        point = zone.points[zone.nash]
        gains = (point.first - zone.reservations[0].median, point.second - zone.reservations[1].median)
        first, second = (format_gain(POINTS * gain) for gain in gains)
        yield say("tty-zone-nash", number=zone.nash + 1, label=point.label, first=first, second=second)


def wrap_lines(lines: Iterable[str], width: int) -> list[str]:
    """Lines wrapped at a width; what goes on is indented a little more than its line.

    Args:
        lines: The lines.
        width: Columns of a line.
    """
    found: list[str] = []
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip(" ")) + 2)
        found += textwrap.wrap(line, width, subsequent_indent=indent if line.startswith(" ") else "") or [""]
    return found
