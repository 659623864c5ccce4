"""Passage: a place in a text, a recording or an archive: paragraphs, pages, minutes or a folder."""

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator

from sim.schema.base import Model

_NUMBERS = r"\d+(-\d+)?(,\s?\d+(-\d+)?)*"
_TIMES = r"\d+(:[0-5]\d)?(-\d+(:[0-5]\d)?)?"
_PLACES = re.compile(rf"(?P<paragraphs>{_NUMBERS})|p\. (?P<pages>{_NUMBERS})|min (?P<minutes>{_TIMES})|folder \S.*")


def _check_place(text: str) -> str:
    """Refuse anything but paragraphs, pages, minutes and folders."""
    if not _PLACES.fullmatch(text):
        raise ValueError(
            "give paragraph numbers such as '7' or '7,10-12', a page ('p. 214'), a minute ('min 12') or a folder"
            " ('folder 3')"
        )
    falling = [part for part in re.findall(r"(\d+)(?::\d\d)?-(\d+)", text) if int(part[0]) > int(part[1])]
    if falling and not text.startswith("folder"):
        raise ValueError(f"a range runs upwards: {'-'.join(reversed(falling[0]))}, not {'-'.join(falling[0])}")
    return text


At = Annotated[str, AfterValidator(_check_place)]
"""Paragraph numbers (7 or 7,10-12), pages (p. 214), minutes (min 12 or min 12:30-14) or a folder (folder B 3)."""


class Passage(Model):
    """One place of one source."""

    source: str
    """Key of the source in sources.yaml."""
    at: At
    """Paragraphs (7 or 7,10-12), pages (p. 214), minutes (min 12 or min 12:30-14) or a folder (folder B 3)."""

    @property
    def place(self) -> str:
        """Citation, such as `miller-2031 ¶11` or `miller-2031 p. 214`."""
        return format_citation(self.source, self.at)


def format_citation(source: str, at: str) -> str:
    """Citation of a place of a source: a bare number counts paragraphs, `¶11`; all else stands as it is written."""
    return f"{source} {'¶' if list_counted_numbers(at)[0] == 'paragraphs' else ''}{at}"


def list_counted_numbers(at: str) -> tuple[str, tuple[int, ...]]:
    """What a place counts by, and every number it names: `p. 7,10-12` counts `pages`, 7, 10, 11, 12.

    Args:
        at: Place that has the form of a passage.

    Returns:
        `paragraphs`, `pages` or `minutes`, and the numbers in their order; `folders` and nothing for a folder, which
        bears a name.
    """
    found = _PLACES.fullmatch(at)
    counted = found.groupdict() if found else {}
    for unit, text in counted.items():
        if text:
            return unit, tuple(_list_numbers(re.sub(r":\d\d", "", text)))
    return "folders", ()


def _list_numbers(text: str) -> Iterator[int]:
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        yield from range(int(first), int(last or first) + 1)
