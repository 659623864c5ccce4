"""Switches: questions that a scenario file leaves open, and how to take another answer."""

from dataclasses import dataclass

from analysis.figures.table import Table
from analysis.report.section import Section
from sim.language.tongue import say


@dataclass(frozen=True)
class Question:
    """A question with its answers, for readers."""

    name: str
    """Name of the switch."""
    label: str
    """The question."""
    answers: tuple[tuple[str, str], ...]
    """Answers besides the file's own: name and label."""
    taken: str = ""
    """Name of the answer that was taken in these results; empty for the file's own."""


def switches(questions: tuple[Question, ...]) -> list[Section]:
    """The section, if the scenario file leaves questions open."""
    if not questions:
        return []
    head = tuple(say(f"report.column-{name}") for name in ("switch", "question", "answers", "taken"))
    rows = tuple((one.name, one.label, _answers(one), one.taken or say("report.taken-own")) for one in questions)
    table = Table(say("report.switches-table"), head, rows)
    return [Section("switches", say("report.switches"), (say("report.switches-said"),), tables=(table,))]


def _answers(question: Question) -> str:
    return "; ".join(say("report.answer", name=name, label=label) for name, label in question.answers)
