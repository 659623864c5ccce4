"""Tables: results as columns with names - every run, counts by week, what was agreed on each issue, and runs replayed.

Runs are replayed for events and weekly series only; all else is stored.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.block import NO_SEQUENCE
from sim.ensemble.results import Results, ViewRuns
from sim.experiments.weekly_series import WeeklySeries, compute_weekly_series
from sim.export.column_meanings import AGREED, EVENTS, ISSUES, WEEKLY_SERIES, WEEKS, ColumnMeaning, describe_runs_column
from sim.i18n.messages import get_language
from sim.loading.translations import translate_case
from sim.narrative.narrator import narrate_run
from sim.schema.scenario import Scenario
from sim.storage.rebuild import rebuild_view

WORKBOOK = "tables.xlsx"
EVENT_RUNS = 5
"""Runs of each source view that are narrated; each takes about a third of a second."""

SERIES_RUNS = 100
"""Runs of each source view that are followed week by week."""


Cells = Sequence[Any] | NDArray[Any]
"""The cells of a column: texts, numbers, or nothing where there is none."""


@dataclass(frozen=True)
class Table:
    """A table, column by column."""

    name: str
    """Its name, which is that of its file."""
    columns: tuple[ColumnMeaning, ...]
    """What its columns mean."""
    cells: tuple[Cells, ...]
    """Their cells, all of one length."""
    form: str = "csv"
    """How it is written: csv, parquet or xlsx."""

    @property
    def file(self) -> str:
        """Name of its file; all sheets of a workbook are in one."""
        return WORKBOOK if self.form == "xlsx" else f"{self.name}.{self.form}"

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.cells[0])


def build_runs_table(results: Results) -> Table:
    """One row per matching run of every source view, with every column that is stored."""
    views = results.views.values()
    keys = np.array(list(results.outcomes), dtype=np.str_)
    names = list(next(iter(views)).columns)
    cells: dict[str, Cells] = {"view": np.repeat([view.name for view in views], [view.n_matching for view in views])}
    for name in names:
        cells[name] = np.concatenate([view.columns[name] for view in views])
    cells["outcome"] = keys[np.asarray(cells["outcome"]).astype(np.int64)]
    typed = [_convert_cells(describe_runs_column(name), cells[name]) for name in cells]
    return Table("runs", tuple(column for column, _ in typed), tuple(found for _, found in typed))


def _convert_cells(column: ColumnMeaning, cells: Cells) -> tuple[ColumnMeaning, Cells]:
    """Whole numbers as such, if all of them are; older results may hold others."""
    if column.kind != "whole number":
        return column, cells
    values = np.asarray(cells)
    if column.name.endswith("_prefers"):
        return column, [None if value == NO_SEQUENCE else int(value) for value in values]
    with np.errstate(invalid="ignore"):
        whole = values.astype(np.int64)
    lossless = whole.astype(np.float64).tobytes() == values.astype(np.float64).tobytes()
    return (column, whole) if lossless else (replace(column, kind="number"), cells)


def build_weeks_table(results: Results) -> Table:
    """Runs of every source view in each outcome's state after each week."""
    rows = [
        (name, week, outcome, int(count))
        for name, view in results.views.items()
        for week, counts in enumerate(view.by_week, start=1)
        for outcome, count in zip(results.outcomes, counts, strict=True)
    ]
    return make_table("weeks", WEEKS, rows)


def build_issues_table(results: Results) -> Table:
    """What was agreed on each issue in runs with an agreement in force at the horizon."""
    rows = [
        (view.name, run, outcome, terms, sequence, issue, option)
        for view in results.views.values()
        for packages in (list_menu_packages(rebuild_view(results.manifest, view.name).scenario),)
        for run, outcome, draft in _list_agreements(results, view)
        for terms, sequence, options in (packages[draft],)
        for issue, option in options.items()
    ]
    return make_table("issues", ISSUES, rows)


def build_agreed_table(results: Results) -> Table:
    """How many agreements in force have each answer to each issue, and each sequence."""
    rows = [
        (view.name, issue, option, runs, sum(counts.values()))
        for view in results.views.values()
        for issue, counts in count_answers(results, view).items()
        for option, runs in counts.items()
    ]
    return make_table("agreed", AGREED, rows)


