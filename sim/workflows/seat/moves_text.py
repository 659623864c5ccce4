"""Moves text: the moves of a game in a line that can be typed, mailed and put in an address, such as `w3-c-op2-y`.

Read aloud
    One letter says what is done; a number says with whom or with which lever; `p` and a number say which package.
    Moves are joined by `-`. `w3` stands for `w-w-w`, `a4` for four turns left to the model.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from sim.errors import UsageError
from sim.i18n.messages import format_number
from sim.i18n.said_error import SaidError
from sim.loading.plain_file import read_plain_file

WAIT, MODEL, YES, NO, LEAN = "w", "a", "y", "n", "u"
LETTERS = {
    "wait": WAIT,
    "engage": "m",
    "call": "c",
    "symbolic": "s",
    "concede": "k",
    "offer": "o",
    "strike": "h",
    "lobby": "b",
    "threaten": "t",
    "drop": "d",
    "execute": "x",
    "leave": "l",
}
"""Letter of each kind of move."""

REPEATED = (WAIT, MODEL)
"""Letters after which a number says how often."""

MOST_MOVES = 2_000
"""Moves that are read, at most."""

KNOWN = frozenset((*LETTERS.values(), MODEL, YES, NO, LEAN))
_TOKEN = re.compile(r"([a-z])(\d{1,4})?(?:p(\d{1,5}))?")


@dataclass(frozen=True)
class SeatMove:
    """One thing a player says."""

    letter: str
    """What is done: a letter of `LETTERS`, or `a` for what the model would do, `y` yes, `n` no, `u` yes and lean."""
    number: int = 0
    """Side (1 or 2) or lever, counted from 1 in the order of the scenario; 0 for none."""
    package: int = 0
    """Package, counted from 1; 0 for the one the model would take."""

    def __str__(self) -> str:
        number = str(self.number) if self.number else ""
        return f"{self.letter}{number}" + (f"p{self.package}" if self.package else "")

    @property
    def without_package(self) -> "SeatMove":
        """The same, whatever the package."""
        return SeatMove(self.letter, self.number)


def parse_moves(text: str) -> tuple[SeatMove, ...]:
    """The moves in a line.

    Args:
        text: Moves joined by `-`; blanks and line ends count as `-`.

    Raises:
        UsageError: something in it is no move; the message says where.
    """
    moves: list[SeatMove] = []
    for place, token in enumerate(re.split(r"[-\s]+", text.strip().strip("-").lower()), start=1):
        if not token:
            continue
        moves += _parse_token(token, place)
        if len(moves) > MOST_MOVES:
            raise SaidError("seat.refused-many", most=format_number(MOST_MOVES))
    return tuple(moves)


def _parse_token(token: str, place: int) -> list[SeatMove]:
    found = _TOKEN.fullmatch(token)
    if found is None or found[1] not in KNOWN:
        shown = token if len(token) <= 20 else f"{token[:20]}…"
        raise SaidError("seat.refused-token", place=place, shown=shown)
    letter, number = found[1], int(found[2] or 0)
    if letter in REPEATED and not found[3]:
        return [SeatMove(letter)] * min(max(number, 1), MOST_MOVES + 1)
    return [SeatMove(letter, number, int(found[3] or 0))]


def format_moves(moves: Iterable[SeatMove]) -> str:
    """Moves as a line, those that are repeated counted.

    Args:
        moves: The moves in order.
    """
    return "-".join(_format_groups(moves))


def _format_groups(moves: Iterable[SeatMove]) -> Iterator[str]:
    for move, group in groupby(moves):
        count = len(list(group))
        if str(move) in REPEATED:
            yield f"{move}{count}" if count > 1 else str(move)
        else:
            yield from [str(move)] * count


def read_moves(given: str) -> str:
    """The line of moves that was given, or that stands in the file that was named.

    Args:
        given: Moves, or a file that holds them.

    Raises:
        UsageError: the file cannot be read.
    """
    if "." not in given and "/" not in given and "\\" not in given:
        return given
    path = Path(given)
    if not path.exists():
        raise UsageError(f"there is no file {given}; give a file that holds moves, or moves such as w3-c-op2-y")
    try:
        return read_plain_file(path).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UsageError(f"{given} cannot be read as moves: {why}") from error
