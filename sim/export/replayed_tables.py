"""Replayed tables: some of the stored runs played again, narrated event by event or followed week by week."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.ensemble.results import Results, ViewRuns
from sim.experiments.weekly_series import WeeklySeries, compute_weekly_series
from sim.export.column_meanings import EVENTS, WEEKLY_SERIES
from sim.export.tables import Table, make_table
from sim.i18n.messages import get_language
from sim.loading.translations import translate_case
from sim.narrative.narrator import narrate_run
from sim.storage.rebuild import rebuild_view

EVENT_RUNS = 5
"""Runs of each source view that are narrated; each takes about a third of a second."""

SERIES_RUNS = 100
"""Runs of each source view that are followed week by week."""


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
