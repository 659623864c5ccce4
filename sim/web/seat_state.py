"""Seat state: what the address of a seat asks for - a whole game, so the same address is the same game."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from starlette.datastructures import QueryParams

from sim.i18n.messages import FIRST
from sim.i18n.said_error import SaidError
from sim.web.language import choose_language
from sim.web.page_state import LONGEST, parse_page_seed
from sim.workflows.play import END_OF_RUNS
from sim.workflows.seat.game import SeatPosition, open_seat

MOST_LETTERS = 4_000
"""Letters of a line of moves in an address, at most."""

ON = "1"
"""What stands in an address for something that is switched on."""


@dataclass(frozen=True)
class SeatState:
    """A game, as an address names it."""

    case: str
    """Name of the scenario."""
    lang: str = FIRST
    """Language of all words."""
    actor: str = ""
    """Key of the actor whose seat is taken; empty before a role is chosen."""
    view: str = ""
    """Source view; the first one if empty."""
    seed: int | None = None
    """Seed; the scenario's if none."""
    run: int | None = None
    """Number of the run; the first that matches if none."""
    moves: str = ""
    """Moves so far."""
    hides_worths: bool = False
    """True to hide what the model thinks of moves."""
    is_teacher: bool = False
    """True if a teacher opens the seat."""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What stands behind the question mark, name by name."""
        numbers = [(name, str(one)) for name, one in (("seed", self.seed), ("run", self.run)) if one is not None]
        settings = [(name, ON) for name, one in (("hide", self.hides_worths), ("teacher", self.is_teacher)) if one]
        words = [("actor", self.actor), ("view", self.view)]
        pairs = [*((name, one) for name, one in words if one), *numbers, *settings]
        return [*pairs, *([("moves", self.moves)] if self.moves else []), ("lang", self.lang)]

    def address(self, page: str = "", **other: object) -> str:
        """The address of this game, or of one that differs in something.

        Args:
            page: `sheet` or `debrief` for these pages of it.
            other: What differs.
        """
        one = replace(self, **other)  # type: ignore[arg-type]
        place = f"/seat/{quote(one.case)}{f'/{page}' if page else ''}"
        return f"{place}?{urlencode(one.pairs, quote_via=quote)}"

    def open(self) -> SeatPosition:
        """The position to which the moves lead."""
        return open_seat(
            self.case,
            actor=self.actor,
            view=self.view or None,
            seed=self.seed,
            run=self.run,
            moves=self.moves,
            hide_worths=self.hides_worths,
            teacher=self.is_teacher,
            lang=self.lang,
        )


def read_seat_state(case: str, query: QueryParams, accepted: str = "") -> SeatState:
    """What an address asks for.

    Args:
        case: Name of the scenario.
        query: The part behind the question mark.
        accepted: The browser's Accept-Language.

    Raises:
        UsageError: something is out of bounds; the text is a sentence for readers.
    """
    return SeatState(
        case,
        choose_language(query.get("lang", ""), accepted),
        actor=_read_word(query, "actor"),
        view=_read_word(query, "view"),
        seed=parse_page_seed(_read_word(query, "seed")),
        run=_read_run(query),
        moves=_read_word(query, "moves", MOST_LETTERS),
        hides_worths=query.get("hide", "") == ON,
        is_teacher=query.get("teacher", "") == ON,
    )


def _read_word(query: Mapping[str, str], name: str, most: int = LONGEST) -> str:
    found = query.get(name, "")
    if len(found) > most or not found.isprintable():
        raise SaidError("pages.refused-long", most=most)
    return found


def _read_run(query: Mapping[str, str]) -> int | None:
    given = query.get("run", "")
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) <= 16 and int(given) < END_OF_RUNS):
        raise SaidError("classroom.refused-run", most=END_OF_RUNS)
    return int(given)
