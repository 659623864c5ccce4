"""Quantity: a number, or a spread of numbers, that says where it comes from.

Four forms are known by their keys: a single `value`; `low` and `high` (uniform); `mean` and `sd` (normal);
`median` and `spread` (log-normal, `spread` being the geometric standard deviation).

Worth is measured on each actor's own scale from its worst (0) to its best (1) settlement. Time is counted in weeks, the
balance of the contest in logits (positive favours the first side).
"""

from collections.abc import Iterator, Mapping
from typing import Literal, Self

from pydantic import BaseModel, Field, model_validator

from sim.schema.base import Model
from sim.schema.numbers import Concentration, Part, check_size

Unit = Literal["worth", "worth/week", "chance", "chance/week", "weeks", "logits", "logits/week", "share", "factor"]
"""Names of units that a quantity may carry."""

Form = Literal["value", "uniform", "normal", "lognormal"]

_FORMS: dict[frozenset[str], Form] = {
    frozenset({"value"}): "value",
    frozenset({"low", "high"}): "uniform",
    frozenset({"mean", "sd"}): "normal",
    frozenset({"median", "spread"}): "lognormal",
}
_NUMBERS = ("value", "low", "high", "mean", "sd", "median", "spread")


def _check_size(name: str, number: float) -> None:
    """Refuse a number of a quantity that is of a size that nobody means."""
    try:
        check_size(number)
    except ValueError as error:
        raise ValueError(f"`{name}` {error}") from None


class WithReason(Model):
    """Anything that must say where it comes from."""

    because: tuple[str, ...] = Field(default=(), max_length=200)
    """Claims that support it (keys of claims.yaml)."""
    assumed: str = ""
    """Why we set it ourselves, where no source does."""

    @model_validator(mode="after")
    def validate_reason(self) -> Self:
        """A number rests on claims or is owned up to as ours, never neither, never both."""
        if bool(self.because) == bool(self.assumed.strip()):
            raise ValueError("say where it comes from: `because: [claim, ...]` or `assumed: why`, one of the two")
        return self


class Quantity(WithReason):
    """One number of a scenario with its unit, its spread and its reason."""

    value: float | None = None
    """The number itself, where it is not varied."""
    low: float | None = None
    """Lower end of a uniform spread."""
    high: float | None = None
    """Upper end of a uniform spread."""
    mean: float | None = None
    """Centre of a normal spread."""
    sd: float | None = None
    """Standard deviation of a normal spread, zero or more."""
    median: float | None = None
    """Middle of a log-normal spread, above zero."""
    spread: float | None = None
    """Geometric standard deviation of a log-normal spread, one or more."""
    unit: Unit
    """Unit of the number."""

    @model_validator(mode="after")
    def validate_form(self) -> Self:
        """Exactly one of the four forms, with sensible numbers."""
        given = frozenset(name for name in _NUMBERS if getattr(self, name) is not None)
        if given not in _FORMS:
            raise ValueError("give `value`, or `low` and `high`, or `mean` and `sd`, or `median` and `spread`")
        for name in _NUMBERS:
            if name in given:
                _check_size(name, getattr(self, name))
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("`low` is above `high`")
        if self.sd is not None and self.sd < 0:
            raise ValueError("`sd` is below 0")
        if self.median is not None and self.spread is not None and (self.median <= 0 or self.spread < 1):
            raise ValueError("`median` must be above 0 and `spread` at least 1")
        return self

    @property
    def form(self) -> Form:
        """Which of the four forms it has."""
        return _FORMS[frozenset(name for name in _NUMBERS if getattr(self, name) is not None)]

    @property
    def middle(self) -> float:
        """The number itself, or the middle of its spread."""
        first, last = self.numbers[0], self.numbers[-1]
        return (first + last) / 2 if self.low is not None else first

    @property
    def numbers(self) -> tuple[float, ...]:
        """The one or two numbers of its form, in the order of the form's keys."""
        return tuple(float(number) for name in _NUMBERS if (number := getattr(self, name)) is not None)


class Weights(WithReason):
    """Shares of several things in one whole (Dirichlet): issue weights of an actor."""

    shares: dict[str, Part] = Field(min_length=1, max_length=50)
    """Mean share of each; they add up to 1."""
    sharpness: Concentration
    """How close draws stay to the mean shares (the Dirichlet's total count); large is close."""

    @model_validator(mode="after")
    def validate_sum(self) -> Self:
        """Shares add up to 1."""
        total = sum(self.shares.values())
        if abs(total - 1) > 1e-6:
            raise ValueError(f"the shares add up to {total:g}, not to 1")
        return self


def find_quantities(part: object, place: str = "") -> Iterator[tuple[str, Quantity | Weights]]:
    """Every quantity of a scenario with its place, in file order."""
    if isinstance(part, Quantity | Weights):
        yield place, part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from find_quantities(getattr(part, name), f"{place}.{name}" if place else name)
    elif isinstance(part, Mapping):
        for key, value in part.items():
            yield from find_quantities(value, f"{place}.{key}")
