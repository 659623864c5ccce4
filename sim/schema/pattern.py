"""Pattern: behaviour that texts describe, as steps that follow one another in a run.

A step names an event of a closed list; options say whose it is. Nothing in a run depends on patterns: they are looked
for in what runs have recorded.
"""

from collections.abc import Iterable
from typing import Literal, Self

from pydantic import Field, model_validator

from sim.schema.base import Model
from sim.schema.labels import Label, Text
from sim.schema.quantity import WithReason

MoveEvent = Literal["engage", "call", "symbolic", "concede", "offer", "strike", "lobby", "leave"]
"""Moves without a lever, by the names of their kinds."""

LeverEvent = Literal["threaten", "drop", "execute", "vetoed", "lapsed", "threat-over"]
"""What becomes of a lever: threatened; the threat dropped; executed by choice or by date; vetoed; the ultimatum lapsed;
the threat ended without an execution, in whatever way."""

SideEvent = Literal[
    "ministers-good",
    "ministers-bad",
    "summit-failed",
    "summit-cancelled",
    "plan",
    "plan-lapsed",
    "signed",
    "talks-failed",
]
"""Events of the talks that are booked to the side at the table; `talks-failed` is a failed or a cancelled summit, or a
plan that lapsed."""

TalksEvent = Literal[
    "opened",
    "ministers",
    "summit-due",
    "summit",
    "plan-refused",
    "plan-unconfirmed",
    "in-force",
    "settled",
    "broken",
    "truce-begun",
    "truce-violated",
    "truce-kept",
    "ended",
]
"""Other events of talks, agreements, truces and the contest."""

MediatorEvent = Literal["favours"]
"""The package that promises the mediator most goes by a sequence; holds in every week in which it is so."""

EventName = Literal[MoveEvent, LeverEvent, SideEvent, TalksEvent, MediatorEvent]
"""Every event that a step can name."""

_OPTIONS: dict[str, tuple[object, ...]] = {
    "by": (MoveEvent, LeverEvent),
    "against": (MoveEvent, LeverEvent),
    "lever": (LeverEvent,),
    "side": (SideEvent, MediatorEvent),
    "sequence": (MediatorEvent,),
    "acceptance_at_most": (Literal["offer"],),
}
"""Options, and the events with which they go."""


def list_events(option: str) -> tuple[str, ...]:
    """The events that an option goes with."""
    return tuple(name for kind in _OPTIONS[option] for name in getattr(kind, "__args__", ()))


class PatternEvent(Model):
    """Something that happens in a week of a run; options that are left out leave it open."""

    event: EventName
    """What happens."""
    by: str = ""
    """Actor who makes the move, or holds the lever."""
    against: str = ""
    """Actor at whom the move or the lever is aimed."""
    lever: str = ""
    """The lever."""
    side: str = ""
    """Disputant at the table, or with whom the mediator's favourite package would be signed."""
    sequence: str = ""
    """Sequence by which the mediator's favourite package goes."""
    acceptance_at_most: float | None = Field(default=None, ge=0, le=1)
    """The offer would leave its maker better off, and to its maker all others accept it with this chance at most."""

    @model_validator(mode="after")
    def validate_options(self) -> Self:
        """Only options that go with the event."""
        for option in _OPTIONS:
            if getattr(self, option) in ("", None):
                continue
            known = list_events(option)
            if self.event not in known:
                raise ValueError(f"`{option}` does not go with {self.event!r}; it goes with {', '.join(known)}")
        if self.event in list_events("sequence") and not self.sequence:
            raise ValueError(f"{self.event!r} needs a `sequence`")
        return self


class PatternStep(PatternEvent):
    """A step of a pattern; it comes after the step before it, in the same week only if the week's order says so."""

    at_least: int = Field(default=1, ge=1, le=52)
    """How often it happens, one time after the other."""
    within_weeks: int | None = Field(default=None, ge=0, le=520)
    """Weeks after what came before at most, for each time; left out, only the pattern's own weeks bound it."""
    without: tuple[PatternEvent, ...] = ()
    """What must not happen in between."""

    @property
    def happening(self) -> PatternEvent:
        """The event alone."""
        return PatternEvent(**{name: getattr(self, name) for name in PatternEvent.model_fields})


class Pattern(WithReason):
    """Behaviour that texts describe; a run shows it if the steps happen one after the other."""

    label: Label
    """Name for readers; describes, does not judge."""
    summary: Text
    """The behaviour in one sentence of ours."""
    within_weeks: int = Field(ge=0, le=520)
    """Weeks from the first step to the last at most."""
    same_lever: bool = False
    """True if all steps about levers that name none are about one and the same."""
    steps: tuple[PatternStep, ...]
    """The steps, in order; at least one."""

    @model_validator(mode="after")
    def validate_first_step(self) -> Self:
        """There is a step, and nothing comes before the first one."""
        if not self.steps:
            raise ValueError("give at least one step")
        first = self.steps[0]
        if first.at_least == 1 and (first.within_weeks is not None or first.without):
            raise ValueError("nothing comes before the first step: leave out `within_weeks` and `without` there")
        return self

    def list_variants(self, levers: Iterable[str]) -> tuple[tuple[PatternStep, ...], ...]:
        """The steps; where they must be about the same lever, once for each of the levers."""
        if not self.same_lever:
            return (self.steps,)
        return tuple(tuple(_name_lever(step, lever) for step in self.steps) for lever in levers)


def _name_lever(step: PatternStep, lever: str) -> PatternStep:
    """The step about this lever, where it is about a lever and names none."""
    open_events = list_events("lever")
    without = tuple(
        event.model_copy(update={"lever": lever}) if event.event in open_events and not event.lever else event
        for event in step.without
    )
    named = step.lever or (lever if step.event in open_events else "")
    return step.model_copy(update={"lever": named, "without": without})
