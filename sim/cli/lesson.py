"""Lesson: what a case shows, expected beside seen, and what one may try, for a reader at a terminal."""

from typing import TYPE_CHECKING

from analysis.report.lesson import build_expectations_table, list_attempts
from sim.cli.console import print_result, print_table

if TYPE_CHECKING:
    from sim.workflows.save_results import SavedResults


def show_lesson(saved: "SavedResults") -> None:
    """What the case shows; nothing where it does not say."""
    case = next(iter(saved.scenarios.values()), None)
    if case is None or not case.shows:
        return
    print_result(f"Shows: {case.shows}")
    if saved.expectations:
        print_table(build_expectations_table(saved.expectations))
    for label, command in list_attempts(saved.results.manifest.scenario, case):
        print_result(f"Try – {label}:\n  {command}")
