"""Base rate: how often agreements broke or came about elsewhere, as others counted or expected it; no rule reads it."""

from typing import Literal, Self

from pydantic import Field, model_validator

from sim.schema.base import Model
from sim.schema.numbers import Part, WeekNumber

Standing = Literal["below", "within", "above"]
"""Where a share lies beside the range that was named."""


class BaseRate(Model):
    """How often something happened elsewhere, or is expected to."""

    label: str
    """What was counted or expected, and by whom."""
    about: Literal["truce", "settled", "in-force", "ended"]
    """What it can be compared with: breakdowns of a bare ceasefire, or of an agreement in which every issue is settled;
    runs in which an agreement comes into force, or in which the contest ends by an agreement or because a side
    prevails."""
    within_weeks: WeekNumber | None = None
    """Weeks within which it happened, from the first one of what it is compared with; none for ever."""
    low: Part
    """Lowest share that was named."""
    high: Part
    """Highest share that was named."""
    source: str = Field(min_length=1)
    """Where it stands, so that a reader finds it."""

    @property
    def is_of_runs(self) -> bool:
        """True if runs can be compared with it; else it is the rule of breakdown."""
        return self.about in ("in-force", "ended")

    def locate(self, low: float, high: float) -> Standing:
        """Where a share lies that is known to lie between two ends; within, unless all of that is outside.

        Args:
            low: The lower end.
            high: The upper end.
        """
        if high < self.low:
            return "below"
        return "above" if low > self.high else "within"

    @model_validator(mode="after")
    def validate_weeks(self) -> Self:
        """What is compared with runs says within how many weeks."""
        if self.is_of_runs and self.within_weeks is None:
            raise ValueError(f"`about: {self.about}` needs `within_weeks`")
        return self

    @model_validator(mode="after")
    def validate_order(self) -> Self:
        """The lowest share is not above the highest."""
        if self.low > self.high:
            raise ValueError("`low` is above `high`")
        return self
