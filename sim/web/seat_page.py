"""Seat page: a role to choose, a role sheet, a turn with what can be done, and the debrief."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from analysis.figures.joint_worths import build_table
from sim.i18n.messages import format_number, format_percent, message
from sim.loading.loader import list_views, load_case
from sim.loading.translations import translate_case
from sim.web.picture import write_picture
from sim.web.seat_charts import draw_offers, draw_path
from sim.web.seat_state import SeatState
from sim.web.zone_chart import MarkedDeal, draw_zone
from sim.workflows.seat.debrief import SeatDebrief, debrief_seat
from sim.workflows.seat.discussion import Turn
from sim.workflows.seat.game import SeatPosition, is_about_real_events
from sim.workflows.seat.options import PackageWorth, SeatOption
from sim.workflows.seat.seats import list_seats
from sim.workflows.seat.text import list_result, list_zone
from sim.workflows.seat.wording import format_gain, format_points, say
from sim.workflows.single_flight import SingleFlight

BRANCHES = 200
"""Continuations from each state in a debrief on a page."""

HUNDRED = 100.0


@dataclass(frozen=True)
class Cell:
    """A line of a table for readers."""

    cells: tuple[str, ...]
    """What stands in it."""
    strong: bool = False
    """True for what is the player's own."""


def build_choice(state: SeatState) -> dict[str, Any]:
    """What is asked before a game: which role, and under whose assumptions.

    Args:
        state: What the address asks for.
    """
    loaded = load_case(state.case, view=state.view or next(iter(list_views(state.case)), None))
    case, _ = translate_case(loaded, state.lang)
    views = [
        (name, translate_case(load_case(state.case, view=name), state.lang)[0].view) for name in list_views(state.case)
    ]
    return {
        "state": state,
        "case": case,
        "seats": list_seats(case.scenario),
        "first": case.scenario.contest.first,
        "second": case.scenario.contest.second,
        "views": [(name, view.label if view else name) for name, view in views],
        "is_real": is_about_real_events(loaded),
    }


def build_turn(position: SeatPosition) -> dict[str, Any]:
    """What a player sees at its turn.

    Args:
        position: Where the player stands.
    """
    game, now, question = position.game, position.standing, position.question
    options = [_describe_option(one) for one in question.options] if question else []
    names = name_shortly(position.packages)
    return {
        "position": position,
        "title": game.case.title,
        "sheet": position.sheet,
        "now": now,
        "question": question,
        "options": options,
        "asked_package": None if question is None or question.package is None else _describe_package(question.package),
        "packages": [_describe_package(one) | {"short": names[one.number]} for one in position.packages],
        "offers": list(_list_offers(position)),
        "offers_head": _list_offer_head(weighs=now.reservation is not None),
        "offers_chart": draw_offers(position.offers, position.packages, now.reservation),
        "hides_worths": game.hide_worths,
        "is_start": not game.moves,
    }


def _describe_option(one: SeatOption) -> dict[str, Any]:
    """Something that can be done, with what it costs and what the model thinks it is worth."""
    costs = [say("tty-cost", points=format_points(cost.points), label=cost.label) for cost in one.costs]
    return asdict(one) | {
        "said_costs": "; ".join(costs),
        "said_worth": "" if one.worth is None else format_gain(one.worth),
    }


def name_shortly(packages: Sequence[PackageWorth]) -> dict[int, str]:
    """A name for each package that a narrow page holds: its own, or in what it differs from one that has its own.

    Args:
        packages: The packages of a menu.
    """
    named = [one for one in packages if one.contents[0] not in one.label]
    return {one.number: one.label if one in named or not named else _compare(one, named) for one in packages}


def _compare(package: PackageWorth, named: Sequence[PackageWorth]) -> str:
    """In what a package differs from the most similar one that has a name."""
    differing = {one.number: [part for part in package.contents if part not in one.contents] for one in named}
    number = min(differing, key=lambda one: (len(differing[one]), len("; ".join(differing[one])), one))
    return message("classroom.package-as", number=number, differing="; ".join(differing[number]))


