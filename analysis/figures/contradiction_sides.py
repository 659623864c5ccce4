"""Contradiction sides: the name of a side with what is to be known of it, and how it is said."""

from collections.abc import Iterable, Iterator

from analysis.figures.number_text import format_list
from analysis.methods.contradiction_ranking import Flip, NamedRanking, Voice
from analysis.methods.side_numbers import Look, SideNumbers
from sim.i18n.messages import format_number, message

FEW = 2
"""Sides of other questions named beside a side in a short table; the page and the JSON name all."""


def format_side(given: NamedRanking, key: str, flip: Flip, most: int | None = FEW) -> str:
    """The name of a side, with what of its numbers other questions set, and a word if no source view takes it.

    Args:
        given: The ranking.
        key: The question.
        flip: The side.
        most: Sides with some of its numbers that are named; None names all, and leaves views to `format_views`.
    """
    notes = "; ".join(_list_notes(flip, given.numbers.get((key, flip.side)), most))
    return message("contradictions.side-notes", side=flip.side, notes=notes) if notes else flip.side


def _list_notes(flip: Flip, numbers: SideNumbers | None, most: int | None) -> Iterator[str]:
    if flip.same_as:
        yield message("contradictions.side-same", others=format_list([format_look(one) for one in flip.same_as]))
    if numbers is None:
        return
    some = [(look, many) for look, many in numbers.shared if look not in flip.same_as]
    for look, many in some[:most]:
        shared, other = format_number(many), format_look(look)
        yield message("contradictions.side-shares", count=numbers.n_changed, many=shared, other=other)
    if most is None:
        return
    if len(some) > most:
        yield message("contradictions.side-shares-more", count=len(some) - most)
    if not numbers.has_view:
        yield message("contradictions.side-no-view")


def format_look(look: Look) -> str:
    """A question and its side, as they are typed after `--answer`."""
    return "=".join(look)


def format_views(given: NamedRanking, key: str, side: str) -> str:
    """Which source views have the numbers of a side; empty if that is not known."""
    numbers = given.numbers.get((key, side))
    if numbers is None or (numbers.has_view and not numbers.views):
        return ""
    if not numbers.views:
        return message("contradictions.views-none")
    return message("contradictions.views-some", names=format_list([*numbers.views]))


def format_voices(voices: Iterable[Voice]) -> str:
    """How a side is said: the kinds of its claims, each with those who speak besides the authors."""
    speakers: dict[str, list[str]] = {}
    for kind, speaker in voices:
        speakers.setdefault(kind, []).extend([speaker] if speaker else [])
    said = [
        message(
            f"contradictions.voices-{'some' if some else 'own'}",
            kind=message(f"coders.kind-{kind}"),
            who=", ".join(some),
        )
        for kind, some in speakers.items()
    ]
    return "; ".join(said) or "–"