def count_answers(results: Results, view: ViewRuns) -> dict[str, dict[str, int]]:
    """Agreements in force by issue and answer, and by sequence; every answer that a package of the menu has."""
    scenario = rebuild_view(results.manifest, view.name).scenario
    packages = list_menu_packages(scenario)
    counts = {key: dict.fromkeys(issue.options, 0) for key, issue in scenario.issues.items()}
    counts["sequence"] = dict.fromkeys(scenario.sequences, 0)
    for _, _, draft in _list_agreements(results, view):
        _, sequence, options = packages[draft]
        for issue, option in (*options.items(), ("sequence", sequence)):
            counts[issue][option] += 1
    return counts


def _list_agreements(results: Results, view: ViewRuns) -> list[tuple[int, str, int]]:
    """Runs with an agreement in force: number, outcome, and number of the package."""
    keys = list(results.outcomes)
    chosen = zip(*(view.columns[name].astype(np.int64).tolist() for name in ("run", "outcome", "draft")), strict=True)
    return [
        (run, keys[outcome], draft) for run, outcome, draft in chosen if keys[outcome] in results.manifest.agreements
    ]


def list_menu_packages(scenario: Scenario) -> list[tuple[str, str, dict[str, str]]]:
    """Terms, sequence and option on each issue of every package of the menu, in order of their numbers."""
    return [(name, sequence, options) for name, options in scenario.list_terms() for sequence in scenario.sequences]


def make_table(name: str, columns: tuple[ColumnMeaning, ...], rows: Sequence[Sequence[Any]]) -> Table:
    """A table from its rows."""
    return Table(name, columns, tuple(zip(*rows, strict=True)) if rows else tuple(() for _ in columns))


def build_events_table(results: Results, runs: int | None = None) -> Table:
    """The first matching runs of every source view, narrated in the language in use."""
    rows = [row for view in results.views.values() for row in _narrate_events(results, view, runs or EVENT_RUNS)]
    return make_table("events", EVENTS, rows)


def _narrate_events(results: Results, view: ViewRuns, runs: int) -> Iterator[tuple[Any, ...]]:
    manifest = results.manifest
    case, _ = translate_case(rebuild_view(manifest, view.name), get_language())
    for run in view.columns["run"][:runs].astype(np.int64).tolist():
        story = narrate_run(case, run, manifest.seed, manifest.horizon_weeks)
        for place, event in enumerate(story.events, start=1):
            before, after = (None if number is None else float(number) for number in (event.before, event.after))
            yield (
                *(view.name, run, event.week, place, event.actor, event.rule, event.what),
                *(before, after, event.sentence, "; ".join(event.reasons)),
            )


def build_weekly_series_table(results: Results, runs: int | None = None) -> Table:
    """The first matching runs of every source view, week by week."""
    manifest, rows = results.manifest, []
    for view in results.views.values():
        first = view.columns["run"][: runs or SERIES_RUNS].astype(np.int64)
        if first.size:
            found = compute_weekly_series(
                rebuild_view(manifest, view.name).scenario, manifest.seed, first, manifest.horizon_weeks
            )
            rows += [(view.name, *row) for row in _list_series_rows(found)]
    return make_table("weekly_series", WEEKLY_SERIES, rows)


def _list_series_rows(found: WeeklySeries) -> Iterator[tuple[Any, ...]]:
    """Run, week, space, who, what and value of everything in weekly series."""
    tables = [("world", "", found.world)]
    tables += [("actor", key, table) for key, table in found.actors.items()]
    tables += [("belief", key, {"chance": values}) for key, values in found.beliefs.items()]
    tables += [("lever", key, table) for key, table in found.levers.items()]
    weeks = found.weeks.tolist()
    for place, run in enumerate(found.runs.tolist()):
        for space, who, table in tables:
            for what, values in table.items():
                followed = zip(weeks, values[:, place].tolist(), strict=True)
                yield from ((run, week, space, who, what, value) for week, value in followed)
