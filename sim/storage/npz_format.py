"""Npz format: all runs as named arrays in one zip of NumPy files, which any NumPy reads with `np.load`.

`runs/<column>` has one row per matching run of every source view, whole numbers as signed ones with room for the
difference of any two; `runs/view` is a place in the table `views`, `runs/outcome` one in the table `outcomes`. By
source view: `by_week/<view>` (weeks, outcomes), `opening/<view>` (10, 50, 90%; names in `opening_of/<view>`) and, in
the order of `views`, `drawn`.

What is read back must be what the manifest promises: no more views, weeks, outcomes and runs than it has, every number
finite, counts that agree with one another. The tables are read first; they say how many rows there may be.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.column_bounds import Bounds
from sim.ensemble.columns import LazyColumns, downcast_exact
from sim.ensemble.manifest import Manifest
from sim.ensemble.results import Results, ViewRuns
from sim.storage.array_file import ArrayFile, open_arrays
from sim.storage.bounded_read import MEGABYTE

MANY = 200_000
"""Rows from which columns are made float64 only when they are asked for, one at a time."""

MOST_COLUMNS = 256
"""Columns of a table of runs at most, beside one for each lever."""

RUNS_TABLE, VIEW = "runs/", "runs/view"
BY_WEEK, OPENING, OPENING_NAMES = "by_week", "opening", "opening_of"
PERCENTILES = 3


def to_arrays(results: Results) -> Iterator[tuple[str, NDArray[Any]]]:
    """All runs as one table, its key tables, and what belongs to each source view; one array at a time."""
    views = results.views
    names = list(next(iter(views.values())).columns) if views else []
    if "view" in names or any(list(view.columns) != names or view.name != key for key, view in views.items()):
        raise ValueError("source views need the same columns in the same order, none of them called 'view'")
    matching = np.array([view.n_matching for view in views.values()], dtype=np.int64)
    yield "views", np.array(list(views), dtype=np.str_)
    yield "outcomes", np.array(list(results.outcomes), dtype=np.str_)
    yield "drawn", np.array([view.n_drawn for view in views.values()], dtype=np.int64)
    yield "runs/view", downcast_exact(np.repeat(np.arange(matching.size, dtype=np.float64), matching))
    for name in names:
        yield f"runs/{name}", downcast_exact(np.concatenate([view.columns[name] for view in views.values()]))
    for key, view in views.items():
        yield f"by_week/{key}", view.by_week
        yield f"opening_of/{key}", np.array(list(view.opening), dtype=np.str_)
        yield f"opening/{key}", np.array(list(view.opening.values()), dtype=np.float64).reshape(-1, 3)


def measure_most(manifest: Manifest) -> int:
    """Bytes that the arrays of such results may have at most."""
    views, levers = len(manifest.view_texts), manifest.text.get("levers")
    columns = MOST_COLUMNS + (len(levers) if isinstance(levers, dict) else 0)
    return MEGABYTE + views * (8 * columns * manifest.runs_asked + 4 * MEGABYTE)


def read_views(path: Path, manifest: Manifest, bounds: Mapping[str, Bounds] | None = None) -> dict[str, ViewRuns]:
    """The runs of every source view, if they are what the manifest promises.

    Args:
        path: The file.
        manifest: How the runs were made.
        bounds: The columns that there must be, and between which numbers; any columns if left out.

    Raises:
        OSError, ValueError and others among UNREADABLE: the file is not there, or not of this form.
    """
    with open_arrays(path, measure_most(manifest)) as file:
        names = _read_names(file, manifest)
        drawn = _read_whole(file, "drawn", (len(names),))
        weeks = {name: _read_by_week(file, name, manifest) for name in names}
        opening = {name: _read_opening(file, name) for name in names}
        counts = np.array([by_week[-1].sum() for by_week in weeks.values()])
        _require(np.all(counts <= np.minimum(drawn, manifest.runs_asked)), "has more matching runs than were drawn")
        stored = _read_columns(file, counts, names)
        if bounds is not None:
            _check_columns(stored, bounds)
    views = {}
    for place, (name, end) in enumerate(zip(names, np.cumsum(counts).tolist(), strict=True)):
        rows = slice(end - int(counts[place]), end)
        columns = _select_rows(stored, rows, many=end >= MANY or int(counts.sum()) >= MANY)
        view = ViewRuns(name, int(drawn[place]), columns, weeks[name], opening[name])
        _check_view(view, len(manifest.outcomes))
        views[name] = view
    return views


def _require(holds: object, what: str) -> None:
    if not holds:
        raise ValueError(what)


def _read_names(file: ArrayFile, manifest: Manifest) -> list[str]:
    """The source views, if they and the outcomes are those of the manifest and every array belongs to one of them."""
    for name in ("views", "outcomes"):
        _require(file.heads[name].kind.kind == "U" and len(file.heads[name].shape) == 1, f"{name} is no list of names")
    names: list[str] = file.read("views").tolist()
    _require(names and len(set(names)) == len(names), "has no source view, or one twice")
    _require(set(names) <= set(manifest.view_texts), "has a source view that the manifest does not know")
    _require(file.read("outcomes").tolist() == list(manifest.outcomes), "has other outcomes than the manifest")
    own = {f"{part}/{name}" for part in (BY_WEEK, OPENING, OPENING_NAMES) for name in names}
    more = [name for name in file.heads if name not in own and not name.startswith(RUNS_TABLE)]
    _require(sorted(more) == ["drawn", "outcomes", "views"], "has more or fewer arrays than it should")
    return names


def _read_whole(file: ArrayFile, name: str, shape: tuple[int, ...]) -> NDArray[np.int64]:
    """An array of counts."""
    head = file.heads[name]
    _require(head.shape == shape and head.kind.kind == "i", f"{name} has another type or shape")
    found: NDArray[np.int64] = file.read(name).astype(np.int64, copy=False)
    _require(np.all(found >= 0), f"{name} has a count below 0")
    return found


def _read_by_week(file: ArrayFile, view: str, manifest: Manifest) -> NDArray[np.int64]:
    """Counts by week and outcome; every week counts every run."""
    name = f"{BY_WEEK}/{view}"
    found = _read_whole(file, name, (manifest.horizon_weeks, len(manifest.outcomes)))
    _require(np.all(found <= manifest.runs_asked), f"{name} counts more runs than were asked for")
    _require(np.all(found.sum(axis=1) == found[0].sum()), f"{name} counts more runs in one week than in another")
    return found


def _read_opening(file: ArrayFile, view: str) -> dict[str, tuple[float, float, float]]:
    """Percentiles of how runs stand at week 0."""
    kind, heads = f"{OPENING}/{view}", file.heads
    names = heads[f"{OPENING_NAMES}/{view}"]
    _require(names.kind.kind == "U" and len(names.shape) == 1, f"{OPENING_NAMES}/{view} is no list of names")
    _require(heads[kind].shape == (*names.shape, PERCENTILES) and heads[kind].kind.kind == "f", f"{kind} does not fit")
    found = file.read(kind)
    _require(np.all(np.isfinite(found)) and np.all(np.diff(found) >= 0), f"{kind} has percentiles that cannot be")
    keys = file.read(f"{OPENING_NAMES}/{view}").tolist()
    return {key: (low, middle, high) for key, (low, middle, high) in zip(keys, found.tolist(), strict=True)}


def _read_columns(file: ArrayFile, counts: NDArray[np.int64], names: list[str]) -> dict[str, NDArray[Any]]:
    """The table of runs, in which the views stand one after the other."""
    heads = {name: head for name, head in file.heads.items() if name.startswith(RUNS_TABLE)}
    rows = (int(counts.sum()),)
    for name, head in heads.items():
        _require(head.shape == rows and head.kind.kind in "if", f"{name} has another type or number of rows")
    _require({VIEW, "runs/run", "runs/outcome", "runs/week"} <= set(heads), "lacks a column that all results have")
    found = {}
    for name in heads:
        found[name.removeprefix(RUNS_TABLE)] = column = file.read(name)
        _require(column.dtype.kind == "i" or np.all(np.isfinite(column)), f"{name} has a number that is none")
    places = np.repeat(np.arange(len(names)), counts)
    _require(np.array_equal(found.pop("view"), places), f"{VIEW} does not fit the counts by week")
    return found


def _check_columns(stored: Mapping[str, NDArray[Any]], bounds: Mapping[str, Bounds]) -> None:
    """Just the columns that runs of the scenario have, with values that can be."""
    own = set(stored) - {"run", "outcome", "week"}
    _require(not (missing := sorted(set(bounds) - own)), f"lacks the column {', '.join(missing[:3])}")
    strangers = ", ".join(sorted(own - set(bounds))[:3])
    _require(not strangers, f"has a column that runs of its scenario do not have: {strangers[:80]}")
    for name, bound in bounds.items():
        _require(bound.allow(stored[name]), f"{name} has a value that cannot be")


def _select_rows(stored: dict[str, NDArray[Any]], rows: slice, *, many: bool) -> Any:
    """The rows of a view; of very many runs, columns are made when they are asked for."""
    own = {name: column[rows] for name, column in stored.items()}
    columns = LazyColumns(own, own.__getitem__)
    return columns if many else dict(columns)


def _check_view(view: ViewRuns, outcomes: int) -> None:
    """Runs in order of their numbers, outcomes that there are, and as many as the last week counts."""
    run, outcome, week = (view.columns[name] for name in ("run", "outcome", "week"))
    _require(np.all(run == np.floor(run)) and np.all(np.diff(run) > 0), "runs are not in the order of their numbers")
    _require(not run.size or (run[0] >= 0 and run[-1] < view.n_drawn), "has a run that was never drawn")
    _require(np.all(np.isin(outcome, np.arange(outcomes))), "has an outcome that there is not")
    last = np.bincount(outcome.astype(np.int64), minlength=outcomes)
    _require(np.array_equal(last, view.by_week[-1]), "ends otherwise than its last week counts")
    _require(np.all(np.isin(week, np.arange(len(view.by_week) + 1))), "has a week that was never played")
