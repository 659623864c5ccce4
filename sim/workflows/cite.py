"""Cite: what stands behind a number, an actor, a lever, a source view, a claim or a text."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.errors import UsageError, suggest
from sim.evidence.citation import Cited
from sim.evidence.source_texts import SourceTexts, TextError
from sim.loading.discovery import find_default_case
from sim.workflows.data_frame import make_frame
from sim.workflows.evidence_search import EvidenceSearch
from sim.workflows.text_table import TextDisplay


@dataclass(frozen=True, repr=False)
class Citations(TextDisplay):
    """What something rests on."""

    scenario: str
    """Name of the scenario."""
    what: str
    """What was asked for."""
    found: tuple[Cited, ...]
    """Everything of that name, with its claims and places."""
    texts: SourceTexts | None = None
    """The original texts, if they are at hand."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines.

        Raises:
            UsageError: an original text cannot be read.
        """
        try:
            return {
                "scenario": self.scenario,
                "what": self.what,
                "found": [one.as_json(self.texts) for one in self.found],
            }
        except TextError as error:
            raise UsageError(str(error)) from None

    def to_frame(self) -> Any:
        """One row per thing that was found, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame(one.as_json() for one in self.found)

    def find_differing_texts(self) -> tuple[str, ...]:
        """Which of the original texts are not the copies that were read, each as a sentence."""
        cited = dict.fromkeys(key for one in self.found for key in one.sources()) if self.texts else {}
        try:
            return tuple(dict.fromkeys(text for key in cited if self.texts and (text := self.texts.check_copy(key))))
        except TextError as error:
            raise UsageError(str(error)) from None

    def __str__(self) -> str:
        try:
            return "\n\n".join("\n".join(one.lines(self.texts)) for one in self.found)
        except TextError as error:
            raise UsageError(str(error)) from None


def cite(what: str, case: str | Path | None = None, *, texts: str | Path | None = None) -> Citations:
    """What a number, an actor, a lever or a source view rests on: claims with their paragraphs, or our assumption.

    Args:
        what: A place such as contest.noise, an actor, a lever, a source view, a claim, a source or a row of evidence.
        case: Name, file or folder of the scenario; the default case if left out.
        texts: Folder with the original texts, whose cited paragraphs stand under our readings.

    Returns:
        Everything of that name, with its claims and places; `print` shows it as text.

    Raises:
        ScenarioError: something in the scenario does not fit.
        UsageError: nothing is called so; the text says what is nearest.
    """
    evidence = EvidenceSearch.load(str(find_default_case() if case is None else case))
    found = evidence.find(what)
    if not found:
        remedy = suggest(what, evidence.find_nearby(what))
        raise UsageError(f"nothing in {evidence.base.name} is called {what!r}; {remedy}")
    originals = SourceTexts(Path(texts), evidence.base.sources) if texts else None
    return Citations(evidence.base.name, what, tuple(found), originals)
