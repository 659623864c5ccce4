"""Case evidence: the sources, claims and coders of a case, and whether every reason names a claim that exists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sim.errors import ErrorCollector, Place, Problem, ScenarioError, format_place
from sim.loading.extends import Chain, find_sibling
from sim.loading.layered_data import LayeredData, layer_from_file
from sim.loading.strict_yaml import YamlFile
from sim.loading.validation import validate
from sim.schema.claim import Claim
from sim.schema.coder import Coder
from sim.schema.consistency import describe_unknown
from sim.schema.source import Source

FILES = ("sources.yaml", "claims.yaml", "coders.yaml")
"""Where texts, readings and coders stand."""


@dataclass(frozen=True)
class CaseEvidence:
    """What stands behind the numbers of a case."""

    sources: Mapping[str, Source]
    """Texts, by key."""
    claims: Mapping[str, Claim]
    """Our readings of them, by key."""
    coders: Mapping[str, Coder]
    """Who or what made and read the claims, by initial; empty if the case does not say."""
    files: tuple[YamlFile, ...]
    """The files in which they stand."""
    is_complete: bool
    """False if one of the files could not be read."""


def read_case_evidence(chain: Chain, seen: ErrorCollector) -> CaseEvidence:
    """Sources, claims and coders of a scenario."""
    before = len(seen.problems)
    sources_file, claims_file, coders_file = (find_sibling(chain, name, seen) for name in FILES)
    sources: Mapping[str, Source] = seen.attempt(lambda: _read_sources(sources_file), {})
    claims: Mapping[str, Claim] = seen.attempt(lambda: _read_claims(claims_file, sources_file), {})
    coders: Mapping[str, Coder] = seen.attempt(lambda: _read_coders(coders_file), {})
    files = tuple(file for file in (sources_file, claims_file, coders_file) if file is not None)
    return CaseEvidence(sources, claims, coders, files, is_complete=len(seen.problems) == before)


@lru_cache(maxsize=16)
def _read_sources(file: YamlFile | None) -> Mapping[str, Source]:
    if file is None:
        return {}
    return validate(dict[str, Source], _numbers_to_text(file, "published"), layer_from_file(file))


@lru_cache(maxsize=16)
def _read_claims(file: YamlFile | None, sources_file: YamlFile | None) -> Mapping[str, Claim]:
    if file is None:
        return {}
    claims = validate(dict[str, Claim], _numbers_to_text(file, "at"), layer_from_file(file))
    sources = _read_sources(sources_file)
    problems = [Problem(file.name, file.find_line(place), text) for place, text in _find_unsupported(claims, sources)]
    if problems:
        raise ScenarioError(problems)
    return claims


@lru_cache(maxsize=16)
def _read_coders(file: YamlFile | None) -> Mapping[str, Coder]:
    return {} if file is None else validate(dict[str, Coder], file.data, layer_from_file(file))


def _numbers_to_text(file: YamlFile, key: str) -> dict[str, Any]:
    """The entries of a file, with a bare number under this key (a paragraph, a year) taken as text."""
    entries: dict[str, Any] = dict(file.data)
    for name, entry in entries.items():
        if isinstance(entry, dict) and type(entry.get(key)) is int:
            entries[name] = entry | {key: str(entry[key])}
    return entries


def _find_unsupported(claims: Mapping[str, Claim], sources: Mapping[str, Source]) -> Iterator[tuple[Place, str]]:
    """Claims whose source or place does not exist."""
    for key, claim in claims.items():
        if claim.source not in sources:
            yield (key, "source"), describe_unknown(f"{key}.source", claim.source, sources, "source")
            continue
        if wrong := sources[claim.source].find_outside(claim.at):
            yield (key, "at"), f"{key}.at: {claim.source} {wrong}"


def find_missing_claims(layered: LayeredData, claims: Mapping[str, Claim], chain: Chain) -> list[Problem]:
    """Reasons that name a claim which does not exist."""
    found = [(*layered.locate(place), place, claim) for place, claim in _list_reasons(layered.data, ())]
    for file in chain[:-1]:
        own = {key: file.data.get(key) for key in ("because", "open_questions")}
        found += [(file.name, file.find_line(place), place, claim) for place, claim in _list_reasons(own, ())]
    unknown = [one for one in found if one[-1] not in claims]
    explained = [
        describe_unknown(format_place(place[:-1]), claim, claims, "claim") for *_, place, claim in unknown[:40]
    ]
    short = [f"{format_place(place[:-1])}: no claim {claim!r}" for *_, place, claim in unknown[40:]]
    return [Problem(*one[:2], text) for one, text in zip(unknown, [*explained, *short], strict=True)]


def find_missing_claims_of_view(file: YamlFile | None, claims: Mapping[str, Claim]) -> list[Problem]:
    """Claims that the expected effects of a source view name and that do not exist."""
    expected = {} if file is None else {"expects": file.data.get("expects", {})}
    return [
        Problem(file.name, file.find_line(place), describe_unknown(format_place(place[:-1]), claim, claims, "claim"))
        for place, claim in _list_reasons(expected, ())
        if file is not None and claim not in claims
    ]


def _list_reasons(data: object, place: Place) -> Iterator[tuple[Place, str]]:
    """Every claim named under a `because`, with its place."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "because" and isinstance(value, list):
                yield from (((*place, key, n), claim) for n, claim in enumerate(value) if isinstance(claim, str))
            elif isinstance(value, dict | list):
                yield from _list_reasons(value, (*place, key))
    elif isinstance(data, list):
        for position, value in enumerate(data):
            yield from _list_reasons(value, (*place, position))
