"""Class room: games of one scenario that students play at the same time, and what a teacher does with all of them.

Read aloud
    A room is opened on a scenario and a source view, with a seed of its own. Every game begins with another run that
    matches the reported run-up, or all with the same one; the model's own runs with this seed are what a class is set
    beside. A student sees its own seat only. An event that is fired happens in every game that goes on, in the week
    after the one at which it stands, and leaves all earlier weeks as they were.
"""

import re
from dataclasses import dataclass, replace

from sim.errors import ScenarioError, UsageError
from sim.i18n.messages import list_languages
from sim.i18n.said_error import SaidError
from sim.loading.loader import load_case
from sim.schema.loaded_case import WEEK_1
from sim.storage.room_file import RoomFile
from sim.storage.room_record import Game, GameState, Room, RoomError, Seat
from sim.workflows.arguments import parse_seed
from sim.workflows.seat.game import SeatPosition, make_move, open_seat
from sim.workflows.seat.opened_case import find_beginnings, open_case
from sim.workflows.seat.room_events import RoomEvent, can_happen, date_event, list_events, list_fired
from sim.workflows.seat.seats import find_seat, list_seats

MOST_PREPARED = 60
"""Games that are played up to their first question before anybody joins, at most."""

END_OF_DRAWN_SEEDS = 1_000_000
"""Seeds of rooms that are drawn are below: they are read out and typed again."""

LONGEST_NAME = 24
"""Letters of a nickname, at most."""

JOINED = re.compile(r"(?<=[^\w\s\u200d])\u200d(?=[^\w\s\u200d])")
"""What joins two emoji in one; between letters, or twice, it would make two names that look the same."""


@dataclass(frozen=True)
class FiredEvents:
    """What became of an event that a teacher fired."""

    games: int
    """Games in which it will happen."""
    left_out: int
    """Games that go on without it: it has happened there, or cannot happen any more."""


def open_room(
    rooms: RoomFile,
    case: str,
    *,
    view: str = "",
    roles: tuple[str, ...] = (),
    is_class: bool = True,
    same_run: bool = False,
    hides_worths: bool = False,
    opens_case: bool = False,
    seed: int | None = None,
    lang: str = "en",
) -> Room:
    """Open a room on a scenario.

    Args:
        rooms: The file of rooms.
        case: Name of the scenario.
        view: Source view; none for the scenario as it stands.
        roles: Actors played in each game, one or two; none lets students choose one.
        is_class: True if a teacher leads it, False for two students alone.
        same_run: True if all games begin with the same run.
        hides_worths: True to hide what the model thinks of moves.
        opens_case: True if students may explore and replay the case while they play it.
        seed: Seed of all luck, such as that of a room that is to be played again; drawn if left out.
        lang: Language in which it is opened.

    Raises:
        UsageError: no such role, or one twice, or more than two.
        RoomError: there are too many rooms.
    """
    scenario = load_case(case, view=view or None).scenario
    found = tuple(find_seat(scenario, role) for role in roles)
    if len(found) != len(set(found)) or len(found) > 2:
        raise SaidError("classroom.refused-roles")
    chosen = (parse_seed("random") or 0) % END_OF_DRAWN_SEEDS if seed is None else seed
    return rooms.open_room(
        case=case, view=view, roles=found, lang=lang, seed=chosen, is_class=is_class, same_run=same_run,
        hides_worths=hides_worths, opens_case=opens_case,
    )  # fmt: skip


def join_room(rooms: RoomFile, room: Room, *, nickname: str, actor: str = "") -> str:
    """Take a seat in a room.

    Args:
        rooms: The file of rooms.
        room: The room.
        nickname: What the student is called.
        actor: The role that is wished for; if empty, any of the room's, or else all roles of the case in turn.

    Returns:
        The token of the seat: who has it plays the seat.

    Raises:
        UsageError: the name is none, or there is no such seat.
        RoomError: the name is taken, or the room is full.
    """
    name = " ".join(nickname.split())
    if len(name) > LONGEST_NAME or not JOINED.sub("", name).isprintable() or (room.is_class and not name):
        raise SaidError("classroom.refused-name", most=LONGEST_NAME)
    opened = open_case(room.case, view=room.view or None)
    known = [one.actor for one in list_seats(opened.case.scenario)]
    if actor and actor not in known:
        raise RoomError("no-such-seat")
    if not room.roles and not actor:
        taken = [seat.actor for seat in rooms.list_seats(room.code)]
        actor = min(known, key=taken.count)
    runs = find_beginnings(opened, room.seed).runs or (0,)
    return rooms.take_seat(room, actor, name, runs)


