"""Ranges: the numbers that a field can mean. Every quantity of the schema has one of these types, never a bare one.

A range is the meaning of a field: its one unit, the numbers that make sense there, and what to do about one that does
not. Bounds that no meaning gives are those up to which the engines are tested (tests/schema).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log
from statistics import NormalDist
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from sim.schema.quantity import Quantity, Unit

CUT = 0.001
"""Share of the draws that may lie outside the range."""

_CENTRES = ("value", "low", "high", "mean", "median")
"""Numbers of a quantity that lie in its range: its centre or its ends."""


@dataclass(frozen=True)
class Range:
    """The numbers that a quantity of some meaning can have, in its one unit."""

    unit: Unit
    """The unit of the field."""
    low: float
    """The lowest number that makes sense."""
    high: float
    """The highest."""
    remedy: str
    """What to do about a number that does not."""
    above: bool = False
    """True if the lowest number itself makes no sense."""
    below: bool = False
    """True if the highest number itself makes no sense."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        number = {
            "exclusiveMinimum" if self.above else "minimum": self.low,
            "exclusiveMaximum" if self.below else "maximum": self.high,
        }
        numbers = {name: {"anyOf": [number, {"type": "null"}]} for name in _CENTRES}
        return {"allOf": [handler(schema), {"properties": {"unit": {"const": self.unit}} | numbers}]}

    def check(self, quantity: Quantity) -> Quantity:
        """Refuse a quantity that cannot be meant here.

        Args:
            quantity: What was written.

        Returns:
            The same.

        Raises:
            ValueError: its unit, a number or its spread does not fit; one line for each.
        """
        if problems := list(self._find_problems(quantity)):
            raise ValueError("\n".join(problems))
        return quantity

    @property
    def words(self) -> str:
        """What a number must be, such as `between 0 and 1`."""
        low, high = f"{self.low:,g}", f"{self.high:,g}"
        if not self.above and not self.below:
            return f"between {low} and {high}"
        return f"{'above' if self.above else 'at least'} {low} and {'below' if self.below else 'at most'} {high}"

    def holds(self, number: float) -> bool:
        """True for a number that makes sense."""
        return (number > self.low if self.above else number >= self.low) and (
            number < self.high if self.below else number <= self.high
        )

    def _find_problems(self, quantity: Quantity) -> Iterator[str]:
        if quantity.unit != self.unit:
            yield f"`unit` must be {self.unit!r} here, and is {quantity.unit!r}; the unit belongs to the meaning"
            return
        outside = [key for key in _CENTRES if (n := getattr(quantity, key)) is not None and not self.holds(n)]
        for key in outside:
            yield f"`{key}` must be {self.words}, and is {getattr(quantity, key):g}; {self.remedy}"
        if not outside:
            yield from self._find_cut(quantity)

    def _find_cut(self, quantity: Quantity) -> Iterator[str]:
        """What is wrong with a spread of which too much lies outside."""
        share_below, share_above = _find_tails(quantity, self.low, self.high)
        if share_below + share_above <= CUT:
            return
        key = "sd" if quantity.form == "normal" else "spread"
        share, where = max((share_below, f"below {self.low:,g}"), (share_above, f"above {self.high:,g}"))
        yield (
            f"`{key}` lets {share:.1%} of the draws fall {where}, where they mean nothing; "
            "make it smaller, or give `low` and `high`"
        )


def _find_tails(quantity: Quantity, low: float, high: float) -> tuple[float, float]:
    """Shares of the draws below and above a range."""
    if quantity.mean is not None and quantity.sd:
        draws = NormalDist(quantity.mean, quantity.sd)
        return draws.cdf(low), 1 - draws.cdf(high)
    if quantity.median is not None and quantity.spread is not None and quantity.spread > 1:
        draws = NormalDist(log(quantity.median), log(quantity.spread))
        return (draws.cdf(log(low)) if low > 0 else 0.0), (1 - draws.cdf(log(high)) if high > 0 else 1.0)
    return 0.0, 0.0


_PART = "write 15% as 0.15"
_COST = "a gain is no cost: give 0 or a positive number"
_PRICE = "a gain is no price: give 0 or a positive number"
_SIZES = "logits of 20 are certainty"
_TIMES = "1 changes nothing, 0.5 halves"
_WEEKS = "count weeks forward from 0"

Worth = Annotated[Quantity, Range("worth", 0, 1, "1 is all that an agreement can be worth")]
"""Worth on an actor's own scale, from its worst (0) to its best (1) settlement."""
WorthChange = Annotated[Quantity, Range("worth", -1, 1, "1 is all that an agreement can be worth")]
"""A gain or a loss of worth."""
Payoff = Annotated[Quantity, Range("worth", -1000, 1000, "-1000 is never done")]
"""What a move brings or costs its maker; some are ruled out by it."""
Price = Annotated[Quantity, Range("worth", 0, 1000, _PRICE)]
"""What a move costs its maker; a price far above 1 rules it out."""
WeeklyCost = Annotated[Quantity, Range("worth/week", 0, 1, _COST)]
"""What every week costs."""
Chance = Annotated[Quantity, Range("chance", 0, 1, _PART)]
"""Chance that something happens."""
Hazard = Annotated[Quantity, Range("chance/week", 0, 1, _PART, below=True)]
"""Chance per week."""
Share = Annotated[Quantity, Range("share", 0, 1, _PART)]
"""A part of a whole."""
ShareChange = Annotated[Quantity, Range("share", -1, 1, "-1 takes all of it away, 1 adds a whole")]
"""A rise or a fall of a share."""
Weeks = Annotated[Quantity, Range("weeks", 0, 1040, _WEEKS)]
"""Weeks until something; 0 is at once."""
Duration = Annotated[Quantity, Range("weeks", 1, 1040, "a week is the shortest step")]
"""Weeks that something lasts."""
Logits = Annotated[Quantity, Range("logits", -20, 20, _SIZES)]
"""A place on the balance of the contest, or a shift of it; positive favours the first side."""
Distance = Annotated[Quantity, Range("logits", 0, 20, _SIZES)]
"""A distance on the balance of the contest."""
WeeklyLogits = Annotated[Quantity, Range("logits/week", -20, 20, _SIZES)]
"""A weekly shift of the balance."""
WeeklyDistance = Annotated[Quantity, Range("logits/week", 0, 20, "0 is a contest without surprises")]
"""A size of weekly shifts of the balance."""
Discount = Annotated[
    Quantity, Range("factor", 0, 1, "0.99 lets next week count 1% less than this one", above=True, below=True)
]
"""Weight of next week relative to this one."""
Factor = Annotated[Quantity, Range("factor", 0, 100, _TIMES)]
"""How many times."""
Reduction = Annotated[Quantity, Range("factor", 0, 1, "1 changes nothing, 0.5 halves")]
"""How many times, once or less."""
OddsFactor = Annotated[Quantity, Range("factor", 0, 100, _TIMES, above=True)]
"""Factor on odds, which never become nothing."""
Sharpness = Annotated[Quantity, Range("factor", 0, 100_000, "a larger number is a sharper choice", above=True)]
"""Sharpness of choice, per unit of worth."""
Shape = Annotated[Quantity, Range("factor", 0, 10, "1 is a hazard that stays the same", above=True)]
"""Shape of a hazard over time."""
Count = Annotated[Quantity, Range("factor", 0, 10_000, "count experiences", above=True)]
"""A number of experiences."""
