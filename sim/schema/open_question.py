"""Open question: what a scenario file leaves open, or over which sources differ, with its possible answers.

`--answer QUESTION=ANSWER` takes one answer. An answer of a scenario file changes what is done, dated or possible, from
week 1. A side of a contradiction changes what is believed, in the run-up too, on top of the source view.
"""

from typing import Any, Self

from pydantic import Field, model_validator

from sim.schema.base import Model
from sim.schema.labels import Key, Label
from sim.schema.quantity import WithReason


class Answer(WithReason):
    """One answer to a scenario file's open question."""

    label: Label
    """Name for readers."""
    changes: dict[str, Any] = Field(min_length=1)
    """What differs, each at its place in the scenario; `key: null` removes what stands there."""


class OpenQuestion(Model):
    """A question that a scenario file leaves open."""

    label: Label
    """The question, for readers."""
    answers: dict[Key, Answer] = Field(min_length=1)
    """Answers besides the one that the file itself gives."""


class ContradictionSide(Model):
    """What one side of a contradiction says, and what the model makes of it."""

    says: str
    """The side in one sentence of ours, with whose it is."""
    claims: tuple[str, ...] = Field(min_length=1)
    """Claims it rests on."""
    changes: dict[str, Any] = Field(default_factory=dict)
    """What differs from the base, each at its place in the scenario."""
    take_from: str = ""
    """Source view whose numbers are taken at `places`, instead of `changes`; `base` for those of the base."""
    places: tuple[str, ...] = ()
    """Places in the scenario, such as `beliefs.hope-of-the-mediator.chance`."""

    @model_validator(mode="after")
    def validate_changes(self) -> Self:
        """Either changes, or places taken from a source view, or neither."""
        if self.changes and (self.take_from or self.places):
            raise ValueError("give either `changes` or `take_from` with `places`")
        if bool(self.take_from) != bool(self.places):
            raise ValueError("`take_from` and `places` belong together")
        return self

    @property
    def has_effect(self) -> bool:
        """True if it changes anything."""
        return bool(self.changes or self.places)


class Contradiction(Model):
    """A question over which sources, or dates of one source, differ."""

    question: str
    """What they differ over, in one sentence of ours."""
    entries: tuple[str, ...] = ()
    """Ids of the rows it rests on, if its own key is not one."""
    sides: dict[str, ContradictionSide] = Field(min_length=2)
    """What each side says, by a short name."""
    no_difference: str = ""
    """Why it makes no difference in the model; empty if its sides change something."""

    @model_validator(mode="after")
    def validate_effect(self) -> Self:
        """At least one side changes something, or the reason why none does is given; never both."""
        if any(side.has_effect for side in self.sides.values()) == bool(self.no_difference):
            raise ValueError("let at least one side change something, or say under `no_difference` why none does")
        return self
