"""Expectation: what a case is known to give before it is played, and what one may try; runs read neither."""

from typing import Self

from pydantic import Field, model_validator

from sim.schema.base import Model
from sim.schema.labels import Key, Label
from sim.schema.numbers import Part, WeekNumber
from sim.schema.quantity import WithReason


class Expectation(WithReason):
    """What is expected of the case as it is written; printed beside what its runs show."""

    label: Label
    """What is expected, in words."""
    outcomes: tuple[str, ...] = ()
    """Outcomes, any of which counts; the share of runs that end so."""
    agreed: dict[Key, tuple[str, ...]] = Field(default_factory=dict)
    """Options by issue, any of which counts; the share of agreements in force that have one on each of these issues."""
    at_least: Part | None = None
    """The share is not below this."""
    at_most: Part | None = None
    """The share is not above this."""
    signed_from_week: WeekNumber | None = None
    """No run has a signature in weeks 1 up to the one before this."""

    @model_validator(mode="after")
    def validate_expectation(self) -> Self:
        """It speaks of one thing, and a share has a bound."""
        asked = [bool(self.outcomes), bool(self.agreed), self.signed_from_week is not None]
        if sum(asked) != 1:
            raise ValueError("say one of `outcomes`, `agreed` and `signed_from_week`")
        bounded = self.at_least is not None or self.at_most is not None
        if bounded == (self.signed_from_week is not None):
            raise ValueError("`outcomes` and `agreed` need `at_least` or `at_most`; `signed_from_week` has neither")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise ValueError(f"`at_least` {self.at_least:g} is above `at_most` {self.at_most:g}; no share is both")
        for name, options in {"outcomes": self.outcomes, **self.agreed}.items():
            if len(set(options)) < len(options):
                raise ValueError(f"{name}: the same name stands twice; name each once")
        if empty := [issue for issue, options in self.agreed.items() if not options]:
            raise ValueError(f"agreed.{empty[0]}: names no option; name one, or leave the issue out")
        return self


class Attempt(Model):
    """A change of the case that shows something else."""

    label: Label
    """What it shows, in words."""
    changes: tuple[str, ...] = Field(min_length=1, max_length=50)
    """Values to set, each as path=value, as `--set` takes them."""
