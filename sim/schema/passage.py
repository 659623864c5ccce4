"""Passage: a place in a text, given by source and paragraph numbers."""

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator

from sim.schema.base import Model

_PLACES = re.compile(r"\d+(-\d+)?(,\s?\d+(-\d+)?)*")


def _check_place(text: str) -> str:
    """Refuse anything but paragraph numbers and ranges."""
    if not _PLACES.fullmatch(text):
        raise ValueError("give paragraph numbers such as '7' or '7,10-12'")
    return text


At = Annotated[str, AfterValidator(_check_place)]
"""Paragraph numbers, such as 7 or 7,10-12."""


class Passage(Model):
    """One place of one source."""

    source: str
    """Key of the source in sources.yaml."""
    at: At
    """Paragraph numbers, such as 7 or 7,10-12."""


def list_paragraph_numbers(at: str) -> Iterator[int]:
    """Every number that `7,10-12` names, in its order: 7, 10, 11, 12."""
    for part in at.split(","):
        first, _, last = part.strip().partition("-")
        yield from range(int(first), int(last or first) + 1)
