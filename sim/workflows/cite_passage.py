"""Cite a passage: which claims rest on a paragraph, page or minute, what uses them, and which claims nothing uses."""

import re
from collections.abc import Iterable, Iterator, Mapping

from pydantic import TypeAdapter, ValidationError

from sim.errors import UsageError
from sim.evidence.citation import Cited
from sim.evidence.register import EvidenceRegister
from sim.evidence.usage import BASE, VIEW, find_citations
from sim.schema.claim import Claim
from sim.schema.passage import At, format_citation, list_counted_numbers
from sim.schema.source import Source

UNUSED = "unused-claims"
"""What one asks for to see the claims that nothing uses."""

_PLACE = re.compile(r"(?P<source>[\w-]+)(?::| ?¶| )\s*(?P<at>\S.*)")


def find_passage(
    what: str, sources: Mapping[str, Source], claims: Mapping[str, Claim], uses: Mapping[str, tuple[str, ...]]
) -> Cited | None:
    """The claims that rest on a passage, with what uses each; None if it names no passage.

    Args:
        what: A source with a place, such as `lund-2032 ¶4`, `lund-2032:4-6` or `lund-2032 p. 12`.
        sources: Sources of the case.
        claims: Claims of the case.
        uses: What uses each claim.

    Raises:
        UsageError: the source has no such place.
    """
    named = _PLACE.fullmatch(what.strip())
    if named is None or named["source"] not in sources:
        return None
    source = named["source"]
    try:
        at = TypeAdapter(At).validate_python(named["at"].strip())
    except ValidationError as error:
        raise UsageError(
            f"{named['at']!r} is no place of {source}: {error.errors()[0]['msg'].removeprefix('Value error, ')}"
        ) from None
    if wrong := sources[source].find_outside(at):
        raise UsageError(f"{source} {wrong}")
    unit, numbers = list_counted_numbers(at)
    found = tuple(key for key, claim in claims.items() if claim.source == source and _meets(claim.at, unit, numbers))
    return Cited(
        format_citation(source, at),
        () if found else ("no claim rests on it",),
        claims=tuple((key, claims[key]) for key in found),
        resting=tuple(_list_uses(found, uses)),
    )


def _meets(at: str, unit: str, numbers: Iterable[int]) -> bool:
    """True if a claim's place has a number in common."""
    own_unit, own = list_counted_numbers(at)
    return own_unit == unit and bool({*own} & {*numbers})


def _list_uses(claims: Iterable[str], uses: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for key in claims:
        yield from (f"{key}: {use}" for use in uses.get(key, ()) or ("nothing uses it",))


def find_unused(claims: Mapping[str, Claim], uses: Mapping[str, tuple[str, ...]]) -> Cited:
    """The claims that nothing uses: no number, scenario file, contradiction or event of the history."""
    found = tuple((key, claim) for key, claim in claims.items() if not uses.get(key))
    return Cited(f"{len(found)} of {len(claims)} claims are used by nothing", claims=found)


def list_uses(
    numbers: Iterable[tuple[str, str, tuple[str, ...]]], register: EvidenceRegister | None
) -> dict[str, tuple[str, ...]]:
    """What uses each claim: numbers of the base and of source views by place, all else by file and line.

    Args:
        numbers: Place, source view (empty for the base) and claims of every number.
        register: The case's list of evidence, if it keeps one.
    """
    found: dict[str, list[str]] = {}
    for place, view, claims in numbers:
        for key in claims:
            found.setdefault(key, []).append(f"{place}{f' [{view}]' if view else ''} rests on it")
    if register is not None:
        for key, citations in find_citations(register.citing_files, register.contradictions).items():
            others = [one for one in citations if one.kind not in (BASE, VIEW) or key not in found]
            said = [f"{one.kind} {one.key} ({one.where})" if one.key else f"{one.kind} {one.where}" for one in others]
            found.setdefault(key, []).extend(said)
    return {key: tuple(dict.fromkeys(lines)) for key, lines in found.items()}
