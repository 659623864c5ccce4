"""Coders: how many claims of a case were read twice, by whom, and who or what the readers are."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from analysis.figures.number_text import format_list
from sim.i18n.messages import format_number, message
from sim.schema.claim import Claim
from sim.schema.coder import Coder

KINDS = {"language-model": "model", "person": "person", "": "unknown"}
"""Who or what a coder may be, with the word for it in the tables of messages; empty where the case does not say."""


def describe_coders(claims: Collection[Claim], coders: Mapping[str, Coder]) -> str:
    """How many claims were read twice, by whom, and who or what these are, in sentences; empty without claims.

    Args:
        claims: All claims of a case.
        coders: Who or what its coders are, by initial.
    """
    if not claims:
        return ""
    kinds = _group(claims, coders)
    parts = [message(f"coders.read-{_find_case(claims)}", **_count(claims))]
    parts += [message(f"coders.{kind}", count=len(some), names=format_list(some)) for kind, some in kinds.items()]
    return " ".join(parts)


def describe_coders_shortly(claims: Collection[Claim], coders: Mapping[str, Coder]) -> str:
    """The same in one line.

    Args:
        claims: All claims of a case.
        coders: Who or what its coders are, by initial.
    """
    if not claims:
        return ""
    kinds = _group(claims, coders)
    said = [message(f"coders.short-{kind}") for kind in kinds]
    who = (
        said[0]
        if len(kinds) == 1
        else "; ".join(f"{', '.join(some)}: {one}" for some, one in zip(kinds.values(), said, strict=True))
    )
    key = {"twice": "coders.short", "once": "coders.short-once"}[_find_case(claims)]
    return message(key, who=who, **_count(claims))


def format_place(claim: Claim) -> str:
    """Where a claim stands, of which kind it is, and who speaks there if it is not the author."""
    speaker = message("coders.speaker", speaker=claim.speaker) if claim.speaker else ""
    return message("coders.place", place=claim.place, kind=message(f"coders.kind-{claim.kind}"), speaker=speaker)


def tell_claims(claims: Mapping[str, Claim]) -> dict[str, tuple[str, str]]:
    """Place with kind and speaker, and our reading, of every claim."""
    return {key: (format_place(claim), claim.we_read) for key, claim in claims.items()}


def _find_case(claims: Collection[Claim]) -> str:
    return "twice" if any(claim.checked_by for claim in claims) else "once"


def _count(claims: Collection[Claim]) -> dict[str, Any]:
    checked = format_number(sum(bool(claim.checked_by) for claim in claims))
    first, second = sorted({*_list_first(claims)}), sorted({*_list_second(claims)})
    many = {"checked": checked, "all": format_number(len(claims)), "first": format_list(first)}
    return many | ({"second": format_list(second)} if second else {})


def _list_first(claims: Collection[Claim]) -> Iterator[str]:
    """Coders of the claims that were read again; of all, if none was."""
    again = any(claim.checked_by for claim in claims)
    return (claim.coded_by for claim in claims if claim.checked_by or not again)


def _list_second(claims: Collection[Claim]) -> Iterator[str]:
    return (claim.checked_by for claim in claims if claim.checked_by)


def _group(claims: Collection[Claim], coders: Mapping[str, Coder]) -> dict[str, list[str]]:
    """Initials at claims by who or what they are."""
    found: dict[str, list[str]] = {}
    for name in sorted({*_list_first(claims), *_list_second(claims)}):
        kind = coders[name].kind if name in coders else ""
        found.setdefault(KINDS[kind], []).append(name)
    return found
