"""Bargaining notes: what must be said beside bargaining solutions: ties, the first proposal, and who would refuse."""

from collections.abc import Callable, Iterator, Sequence

from analysis.figures.number_text import format_list, format_share
from analysis.methods.bargaining import BargainingSolutions, FirstProposal
from analysis.methods.objections import Objections
from sim.i18n.messages import format_number, message

Describe = Callable[[int], str]
"""A package in words, by its number."""

MOST_TIED = 5
"""Equally good packages that are named at most; the others are counted."""

PLACES = 3
"""Decimals of worths in a sentence."""


def list_bargaining_notes(found: BargainingSolutions, parties: Sequence[str], describe: Describe) -> Iterator[str]:
    """Sentences in the language in use: who would refuse, or which packages tie and what is proposed first.

    Args:
        found: What is chosen.
        parties: Names of the parties.
        describe: Tells a package in words, by its number.
    """
    if found.objections is not None:
        yield from _tell_objections(found.objections, parties, describe, len(found.utilities))
    together: dict[tuple[int, ...], list[str]] = {}
    for name, tied in found.tied.items():
        if len(tied) > 1:
            together.setdefault(tuple(tied.tolist()), []).append(message(f"bargaining.{name}"))
    for some, names in together.items():
        yield message(
            "bargaining.tied",
            solution=format_list(names),
            n=format_number(len(some)),
            labels=_list_some(some, describe),
        )
    if found.proposal is not None:
        yield from _tell_proposal(found.proposal, parties, describe, found.chosen["rubinstein"])


def _tell_objections(found: Objections, parties: Sequence[str], describe: Describe, packages: int) -> Iterator[str]:
    if found.closest is None:
        yield message("bargaining.no-gain")
        return
    yield message("bargaining.nobody", packages=format_number(packages))
    for party, refused, alone in zip(parties, found.refused, found.alone, strict=True):
        if refused:
            yield message("bargaining.refuses", party=party, n=format_number(refused), alone=format_number(alone))
    losers = [
        f"{party} {format_number(loss, PLACES)}" for party, loss in zip(parties, found.losses, strict=True) if loss
    ]
    yield message("bargaining.closest", package=describe(found.closest), losers=format_list(losers))


def _list_some(packages: Sequence[int], describe: Describe) -> str:
    more = len(packages) - MOST_TIED
    rest = [message("bargaining.more", n=format_number(more))] if more > 0 else []
    return "; ".join([*map(describe, packages[:MOST_TIED]), *rest])


def _tell_proposal(
    found: FirstProposal, parties: Sequence[str], describe: Describe, chosen: int | None
) -> Iterator[str]:
    worths = format_list(
        [f"{party} {format_number(float(worth), PLACES)}" for party, worth in zip(parties, found.worth, strict=True)]
    )
    first, second = [*found.turns, 0, 0][:2]
    yield message(
        "bargaining.proposal" if len(found.turns) == 2 else "bargaining.proposal-limit",
        party=parties[first],
        worths=worths,
        away=format_share(found.away),
    )
    if found.other_first is not None and found.other_first != chosen:
        yield message("bargaining.other-first", party=parties[second], package=describe(found.other_first))
