"""Source: a text that makes claims."""

import re
from typing import Self

from pydantic import Field, model_validator

from sim.schema.base import Model


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
    paragraphs: int
    """Number of paragraphs (non-empty lines) of the text."""
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
