"""Outcome: the ordered codebook by which a run is classified; the first line that fits is the outcome."""

from sim.evidence.part import Part
from sim.spec.condition import Situation


class Outcome(Part):
    """One line of the codebook."""

    label: str
    """Name for readers; describes, does not judge."""
    when: Situation
    """When the line fits."""
    agreement: bool = False
    """True if an agreement is in force in this outcome."""
