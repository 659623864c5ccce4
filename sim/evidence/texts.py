"""Texts: finds the paragraphs of a source in a folder that holds the original texts.

The texts are not part of the project. A file is decoded as UTF-8 and cut at the line feed only. A line counts if
something is left once white space is removed at both ends; counting starts at 1. Where a file holds several texts,
each begins at a line that fits the source's `header`, which is its first paragraph, and ends before the next.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.evidence.passage import paragraph_numbers
from sim.evidence.source import Source


class TextError(Exception):
    """A text that cannot be found or read; the message says which one and why."""


@dataclass(frozen=True)
class Texts:
    """The originals of the sources, in one folder."""

    folder: Path
    """The folder that holds them."""
    sources: Mapping[str, Source]
    """The sources, by key."""

    def passage(self, key: str, at: str) -> dict[int, str]:
        """The paragraphs of a source that `7,10-12` names, by number."""
        paragraphs = self.paragraphs(key)
        wanted = list(paragraph_numbers(at))
        if outside := [number for number in wanted if not 1 <= number <= len(paragraphs)]:
            numbers = ", ".join(map(str, outside))
            raise TextError(f"{self._path(key)}: {key} has the paragraphs 1 to {len(paragraphs)} here, not {numbers}")
        return {number: paragraphs[number - 1] for number in wanted}

    def paragraphs(self, key: str) -> Sequence[str]:
        """Every paragraph of a source."""
        source, lines = self.sources[key], self._lines(key)
        if not source.column:
            return lines
        starts = [n for n, line in enumerate(lines) if re.search(source.header, line)]
        if source.column > len(starts):
            raise TextError(f"{self._path(key)}: holds {len(starts)} texts; {key} is number {source.column}")
        end = starts[source.column] if source.column < len(starts) else len(lines)
        return lines[starts[source.column - 1] : end]

    def differs(self, key: str) -> str:
        """How the text differs from the copy that was read; empty if it does not or if nothing is known."""
        source = self.sources[key]
        if source.sha256 and hashlib.sha256(self._bytes(key)).hexdigest() != source.sha256:
            return f"{self._path(key)}: is not the copy that was read; paragraph numbers may differ"
        if (count := len(self.paragraphs(key))) != source.paragraphs:
            return f"{self._path(key)}: {key} has {count} paragraphs here and {source.paragraphs} in sources.yaml"
        return ""

    def _lines(self, key: str) -> list[str]:
        try:
            text = self._bytes(key).decode("utf-8")
        except UnicodeDecodeError:
            raise TextError(f"{self._path(key)}: is not UTF-8 text") from None
        return [line.strip() for line in text.split("\n") if line.strip()]

    def _bytes(self, key: str) -> bytes:
        try:
            return self._path(key).read_bytes()
        except OSError as error:
            raise TextError(f"{self._path(key)}: cannot be read: {error.strerror}") from None

    def _path(self, key: str) -> Path:
        if not self.folder.is_dir():
            raise TextError(f"there is no folder {self.folder}")
        if not self.sources[key].file:
            raise TextError(f"sources.yaml does not say which file holds {key}")
        return self.folder / self.sources[key].file
