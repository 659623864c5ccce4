"""Issue and option: what is negotiated about, and what each answer is worth to whom."""

from typing import Literal, Self

from pydantic import Field, model_validator

from sim.schema.base import Model
from sim.schema.labels import Key, Label, Text
from sim.schema.numbers import Part
from sim.schema.quantity import WithReason
from sim.schema.ranges import Chance, Factor, Logits, Weeks

Side = Literal["first", "second"]


class Option(Model):
    """One answer to the question of an issue."""

    label: Label
    """Name for readers."""
    worth: dict[str, Part]
    """Worth of this option for each actor with interests, from 0 (worst of the issue) to 1 (best)."""
    shifts: dict[str, Part] = Field(default_factory=dict)
    """How much of each shift of the balance (contest.shifts) the option brings, 1 being all of it."""
    guarantee: Part = 0.0
    """How strong a guarantee against renewed war it is, from 0 to 1."""


class Issue(WithReason):
    """A question on the table and its options, from best for the second side to best for the first."""

    asks: Text
    """The question."""
    label: Label
    """Short name for tables."""
    options: dict[Key, Option] = Field(min_length=1)
    """Answers, ordered from best for the second side to best for the first."""
    unresolved: str
    """The option that holds while the issue is still open."""
    settled_by_ceasefire: bool = False
    """True if a ceasefire alone settles it, as it settles where the line runs."""

    @model_validator(mode="after")
    def validate_options(self) -> Self:
        """The unresolved option exists; all options value the same actors."""
        if self.unresolved not in self.options:
            raise ValueError(f"unresolved: {self.unresolved!r} is not one of its options: {', '.join(self.options)}")
        valued = {tuple(sorted(option.worth)) for option in self.options.values()}
        if len(valued) > 1:
            raise ValueError("its options do not all give a worth for the same actors")
        return self


class AgreementTerms(Model):
    """Terms of an agreement, under a name: one option per issue."""

    label: Label
    """Name for readers; describes the terms, does not judge them."""
    options: dict[str, str]
    """Option chosen for each issue."""


class Sequence(Model):
    """An order of steps from signing to silence of the guns."""

    label: Label
    """Name for readers."""
    weeks: Weeks
    """Weeks from signing until the guns fall silent."""
    settles: Chance
    """Chance that the issues still open are ever settled in this sequence."""
    breakdown_factor: Factor
    """Breakdown in this sequence, feared and real, as a factor of that of a bare ceasefire."""
    proposed: bool = True
    """False if nobody proposes it: it is left out, unless an answer to an open question puts it on the table."""
    fighting_until_settled: bool = False
    """True if the guns fall silent only when everything is settled; failure then means fighting on."""


class Shift(Model):
    """A shift of the balance that an agreement brings if it breaks."""

    label: Label
    """Name for readers."""
    favours: Side
    """The side that is stronger afterwards."""
    size: Logits
    """Size of the shift in logits."""
    always: bool = False
    """True if every agreement brings it, whatever its options."""
