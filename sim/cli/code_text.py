"""Code text: reads a text with a coder, paragraph by paragraph, on the screen or from a pipe."""

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from analysis.methods.assumptions import format_quantity
from sim.cli.new_case.interview import Interview, InvalidAnswer
from sim.schema.passage import At, list_counted_numbers
from sim.workflows.source_view.coding_desk import DIRECTIONS, KINDS, CodedClaim, CodingDesk, Move, SourceFacts
from sim.workflows.source_view.quantities import Direction, MovableQuantity

T = TypeVar("T")

MOST_FOUND = 12
"""Quantities that a search lists, at most."""
MOST_TAKEN_OVER = 8
"""Words of a text that may stand in a claim one after the other."""
NEXT, NOTHING, AUTHOR = "next", "nothing", "the author"
DEFAULT_KIND, KIND_OF_OTHERS = "asserted", "attributed"


class _BackError(Exception):
    """The coder wants to go back."""


class _StopError(Exception):
    """The coder wants to go on another time."""


class _Desk:
    """Puts questions about a text; `back` and `stop` are heard at each of them."""

    def __init__(self, desk: CodingDesk) -> None:
        self.desk = desk
        self._interview = Interview("what was coded before is kept, and the same command goes on")
        self.say = self._interview.say

    def ask(self, question: str, proposed: str, read: Callable[[str], T]) -> T:
        """The answer, unless the coder wants to be somewhere else."""

        def hear(said: str) -> T:
            if said.casefold() in ("back", "stop"):
                raise _BackError if said.casefold() == "back" else _StopError
            return read(said)

        return self._interview.ask(question, proposed, hear)


def read_with_coder(desk: CodingDesk) -> bool:
    """Every paragraph from where the coder stopped; true once all are done."""
    asks = _Desk(desk)
    asks.say(
        f"{desk.source}: {len(desk.paragraphs)} paragraphs. Enter takes what stands in brackets; `back` goes back, "
        "`drop` takes the claims of a paragraph away, `stop` ends and keeps everything.\n"
    )
    try:
        _ask_facts(asks)
        while not _read_rest(asks):
            desk.go_to(len(desk.paragraphs) - 1)
    except _StopError:
        return False
    return True


def _ask_facts(asks: _Desk) -> None:
    """Who wrote the text, and who codes it; asked once."""
    desk = asks.desk
    while desk.facts is None or not desk.coder:
        try:
            if desk.facts is None:
                author = asks.ask("Who wrote it?", "not named", _read_line)
                title = asks.ask("What is it called?", desk.source, _read_line)
                published = asks.ask("When was it published, such as 2032-05?", "not known", _read_line)
                language = asks.ask("In which language is it?", "English", _read_line)
                desk.facts = SourceFacts(author, title, published, language)
            desk.coder = asks.ask("Your initials as coder?", "U", _read_line)
            desk.keep()
        except _BackError:
            desk.facts = desk.known


def _read_rest(asks: _Desk) -> bool:
    """The paragraphs that are left, then what the source holds in a sentence; false to go back to the last one."""
    desk = asks.desk
    while desk.done < len(desk.paragraphs):
        try:
            _read_paragraph(asks, desk.done + 1)
            desk.go_to(desk.done + 1)
        except _BackError:
            desk.go_to(max(desk.done - 1, 0))
    moved = {move.quantity for claim in desk.claims for move in claim.moves}
    asks.say(f"\nAll paragraphs are done: {len(desk.claims)} claims move {len(moved)} quantities.")
    try:
        held = f"{desk.facts.author if desk.facts else desk.source}, as coded in {len(desk.claims)} claims."
        desk.summary = asks.ask("What does the source hold, in one sentence of yours?", held, _read_line)
    except _BackError:
        return False
    return True


def _read_paragraph(asks: _Desk, number: int) -> None:
    """The claims of one paragraph."""
    desk, text = asks.desk, asks.desk.paragraphs[number - 1]
    asks.say(f"\n¶{number} of {len(desk.paragraphs)}\n{text}\n")
    while True:
        for claim in desk.list_claims(number):
            asks.say(
                f"  coded: {claim.we_read} [{', '.join(_describe(move) for move in claim.moves) or 'moves nothing'}]"
            )
        said = asks.ask("What does it say, in your own words? Or next", NEXT, _make_reading_reader(text))
        if said.casefold() == NEXT:
            return
        if said.casefold() == "drop":
            desk.drop(number)
            continue
        try:
            desk.add(_ask_claim(asks, number, said))
        except _BackError:
            asks.say("  This claim is dropped.")


def _describe(move: Move) -> str:
    return f"{move.quantity}{f' ({move.share})' if move.share else ''} {move.direction}"


def _ask_claim(asks: _Desk, number: int, said: str) -> CodedClaim:
    """Speaker, kind and place of a claim, and what it moves."""
    speaker = asks.ask("  Who says so?", AUTHOR, _read_line)
    speaker = "" if speaker == AUTHOR else speaker
    kinds = ", ".join(f"{n} {kind}" for n, kind in enumerate(KINDS, start=1))
    kind = asks.ask(f"  How? {kinds}", KIND_OF_OTHERS if speaker else DEFAULT_KIND, _make_choice(KINDS))
    at = asks.ask(
        "  Where? Paragraph, page (p. 12) or minute (min 3)",
        str(number),
        _make_place_reader(len(asks.desk.paragraphs)),
    )
    moves: list[Move] = []
    while move := _ask_move(asks, more=bool(moves)):
        moves.append(move)
    return CodedClaim(number, said, speaker, kind, at, tuple(dict.fromkeys(moves)))


