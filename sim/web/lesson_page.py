"""Lesson page: steps with a prediction before each reveal; whatever is revealed is computed from the model."""

from dataclasses import dataclass
from typing import Any

from analysis.methods.change_words import describe_change
from sim.ensemble.results import Results
from sim.i18n.messages import message
from sim.loading.loader import load_case
from sim.loading.translations import translate_case
from sim.web.charts import draw_fills
from sim.web.lesson_chart import Mark, StepChart, draw_step
from sim.web.lesson_files import Lesson, Measure, Step, load_lessons
from sim.web.lesson_measure import Measured, measure_runs
from sim.web.page_state import PageState
from sim.web.picture import describe_picture
from sim.web.week_panels import WeekPanels, build_week_panels
from sim.workflows.explore import Exploration, Explorer
from sim.workflows.localized_results import localize

RUNS = 400
"""Runs of each step."""
BANDS = ((0.1, "hardly"), (0.5, "some"), (0.9, "most"), (1.1, "nearly-all"))
"""Answers to a question about a share, each with the share below which it holds."""
DIRECTIONS = ("less", "same", "more")
IN_TIME = {"less": "earlier", "more": "later"}
"""What less and more are called where a week is counted."""
CLEAR_SHARE, CLEAR_COUNT = 0.05, 0.1
"""A share that moves by less than five in a hundred runs, or a count by less than a tenth of itself, stays the same."""


@dataclass(frozen=True)
class Finding:
    """What the model gives for a step, or for the case with which it is compared."""

    measured: Measured
    """What was counted."""
    results: Results
    """The runs in which it was counted."""
    answer: str = ""
    """Which of the answers is right; none for what a step is compared with."""

    @property
    def text(self) -> str:
        """What was counted, in words."""
        return self.measured.text


def find_lesson(name: str) -> Lesson | None:
    """The lesson of a name; none if there is none."""
    return load_lessons().get(name)


def list_lessons(lang: str) -> list[dict[str, Any]]:
    """Name, title, aim and minutes of all lessons."""
    return [
        {
            "title": str(one.title),
            "aim": str(one.aim),
            "minutes": sum(step.minutes for step in one.steps),
            "address": f"/lessons/{name}?lang={lang}",
        }
        for name, one in load_lessons().items()
    ]


def build_lesson(lesson: Lesson, lang: str, explorer: Explorer) -> dict[str, Any]:
    """Everything that the pages of a lesson show.

    Args:
        lesson: The lesson.
        lang: Language of all words.
        explorer: Plays the steps.
    """
    case, _ = translate_case(load_case(lesson.case), lang)
    found = find_all(lesson, explorer)
    name = next(key for key, one in load_lessons().items() if one is lesson)
    outcomes = localize(found[0][0].results, lang).results.outcomes
    return {
        "lesson": lesson,
        "name": name,
        "is_own": False,
        "sheets": {one: f"/lessons/{name}/{one}?lang={lang}" for one in ("teacher", "handout")},
        "lang": lang,
        "case": case,
        "steps": [_describe_step(lesson, number, *one, lang) for number, one in enumerate(found, start=1)],
        "plan": plan_lesson(lesson),
        "fills": draw_fills(outcomes),
        "outcomes": list(enumerate(outcomes.values())),
    }


def _describe_step(lesson: Lesson, number: int, finding: Finding, before: Finding | None, lang: str) -> dict[str, Any]:
    """What a step shows."""
    step = lesson.steps[number - 1]
    was = _say_before(step, before)
    return {
        "step": step,
        "number": number,
        "answer": finding.answer,
        "before": was,
        "big": finding.text,
        "said": [finding.text, *([was] if was else [])],
        "hollow": "",
        "picture": _picture(step, finding, lang),
        "changed": step.against is None and step.compared_label is None,
        "answers": list_answers(step.measure, stands_alone=stands_alone(step)),
        "chart": _draw(step, finding, before),
        "weeks": _draw_weeks(step, finding, before, lang),
        "address": PageState(lesson.case, lang, changes=step.changes).address(),
    }


def find_all(lesson: Lesson, explorer: Explorer) -> list[tuple[Finding, Finding | None]]:
    """What the model gives for every step, and for the case with which it is compared.

    Args:
        lesson: The lesson.
        explorer: Plays the steps.
    """
    return [_find(lesson.case, step, explorer) for step in lesson.steps]


