"""Lesson: what a case shows, what is expected of it beside what its runs show, and what one may try."""

import shlex
from collections.abc import Mapping, Sequence

from analysis.figures.figure_table import Table
from analysis.figures.number_text import format_estimate, format_share
from analysis.methods.expectations import SeenExpectation, compute_expectations
from analysis.report.section import Section
from sim.ensemble.results import Results
from sim.i18n.messages import format_number, message
from sim.schema.expectation import Expectation
from sim.schema.scenario import Scenario


def build_lesson_sections(results: Results, scenarios: Mapping[str, Scenario]) -> list[Section]:
    """The section, if the case says what it shows."""
    case = next(iter(scenarios.values()), None)
    if case is None or not case.shows:
        return []
    seen = compute_expectations(results, scenarios)
    changed = bool(case.expected) and not seen
    said = (case.shows, *((message("report.lesson-changed"),) if changed else ()))
    tables = (build_expectations_table(seen),) if seen else ()
    points = tuple((label, command) for label, command in list_attempts(results.manifest.scenario, case))
    return [Section("lesson", message("report.lesson"), said, tables=tables, points=points)]


def build_expectations_table(seen: Sequence[SeenExpectation]) -> Table:
    """Expected beside seen."""
    several = len({one.view for one in seen}) > 1
    views = (message("report.column-view"),) if several else ()
    head = (*(message(f"report.lesson-{name}") for name in ("expected", "bound", "seen", "met")), *views)
    rows = tuple(
        (
            one.expected.label,
            _format_bound(one.expected),
            _format_seen(one),
            message("report.lesson-yes" if one.met else "report.lesson-no"),
            *((one.view,) if several else ()),
        )
        for one in seen
    )
    return Table(message("report.lesson-table"), head, rows)


def _format_bound(expected: Expectation) -> str:
    if expected.signed_from_week is not None:
        return message("report.lesson-from-week", week=format_number(expected.signed_from_week))
    low, high = expected.at_least, expected.at_most
    if low is not None and high is not None:
        return message("report.lesson-between", low=format_share(low), high=format_share(high))
    if low == 1.0 or high == 0.0:
        return format_share(low or 0.0)
    bound, key = (low, "at-least") if low is not None else (high or 0.0, "at-most")
    return message(f"report.lesson-{key}", share=format_share(bound))


def _format_seen(one: SeenExpectation) -> str:
    if one.share is not None:
        return format_estimate(one.share)
    if one.expected.signed_from_week is None:
        return message("report.lesson-no-agreement")
    if one.first_week is None:
        return message("report.lesson-no-signature")
    return message("report.lesson-first-week", week=format_number(one.first_week))


def list_attempts(name: str, case: Scenario) -> list[tuple[str, str]]:
    """What one may try, and the command for it.

    Args:
        name: Name of the scenario.
        case: The scenario, with its texts in the language in use.
    """
    return [
        (one.label, shlex.join(["zopa", "run", name, *(word for change in one.changes for word in ("--set", change))]))
        for one in case.attempts.values()
    ]
