"""Hindcast: how often do runs show what is known to have happened, and how is that scored?"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from analysis.methods.change_words import describe_changes
from analysis.methods.forecast_scores import find_distinct_pairs
from analysis.methods.hindcast import Hindcast
from analysis.report.hindcast import build_hindcast_section, build_hindcast_tables, list_notes, list_statements
from analysis.report.image_text import describe_runs
from analysis.report.page import list_language_notes, render_page, write_page
from sim.ensemble.manifest import Manifest
from sim.errors import UsageError
from sim.experiments.event_chances import RungCounts
from sim.i18n.messages import message, use_language
from sim.workflows.arguments import OneOrMany, check_language, check_simulation, parse_seed
from sim.workflows.display import TextDisplay, TextTable, format_text, make_frame
from sim.workflows.load_scenario import Case, resolve_case
from sim.workflows.page_file import check_page_file
from sim.workflows.reporter import SILENT, Reporter
from sim.workflows.scored_events import (
    HistoryOfCase,
    compare_with_history,
    count_events,
    plan_events,
    read_case_history,
)
from sim.workflows.workers import use_workers

HINDCAST_RUNS = 1000
"""Matching runs of each source view, unless said otherwise."""


@dataclass(frozen=True, repr=False)
class HindcastResult(TextDisplay):
    """Shares of events that are known to have happened or not, and their scores."""

    manifest: Manifest
    """How the runs were played."""
    found: Hindcast
    """Shares, what happened, and scores."""
    counts: Mapping[str, Mapping[str, RungCounts]]
    """Runs by source view, event and rung."""
    lang: str = "en"
    """Language of all words."""
    page: Path | None = None
    """The page, if one was written."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        found = self.found
        with use_language(self.lang):
            said = list(list_statements(found))
        return {
            "scenario": self.manifest.scenario,
            "seed": self.manifest.seed,
            "runs": self.manifest.runs_asked,
            "last_text": found.last_text,
            "statements": said,
            "events": {key: self._describe(key) for key in found.events},
            "scores": [asdict(one) for one in found.scores],
            "outside_scores": {name: [asdict(one) for one in each] for name, each in found.outside_scores.items()},
            "pairs": [asdict(one) for one in found.pairs],
            "distinct_pairs": [asdict(one) for one in find_distinct_pairs(found.pairs)],
        }

    def _describe(self, key: str) -> dict[str, Any]:
        """An event, what happened, and all shares of it."""
        found = self.found
        event = asdict(found.events[key]) | {"known_since": None}
        event |= {name: str(event[name]) for name in ("first_day", "last_day")}
        if (since := found.events[key].known_since) is not None:
            event["known_since"] = since.isoformat()
        views = {
            name: {"runs": self.counts[name][key].runs, "counts": self.counts[name][key].counts, "shares": one[key]}
            for name, one in found.views.items()
        }
        outside = {name: shares[key] for name, shares in found.outside.items() if key in shares}
        return event | {"views": views, "outside": outside}

    def to_frame(self) -> Any:
        """One row per forecaster and coding, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame(
            {"forecaster": one.forecaster, "coding": one.coding, "events": len(one.events)}
            | {name: getattr(one, name).mean for name in ("brier", "log", "ranked")}
            | {f"{name}_error": getattr(one, name).error for name in ("brier", "log", "ranked")}
            for one in self.found.scores
        )

    def __str__(self) -> str:
        with use_language(self.lang):
            tables = build_hindcast_tables(self.found)
            parts = ["\n".join((message("api.caution"), *list_statements(self.found)))]
            parts += [format_text(TextTable((table.caption,), table.head, table.rows)) for table in tables]
            return "\n\n".join([*parts, "\n".join(list_notes(self.found, self.manifest.runs_asked))])


def hindcast(
    case: Case = None,
    *,
    view: OneOrMany | None = None,
    runs: int = HINDCAST_RUNS,
    seed: int | str | None = None,
    changes: OneOrMany = (),
    answers: OneOrMany = (),
    to: str | Path | None = None,
    lang: str = "en",
    workers: int | None = None,
    engine: str | None = None,
    reporter: Reporter = SILENT,
) -> HindcastResult:
    """Hold shares of events against what is known to have happened, and score them; this alone reads the history.

    Args:
        case: Name, file, folder or loaded scenario; the default case if left out.
        view: Source views; all of them if left out.
        runs: Matching runs per source view, 1 to 10,000,000.
        seed: Seed of all random numbers, from 0 to 2^63-1, or `random`; the scenario's if left out.
        changes: Values to set, each as path=value.
        answers: Answers to open questions, each as name=answer.
        to: File for a page with the same, such as hindcast.html; none is written if left out.
        lang: Language of all words, such as en or de.
        workers: Processes; one per core if left out, and 1 plays in this process.
        engine: `compiled`, `numpy` or `mesa`; the fastest that is installed if left out. The bits are the same.
        reporter: Who is told how far it is.

    Returns:
        Shares of every event under every source view, scores with standard errors, and whether views can be told apart.

    Raises:
        ScenarioError: something in the scenario, in its history or in what was asked for does not fit.
        UsageError: no event is known to have happened or not, or an argument is out of its bounds.
        EngineError: the engine is not installed.
    """
    check_simulation(runs, None, workers)
    check_language(lang)
    page = None if to is None else check_page_file(Path(to))
    request, chosen = resolve_case(case, view, changes, answers), parse_seed(seed)
    with use_language(lang), use_workers(workers, engine, reporter=reporter) as processes:
        history = read_case_history(request)
        known = {key: one for key, one in history.events.items() if not one.is_open}
        if not known:
            raise UsageError(f"{history.case.name} has no event of which is known what became of it; give its `coding`")
        plan = plan_events(request, known, history.case.scenario.calendar.starts, runs, chosen)
        counts = count_events(plan, known, processes, reporter)
        of_known = HistoryOfCase(history.case, known, history.file)
        found = compare_with_history(of_known, plan.manifest.labels, plan.manifest.authors, counts)
        if page is not None:
            _write(page, plan.manifest, found)
    return HindcastResult(plan.manifest, found, counts, lang, page)


def _write(path: Path, manifest: Manifest, found: Hindcast) -> None:
    """The page."""
    section = build_hindcast_section(found, manifest.runs_asked)
    title = message("hindcast.page-title", title=manifest.title)
    text = render_page(
        title,
        message("hindcast.question"),
        [section],
        [],
        list_language_notes(()),
        describe_changes(manifest),
        describe_runs(manifest),
    )
    write_page(path, text)
