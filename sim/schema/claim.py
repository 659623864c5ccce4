"""Claim: what we read at one place of one source, in our own words."""

from collections.abc import Mapping
from typing import Literal

from sim.schema.base import Model
from sim.schema.passage import At, format_citation

Kind = Literal[
    "stated", "attributed", "inferred", "asserted", "reported", "conditional", "prescribed", "counterfactual"
]
"""How the source makes the claim."""

KIND_MEANINGS: Mapping[str, str] = {
    "stated": "the source reports that an actor or spokesperson said or announced it",
    "attributed": "the source, or someone it relays, says that an actor holds, wants or does it",
    "inferred": "the source marks it as its guess, forecast or reading, or it is a reading of motives",
    "asserted": "the source states a fact or an effect in its own voice",
    "reported": "relayed from a third party",
    "conditional": "could, if, perhaps",
    "prescribed": "the source asks for it",
    "counterfactual": "what would have happened",
}
"""What each kind stands for."""


class Claim(Model):
    """Our reading of one passage: never a quotation, always attributed."""

    source: str
    """Key of the source in sources.yaml."""
    at: At
    """Paragraphs (7 or 7,10-12), pages (p. 214), minutes (min 12 or min 12:30-14) or a folder (folder B 3)."""
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
        """Citation, such as `miller-2031 ¶11` or `miller-2031 p. 214`."""
        return format_citation(self.source, self.at)
