"""Game: one seat of one run, from the first question to the last week, as a value that can be kept and played again.

Read aloud
    A game is named by its scenario, source view, seed, run, actor and moves; the same six give the same game, to the
    bit. The others are played by the model, by the same rules and with the same luck as in any run: a game in which
    every move is left to the model is the run itself. Positions are kept for a while, so that the next move of a game
    need not begin at its first.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from sim.errors import UsageError, require_known
from sim.i18n.messages import use_language
from sim.i18n.said_error import SaidError
from sim.loading.loader import list_views
from sim.rules.stages import SIGNED
from sim.schema.loaded_case import HoldsFrom, LoadedCase
from sim.schema.numbers import MOST_WEEKS
from sim.workflows.arguments import OneOrMany, check_language, check_range, list_words, parse_seed, require_unlike
from sim.workflows.load_scenario import Case, resolve_case
from sim.workflows.play import END_OF_RUNS
from sim.workflows.seat.moves_text import SeatMove, format_moves, parse_moves
from sim.workflows.seat.opened_case import OpenedCase, find_beginning, find_first_run, open_case
from sim.workflows.seat.options import PackageWorth
from sim.workflows.seat.played_run import PlayedRun, SharedRun
from sim.workflows.seat.position import (
    MOVES_COUNTED,
    News,
    Offer,
    Question,
    Standing,
    ask,
    describe_standing,
    list_history,
    list_news,
    list_offers,
    list_packages,
    list_public_news,
)
from sim.workflows.seat.role_sheet import RoleSheet, make_role_sheet
from sim.workflows.seat.seats import find_seat
from sim.workflows.seat.sessions import Memory, Session


@dataclass(frozen=True)
class SeatGame:
    """Everything that names a game."""

    opened: OpenedCase
    """The scenario through its source view."""
    actor: str
    """Key of the actor from whose seat the game is seen."""
    against: tuple[str, ...]
    """Keys of the other actors whose seats are taken by players; the model plays the rest."""
    seed: int
    """Seed of all luck."""
    run: int
    """Number of the run."""
    moves: tuple[SeatMove, ...]
    """What the players have said so far, in the order in which they were asked."""
    lang: str
    """Language of the game."""
    hide_worths: bool
    """True if what the model thinks of moves and of the others is hidden."""
    changes: tuple[str, ...]
    """What was set in the scenario, each as path=value."""
    answers: tuple[str, ...]
    """Answers that were taken, each as name=answer."""
    fired: frozenset[str] = frozenset()
    """What a teacher has dated in it, as a story calls it."""

    @property
    def case(self) -> LoadedCase:
        """The scenario in the language of the game."""
        return self.opened.translated

    @property
    def seats(self) -> tuple[str, ...]:
        """Keys of all actors whose seats are taken, in the order of the scenario."""
        return tuple(key for key in self.case.scenario.actors if key in (self.actor, *self.against))

    @property
    def view(self) -> str:
        """Name of the source view; empty for the scenario as it stands."""
        return self.case.view.view if self.case.view else ""

    @property
    def needs_teacher(self) -> bool:
        """True if a teacher opens its seats."""
        return is_about_real_events(self.case)

    @property
    def moves_text(self) -> str:
        """The moves in a line."""
        return format_moves(self.moves)


@dataclass(frozen=True)
class SeatPosition:
    """Where a player stands."""

    game: SeatGame
    """The game so far."""
    sheet: RoleSheet
    """What the player was given to read."""
    standing: Standing
    """How things stand."""
    question: Question | None
    """What the player is asked now; none while another is asked, and once the game is over."""
    asked: str
    """Key of the actor whose player is asked now; empty once the game is over."""
    news: tuple[News, ...]
    """What has happened since the last question."""
    public_news: tuple[News, ...]
    """What anybody could hear of so far, who has no seat."""
    history: tuple[News, ...]
    """What has happened since week 1."""
    offers: tuple[Offer, ...]
    """Packages that came on the table."""
    packages: tuple[PackageWorth, ...]
    """All packages, the best for the actor first."""
    is_mediated: bool
    """True while somebody mediates who has not left."""
    is_signed: bool
    """True while an agreement is signed, whether it is in force or waits to be."""
    moves_made: Mapping[str, int]
    """Moves of all seats since week 1, by kind."""

    @property
    def is_over(self) -> bool:
        """True once nobody is asked any more."""
        return not self.asked

    def as_json(self) -> dict[str, Any]:
        """The position for machines."""
        game = self.game
        named = {"case": game.case.name, "view": game.view, "actor": game.actor, "seed": game.seed, "run": game.run}
        parts = ("standing", "question", "news", "offers", "packages")
        shown: dict[str, Any] = {}
        for name in parts:
            part = getattr(self, name)
            shown[name] = [asdict(one) for one in part] if isinstance(part, tuple) else part and asdict(part)
        return {**named, "against": list(game.against), "moves": game.moves_text, "asked": self.asked, **shown}


_sessions = Memory[Session]()
_positions = Memory[SeatPosition]()


def open_seat(
    case: Case = None,
    *,
    actor: str | None = None,
    against: OneOrMany = (),
    view: str | None = None,
    seed: int | str | None = None,
    run: int | None = None,
    moves: str = "",
    horizon: int | None = None,
    changes: OneOrMany = (),
    answers: OneOrMany = (),
    hide_worths: bool = False,
    teacher: bool = False,
    lang: str = "en",
    changes_hold_from: HoldsFrom | None = None,
    fired: frozenset[str] = frozenset(),
) -> SeatPosition:
    """Take a seat, and play the moves that were made already.

    Args:
        case: Name, file, folder or loaded scenario; the default case if left out.
        actor: Key of the actor; the first side if left out.
        against: Other actors whose seats are taken by players; the moves are then those of all players, as asked.
        view: Source view; that of a loaded scenario, or the first of the scenario, if left out.
        seed: Seed of all random numbers, from 0 to 2^63-1, or `random`; the scenario's if left out.
        run: Number of the run, from 0; if left out, the first that matches the reported run-up and has a zone of
            agreement of the two sides in week 1, or the first that matches.
        moves: Moves made so far, such as `w3-c-op2-y`; none if left out.
        horizon: Weeks to play, 1 to 520; the scenario's if left out.
        changes: Values to set, each as path=value.
        answers: Answers to open questions, each as name=answer.
        hide_worths: True to hide what the model thinks moves are worth and others would take.
        teacher: True for a teacher, who alone opens the seats of a case about real events.
        lang: Language of the game, such as en or de.
        changes_hold_from: From when the changes hold; as `load_case` has it if left out.
        fired: What a teacher has dated with the changes, as a story calls it.

    Returns:
        The position after these moves.

    Raises:
        ScenarioError: something in the scenario or in what was asked for does not fit.
        UsageError: there is no such actor, an argument is out of its bounds, or a move is not open where it stands.
    """
    check_range("run", run, 0, END_OF_RUNS)
    check_range("horizon", horizon, 1, MOST_WEEKS)
    check_language(lang)
    set_anew = [*list_words(changes), *([] if horizon is None else [f"calendar.horizon={horizon}"])]
    chosen, request = parse_seed(seed), resolve_case(case, view, set_anew, answers)
    name = next(iter(request.views or list_views(request.case)), None)
    told = (request.changes, request.answers)
    opened = open_case(
        request.case, view=name, changes=told[0], answers=told[1], holds_from=changes_hold_from, lang=lang
    )
    loaded = opened.case
    if is_about_real_events(loaded) and not teacher:
        raise UsageError(
            f"{loaded.name} is about real events, and people in the room may be affected; a teacher opens its seats "
            "with `teacher=True`"
        )
    seed = loaded.scenario.defaults.seed if chosen is None else chosen
    number = find_first_run(opened, seed) if run is None else run
    key, *others = (find_seat(loaded.scenario, name) for name in (actor, *list_words(against)))
    require_unlike("against", "seat", [key, *others])
    said = parse_moves(moves)
    return play_game(SeatGame(opened, key, tuple(others), seed, number, said, lang, hide_worths, *told, fired))


def is_about_real_events(case: LoadedCase) -> bool:
    """True for a case that rests on sources; one that is invented has none.

    Args:
        case: The scenario.
    """
    return bool(case.sources)


def make_move(position: SeatPosition, move: str) -> SeatPosition:
    """Say something at the question of a position, for whoever is asked there.

    Args:
        position: Where the player stands.
        move: What is said, such as `c`, `op2` or `y`; several joined by `-` are said one after the other.

    Returns:
        The next position.

    Raises:
        UsageError: the move is not open, or the game is over.
    """
    game = position.game
    return play_game(replace(game, moves=(*game.moves, *parse_moves(move))))


def see_from(position: SeatPosition, actor: str) -> SeatPosition:
    """The same game as another of its players sees it.

    Args:
        position: Where the game stands.
        actor: Key of one of the actors whose seats are taken.

    Raises:
        UsageError: nobody plays that actor here.
    """
    game = position.game
    require_known(actor, game.seats, "seat in this game")
    others = tuple(key for key in game.seats if key != actor)
    return play_game(replace(game, actor=actor, against=others))


def play_game(game: SeatGame) -> SeatPosition:
    """The position of a game.

    Args:
        game: What names it.

    Raises:
        UsageError: a move is not open where it stands.
    """
    key = _make_key(game)
    known = _positions.look_up(key)
    if known is not None:
        return replace(known, game=game)
    with use_language(game.lang):
        session = _play_on(game)
        position = _describe(game, session)
    _sessions.keep(_make_session_key(game), session)
    _positions.keep(key, position)
    return position


def _make_session_key(game: SeatGame) -> Any:
    """What tells the run of a game from all others; the moves come last."""
    case = game.case
    named = (case.name, str(case.path), game.opened.stamps, game.changes, case.holds_from, game.answers)
    return (*named, game.view, game.seats, game.seed, game.run, game.lang, game.moves)


def _make_key(game: SeatGame) -> Any:
    """What tells a position from all others."""
    return (game.actor, game.hide_worths, game.fired, *_make_session_key(game))


def _play_on(game: SeatGame) -> Session:
    """The run of a game at its position: gone on with from the move before, or begun anew."""
    key = _make_session_key(game)
    if (same := _sessions.take(key)) is not None:
        return same
    before = _sessions.take((*key[:-1], game.moves[:-1])) if game.moves else None
    if before is not None:
        try:
            before.shared.answer(game.moves[-1])
        except UsageError as problem:
            _sessions.keep((*key[:-1], game.moves[:-1]), before)
            raise _place(problem, len(game.moves)) from None
        return before
    return _replay(game, keeps_snapshots=False)


def replay_game(game: SeatGame) -> PlayedRun:
    """A game played from its first week as its player knows it, with the state after every week.

    Args:
        game: What names it.

    Raises:
        UsageError: a move is not open where it stands.
    """
    return _replay(game, keeps_snapshots=True).shared.seats[game.actor]


def _replay(game: SeatGame, *, keeps_snapshots: bool) -> Session:
    """A game played from its first week, and its role sheets."""
    beginning = find_beginning(game.opened, game.seed, game.run)
    shared = SharedRun(game.case.scenario, game.seed, game.run, game.seats, beginning)
    shared.keeps_snapshots = keeps_snapshots
    shared.begin()
    session = Session(shared, {key: make_role_sheet(one) for key, one in shared.seats.items()})
    for place, move in enumerate(game.moves, start=1):
        if shared.pause is None:
            rest = len(game.moves) - place + 1
            raise SaidError("seat.refused-rest", count=rest, place=place - 1, week=shared.week)
        try:
            shared.answer(move)
        except UsageError as problem:
            raise _place(problem, place) from None
    return session


def _place(problem: UsageError, place: int) -> UsageError:
    return SaidError("seat.refused-place", place=place, problem=problem)


def _describe(game: SeatGame, session: Session) -> SeatPosition:
    """The position of a game as its player sees it."""
    shared, hidden = session.shared, game.hide_worths
    played, pause = shared.seats[game.actor], shared.seats[game.actor].pause
    world = shared.week_view.world
    return SeatPosition(
        game=game,
        sheet=session.sheets[game.actor],
        standing=describe_standing(played, shared.pause.week if shared.pause else max(shared.week, 1)),
        question=ask(played, pause, hide_worths=hidden) if pause else None,
        asked=shared.asked.state.actor if shared.asked else "",
        news=list_news(played, game.fired),
        history=list_history(played, game.fired),
        public_news=list_public_news(played, game.fired),
        offers=list_offers(played),
        packages=list_packages(played, hide_worths=hidden),
        is_mediated=world("mediated") > world("left_now"),
        is_signed=world("stage") >= SIGNED,
        moves_made={kind: int(world(kind)) for kind in MOVES_COUNTED},
    )
