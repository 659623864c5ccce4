"""Grounds: the sources and claims of a case, and whether every reason names one that exists."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sim.evidence.claim import Claim
from sim.evidence.source import Source
from sim.spec.chain import Chain, beside
from sim.spec.complaint import checked
from sim.spec.crosscheck import unknown
from sim.spec.draft import Draft, drafted
from sim.spec.mistake import Collector, Mistake, Place, ScenarioError, spelled
from sim.spec.yaml_file import YamlFile


@dataclass(frozen=True)
class Grounds:
    """What stands behind the numbers of a case."""

    sources: Mapping[str, Source]
    """Texts, by key."""
    claims: Mapping[str, Claim]
    """Our readings of them, by key."""
    files: tuple[YamlFile, ...]
    """The files in which they stand."""
    holds: bool
    """False if one of the files could not be read."""


def grounds_of(chain: Chain, seen: Collector) -> Grounds:
    """Sources and claims of a scenario."""
    before = len(seen.mistakes)
    sources_file, claims_file = (beside(chain, name, seen) for name in ("sources.yaml", "claims.yaml"))
    sources: Mapping[str, Source] = seen.attempt(lambda: _sources(sources_file), {})
    claims: Mapping[str, Claim] = seen.attempt(lambda: _claims(claims_file, sources_file), {})
    files = tuple(file for file in (sources_file, claims_file) if file is not None)
    return Grounds(sources, claims, files, holds=len(seen.mistakes) == before)


@lru_cache(maxsize=16)
def _sources(file: YamlFile | None) -> Mapping[str, Source]:
    if file is None:
        return {}
    return checked(dict[str, Source], _with_text(file, "published"), drafted(file))


@lru_cache(maxsize=16)
def _claims(file: YamlFile | None, sources_file: YamlFile | None) -> Mapping[str, Claim]:
    if file is None:
        return {}
    claims = checked(dict[str, Claim], _with_text(file, "at"), drafted(file))
    sources = _sources(sources_file)
    mistakes = [Mistake(file.name, file.line(place), text) for place, text in _unsupported(claims, sources)]
    if mistakes:
        raise ScenarioError(mistakes)
    return claims


def _with_text(file: YamlFile, key: str) -> dict[str, Any]:
    """The entries of a file, with a bare number under this key (a paragraph, a year) taken as text."""
    entries: dict[str, Any] = dict(file.data)
    for name, entry in entries.items():
        if isinstance(entry, dict) and type(entry.get(key)) is int:
            entries[name] = entry | {key: str(entry[key])}
    return entries


def _unsupported(claims: Mapping[str, Claim], sources: Mapping[str, Source]) -> Iterator[tuple[Place, str]]:
    """Claims whose source or paragraph does not exist."""
    for key, claim in claims.items():
        if claim.source not in sources:
            yield (key, "source"), unknown(f"{key}.source", claim.source, sources, "source")
            continue
        count = sources[claim.source].paragraphs
        if outside := [n for n in map(int, re.findall(r"\d+", claim.at)) if not 1 <= n <= count]:
            numbers = ", ".join(map(str, outside))
            yield (key, "at"), f"{key}.at: {claim.source} has the paragraphs 1 to {count}, not {numbers}"


def without_claim(draft: Draft, claims: Mapping[str, Claim], chain: Chain) -> list[Mistake]:
    """Reasons that name a claim which does not exist."""
    found = [(*draft.where(place), place, claim) for place, claim in _reasons(draft.data, ())]
    for file in chain[:-1]:
        own = {key: file.data.get(key) for key in ("because", "switches")}
        found += [(file.name, file.line(place), place, claim) for place, claim in _reasons(own, ())]
    return [
        Mistake(name, line, unknown(spelled(place[:-1]), claim, claims, "claim"))
        for name, line, place, claim in found
        if claim not in claims
    ]


def _reasons(data: object, place: Place) -> Iterator[tuple[Place, str]]:
    """Every claim named under a `because`, with its place."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "because" and isinstance(value, list):
                yield from (((*place, key, n), claim) for n, claim in enumerate(value) if isinstance(claim, str))
            elif isinstance(value, dict | list):
                yield from _reasons(value, (*place, key))
    elif isinstance(data, list):
        for position, value in enumerate(data):
            yield from _reasons(value, (*place, position))
