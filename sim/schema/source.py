"""Source: a text that makes claims."""

import re
from typing import Self

from pydantic import Field, model_validator

from sim.schema.base import Model
from sim.schema.passage import list_counted_numbers


class Source(Model):
    """One text: who wrote it, when, and what a reader must know about the copy at hand."""

    author: str
    """Who signs the text."""
    title: str
    """Title, translated."""
    published: str
    """Date of publication, as exact as the text allows (2025-08 or 2025-08-20)."""
    language: str
    """Language of the copy that was read."""
    file: str = ""
    """Name of the file that holds it, for readers who have the texts."""
    sha256: str = ""
    """Digest of that file."""
    header: str = ""
    """Where the file holds several texts: a pattern (regular expression) found in the first line of each."""
    column: int = Field(default=0, ge=0)
    """Which of these texts it is, counted from 1; 0 if the file holds one text."""
    paragraphs: int = Field(default=0, ge=0)
    """Number of paragraphs (non-empty lines) of the text, if passages count them."""
    pages: int = Field(default=0, ge=0)
    """Number of the last page, if passages name pages."""
    minutes: int = Field(default=0, ge=0)
    """Length of a recording in minutes, if passages name minutes."""
    note: str = ""
    """Defects of the copy, and what the text does not speak about."""

    @model_validator(mode="after")
    def validate_header(self) -> Self:
        """A text among several in one file needs a pattern that can be read, and its number."""
        if bool(self.header) != bool(self.column):
            raise ValueError("`header` and `column` belong together")
        try:
            re.compile(self.header)
        except re.error as error:
            raise ValueError(f"header: is no regular expression: {error}") from None
        return self

    @property
    def extent(self) -> str:
        """How long it is: `66 paragraphs`, `320 pages`; empty if nothing is counted."""
        return ", ".join(f"{count} {unit}" for unit, count in self._counts.items() if count)

    @property
    def _counts(self) -> dict[str, int]:
        return {"paragraphs": self.paragraphs, "pages": self.pages, "minutes": self.minutes}

    def find_outside(self, at: str) -> str:
        """What is wrong with a place that the source does not have; empty if it has it, or if it is a folder.

        Args:
            at: Place that has the form of a passage.
        """
        unit, numbers = list_counted_numbers(at)
        if not numbers:
            return ""
        count, first = self._counts[unit], 0 if unit == "minutes" else 1
        if not count:
            return f"does not say in sources.yaml how many {unit} it has (`{unit}:`), so that {at} cannot be checked"
        outside = ", ".join(str(number) for number in numbers if not first <= number <= count)
        return f"has the {unit} {first} to {count}, not {outside}" if outside else ""
