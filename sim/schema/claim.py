"""Claim: what we read at one place of one source, in our own words."""

from typing import Literal

from sim.schema.base import Model
from sim.schema.passage import At, format_passage

Kind = Literal[
    "stated", "attributed", "inferred", "asserted", "reported", "conditional", "prescribed", "counterfactual"
]
"""How the source makes the claim."""


class Claim(Model):
    """Our reading of one passage: never a quotation, always attributed."""

    source: str
    """Key of the source in sources.yaml."""
    at: At
    """Paragraph numbers, such as 7 or 7,10-12; pages as p. 12, minutes as min. 3-4."""
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
        return format_passage(self.source, self.at)
