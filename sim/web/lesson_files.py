"""Lesson files: what a lesson says and asks, as data in two languages; numbers come from the model alone."""

from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from sim.i18n.messages import FIRST, get_language
from sim.loading.layered_data import layer_from_file
from sim.loading.strict_yaml import read_yaml
from sim.loading.validation import validate
from sim.schema.base import Model

FOLDER = Path(__file__).parent / "lessons"
CASE_LESSONS = "lessons"
"""Folder beside a scenario in which lessons stand that go through it step by step."""

Expected = Literal["hardly", "some", "most", "nearly-all", "less", "same", "more", "depends"]
"""What the texts of a step take for granted, `depends` where source views differ; a test plays it and compares."""


class Words(Model):
    """A text in every language."""

    en: str = Field(min_length=1)
    """In English."""
    de: str = Field(min_length=1)
    """In German."""

    def __str__(self) -> str:
        """The text in the language in use."""
        return str(getattr(self, get_language(), getattr(self, FIRST)))


class Measure(Model):
    """What is counted in the runs of a step: a share of runs, or a number of events."""

    label: Words
    """What it is, for readers."""
    outcomes: tuple[str, ...] = ()
    """Outcomes, any of which counts."""
    agreements: bool = False
    """True to count all outcomes with an agreement in force, whatever they are called in a case."""
    count: str = ""
    """Column of events, of which there are so many in a run."""
    per: str = ""
    """Column by whose sum the count is divided, such as weeks; runs if empty."""

    @model_validator(mode="after")
    def validate_one(self) -> Self:
        """Either outcomes or events."""
        if (bool(self.outcomes), self.agreements, bool(self.count)).count(True) != 1:
            raise ValueError("give `outcomes`, `agreements` or `count`, one of them")
        return self

    @property
    def is_share(self) -> bool:
        """True for a share of runs."""
        return not self.count

    @property
    def is_week(self) -> bool:
        """True for the number of a week."""
        return self.count.startswith("week")


class Step(Model):
    """A few minutes: a state of the case, a question, and what the model gives."""

    title: Words
    """Heading."""
    text: Words
    """What is told before the question."""
    ask: Words
    """The question; the answer is predicted before it is shown."""
    changes: tuple[str, ...] = ()
    """What is set in the case, each as path=value."""
    compared: tuple[str, ...] | None = None
    """What is set in the case with which this one is compared; none if it stands alone."""
    measure: Measure
    """What is counted."""
    against: Measure | None = None
    """What else is counted in the same runs, with which the measure is compared; none if it stands alone."""
    compared_label: Words | None = None
    """What the case is called with which this one is compared; none if it is this one before the change."""
    reveal: Words
    """Why it comes out so."""
    expect: Expected
    """How it comes out; the words of the step rest on it."""
    minutes: int = Field(ge=1, le=15)
    """How long it takes in class."""
    opens: str = ""
    """Scenario that is explored from the step, where a page cannot set its changes; the case with them if empty."""

    @model_validator(mode="after")
    def validate_compared(self) -> Self:
        """Compared with another case or another measure, not both; only a case has a name."""
        if self.against is not None and self.compared is not None:
            raise ValueError("give `compared` or `against`, not both")
        if self.compared_label is not None and self.compared is None:
            raise ValueError("`compared_label` names what stands under `compared`")
        return self


class RealStep(Model):
    """The last step, with a case about real events: a question that any case can answer."""

    text: Words
    """What is done."""
    ask: Words
    """The question; the answer is predicted before it is shown."""
    changes: tuple[str, ...] = ()
    """What is set, each as path=value; `{side}` stands for each of both sides, `{sequence}` for each order of steps."""
    measure: Measure
    """What is counted."""
    against: Measure | None = None
    """What else is counted in the same runs, with which the measure is compared."""
    look: Words
    """What to look at once the case is open."""
    caveat: Words
    """What must not be concluded."""


class Lesson(Model):
    """A lesson on one case."""

    order: int
    """Place in the list."""
    case: str
    """Name of the scenario."""
    title: Words
    """Name."""
    aim: Words
    """What students can say afterwards."""
    opening: Words
    """The situation."""
    steps: tuple[Step, ...] = Field(min_length=2)
    """Steps, in order."""
    caveat: Words
    """What the model leaves out."""
    misunderstandings: tuple[Words, ...] = Field(min_length=1)
    """What students often conclude wrongly, and what to answer."""
    discuss: tuple[Words, ...] = Field(min_length=2)
    """Questions for the end."""
    real: RealStep
    """The last step, with a case about real events, which a teacher opens."""
    reading: tuple[str, ...] = Field(min_length=1)
    """Where to read on."""
    researchers: Words
    """How the effect stands in the model, with its terms."""


class CaseLesson(Model):
    """What a case about real events has of its own in a lesson."""

    opening: Words
    """The situation."""
    steps: tuple[Step, ...] = Field(min_length=2)
    """Steps, in order; each is asked under every source view."""
    caveat: Words
    """What the model leaves out, and what must not be concluded."""
    discuss: tuple[Words, ...] = Field(min_length=2)
    """Questions for the end."""


def find_case_lesson(main_file: Path, name: str) -> CaseLesson | None:
    """What a case has of its own in a lesson; none if its folder has no such file.

    Args:
        main_file: The scenario.
        name: Name of the lesson.

    Raises:
        ScenarioError: the file has another form.
    """
    path = main_file.parent / CASE_LESSONS / f"{name}.yaml"
    if not path.is_file():
        return None
    file = read_yaml(path)
    return validate(CaseLesson, file.data, layer_from_file(file))


@cache
def load_lessons() -> dict[str, Lesson]:
    """All lessons by name, in their order.

    Raises:
        ScenarioError: a file has another form.
    """
    found = {}
    for path in FOLDER.glob("*.yaml"):
        file = read_yaml(path)
        found[path.stem] = validate(Lesson, file.data, layer_from_file(file))
    return dict(sorted(found.items(), key=lambda one: one[1].order))
