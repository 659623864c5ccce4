"""Claim: what we read at one place of one source, in our own words."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator

from sim.evidence.part import Part

Kind = Literal[
    "stated", "attributed", "inferred", "asserted", "reported", "conditional", "prescribed", "counterfactual"
]
"""How the source makes the claim."""

_PLACES = re.compile(r"\d+(-\d+)?(,\s?\d+(-\d+)?)*")


def _is_place(text: str) -> str:
    """Refuse anything but paragraph numbers and ranges."""
    if not _PLACES.fullmatch(text):
        raise ValueError("give paragraph numbers such as '7' or '7,10-12'")
    return text


class Claim(Part):
    """Our reading of one passage: never a quotation, always attributed."""

    source: str
    """Key of the source in sources.yaml."""
    at: Annotated[str, AfterValidator(_is_place)]
    """Paragraph numbers, such as 7 or 7,10-12."""
    we_read: str
    """Our reading, in our own words."""
    speaker: str = ""
    """Who speaks inside the source, where it is not its author."""
    kind: Kind
    """How the source makes the claim."""
    entries: tuple[str, ...] = ()
    """Ids of the list of evidence (positions, levers, mechanisms, contradictions, quantities, events)."""
    coded_by: str
    """Initial of the coder."""
    checked_by: str = ""
    """Initial of the second coder, empty as long as nobody checked."""

    @property
    def place(self) -> str:
        """Citation, such as `miller-2031 ¶11`."""
        return f"{self.source} ¶{self.at}"
