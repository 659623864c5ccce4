"""Source texts: finds the paragraphs of a source in a folder that holds the original texts.

The texts are not part of the project. A file is decoded as UTF-8 and cut at the line feed only. A line counts if
something is left once white space is removed at both ends; counting starts at 1. Where a file holds several texts,
each begins at a line that fits the source's `header`, which is its first paragraph, and ends before the next.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.loading.plain_file import read_plain_file
from sim.schema.passage import list_counted_numbers
from sim.schema.source import Source


class TextError(Exception):
    """A text that cannot be found or read; the message says which one and why."""


@dataclass(frozen=True)
class SourceTexts:
    """The originals of the sources, in one folder."""

    folder: Path
    """The folder that holds them."""
    sources: Mapping[str, Source]
    """The sources, by key."""

    def read_passage(self, key: str, at: str) -> dict[int, str]:
        """The paragraphs of a source that `7,10-12` names, by number; none where a place is no paragraph."""
        unit, wanted = list_counted_numbers(at)
        if unit != "paragraphs":
            return {}
        paragraphs = self.read_paragraphs(key)
        if outside := [number for number in wanted if not 1 <= number <= len(paragraphs)]:
            numbers = ", ".join(map(str, outside))
            raise TextError(
                f"{self._find_path(key)}: {key} has the paragraphs 1 to {len(paragraphs)} here, not {numbers}"
            )
        return {number: paragraphs[number - 1] for number in wanted}

    def read_paragraphs(self, key: str) -> Sequence[str]:
        """Every paragraph of a source."""
        source, lines = self.sources[key], self._read_lines(key)
        if not source.column:
            return lines
        starts = [n for n, line in enumerate(lines) if re.search(source.header, line)]
        if source.column > len(starts):
            raise TextError(f"{self._find_path(key)}: holds {len(starts)} texts; {key} is number {source.column}")
        end = starts[source.column] if source.column < len(starts) else len(lines)
        return lines[starts[source.column - 1] : end]

    def check_copy(self, key: str) -> str:
        """How the text differs from the copy that was read; empty if it does not or if nothing is known."""
        source = self.sources[key]
        if source.sha256 and hashlib.sha256(self._read_bytes(key)).hexdigest() != source.sha256:
            return f"{self._find_path(key)}: is not the copy that was read; paragraph numbers may differ"
        if source.paragraphs and (count := len(self.read_paragraphs(key))) != source.paragraphs:
            return f"{self._find_path(key)}: {key} has {count} paragraphs here and {source.paragraphs} in sources.yaml"
        return ""

    def _read_lines(self, key: str) -> list[str]:
        try:
            text = self._read_bytes(key).decode("utf-8")
        except UnicodeDecodeError:
            raise TextError(f"{self._find_path(key)}: is not UTF-8 text") from None
        return [line.strip() for line in text.split("\n") if line.strip()]

    def _read_bytes(self, key: str) -> bytes:
        try:
            return read_plain_file(self._find_path(key))
        except OSError as error:
            raise TextError(f"{self._find_path(key)}: cannot be read: {error.strerror}") from None

    def _find_path(self, key: str) -> Path:
        if not self.folder.is_dir():
            raise TextError(f"there is no folder {self.folder}")
        if not self.sources[key].file:
            raise TextError(f"sources.yaml does not say which file holds {key}")
        return self.folder / self.sources[key].file
