"""Numbers: plain numbers of a scenario that are no quantities, and the sizes that can be meant at all."""

from typing import Annotated

from pydantic import AfterValidator, Field

LARGEST, SMALLEST = 1e6, 1e-12
"""Sizes beyond which no number of a scenario can be meant; 0 can."""


def check_size(number: float) -> float:
    """Refuse a number of a size that nobody means.

    Args:
        number: What was written.

    Returns:
        The same.

    Raises:
        ValueError: it is too large or too small.
    """
    if abs(number) > LARGEST:
        raise ValueError(f"is {number:g}; so large a number cannot be meant")
    if 0 < abs(number) < SMALLEST:
        raise ValueError(f"is {number:g}; so small a number cannot be meant, write 0")
    return number


Part = Annotated[float, Field(ge=0, le=1), AfterValidator(check_size)]
"""From 0 to 1: a worth, a share or a strength."""
Concentration = Annotated[float, Field(ge=1, le=1e8)]
"""How close drawn shares stay to their means; below 1 a draw could have no whole."""
MOST_WEEKS = 520
"""Weeks of the longest horizon."""

WeekNumber = Annotated[int, Field(ge=1, le=MOST_WEEKS)]
"""Number of a week of the run."""
OptionSum = Annotated[int, Field(ge=0, le=10_000)]
"""A sum of option numbers."""
