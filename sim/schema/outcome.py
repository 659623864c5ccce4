"""Outcome: the ordered codebook by which a run is classified; the first line that fits is the outcome."""

from sim.schema.base import Model
from sim.schema.conditions import RunCondition


class Outcome(Model):
    """One line of the codebook."""

    label: str
    """Name for readers; describes, does not judge."""
    when: RunCondition
    """When the line fits."""
    agreement: bool = False
    """True if an agreement is in force in this outcome."""
