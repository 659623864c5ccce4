"""Room page: what a teacher sees of all games, and what a projector shows of a class beside the model."""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import Any

import segno
from markupsafe import Markup

from analysis.figures.joint_worths import build_table
from analysis.figures.number_text import format_estimate
from analysis.methods.intervals import Interval, estimate_share
from analysis.methods.shares import compute_shares
from sim.ensemble.manifest import Manifest
from sim.errors import UsageError
from sim.i18n.messages import format_number, format_percent, message
from sim.loading.loader import load_case
from sim.loading.translations import translate_case
from sim.schema.loaded_case import LoadedCase
from sim.storage.room_file import RoomFile
from sim.storage.room_record import Game, Room, Seat
from sim.web.board_moves import count_moves
from sim.web.charts import draw_beside, draw_fills
from sim.web.picture import describe_picture
from sim.web.zone_chart import MarkedDeal, draw_zone
from sim.workflows.explore import Explorer
from sim.workflows.explored_zone import weigh_explored
from sim.workflows.localized_results import localize
from sim.workflows.seat.class_ensemble import play_class_ensemble
from sim.workflows.seat.class_room import is_waiting
from sim.workflows.seat.room_events import RoomEvent, find_week, list_events
from sim.workflows.single_flight import SingleFlight

RUNS = 1000
"""Runs of the model beside which a class is set."""


@dataclass(frozen=True)
class OutcomeRow:
    """An outcome, among the games of a class and the runs of the model."""

    number: int
    """Its place in the scenario."""
    label: str
    """Its name."""
    games: int
    """Games of the class that ended so."""
    share: float
    """Their share of all that are over."""
    model: Interval
    """Share of the model's runs."""

    @property
    def said_model(self) -> str:
        """The model's share in words."""
        return format_estimate(self.model)

    @property
    def said_games(self) -> str:
        """The games in words."""
        return f"{format_number(self.games)} ({format_percent(100 * self.share)})"

    def draw(self) -> Markup:
        """The chart of the row: a square for the class, a dot with its interval for the model."""
        return draw_beside(self.share, self.model.share, self.model.low, self.model.high)


def draw_code(address: str) -> Markup:
    """An address as a QR code.

    Args:
        address: The address.
    """
    drawn = io.BytesIO()
    segno.make(address, micro=False).save(drawn, kind="svg", omitsize=True, xmldecl=False, svgns=False, nl=False)
    return Markup(drawn.getvalue().decode())


def translate_room(room: Room, lang: str) -> LoadedCase:
    """The scenario of a room in a language.

    Args:
        room: The room.
        lang: The language.
    """
    return translate_case(load_case(room.case, view=room.view or None), lang)[0]


def build_progress(rooms: RoomFile, room: Room, lang: str) -> dict[str, Any]:
    """How far everybody is.

    Args:
        rooms: The file of rooms.
        room: The room.
        lang: Language of the page.
    """
    case, seats, games = translate_room(room, lang), rooms.list_seats(room.code), rooms.list_games(room.code)
    _refuse_strangers(room, seats, games, case)
    numbers = {game.id: place for place, game in enumerate(games, start=1)}
    by_id = {game.id: game for game in games}
    rows = [
        (
            seat.nickname,
            case.scenario.actors[seat.actor].label,
            format_number(numbers[seat.game]),
            _say_state(by_id[seat.game], seats, case),
        )
        for seat in seats
    ]
    return {
        "room": room,
        "case": case,
        "rows": rows,
        "events": _group_events(case),
        "fired_events": list(_list_fired(case, games)),
        "seats": len(seats),
        "games": len(games),
        "over": sum(game.is_over for game in games),
        "has_free": any(is_waiting(game, seats) for game in games),
        "roles": [case.scenario.actors[role].label for role in room.roles],
        "version": find_version(rooms, room),
    }


