"""Open questions: questions that a scenario file leaves open, and how to take another answer."""

from dataclasses import dataclass

from analysis.figures.figure_table import Table
from analysis.report.section import Section
from sim.i18n.messages import message


@dataclass(frozen=True)
class Question:
    """A question with its answers, for readers."""

    name: str
    """Name of the open question."""
    label: str
    """The question."""
    answers: tuple[tuple[str, str], ...]
    """Answers besides the file's own: name and label."""
    chosen_answer: str = ""
    """Name of the answer that was taken in these results; empty for the file's own."""


def build_open_questions_sections(questions: tuple[Question, ...]) -> list[Section]:
    """The section, if the scenario file leaves questions open."""
    if not questions:
        return []
    head = tuple(message(f"report.column-{name}") for name in ("open-question", "question", "answers", "chosen"))
    rows = tuple(
        (one.name, one.label, _format_answers(one), one.chosen_answer or message("report.chosen-own"))
        for one in questions
    )
    table = Table(message("report.open-questions-table"), head, rows)
    return [
        Section(
            "open-questions",
            message("report.open-questions"),
            (message("report.open-questions-said"),),
            tables=(table,),
        )
    ]


def _format_answers(question: Question) -> str:
    return "; ".join(message("report.answer", name=name, label=label) for name, label in question.answers)
