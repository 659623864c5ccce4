"""Evidence row: one row of the list of what the texts say, with what became of it in the model."""

from typing import Literal, Self

from pydantic import Field, model_validator

from sim.schema.base import Model
from sim.schema.passage import At, Passage


class WithPassages(Model):
    """Anything that rests on a passage, or on several."""

    source: str = ""
    """Key of the source in sources.yaml, where one source says it."""
    at: At | None = None
    """Place in that source: paragraphs (7 or 7,10-12), pages (p. 214), minutes (min 12) or a folder (folder B 3)."""
    sources: tuple[Passage, ...] = ()
    """Passages, where several sources say it."""

    @model_validator(mode="after")
    def validate_source_and_paragraph(self) -> Self:
        """One passage is written as `source` and `at`, several as a list under `sources`."""
        if bool(self.source) != (self.at is not None):
            raise ValueError("`source` and `at` belong together")
        if self.source and self.sources:
            raise ValueError("give `source` and `at`, or `sources`, not both")
        return self

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage it rests on."""
        return (Passage(source=self.source, at=self.at), *self.sources) if self.at is not None else self.sources


class EvidenceRow(WithPassages):
    """One row of the list of what the texts say: a position, a lever, a mechanism and so on."""

    gist: str = Field(min_length=1)
    """What it says, in one short line of ours."""
    actor: str = ""
    """Whose position or step it is, in the words of the list."""
    speaker: str = ""
    """Who speaks inside the source, where it is not its author."""
    used_by: tuple[str, ...] = ()
    """Places that use it without a claim: `outcomes.<key>`, `tags.<column>`, `rules.<file>`, `scenarios.<file>`."""
    not_used: str = ""
    """Why nothing uses it; empty if something does."""

    @model_validator(mode="after")
    def validate_passage(self) -> Self:
        """Every row names where it stands in the texts."""
        if not self.passages:
            raise ValueError("name where it stands: `source` and `at`, or `sources`")
        return self


Standing = Literal["before", "dated", "observed", "planned"]
"""How the model may use an event of the history."""


class HistoricalEvent(WithPassages):
    """A dated event. It may be compared with runs afterwards; no run reads it."""

    week: int | None = None
    """Week of the scenario's calendar in which it lies, week 1 being the first; 0 and below before it."""
    date: str
    """Date as exact as the texts allow: a day, a month, a year, or two of them joined by a slash."""
    what: str = Field(min_length=1)
    """What happened, in our words, with whose account it is where accounts differ."""
    stands: Standing
    """`before` week 1; `dated` by a scenario file; `observed` from week 1 on; `planned`, and not seen to happen."""
    dated_by: tuple[str, ...] = ()
    """Scenario files that take its date over."""
    compare_with: tuple[str, ...] = ()
    """Columns of the results with which it may be compared."""
    claims: tuple[str, ...] = ()
    """Claims that report it."""
    disputed: str = ""
    """Where accounts of it or of its date differ; empty if they do not."""

    @model_validator(mode="after")
    def validate_source(self) -> Self:
        """An event is reported by claims or stands at a passage."""
        if not self.claims and not self.passages:
            raise ValueError("say who reports it: `claims`, or `source` and `at`")
        if (self.stands == "dated") != bool(self.dated_by):
            raise ValueError("`stands: dated` and `dated_by` belong together")
        return self
