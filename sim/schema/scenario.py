"""Scenario: the nouns together, cross-checked; and the case, a scenario with its evidence and source views."""

import datetime
from typing import Self

from pydantic import Field, PrivateAttr, field_validator, model_validator

from sim.schema.actor import Actor
from sim.schema.base import Model
from sim.schema.base_rate import BaseRate
from sim.schema.belief import Belief
from sim.schema.conditions import RunCondition
from sim.schema.consistency import find_inconsistencies
from sim.schema.expectation import Attempt, Expectation
from sim.schema.issue import AgreementTerms, Issue, Sequence
from sim.schema.labels import Key, Label, Text
from sim.schema.lever import Lever
from sim.schema.model_parameters import AgreementDurability, Choice, Contest, Protocol, Schedule
from sim.schema.numbers import WeekNumber
from sim.schema.open_question import OpenQuestion
from sim.schema.pattern import Pattern
from sim.schema.quantity import WithReason
from sim.schema.words import CaseWords


class Menu(Model):
    """What is proposed at the table: terms of agreements, each in every sequence."""

    named: dict[Key, AgreementTerms] = Field(max_length=2_000)
    """Terms by name."""
    nash: tuple[str, ...] = Field(default=(), max_length=2_000)
    """Further terms as option keys in the order of the issues, joined by blanks; made by `zopa suggest-menu`."""


class RunUpAccount(Model):
    """One account of the run-up, where sources differ over a fact."""

    label: Label
    """Name for readers."""
    executed: tuple[str, ...] = ()
    """Levers that count as executed before the first week of the run-up ends, and are in effect."""


class RunUp(Model):
    """Weeks simulated before the first week, and the condition that matching runs meet."""

    weeks: int = Field(default=0, ge=0, le=200)
    """Length in weeks."""
    never: tuple[RunCondition, ...] = ()
    """Runs in which one of these is the case after any week of the run-up do not match."""
    accounts: dict[Key, RunUpAccount] = Field(default_factory=dict)
    """Accounts of the run-up; the first is the default."""
    account: str = ""
    """The account in use; empty for the first."""


class Outcome(Model):
    """An outcome, and the condition under which a run has it."""

    label: Label
    """Name for readers; describes, does not judge."""
    when: RunCondition
    """When it fits."""
    agreement: bool = False
    """True if an agreement is in force in this outcome."""


class Calendar(Model):
    """How weeks are counted."""

    starts: datetime.date = Field(ge=datetime.date(1000, 1, 1), le=datetime.date(2999, 12, 31))
    """First day of week 1."""
    horizon: WeekNumber
    """Weeks played by default."""
    horizons: tuple[WeekNumber, ...] = ()
    """Horizons that reports print."""

    @field_validator("horizons")
    @classmethod
    def validate_horizons(cls, horizons: tuple[int, ...]) -> tuple[int, ...]:
        """Each is printed once."""
        if twice := [weeks for weeks in horizons if horizons.count(weeks) > 1]:
            raise ValueError(f"{twice[0]} stands twice; name each horizon once")
        return horizons


class Defaults(Model):
    """Numbers of an ensemble, unless the command says otherwise."""

    seed: int = Field(ge=0, lt=2**63)
    """Seed of all luck."""
    runs: int = Field(ge=1, le=10_000_000)
    """Matching runs for each source view."""