def prepare_games(room: Room) -> None:
    """Play the games of a room up to their first question before anybody joins, as far as they can be foreseen.

    Args:
        room: The room; its language comes first, the others after it.
    """
    for lang in dict.fromkeys((room.lang, *list_languages())):
        _prepare_games(room, lang)


def _prepare_games(room: Room, lang: str) -> None:
    opened = open_case(room.case, view=room.view or None, lang=lang)
    runs = find_beginnings(opened, room.seed).runs or (0,)
    players = [room.roles] if room.roles else [(one.actor,) for one in list_seats(opened.case.scenario)]
    for run in runs[: 1 if room.same_run else MOST_PREPARED // len(players)]:
        for seats in players:
            find_position(room, Game(0, run, seats, "", (), 1, 0, "", 0, False, 0), seats[0], lang)


def find_position(room: Room, game: Game, actor: str, lang: str) -> SeatPosition:
    """A game as the student in one of its seats sees it.

    Args:
        room: The room.
        game: The game.
        actor: Key of the actor in whose seat the student is.
        lang: Language of the words.
    """
    fired = frozenset[str]()
    if game.changes:
        fired = list_fired(open_case(room.case, view=room.view or None).case.scenario, game.changes)
    return open_seat(
        room.case,
        actor=actor,
        against=[other for other in game.players if other != actor],
        view=room.view or None,
        seed=room.seed,
        run=game.run,
        moves=game.moves,
        changes=game.changes,
        changes_hold_from=WEEK_1 if game.changes else None,
        hide_worths=room.hides_worths,
        teacher=True,
        lang=lang,
        fired=fired,
    )


def is_waiting(game: Game, seats: list[Seat]) -> bool:
    """True while a game waits for a second student.

    Args:
        game: The game.
        seats: Seats of its room.
    """
    return {seat.actor for seat in seats if seat.game == game.id} != set(game.players)


def move_in_room(rooms: RoomFile, room: Room, seat: Seat, *, move: str, version: int, lang: str) -> None:
    """Make a move in one's own seat; one that was made already changes nothing.

    Args:
        rooms: The file of rooms.
        room: The room.
        seat: The seat of whoever moves.
        move: The move.
        version: Version of the game that the student saw.
        lang: Language of the student.

    Raises:
        UsageError: the room is paused, somebody else is asked, or the move is not open.
    """
    game = rooms.find_game(seat.game)
    if game.version != version:
        return
    if room.is_paused:
        raise SaidError("classroom.refused-paused")
    if is_waiting(game, rooms.list_seats(room.code)):
        raise SaidError("classroom.refused-alone")
    position = find_position(room, game, seat.actor, lang)
    if position.asked != seat.actor:
        raise SaidError("classroom.refused-turn")
    rooms.save_game(game, describe_state(make_move(position, move), game.changes))


def describe_state(position: SeatPosition, changes: tuple[str, ...]) -> GameState:
    """What is kept of a position.

    Args:
        position: The position.
        changes: Events fired in the game.
    """
    now = position.standing
    return GameState(
        moves=position.game.moves_text,
        week=now.week,
        horizon=now.horizon,
        outcome=now.outcome_key,
        package=now.agreed or 0,
        is_over=position.is_over,
        changes=changes,
    )


def fire_event(rooms: RoomFile, room: Room, event: str) -> FiredEvents:
    """Let something happen in every game that goes on, in the week after the one at which it stands.

    Args:
        rooms: The file of rooms.
        room: The room.
        event: Key of the event.

    Raises:
        UsageError: the scenario has no such event.
    """
    found = list_events(open_case(room.case, view=room.view or None).case.scenario).get(event)
    if found is None:
        raise SaidError("classroom.refused-event")
    games = [game for game in rooms.list_games(room.code) if not game.is_over]
    fired = sum(_fire(rooms, room, game, found) for game in games)
    return FiredEvents(fired, len(games) - fired)


def _fire(rooms: RoomFile, room: Room, game: Game, event: RoomEvent) -> bool:
    """Date an event in one game; False where it has its date, cannot happen, or has no week left for it."""
    before = find_position(room, game, game.players[0], room.lang)
    now = before.standing
    if not can_happen(event, is_mediated=before.is_mediated, is_signed=before.is_signed):
        return False
    changes = date_event(event, before.game.case.scenario, game.changes, now.week + 1)
    if now.week >= now.horizon or changes is None:
        return False
    try:
        after = find_position(room, replace(game, changes=changes), game.players[0], room.lang)
    except (ScenarioError, UsageError):
        return False
    return rooms.save_game(game, describe_state(after, changes))