def _ask_move(asks: _Desk, *, more: bool) -> Move | None:
    """A quantity and a direction; none if the claim moves nothing more."""
    known = asks.desk.quantities
    found = list(known)
    question = f"  Which {'other ' if more else ''}quantity does it move? Its place, or words to look for, or nothing"
    while True:
        said = asks.ask(question, NOTHING, _make_search(known, found))
        if not said:
            return None
        if len(said) == 1:
            break
        found = said
        for n, name in enumerate(found, start=1):
            label = f" ({known[name].label})" if known[name].label else ""
            asks.say(f"    {n} {name}{label}: {_shorten(known[name])}")
        question = "  Which of them? A number, other words, or nothing"
    quantity, share = known[said[0]], ""
    if shares := quantity.base.get("shares"):
        share = asks.ask(f"  Which share? {', '.join(shares)}", next(iter(shares)), _make_choice(tuple(shares)))
    asks.say(f"    {quantity.name}: {_shorten(quantity)}; here {format_quantity(quantity.base)}")
    direction: Direction = asks.ask("  Which way: up, down or both?", "up", _read_direction)
    if direction != "both" and quantity.base.get("value") == 0:
        asks.say("    It is 0 here, which no direction moves: put a number of yours into the view.")
    return Move(quantity.name, direction, share)


def _shorten(quantity: MovableQuantity) -> str:
    """What the format says about a quantity, on one line, and its theme."""
    words = " ".join(quantity.meaning.split())
    return f"{words[:90].rstrip()}{'…' if len(words) > 90 else ''} [{quantity.theme}]"


def _make_search(known: Mapping[str, MovableQuantity], found: list[str]) -> Callable[[str], list[str]]:
    """The quantities that words or a number mean; empty for nothing."""

    def read(said: str) -> list[str]:
        if said.casefold() in (NOTHING, NEXT):
            return []
        if said in known:
            return [said]
        if said.isascii() and said.isdecimal() and len(found) <= MOST_FOUND:
            if not 1 <= int(said[:4]) <= len(found):
                raise InvalidAnswer(f"is none of them; give a number from 1 to {len(found)}")
            return [found[int(said) - 1]]
        words = re.findall(r"\w+", said.casefold())
        fit = [name for name in known if name.startswith(f"{said}.")]
        fit = fit or [name for name, one in known.items() if words and all(_holds(one, word) for word in words)]
        if not fit:
            raise InvalidAnswer("is no quantity of this case, nor a word in the place, theme or meaning of one")
        if len(fit) > MOST_FOUND:
            raise InvalidAnswer(f"fits {len(fit)} quantities, such as {fit[0]}; add a word")
        return fit

    return read


def _holds(quantity: MovableQuantity, word: str) -> bool:
    return word in f"{quantity.name} {quantity.theme} {quantity.meaning} {quantity.label}".casefold()


def _make_choice(known: tuple[str, ...]) -> Callable[[str], str]:
    """One of several words, given by itself or by its number."""

    def read(said: str) -> str:
        if said.casefold() in known:
            return said.casefold()
        if not (said.isascii() and said.isdecimal() and 1 <= int(said[:4]) <= len(known)):
            raise InvalidAnswer(f"is none of {', '.join(known)}")
        return known[int(said) - 1]

    return read


def _read_direction(said: str) -> Direction:
    for direction in DIRECTIONS:
        if said.casefold() == direction:
            return direction  # type: ignore[return-value]
    raise InvalidAnswer("is none of up, down and both")


def _read_line(said: str) -> str:
    if not said.isprintable():
        raise InvalidAnswer("holds a sign that cannot be printed")
    return said


def _make_place_reader(count: int) -> Callable[[str], str]:
    """A place in a text of so many paragraphs."""

    def read(said: str) -> str:
        at = _read_place(said)
        unit, numbers = list_counted_numbers(at)
        outside = [str(number) for number in numbers if not 1 <= number <= count]
        if unit == "paragraphs" and outside:
            raise InvalidAnswer(f"is outside: the text has the paragraphs 1 to {count}, not {', '.join(outside)}")
        return at

    return read


def _read_place(said: str) -> str:
    try:
        return TypeAdapter(At).validate_python(said)
    except ValidationError:
        raise InvalidAnswer(
            "is no place; write 7 or 7,10-12 for paragraphs, p. 12 for pages, min 3 for minutes"
        ) from None


def _make_reading_reader(text: str) -> Callable[[str], str]:
    """A reading in the coder's own words."""
    words = _split(text)

    def read(said: str) -> str:
        own = _split(_read_line(said))
        runs = range(len(own) - MOST_TAKEN_OVER)
        taken = {tuple(words[n : n + MOST_TAKEN_OVER + 1]) for n in range(len(words) - MOST_TAKEN_OVER)}
        if any(tuple(own[n : n + MOST_TAKEN_OVER + 1]) in taken for n in runs):
            raise InvalidAnswer(f"takes over more than {MOST_TAKEN_OVER} words one after the other; use your own")
        return said

    return read


def _split(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