class Scenario(Model):
    """Everything a run needs to know."""

    format: int = Field(ge=1, le=1)
    """Version of this file format."""
    title: Label
    """Name of the scenario."""
    question: Text
    """The question it asks."""
    shows: Text = ""
    """What the case is there to show."""
    expected: dict[Key, Expectation] = Field(default_factory=dict, max_length=50)
    """What is expected of the case as it is written; printed beside what its runs show."""
    attempts: dict[Key, Attempt] = Field(default_factory=dict, max_length=50, alias="try")
    """What one may try, each a change and what it shows."""
    calendar: Calendar
    """How weeks are counted."""
    defaults: Defaults
    """Seed and number of runs."""
    run_up: RunUp = RunUp()
    """Weeks before the first week."""
    words: CaseWords = CaseWords()
    """What the case calls its contest, its meetings and its moves in stories."""
    actors: dict[Key, Actor] = Field(min_length=2, max_length=100)
    """Who takes part."""
    issues: dict[Key, Issue] = Field(min_length=1, max_length=50)
    """What is negotiated about."""
    sequences: dict[Key, Sequence] = Field(max_length=20)
    """Orders of steps."""
    contest: Contest
    """What happens without an agreement."""
    menu: Menu
    """What is proposed."""
    levers: dict[Key, Lever] = Field(default_factory=dict, max_length=100)
    """What actors can threaten and execute."""
    beliefs: dict[Key, Belief] = Field(default_factory=dict, max_length=2_000)
    """What actors think of one another at the start."""
    choice: Choice
    """How actors choose."""
    protocol: Protocol
    """How talks run."""
    agreement_durability: AgreementDurability
    """What becomes of agreements."""
    schedule: Schedule = Schedule()
    """What happens in a given week, whatever the actors would choose."""
    outcomes: dict[Key, Outcome] = Field(min_length=1, max_length=100)
    """Outcomes in order; the first that fits is that of the run."""
    open_questions: dict[str, OpenQuestion] = Field(default_factory=dict)
    """What the case leaves open, with other answers than its own; they hold from week 1."""
    patterns: dict[Key, Pattern] = Field(default_factory=dict, max_length=100)
    """Behaviour that texts describe and runs may show; `zopa patterns` counts it."""
    base_rates: dict[str, BaseRate] = Field(default_factory=dict)
    """How often agreements broke elsewhere; printed beside the rates of the case, read by no rule."""
    asymmetries: dict[str, WithReason] = Field(default_factory=dict)
    """Why the two disputants differ, by place, where what stands at the place gives no reason of its own."""
    tracked_terms: str = ""
    """Terms for which the sequence each side prefers is recorded; empty for none."""
    _in_run_up: "Scenario | None" = PrivateAttr(default=None)

    @property
    def in_run_up(self) -> "Scenario":
        """What holds in the weeks before week 1: the scenario without a scenario file's changes."""
        return self._in_run_up or self

    def with_run_up(self, run_up: "Scenario") -> Self:
        """The same scenario, with another one played in the run-up."""
        following = self.model_copy()
        following._in_run_up = run_up
        return following

    @model_validator(mode="after")
    def validate_consistency(self) -> Self:
        """Every name exists; roles, sequences and outcomes are complete. All problems are listed at once."""
        if problems := find_inconsistencies(self):
            raise ValueError("\n".join(problems))
        return self

    def find_by_role(self, role: str) -> tuple[str, ...]:
        """Keys of the actors that play the role, in file order; disputants with the first side first."""
        if role == "disputant":
            return (self.contest.first, self.contest.second)
        return tuple(key for key, actor in self.actors.items() if role in actor.roles)

    @property
    def actor_ids(self) -> dict[str, str]:
        """Address of each actor's luck by its key: its `id`, or the key itself."""
        return {key: actor.id or key for key, actor in self.actors.items()}

    @property
    def mediator(self) -> str:
        """Key of the mediator, or an empty string."""
        return next(iter(self.find_by_role("mediator")), "")

    @property
    def run_up_account(self) -> RunUpAccount | None:
        """The account of the run-up in use."""
        return self.run_up.accounts.get(self.run_up.account or next(iter(self.run_up.accounts), ""))

    def list_terms(self) -> list[tuple[str, dict[str, str]]]:
        """Name and options of all terms on the menu, named ones first."""
        listed = [(name, terms.options) for name, terms in self.menu.named.items()]
        for row in self.menu.nash:
            listed.append((row.replace(" ", "/"), dict(zip(self.issues, row.split(), strict=True))))
        return listed
