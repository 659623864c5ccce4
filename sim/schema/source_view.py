"""Source view: what one source assumes, grouped in themes; it changes what is believed, never what exists."""

from typing import Any, Literal

from pydantic import Field

from sim.schema.base import Model
from sim.schema.expected_effect import ExpectedEffect
from sim.schema.labels import Label, Text

Theme = Literal[
    "aims",
    "battlefield",
    "cost-and-patience",
    "lever-bite",
    "follow-through",
    "receptiveness-to-words",
    "third-parties",
    "commitment",
    "sequencing",
    "private-stakes",
]


class SourceView(Model):
    """One source's view of the case."""

    view: str
    """Name of the view, author and year."""
    label: Label
    """Name for readers."""
    summary: Text
    """The view in one sentence of ours."""
    author: str = ""
    """The author whose texts it reads; empty for a view of ours."""
    account: str = ""
    """Account of the run-up that the source gives (a key of run_up.accounts), if it gives one."""
    assumes: dict[Theme, dict[str, Any]] = Field(default_factory=dict)
    """Changed quantities, by theme, each at its place in the scenario."""
    silent: dict[Theme, str] = Field(default_factory=dict)
    """Themes on which the source says nothing usable; the base's spread stays."""
    expects: dict[str, ExpectedEffect] = Field(default_factory=dict)
    """What the author says that levers and events do; where the author is silent, there is no entry."""
