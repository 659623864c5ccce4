"""Loaded case: a scenario as loaded, with its view, its evidence and the words it was made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from sim.schema.claim import Claim
from sim.schema.coder import Coder
from sim.schema.labels import Key
from sim.schema.open_question import OpenQuestion
from sim.schema.quantity import WithReason
from sim.schema.scenario import Scenario
from sim.schema.source import Source
from sim.schema.source_view import SourceView

HoldsFrom = Literal["week-1", "always"]
"""From when a changed assumption holds."""

WEEK_1: HoldsFrom = "week-1"
"""From week 1 on: the run-up, and with it the runs that match, are those of the unchanged case."""

ALWAYS: HoldsFrom = "always"
"""In the run-up, too: other runs may match."""


class ScenarioChange(WithReason):
    """A scenario file that changes another one, and says why."""

    extends: str
    """The file it changes: the name of a file beside it, or a path from it (`base`, `../other/base.yaml`)."""
    title: str = ""
    """Name of the scenario; empty for that of the file it changes."""
    question: str = ""
    """The question it asks; empty for that of the file it changes."""
    changes: dict[str, Any] = Field(default_factory=dict)
    """What is done, dated or possible from week 1 on, each at its place in the scenario; `key: null` removes."""
    assume: dict[str, Any] = Field(default_factory=dict)
    """What is believed from week 1 on under every source view: quantities and weights, each at its place."""
    open_questions: dict[Key, OpenQuestion] = Field(default_factory=dict)
    """Questions that the file leaves open, with answers besides its own; `--answer name=answer` takes one."""

    @model_validator(mode="after")
    def validate_content(self) -> Self:
        """Something is changed, a decision or an assumption."""
        if not self.changes and not self.assume:
            raise ValueError(
                "changes: is missing; give `changes`: what is done, dated or possible from week 1 on, each at its "
                "place in the scenario, or `assume`: what is believed"
            )
        return self


@dataclass(frozen=True)
class LoadedCase:
    """One scenario seen through one source view (or none), with everything a run and its manifest need."""

    name: str
    """Folder and file, such as `textbook/two-towns`."""
    path: Path
    """The scenario file."""
    scenario: Scenario
    """The nouns, checked."""
    view: SourceView | None
    """The view, if one was asked for."""
    sources: Mapping[str, Source]
    """Texts, by key."""
    claims: Mapping[str, Claim]
    """Our readings of them, by key."""
    text: Mapping[str, Any]
    """The merged data as plain mappings, for the manifest; not to be changed."""
    run_up_text: Mapping[str, Any] | None
    """The same for the run-up, where a scenario file's changes do not hold yet; none if they are the same."""
    changes: tuple[str, ...]
    """What scenario files assume, what sides of contradictions believe and what was set, each as path=value."""
    assumed: tuple[str, ...]
    """Those of the changes that scenario files assume."""
    answers: tuple[str, ...]
    """Answers that were taken, each as name=answer."""
    holds_from: HoldsFrom
    """From when the changes hold; always where there are none, or no run-up."""
    files: tuple[Path, ...]
    """Every file that was read, the scenario file first."""
    coders: Mapping[str, Coder] = field(default_factory=dict)
    """Who or what made and read the claims, by initial; empty if the case does not say."""

    @property
    def title(self) -> str:
        """Name of the scenario for readers."""
        return self.scenario.title