def _describe_package(one: Any) -> dict[str, Any]:
    """A package with its worth to the player in words."""
    return asdict(one) | {
        "said_gain": "" if one.gain is None else format_gain(one.gain),
        "said_worth": "" if one.worth is None else format_points(one.worth),
        "said_accepted": "" if one.accepted is None else format_percent(HUNDRED * one.accepted),
        "is_better": (one.gain or 0.0) > 0.0,
    }


def _list_offer_head(*, weighs: bool) -> tuple[str, ...]:
    names = ("week", "by", "package", *(("gain-then", "gain-now") if weighs else ()))
    return tuple(message(f"classroom.column-{name}") for name in names)


def _list_offers(position: SeatPosition) -> list[Cell]:
    """Packages that came on the table, the latest first."""
    found = []
    for one in reversed(position.offers):
        gains = [format_gain(gain) for gain in (one.gain_then, one.gain_now) if gain is not None]
        by = say("tty-you") if one.own else one.by
        found.append(Cell((format_number(one.week), by, f"{one.number}: {one.label}", *gains), one.own))
    return found


_debriefs: SingleFlight[SeatDebrief] = SingleFlight(32)


def debrief(position: SeatPosition) -> SeatDebrief:
    """The debrief of a game, kept for the next one who asks.

    Args:
        position: Where the game stands.
    """
    game = position.game
    named = (game.case.name, game.opened.stamps, game.view, game.changes, game.actor, game.against)
    key = (*named, game.seed, game.run, game.moves, game.lang)
    return _debriefs.get(key, lambda: debrief_seat(position, branches=BRANCHES))


def build_debrief(position: SeatPosition) -> dict[str, Any]:
    """What is said after a game.

    Args:
        position: Where the game stands.

    Raises:
        UsageError: nothing was decided yet.
    """
    found = debrief(position)
    agreed = found.agreed
    error = format_points(HUNDRED * 0.98 / found.branches**0.5)
    game, runs = position.game, format_number(found.branches)
    made = message(
        "classroom.picture-seat", actor=position.sheet.name, runs=runs, seed=str(game.seed), run=str(game.run)
    )
    return {
        "position": position,
        "title": position.game.case.title,
        "now": position.standing,
        "is_over": position.is_over,
        "result": list(list_result(found)) if position.is_over else [message("classroom.stopped")],
        "path": draw_path(found.start.agreement, found.turns),
        "path_lead": say("tty-path", runs=format_number(found.branches), error=error),
        "path_head": _list_path_head(found),
        "path_rows": [_make_start_row(found), *(_make_row(found, turn) for turn in found.turns)],
        "zone": draw_zone(found.zone, [MarkedDeal(agreed.number)] if agreed else []),
        "is_agreed": agreed is not None,
        "zone_said": list(list_zone(found)),
        "zone_table": build_table(found.zone),
        "questions": found.questions,
        "outcome": found.outcomes[found.outcome],
        "picture": write_picture(game.case.name, [game.case.title, made, say("caution")]),
    }


def _list_path_head(found: SeatDebrief) -> tuple[str, ...]:
    gains = ("gain", "gain-its") if found.start.gain is not None else ()
    return tuple(message(f"classroom.path-{name}") for name in ("week", "you", "model", "share", "its", *gains))


def _make_start_row(found: SeatDebrief) -> tuple[str, ...]:
    start = found.start
    gains = () if start.gain is None else (format_gain(start.gain), "")
    return ("0", say("tty-start"), "", format_percent(HUNDRED * start.agreement), "", *gains)


def _make_row(found: SeatDebrief, turn: Turn) -> tuple[str, ...]:
    """A decision, beside what the model would have decided."""
    mine, its = (format_percent(HUNDRED * one) for one in (turn.agreement, turn.agreement_modelled))
    gains = () if turn.gain is None else (format_gain(turn.gain), "" if turn.same else _say_gain(turn.gain_modelled))
    instead = say("tty-same") if turn.same else turn.modelled
    return (format_number(turn.week), turn.label, instead, mine, "" if turn.same else its, *gains)


def _say_gain(gain: float | None) -> str:
    return "" if gain is None else format_gain(gain)
