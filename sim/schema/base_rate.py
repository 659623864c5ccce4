"""Base rate: how often agreements broke elsewhere, as others counted or expected it; no rule reads it."""

from typing import Literal, Self

from pydantic import Field, model_validator

from sim.schema.base import Model
from sim.schema.numbers import Part, WeekNumber


class BaseRate(Model):
    """How often something broke elsewhere."""

    label: str
    """What was counted or expected, and by whom."""
    about: Literal["truce", "settled"]
    """What it can be compared with: a bare ceasefire, or an agreement in which every issue is settled."""
    within_weeks: WeekNumber | None = None
    """Weeks within which it broke; none for ever."""
    low: Part
    """Lowest share that was named."""
    high: Part
    """Highest share that was named."""
    source: str = Field(min_length=1)
    """Where it stands, so that a reader finds it."""

    @model_validator(mode="after")
    def validate_order(self) -> Self:
        """The lowest share is not above the highest."""
        if self.low > self.high:
            raise ValueError("`low` is above `high`")
        return self