def _refuse_strangers(room: Room, seats: list[Seat], games: list[Game], case: LoadedCase) -> None:
    """Stop at a room whose actors, outcomes or agreements its case has not, as after a change of the case.

    Raises:
        UsageError: there are some.
    """
    outcomes, packages = case.scenario.outcomes, prod(len(one.options) for one in case.scenario.issues.values())
    actors = {*room.roles, *(one.actor for one in seats), *(player for game in games for player in game.players)}
    strange = [*sorted(actors - case.scenario.actors.keys())]
    strange += [game.outcome for game in games if game.is_over and game.outcome not in outcomes]
    strange += [str(game.package) for game in games if game.package > packages]
    if strange:
        raise UsageError(f"room {room.code} does not fit its case, which has no {', '.join(strange)[:80]}")


def _group_events(case: LoadedCase) -> dict[str, list[RoomEvent]]:
    """Events that can be fired, under a head for each kind."""
    found: dict[str, list[RoomEvent]] = {}
    for event in list_events(case.scenario).values():
        found.setdefault(message(f"classroom.events-{event.kind}"), []).append(event)
    return found


def _list_fired(case: LoadedCase, games: list[Game]) -> Iterator[str]:
    """Events that were fired, with their weeks and in how many games."""
    for event in list_events(case.scenario).values():
        weeks = Counter(week for game in games if (week := find_week(event, game.changes)) is not None)
        for week, many in sorted(weeks.items()):
            said, games_said = format_number(week), format_number(many)
            yield message("classroom.fired-event", event=event.label, week=said, games=games_said)


def find_version(rooms: RoomFile, room: Room) -> str:
    """What changes whenever a page of the room would.

    Args:
        rooms: The file of rooms.
        room: The room.
    """
    moved = sum(game.version for game in rooms.list_games(room.code))
    return f"{room.version}-{len(rooms.list_seats(room.code))}-{moved}"


def _say_state(game: Game, seats: list[Seat], case: LoadedCase) -> str:
    if game.is_over:
        return message("classroom.state-over", outcome=case.scenario.outcomes[game.outcome].label)
    if is_waiting(game, seats):
        return message("classroom.state-free")
    horizon = game.horizon or case.scenario.calendar.horizon
    return message("classroom.state-asked", week=format_number(game.week), weeks=format_number(horizon))


def _describe_picture(manifest: Manifest, games: int) -> str:
    """What pictures of the board say of themselves."""
    return describe_picture(manifest, more=message("classroom.board-games", games=format_number(games)))


_boards: SingleFlight[dict[str, Any]] = SingleFlight(16)


def build_board(rooms: RoomFile, room: Room, lang: str, explorer: Explorer) -> dict[str, Any]:
    """What a class made of it, beside the model.

    Args:
        rooms: The file of rooms.
        room: The room.
        lang: Language of the page.
        explorer: Plays the model's runs.
    """
    games = [game for game in rooms.list_games(room.code) if game.is_over]
    fired = sorted(game.changes for game in games)
    played = play_class_ensemble(room, fired, explorer, RUNS)
    results = localize(played, lang).results
    (shares, *_) = compute_shares(results).views.values()
    ended = Counter(game.outcome for game in games)
    rows = [
        OutcomeRow(number, label, ended[key], ended[key] / max(len(games), 1), shares.outcomes[key])
        for number, (key, label) in enumerate(results.outcomes.items())
        if key in shares.outcomes and (ended[key] or shares.outcomes[key].share >= 0.005)
    ]
    agreed = Counter(game.package for game in games if game.package)
    asked = (room.case, room.view, room.seed, tuple(fired), lang)
    joint = _boards.get(asked, lambda: weigh_explored(played, lang))
    (zone, *_) = joint.values()
    ends = [(row, estimate_share(row.games, max(len(games), 1))) for row in rows]
    differing = [row.label for row, own in ends if own.low > row.model.high or own.high < row.model.low]
    return {
        "outcome_rows": rows,
        "picture": _describe_picture(results.manifest, len(games)),
        "differing": differing,
        "fills": draw_fills(results.outcomes),
        "moves": count_moves(room, games, results, translate_room(room, lang).scenario),
        "games_over": len(games),
        "fired_events": list(_list_fired(translate_room(room, lang), games)),
        "model_runs": format_number(shares.n_matching),
        "zone": draw_zone(zone, [MarkedDeal(number, count) for number, count in agreed.items()]),
        "zone_table": build_table(zone),
    }
