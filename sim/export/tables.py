"""Tables: stored results as columns with names - every run, counts by week, and what was agreed on each issue."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.block import NO_SEQUENCE
from sim.ensemble.results import Results, ViewRuns
from sim.export.column_meanings import ISSUES, WEEKS, ColumnMeaning, describe_runs_column
from sim.schema.scenario import Scenario
from sim.storage.rebuild import rebuild_view

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
    """How it is written: csv or parquet."""

    @property
    def file(self) -> str:
        """Name of its file."""
        return f"{self.name}.{self.form}"

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
