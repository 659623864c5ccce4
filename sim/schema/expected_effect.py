"""Expected effect: what an author says that a lever or an event does; whatever the author leaves open has no entry.

Nothing in a run depends on expected effects: they are compared with runs afterwards.
"""

from typing import Literal, Self

from pydantic import model_validator

from sim.schema.base import Model
from sim.schema.labels import Label
from sim.schema.quantity import WithReason

Direction = Literal["up", "down", "none"]
"""Whether it rises, falls or hardly moves."""

Measure = Literal[
    "in-force",
    "signed",
    "clash",
    "calls",
    "threats_executed",
    "failures",
    "impositions",
    "summits",
    "first_flow_cost",
    "first_hardening",
    "first_reservation",
]
"""What moves: the share of runs with an agreement in force at the horizon, with a signature, or with a direct clash; or
the mean of a column of the table of runs."""


class Variation(Model):
    """A scenario as it is played on one side of a comparison; left out, it is the base."""

    file: str = ""
    """Scenario file of the case, by its last word."""
    answers: tuple[str, ...] = ()
    """Answers to open questions, each as name=answer."""
    changes: tuple[str, ...] = ()
    """Values that are set, each as path=value."""


class ExpectedEffect(WithReason):
    """One lever or event and what an author says that it moves."""

    label: Label
    """The lever or event, for readers."""
    played: Variation = Variation()
    """With it."""
    without: Variation = Variation()
    """Without it."""
    moves: Measure
    """What it is said to move."""
    direction: Direction
    """Where to."""

    @model_validator(mode="after")
    def validate_effect(self) -> Self:
        """It rests on claims, and the two sides differ."""
        if not self.because:
            raise ValueError("an expected effect is an author's: name claims under `because`, or leave it out")
        if self.played == self.without:
            raise ValueError("`played` and `without` are the same: say in what they differ")
        return self
