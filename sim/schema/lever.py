"""Lever: an ultimatum, its execution, and what the execution does."""

from typing import Self

from pydantic import Field, model_validator

from sim.schema.base import Model
from sim.schema.labels import Label, Text
from sim.schema.numbers import Part, WeekNumber
from sim.schema.ranges import Duration, Factor, Price, Share, ShareChange, WeeklyCost, WeeklyLogits, Weeks


class Effects(Model):
    """What a lever does once it is in effect; every size is that of the full effect."""

    stress: WeeklyCost | None = None
    """Added weekly cost of the contest to the target."""
    push: WeeklyLogits | None = None
    """Weekly shift of the balance against the target."""
    aid: ShareChange | None = None
    """Change of the beneficiary's aid, from -1 to 1."""
    clash: Factor | None = None
    """Factor on the hazard of a direct clash."""
    deters: dict[str, Price] = Field(default_factory=dict)
    """Levers that become dearer to their holders, and by how much."""


class Lever(Model):
    """Something one actor can first threaten and then execute to move another."""

    label: Label
    """Name for readers."""
    about: Text
    """What the threat and its execution consist in, in one neutral sentence."""
    holder: str
    """The actor that can use it."""
    target: str
    """The disputant it is meant to move."""
    beneficiary: str = ""
    """The disputant whose aid it changes, if any."""
    major: bool = False
    """True if its execution counts as a major lever in outcomes and in the history condition."""
    threatens: bool = True
    """False if it cannot be threatened, only executed."""
    executes: bool = True
    """False if its execution is barred in this scenario."""
    scheduled_week: WeekNumber | None = None
    """Week in which it is executed whatever the holder would choose; none leaves it to the holder."""
    price: Price
    """Price of executing it, to the holder."""
    deadline: Weeks | None = None
    """Weeks between the ultimatum and its expiry; required of levers that threaten."""
    delay: Weeks
    """Weeks from execution to the start of its effect."""
    lasts: Duration | None = None
    """Weeks the effect lasts; none means for good. Levers that last can be repeated."""
    compliers: dict[str, Part] = Field(default_factory=dict)
    """Third parties on whose compliance the effect depends, and their shares."""
    share_without_compliers: Share | None = None
    """Share of the effect that does not depend on the compliers; required with compliers."""
    vetoed_by: tuple[str, ...] = ()
    """Members each of whom can veto its execution."""
    effects: Effects
    """What it does once executed."""

    @model_validator(mode="after")
    def validate_pairs(self) -> Self:
        """Deadlines go with threats, shares with compliers, aid with a beneficiary."""
        if self.threatens and self.deadline is None:
            raise ValueError("a lever that threatens needs a `deadline`")
        if bool(self.compliers) != (self.share_without_compliers is not None):
            raise ValueError("`compliers` goes with `share_without_compliers`")
        if self.compliers and abs(sum(self.compliers.values()) - 1) > 1e-6:
            raise ValueError(f"the shares of its compliers add up to {sum(self.compliers.values()):g}, not to 1")
        if (self.effects.aid is None) == bool(self.beneficiary):
            raise ValueError("`effects.aid` goes with `beneficiary`")
        return self
