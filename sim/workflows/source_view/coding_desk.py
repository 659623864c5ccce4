"""Coding desk: a text that is being coded paragraph by paragraph; what is coded is kept after every answer.

Read aloud
    A coder reads a paragraph and writes down claims: what it says, who says it, how, at which place, and which
    quantities it moves which way. The notes lie beside the views of the case until the last paragraph is done, so
    that coding can stop at any question and go on later.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self, get_args

from sim.errors import UsageError, display_path
from sim.loading.plain_file import read_plain_file
from sim.schema.claim import Kind
from sim.schema.passage import At
from sim.storage.atomic_write import make_folder, write_file
from sim.workflows.source_view.quantities import Direction, MovableQuantity

NOTES = ".coding.json"
"""Ending of the file with what is coded so far."""

KINDS: tuple[str, ...] = get_args(Kind)
DIRECTIONS: tuple[str, ...] = get_args(Direction)


@dataclass(frozen=True)
class Move:
    """A quantity that a claim moves."""

    quantity: str
    """Its place in the scenario."""
    direction: Direction
    """Which way."""
    share: str = ""
    """Which share of weights."""


@dataclass(frozen=True)
class CodedClaim:
    """What a coder read in a paragraph."""

    paragraph: int
    """Number of the paragraph that was read."""
    we_read: str
    """What it says, in the coder's words."""
    speaker: str
    """Who says so, where it is not the author."""
    kind: str
    """How the source makes the claim."""
    at: At
    """Its place: paragraph, page or minute."""
    moves: tuple[Move, ...] = ()
    """What it moves."""


@dataclass(frozen=True)
class SourceFacts:
    """What has to be known of a source."""

    author: str
    """Who signs it."""
    title: str
    """Its title."""
    published: str
    """When it was published."""
    language: str
    """Language of the copy."""


@dataclass
class CodingDesk:
    """A text on the desk of a coder."""

    source: str
    """Key of the source."""
    paragraphs: Sequence[str]
    """The text, cut as everywhere: non-empty lines."""
    quantities: Mapping[str, MovableQuantity]
    """What a claim may move."""
    notes: Path
    """Where what is coded is kept."""
    known: SourceFacts | None = None
    """What the case knows of the source already."""
    facts: SourceFacts | None = None
    """What the coder says of the source."""
    coder: str = ""
    """Initials of the coder."""
    summary: str = ""
    """What the source holds, in a sentence."""
    claims: list[CodedClaim] = field(default_factory=list)
    """What is coded so far."""
    done: int = 0
    """Paragraphs that are done."""

    @property
    def digest(self) -> str:
        """Digest of the text, by which a changed one is noticed."""
        return hashlib.sha256("\n".join(self.paragraphs).encode()).hexdigest()

    def list_claims(self, paragraph: int) -> list[CodedClaim]:
        """What is coded from a paragraph."""
        return [claim for claim in self.claims if claim.paragraph == paragraph]

    def add(self, claim: CodedClaim) -> None:
        """Keep a claim."""
        self.claims.append(claim)
        self.keep()

    def drop(self, paragraph: int) -> None:
        """Take the claims of a paragraph away."""
        self.claims = [claim for claim in self.claims if claim.paragraph != paragraph]
        self.keep()

    def go_to(self, done: int) -> None:
        """Say how many paragraphs are done."""
        self.done = done
        self.keep()

    def keep(self) -> None:
        """Write down what is coded so far.

        Raises:
            UsageError: it cannot be written.
        """
        names = ("done", "coder", "summary")
        data = {"digest": self.digest, "facts": self.facts and asdict(self.facts)}
        data |= {name: getattr(self, name) for name in names} | {"claims": [asdict(claim) for claim in self.claims]}
        try:
            make_folder(self.notes.parent)
            with write_file(self.notes) as unfinished:
                unfinished.write_text(json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False), encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{display_path(self.notes)}: cannot be written ({error.strerror})") from error

    def take_up(self) -> Self:
        """The desk with what was kept the last time, if anything was.

        Raises:
            UsageError: the text is another one now, or the notes cannot be read.
        """
        if not self.notes.exists():
            return self
        try:
            data: dict[str, Any] = json.loads(read_plain_file(self.notes))
            self.facts = SourceFacts(**data["facts"]) if data["facts"] else None
            self.coder, self.summary, self.done = data["coder"], data["summary"], int(data["done"])
            self.claims = [_read_claim(claim) for claim in data["claims"]]
            digest = data["digest"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UsageError(
                f"{display_path(self.notes)}: are no notes of coding ({error}); move the file away to begin again"
            ) from None
        if digest != self.digest:
            raise UsageError(
                f"{display_path(self.notes)}: was coded from another text; give the same one, or move the file away to "
                "begin again"
            )
        return self


def _read_claim(data: Mapping[str, Any]) -> CodedClaim:
    moves = tuple(Move(**move) for move in data["moves"])
    return CodedClaim(**{**data, "moves": moves})


Interview = Callable[[CodingDesk], bool]
"""Reads the text with a coder; true once every paragraph is done."""
