"""Passage: a place in a source, given by its key and numbers of paragraphs, pages or minutes."""

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator

from sim.schema.base import Model

_PLACES = re.compile(r"((p|min)\. )?(\d+(-\d+)?(,\s?\d+(-\d+)?)*)")


def _check_place(text: str) -> str:
    """Refuse anything but numbers and ranges of paragraphs, pages or minutes."""
    if not _PLACES.fullmatch(text):
        raise ValueError("give paragraph numbers such as '7' or '7,10-12', pages as 'p. 12' or minutes as 'min. 3-4'")
    return text


At = Annotated[str, AfterValidator(_check_place)]
"""Paragraph numbers, such as 7 or 7,10-12; pages as p. 12, minutes as min. 3-4."""


class Passage(Model):
    """One place of one source."""

    source: str
    """Key of the source in sources.yaml."""
    at: At
    """Paragraph numbers, such as 7 or 7,10-12; pages as p. 12, minutes as min. 3-4."""


def format_passage(source: str, at: str) -> str:
    """Citation, such as `miller-2031 ¶11` or `miller-2031 p. 4`."""
    return f"{source} {at}" if at[0].isalpha() else f"{source} ¶{at}"


def list_paragraph_numbers(at: str) -> Iterator[int]:
    """Every paragraph that `7,10-12` names, in its order: 7, 10, 11, 12; none where pages or minutes are counted."""
    for part in () if at[0].isalpha() else at.split(","):
        first, _, last = part.strip().partition("-")
        yield from range(int(first), int(last or first) + 1)
