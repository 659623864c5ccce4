"""Citation: what stands behind one thing that was asked for, as text or plain data, with the original if there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sim.evidence.source_texts import SourceTexts
from sim.schema.claim import Claim
from sim.schema.passage import Passage, list_counted_numbers

NUMBERS_SHOWN = 200


@dataclass(frozen=True)
class Number:
    """A quantity, or anything else that gives a reason, in the words of one view."""

    place: str
    """Where it stands in the scenario."""
    view: str
    """The source view that says so; empty for the scenario itself."""
    says: str
    """The number with its unit."""
    assumed: str
    """Our own reason, if no source gives one."""
    claims: tuple[tuple[str, Claim | None], ...] = ()
    """The claims it rests on."""

    def lines(self, texts: SourceTexts | None = None) -> Iterator[str]:
        """The number as text: value, then reasons."""
        yield f"{self.place}{f' [{self.view}]' if self.view else ''}: {self.says}".rstrip(": ")
        if self.assumed:
            yield f"  assumed: {self.assumed}"
        for key, claim in self.claims:
            yield from (f"  {line}" for line in claim_lines(key, claim, texts))

    def as_json(self, texts: SourceTexts | None = None) -> dict[str, Any]:
        """The number as plain data."""
        return {
            "place": self.place,
            "source_view": self.view,
            "says": self.says,
            "assumed": self.assumed,
            "claims": [claim_as_json(key, claim, texts) for key, claim in self.claims],
        }


@dataclass(frozen=True)
class Cited:
    """One thing that was asked for, and what stands behind it."""

    title: str
    """What it is."""
    facts: tuple[str, ...] = ()
    """What is said of it."""
    passages: tuple[Passage, ...] = ()
    """Where it stands in the texts, if it is a row of the list of evidence that no claim names."""
    claims: tuple[tuple[str, Claim | None], ...] = ()
    """Claims that it is, holds or is named by."""
    resting: tuple[str, ...] = ()
    """What rests on it."""
    numbers: tuple[Number, ...] = ()
    """Numbers inside it."""

    def lines(self, texts: SourceTexts | None = None) -> Iterator[str]:
        """The answer as text; with the originals at hand, the cited paragraphs stand under each reading."""
        yield self.title
        yield from (f"  {fact}" for fact in self.facts)
        for passage in self.passages:
            yield f"  {passage.place}"
            yield from (f"  {line}" for line in _original(passage.source, passage.at, texts))
        for key, claim in self.claims:
            yield from (f"  {line}" for line in claim_lines(key, claim, texts))
        yield from (f"  {line}" for line in self.resting)
        for number in self.numbers[:NUMBERS_SHOWN]:
            yield from (f"  {line}" for line in number.lines(texts))
        if len(self.numbers) > NUMBERS_SHOWN:
            yield f"  … {len(self.numbers) - NUMBERS_SHOWN} more; name a place further inside"

    def as_json(self, texts: SourceTexts | None = None) -> dict[str, Any]:
        """The answer as plain data."""
        return {
            "title": self.title,
            "facts": [*self.facts, *self.resting],
            "passages": [_passage_as_json(passage, texts) for passage in self.passages],
            "claims": [claim_as_json(key, claim, texts) for key, claim in self.claims],
            "numbers": [number.as_json(texts) for number in self.numbers],
        }

    def sources(self) -> Iterator[str]:
        """Keys of the sources that are cited."""
        yield from (passage.source for passage in self.passages)
        of_numbers = (pair for number in self.numbers for pair in number.claims)
        yield from (claim.source for _, claim in (*self.claims, *of_numbers) if claim is not None)


def claim_lines(key: str, claim: Claim | None, texts: SourceTexts | None) -> Iterator[str]:
    """Source, paragraph, speaker and our reading, then the paragraphs themselves."""
    yield claim_line(key, claim)
    if claim is not None:
        yield from _original(claim.source, claim.at, texts)


def claim_line(key: str, claim: Claim | None) -> str:
    """Source, paragraph, speaker and our reading."""
    if claim is None:
        return f"{key}: no such claim"
    speaker = f", speaker: {claim.speaker}" if claim.speaker else ""
    checked = f", read again by {claim.checked_by}" if claim.checked_by else ", read once"
    return f"{claim.place} ({claim.kind}{speaker}; {key}{checked}): {claim.we_read}"


def claim_as_json(key: str, claim: Claim | None, texts: SourceTexts | None) -> dict[str, Any]:
    """A claim as plain data, with the paragraphs if the texts are there."""
    data = {"claim": key, **(claim.model_dump(mode="json") if claim else {})}
    original = {"original": _by_number(claim.source, claim.at, texts)} if claim and texts else {}
    return data | original


def _passage_as_json(passage: Passage, texts: SourceTexts | None) -> dict[str, Any]:
    original = {"original": _by_number(passage.source, passage.at, texts)} if texts else {}
    return passage.model_dump(mode="json") | original


def _by_number(source: str, at: str, texts: SourceTexts) -> dict[str, str]:
    return {str(number): text for number, text in texts.read_passage(source, at).items()}


def _original(source: str, at: str, texts: SourceTexts | None) -> Iterator[str]:
    """The cited paragraphs, each with its number; a page, a minute or a folder is named as one to look up."""
    if texts and list_counted_numbers(at)[0] != "paragraphs":
        yield f"    {at}: to be looked up, as the file is cut by paragraphs alone"
    elif texts:
        yield from (f"    ¶{number}  {text}" for number, text in texts.read_passage(source, at).items())
