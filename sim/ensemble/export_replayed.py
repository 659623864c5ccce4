"""Replayed: some of the stored runs played again, told event by event or followed week by week."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from sim.ensemble.export_columns import COURSES, EVENTS
from sim.ensemble.export_tables import Table, table_of
from sim.ensemble.results import LensRuns, Results
from sim.ensemble.stored import view_of
from sim.ensemble.trace import Trace, trace
from sim.language.tongue import language
from sim.play.transcript import tell
from sim.spec.texts import case_in

EVENT_RUNS = 5
"""Runs of each source view that are told; telling one takes about half a second."""

COURSE_RUNS = 100
"""Runs of each source view that are followed week by week."""


def events_table(results: Results, runs: int | None = None) -> Table:
    """The first matching runs of every source view, told in the language in use."""
    rows = [row for view in results.lenses.values() for row in _told(results, view, runs or EVENT_RUNS)]
    return table_of("events", EVENTS, rows)


def _told(results: Results, view: LensRuns, runs: int) -> Iterator[tuple[Any, ...]]:
    manifest = results.manifest
    case, _ = case_in(view_of(manifest, view.lens), language())
    for run in view.columns["run"][:runs].astype(np.int64).tolist():
        story = tell(case, run, manifest.seed, manifest.horizon_weeks)
        for place, event in enumerate(story.events, start=1):
            before, after = (None if number is None else float(number) for number in (event.before, event.after))
            yield (
                *(view.lens, run, event.week, place, event.actor, event.rule, event.what),
                *(before, after, event.sentence, "; ".join(event.reasons)),
            )


def courses_table(results: Results, runs: int | None = None) -> Table:
    """The first matching runs of every source view, week by week."""
    manifest, rows = results.manifest, []
    for view in results.lenses.values():
        first = view.columns["run"][: runs or COURSE_RUNS].astype(np.int64)
        if first.size:
            found = trace(view_of(manifest, view.lens).scenario, manifest.seed, first, manifest.horizon_weeks)
            rows += [(view.lens, *row) for row in _followed(found)]
    return table_of("courses", COURSES, rows)


def _followed(found: Trace) -> Iterator[tuple[Any, ...]]:
    """Run, week, space, who, what and value of everything in a trace."""
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