def _find(case: str, step: Step, explorer: Explorer) -> tuple[Finding, Finding | None]:
    results = explorer.play(Exploration(case, changes=step.changes, runs=RUNS))
    now = measure_runs(results, step.measure)
    if stands_alone(step):
        return Finding(now, results, find_band(now)), None
    changes = step.changes if step.compared is None else step.compared
    others = explorer.play(Exploration(case, changes=changes, runs=RUNS))
    old = measure_runs(others, step.against or step.measure)
    return Finding(now, results, find_direction(now, old, step.measure)), Finding(old, others)


def find_band(found: Measured) -> str:
    """The answer to a question about a share that stands alone.

    Args:
        found: The share.
    """
    return next(key for below, key in BANDS if found.value < below)


def find_direction(found: Measured, before: Measured, measure: Measure) -> str:
    """The answer to a question about more or less.

    Args:
        found: What was counted.
        before: That with which it is compared.
        measure: What it is.
    """
    reach = CLEAR_SHARE if measure.is_share else CLEAR_COUNT * max(before.value, 1e-9)
    if abs(found.value - before.value) <= reach:
        return "same"
    return "more" if found.value > before.value else "less"


def _draw(step: Step, found: Finding, before: Finding | None) -> StepChart:
    """Dots of the step and of what it is compared with, on one axis."""
    measures = [step.measure, *([step.against] if step.against else [])]
    marks = [] if before is None else [Mark(_name_before(step), before.measured)]
    marks.append(Mark(_name_now(step, before), found.measured))
    return draw_step(marks, measures, f"{step.title}: {step.measure.label}")


def _picture(step: Step, found: Finding, lang: str) -> str:
    """What the chart says of itself once it has left the page."""
    manifest = localize(found.results, lang).results.manifest
    changed = [describe_change(manifest.text, change) for change in step.changes]
    return describe_picture(manifest, changed, title=f"{step.title}: {step.measure.label}")


def _name_now(step: Step, before: Finding | None) -> str:
    label = str(step.measure.label)
    return label if before is None or step.against else message("pages.chart-now", label=label)


def _name_before(step: Step) -> str:
    if step.against is not None:
        return str(step.against.label)
    return str(step.compared_label or message("pages.chart-was", label=step.measure.label))


def _draw_weeks(step: Step, found: Finding, before: Finding | None, lang: str) -> WeekPanels | None:
    """States over weeks, where the step asks for the state at the end or for a week."""
    if not (step.measure.is_share or step.measure.is_week):
        return None
    drawn = [(_name_now(step, before), found, False)]
    if before is not None and step.against is None:
        drawn = [(_name_before(step), before, True), *drawn]
    said = localize(found.results, lang).results
    views = [(label, next(iter(one.results.views.values())), quiet) for label, one, quiet in drawn]
    return build_week_panels(said.manifest, views, said.outcomes)


def stands_alone(step: Step) -> bool:
    """True if a step is compared with nothing.

    Args:
        step: The step.
    """
    return step.compared is None and step.against is None


def _say_before(step: Step, before: Finding | None) -> str:
    """What the step is compared with, in words; empty if nothing."""
    if before is None:
        return ""
    if step.compared_label is not None:
        return message("pages.compared-was", label=step.compared_label, text=before.text)
    if step.against is not None:
        return message("pages.compared-was", label=step.against.label, text=before.text)
    return message("pages.before-was", label=step.measure.label, text=before.text)


def list_answers(measure: Measure, *, stands_alone: bool) -> list[tuple[str, str]]:
    """Answers that can be given, each with its words.

    Args:
        measure: What is asked for.
        stands_alone: True if it is compared with nothing.
    """
    keys = [key for _, key in BANDS] if stands_alone else list(DIRECTIONS)
    words = IN_TIME if measure.is_week else {}
    return [(key, message(f"pages.answer-{words.get(key, key)}")) for key in keys]


def plan_lesson(lesson: Lesson) -> list[tuple[int, str]]:
    """The lesson in 45 minutes: opening, steps, discussion with what is left.

    Args:
        lesson: The lesson.
    """
    steps = [(step.minutes, str(step.title)) for step in lesson.steps]
    left = max(45 - 5 - sum(minutes for minutes, _ in steps), 5)
    return [(5, message("pages.plan-opening")), *steps, (left, message("pages.plan-discussion"))]
