"""Lesson page: steps with a prediction before each reveal; whatever is revealed is computed from the model."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.figures.number_text import as_natural_frequency, format_estimate
from analysis.methods.intervals import estimate_share
from sim.ensemble.results import Results
from sim.i18n.messages import format_number, message
from sim.loading.loader import load_case
from sim.loading.translations import translate_case
from sim.web.lesson_files import Lesson, Measure, Step, load_lessons
from sim.web.page_state import PageState
from sim.workflows.explore import Exploration, Explorer

RUNS = 400
"""Runs of each step."""
BANDS = ((0.1, "hardly"), (0.5, "some"), (0.9, "most"), (1.1, "nearly-all"))
"""Answers to a question about a share, each with the share below which it holds."""
DIRECTIONS = ("less", "same", "more")
IN_TIME = {"less": "earlier", "more": "later"}
"""What less and more are called where a week is counted."""
CLEAR_SHARE, CLEAR_COUNT = 0.05, 0.1
"""A share that moves by less than five in a hundred runs, or a count by less than a tenth of itself, stays the same."""

REACH = 1.96
"""Standard errors on either side of a mean that a 95 % interval holds."""


@dataclass(frozen=True)
class Finding:
    """What the model gives for a step."""

    value: float
    """A share, or events per run or per week."""
    text: str
    """The same in words."""
    answer: str
    """Which of the answers is right."""


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
    steps = [
        {
            "step": step,
            "number": number,
            "finding": finding,
            "before": _say_before(step, before),
            "changed": step.against is None and step.compared_label is None,
            "answers": _list_answers(step),
            "address": PageState(lesson.case, lang, changes=step.changes).address(),
        }
        for number, (step, (finding, before)) in enumerate(zip(lesson.steps, found, strict=True), start=1)
    ]
    return {"lesson": lesson, "name": name, "lang": lang, "case": case, "steps": steps, "plan": _plan(lesson)}


def find_all(lesson: Lesson, explorer: Explorer) -> list[tuple[Finding, Finding | None]]:
    """What the model gives for every step, and for the case with which it is compared.

    Args:
        lesson: The lesson.
        explorer: Plays the steps.
    """
    return [_find(lesson.case, step, explorer) for step in lesson.steps]


def _find(case: str, step: Step, explorer: Explorer) -> tuple[Finding, Finding | None]:
    value, text = _play(case, step.changes, step.measure, explorer)
    if _stands_alone(step):
        return Finding(value, text, next(key for below, key in BANDS if value < below)), None
    changes = step.changes if step.compared is None else step.compared
    old, old_text = _play(case, changes, step.against or step.measure, explorer)
    reach = CLEAR_SHARE if step.measure.outcomes else CLEAR_COUNT * max(old, 1e-9)
    answer = "same" if abs(value - old) <= reach else "more" if value > old else "less"
    return Finding(value, text, answer), Finding(old, old_text, "")


def _play(case: str, changes: tuple[str, ...], measure: Measure, explorer: Explorer) -> tuple[float, str]:
    return measure_runs(explorer.play(Exploration(case, changes=changes, runs=RUNS)), measure)


def measure_runs(results: Results, measure: Measure) -> tuple[float, str]:
    """What is counted, and the same in words.

    Args:
        results: Runs of one step, under its first source view.
        measure: What is counted.
    """
    view = next(iter(results.views.values()))
    if measure.outcomes:
        keys = list(results.outcomes)
        hits = sum(view.count(keys.index(key)) for key in measure.outcomes if key in keys)
        share = estimate_share(hits, view.n_matching)
        return share.share, message(
            "pages.reveal-share", share=format_estimate(share), frequency=as_natural_frequency(share.share)
        )
    whole = np.sum(view.columns[measure.per]) if measure.per else view.n_matching
    counted = view.columns[measure.count]
    value = float(np.sum(counted) / max(whole, 1.0))
    apart = counted - value * (view.columns[measure.per] if measure.per else 1.0)
    error = REACH * float(np.sqrt(np.sum(apart**2))) / max(float(whole), 1.0)
    return value, _say_number(value, error, measure)


def _say_number(value: float, error: float, measure: Measure) -> str:
    """A count in words with its interval: per run, per week, or the number of a week."""
    places = 2 if measure.per or (value < 1 and not measure.count.startswith("week")) else 1
    low, high = (format_number(end, places) for end in (max(value - error, 0.0), value + error))
    span = message("figures.to", low=low, high=high)
    many = format_number(value, places)
    if measure.count.startswith("week"):
        return message("pages.reveal-number", many=many, span=span)
    if measure.per:
        return message("pages.reveal-week", many=many, span=span)
    return message("pages.reveal-run", many=many, span=span)


def _stands_alone(step: Step) -> bool:
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


def _list_answers(step: Step) -> list[tuple[str, str]]:
    """Answers that can be given, each with its words."""
    keys = [key for _, key in BANDS] if _stands_alone(step) else list(DIRECTIONS)
    words = IN_TIME if step.measure.count.startswith("week") else {}
    return [(key, message(f"pages.answer-{words.get(key, key)}")) for key in keys]


def _plan(lesson: Lesson) -> list[tuple[int, str]]:
    """The lesson in 45 minutes: opening, steps, discussion with what is left."""
    steps = [(step.minutes, str(step.title)) for step in lesson.steps]
    left = max(45 - 5 - sum(minutes for minutes, _ in steps), 5)
    return [(5, message("pages.plan-opening")), *steps, (left, message("pages.plan-discussion"))]
