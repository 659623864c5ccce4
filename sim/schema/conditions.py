"""Conditions: the small vocabulary in which scenario files say when something holds.

All keys that are given must hold together; `any_of`, `all_of` and `none_of` combine conditions.
"""

from typing import Literal, Self

from pydantic import model_validator

from sim.schema.base import Model
from sim.schema.numbers import OptionSum


class TermsCondition(Model):
    """What the terms of an agreement must contain; all keys that are given must hold."""

    issue: str | None = None
    """The issue it speaks about."""
    at_least: str | None = None
    """This option of the issue or one further down its list."""
    at_most: str | None = None
    """This option of the issue or one further up its list."""
    sum_of: tuple[str, ...] = ()
    """Issues whose option numbers (counted from 0) are added up."""
    reaches: OptionSum | None = None
    """The sum of option numbers is at least this."""
    any_of: tuple["TermsCondition", ...] = ()
    """At least one of these holds."""
    all_of: tuple["TermsCondition", ...] = ()
    """Every one of these holds."""

    @model_validator(mode="after")
    def validate_not_empty(self) -> Self:
        """An issue goes with a bound, a sum with its reach, and one of them must be there."""
        if (self.issue is None) != (self.at_least is None and self.at_most is None):
            raise ValueError("`issue` goes with `at_least` or `at_most`")
        if bool(self.sum_of) != (self.reaches is not None):
            raise ValueError("`sum_of` goes with `reaches`")
        if self.issue is None and not (self.sum_of or self.any_of or self.all_of):
            raise ValueError("an empty condition: give `issue`, `sum_of`, `any_of` or `all_of`")
        return self


End = Literal["first_prevails", "second_prevails", "clash"]


class RunCondition(Model):
    """What the state of a run must be; all keys that are given must hold."""

    ended: End | None = None
    """How the contest ended, if it did."""
    signed: bool | None = None
    """An agreement is signed and not in force yet."""
    in_force: bool | None = None
    """An agreement is in force."""
    settled: bool | None = None
    """The agreement in force covers every issue."""
    terms: TermsCondition | None = None
    """The agreement in force has these terms."""
    sequence: tuple[str, ...] = ()
    """The agreement in force came by one of these sequences."""
    imposed: bool | None = None
    """The agreement in force was accepted under pressure of the mediator."""
    broken: bool | None = None
    """A ceasefire was in force and broke, and none is in force now."""
    truce: bool | None = None
    """A partial truce holds."""
    mediator_gone: bool | None = None
    """The mediator has left."""
    executed: tuple[str, ...] = ()
    """At least one of these levers has been executed (`major` stands for every major lever)."""
    any_of: tuple["RunCondition", ...] = ()
    """At least one of these holds."""
    none_of: tuple["RunCondition", ...] = ()
    """Not one of these holds."""
    otherwise: bool | None = None
    """Always holds; for the last of the outcomes."""

    @model_validator(mode="after")
    def validate_content(self) -> Self:
        """Something is asked for; `otherwise` is true and stands alone."""
        given = {name for name in type(self).model_fields if getattr(self, name) not in (None, ())}
        if not given:
            raise ValueError("an empty condition: say what must hold, or `otherwise: true` for the last outcome")
        if self.otherwise is False:
            raise ValueError("`otherwise` is true or left out")
        if self.otherwise and len(given) > 1:
            raise ValueError("`otherwise` stands alone; leave the rest out")
        return self
