"""Room record: what is kept of a class room, of its games and of the seats in them."""

from dataclasses import dataclass, field


class RoomError(Exception):
    """A seat cannot be had; `key` says why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class Room:
    """A class room, or two students who play against each other."""

    code: str
    """What stands in its address."""
    key: str
    """What a teacher shows on another computer."""
    case: str
    """Name of the scenario."""
    view: str
    """Source view; empty for the scenario as it stands."""
    seed: int
    """Seed of all luck."""
    roles: tuple[str, ...]
    """Keys of the actors played in each game; empty where students choose one."""
    is_class: bool
    """True if a teacher leads it."""
    same_run: bool
    """True if all games begin with the same run."""
    hides_worths: bool
    """True if what the model thinks of moves is hidden."""
    is_paused: bool
    """True while no move is taken."""
    is_revealed: bool
    """True once everybody sees results."""
    lang: str
    """Language in which it was opened."""
    opened: str
    """When."""
    version: int
    """Grows with every change."""
    opens_case: bool
    """True if students may explore and replay the case while they play it."""


@dataclass(frozen=True)
class Game:
    """One game of a room."""

    id: int
    """Its number in the file."""
    run: int
    """Number of the run."""
    players: tuple[str, ...]
    """Keys of the actors whose seats are taken by students; the model plays the rest."""
    moves: str
    """What its players have said, in the order in which they were asked."""
    changes: tuple[str, ...]
    """Events fired, each as path=value."""
    week: int
    """The week at which it stands."""
    horizon: int
    """The last week."""
    outcome: str
    """Key of the outcome, as it stands."""
    package: int
    """Number of the package agreed; 0 for none."""
    is_over: bool
    """True once nobody is asked any more."""
    version: int
    """Grows with every move."""


@dataclass(frozen=True)
class Seat:
    """A student's seat."""

    room: str
    """Code of the room."""
    game: int
    """Number of the game."""
    actor: str
    """Key of the actor."""
    nickname: str
    """What the student is called here."""
    joined: str
    """When."""


@dataclass(frozen=True)
class GameState:
    """Where a game stands after a move."""

    moves: str
    """The line of moves."""
    week: int
    """The week."""
    horizon: int
    """The last week."""
    outcome: str
    """Key of the outcome, as it stands."""
    package: int = 0
    """Number of the package agreed; 0 for none."""
    is_over: bool = False
    """True once nobody is asked any more."""
    changes: tuple[str, ...] = field(default=())
    """Events fired."""
