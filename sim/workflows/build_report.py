"""Build report: from stored results to the page of a scenario - what is translated, traced and told meets here."""

import os
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.methods.event_timeline import TimelineEvent, build_timeline, classify_event, select_turning_points
from analysis.methods.paired_change import PairedChange
from analysis.methods.parameter_sweep import SweepResult
from analysis.methods.shares import compute_shares
from analysis.methods.typical_runs import TypicalRun, find_typical_runs
from analysis.methods.view_names import shorten_view_names
from analysis.report.coders import describe_coders, tell_claims
from analysis.report.page import name_page
from analysis.report.scenario_page import Extras, write_report
from analysis.report.typical_stories import TypicalStory
from sim.ensemble.manifest import Manifest
from sim.ensemble.results import Results
from sim.errors import OptionError, display_path
from sim.experiments.package_worths import PackageWorths, compute_package_worths
from sim.experiments.weekly_series import WeeklySeries, compute_weekly_series
from sim.i18n.messages import format_number, message, use_language
from sim.loading.discovery import find_scenario
from sim.loading.doubts import describe_largest_doubt
from sim.loading.loader import ScenarioError, load_case
from sim.narrative.items import say
from sim.narrative.narrator import narrate_run
from sim.narrative.story import Event, Story
from sim.narrative.wording import begin
from sim.schema.loaded_case import LoadedCase
from sim.storage.atomic_write import remove_anything
from sim.storage.rebuild import load_checked, rebuild_view
from sim.storage.weekly_cache import SERIES_FILE, load_weekly_series, save_weekly_series
from sim.workflows.arguments import check_language, check_simulation
from sim.workflows.display import TextDisplay, make_frame
from sim.workflows.list_results import describe_stored
from sim.workflows.localized_results import (
    LocalizedResults,
    describe_change,
    list_open_questions,
    localize,
    rebuild_view_in,
)
from sim.workflows.patterns import compute_shares_of, load_matches
from sim.workflows.replayed_signatures import replay_signatures
from sim.workflows.reporter import SILENT, Reporter
from sim.workflows.scenario_files import LATEST, find_results
from sim.workflows.supplements import DamagedSupplementError
from sim.workflows.sweeps import SWEEPS, load_sweeps, save_sweeps
from sim.workflows.unchanged_case import CHANGE, compare_with_unchanged, load_paired_change, save_paired_change
from sim.workflows.workers import parallel_map, use_workers

REPORT = "report.html"
SERIES_RUNS = 100
"""Matching runs of each source view that are played again week by week."""


@dataclass(frozen=True, repr=False)
class WrittenReport(TextDisplay):
    """A page that was written."""

    scenario: str
    """Name of the scenario."""
    path: Path
    """Where the page is."""
    lang: str
    """Language of the page."""

    def as_json(self) -> dict[str, str]:
        """The same for machines."""
        return {"scenario": self.scenario, "language": self.lang, "report": display_path(self.path)}

    def to_frame(self) -> Any:
        """One row per page, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame([self.as_json()])

    def __str__(self) -> str:
        return display_path(self.path)

    def _repr_html_(self) -> str:
        where = escape(display_path(self.path))
        return f'<p><a href="{where}">{where}</a></p>'


def report(
    folder: str | Path = LATEST,
    *,
    lang: str = "en",
    out: str | Path | None = None,
    workers: int | None = None,
    reporter: Reporter = SILENT,
) -> WrittenReport:
    """Make the page of stored results again; only narrated runs are played anew, and what is damaged.

    Args:
        folder: Folder of results, a case whose newest are meant, or `latest` for the newest of all.
        lang: Language of the page, such as en or de.
        out: File to write; report.html (in German report.de.html) in the folder itself if left out.
        workers: Processes; one per core if left out, and 1 plays in this process.
        reporter: Who is told what is played anew.

    Returns:
        Where the page is; a notebook shows a link to it.

    Raises:
        ResultsError: the folder holds no results that can be read.
        UsageError: the file cannot be written there.
    """
    check_language(lang)
    check_simulation(None, None, workers)
    source = find_results(folder)
    results, path = load_checked(source), source / name_page(REPORT, lang) if out is None else Path(out)
    if path.is_dir() or not path.parent.is_dir():
        raise OptionError("out", f"{path}: it is no file that can be written; name one in a folder that exists")
    if Path(folder) != source:
        reporter.note(describe_stored(results.manifest))
    with use_workers(workers, reporter=reporter) as processes:
        page = write_page(results, source, lang, path, processes, reporter)
    return WrittenReport(results.manifest.scenario, page, lang)


def write_page(
    results: Results,
    folder: Path,
    lang: str,
    path: Path | None = None,
    workers: int | None = None,
    reporter: Reporter = SILENT,
) -> Path:
    """Write the page of results that are kept in a folder, in a language; says where."""
    sweeps = _load_sweeps(results, folder, workers, reporter)
    change = _load_change(results, folder, workers, reporter)
    traces = _load_series(results, folder, workers, reporter)
    matches = load_matches(results, folder, workers, reporter)
    worths = find_package_worths(results, SERIES_RUNS, 0, workers)
    replayed = replay_signatures(results, worths, workers)
    with use_language(lang) as unsaid:
        said = localize(results, lang)
        said = replace(said, results=shorten_view_names(said.results))
        extras = replace(
            _make_extras(said, results.manifest, lang, workers),
            sweep=sweeps,
            paired_change=change,
            series=traces,
            worths=worths,
            replayed=replayed,
            patterns=compute_shares_of(said.results.manifest, matches) if matches else None,
            untranslated_messages=unsaid,
        )
        return write_report(
            said.results, compute_shares(said.results), path or folder / name_page(REPORT, lang), extras
        )


def find_package_worths(results: Results, runs: int, week: int, workers: int | None = None) -> dict[str, PackageWorths]:
    """What every package is worth to both sides in the first matching runs of every source view.

    Args:
        results: The runs.
        runs: Runs of each source view that are played again.
        week: Week after which to look, 0 for the end of the run-up.
        workers: Processes; one per core if left out.
    """
    names = [name for name, view in results.views.items() if view.n_matching]
    asked = [
        (results.manifest, name, results.views[name].columns["run"][:runs].astype(np.int64), week) for name in names
    ]
    return dict(zip(names, parallel_map(replay_package_worths, asked, workers), strict=True))


def replay_package_worths(manifest: Manifest, view_name: str, runs: NDArray[np.int64], week: int) -> PackageWorths:
    """Some runs of a source view, played again up to a week."""
    return compute_package_worths(rebuild_view(manifest, view_name).scenario, manifest.seed, runs, week)


def _make_extras(said: LocalizedResults, manifest: Manifest, lang: str, workers: int | None) -> Extras:
    """What the page shows besides the results."""
    typical = find_typical_runs(said.results)
    views = {
        name: rebuild_view_in(manifest, name, lang) for name, view in said.results.views.items() if view.n_matching
    }
    told = parallel_map(narrate_stored_run, [(one, manifest, lang) for one in typical.runs], workers)
    claims, coders = _find_claims(manifest)
    return Extras(
        claims=claims,
        coders=coders,
        doubt=_find_doubt(manifest, lang),
        scenarios={name: case.scenario for name, case in views.items()},
        stories=tuple(one for one in told if one is not None),
        omitted_outcomes=typical.omitted_outcomes,
        change=describe_change(said.results.manifest),
        open_questions=list_open_questions(manifest, said.texts),
        untranslated=said.untranslated,
    )


def _find_claims(manifest: Manifest) -> tuple[dict[str, tuple[str, str]], str]:
    """The claims of the case as it stands today, and who read them; none if its files are gone."""
    try:
        case = load_case(manifest.source)
    except ScenarioError:
        return {}, ""
    return tell_claims(case.claims), describe_coders(list(case.claims.values()), case.coders)


def _find_doubt(manifest: Manifest, lang: str) -> str:
    """The largest doubt of the case as it stands today; empty if it names none, or its files are gone."""
    try:
        return describe_largest_doubt(find_scenario(manifest.source), lang)
    except ScenarioError:
        return ""


def _load_sweeps(results: Results, folder: Path, workers: int | None, reporter: Reporter) -> SweepResult | None:
    """The sweeps that are kept beside the results, made again if they cannot be used; none if there were none."""
    try:
        return load_sweeps(folder, results.manifest)
    except DamagedSupplementError as error:
        reporter.note(f"{display_path(folder / SWEEPS)}: {error}; it is made again")
    remove_anything(folder / SWEEPS)
    if not save_sweeps(results, folder, workers, reporter):
        raise KeyboardInterrupt
    return load_sweeps(folder, results.manifest)


def _load_change(results: Results, folder: Path, workers: int | None, reporter: Reporter) -> PairedChange | None:
    """What a change moves, made again if it cannot be used; none if nothing was changed, or its case is gone."""
    try:
        return load_paired_change(folder, results.manifest)
    except DamagedSupplementError as error:
        reporter.note(f"{display_path(folder / CHANGE)}: {error}; it is made again")
    remove_anything(folder / CHANGE)
    try:
        found = compare_with_unchanged(results, workers, reporter)
    except ScenarioError as error:
        reporter.warn(f"the case without the change cannot be played any more: {error}")
        return None
    if found is not None:
        save_paired_change(found, folder)
    return found


def _load_series(results: Results, folder: Path, workers: int | None, reporter: Reporter) -> dict[str, WeeklySeries]:
    """The first matching runs of every source view, week by week; kept beside the results for the next page."""
    first = {
        name: view.columns["run"][:SERIES_RUNS].astype(np.int64)
        for name, view in results.views.items()
        if view.n_matching
    }
    found = load_weekly_series(folder, results.manifest.fingerprint)
    if set(found) == set(first) and all(np.array_equal(found[name].runs, runs) for name, runs in first.items()):
        return found
    if os.path.lexists(folder / SERIES_FILE):
        reporter.note(f"{display_path(folder / SERIES_FILE)}: cannot be used; it is made again")
        remove_anything(folder / SERIES_FILE)
    made = parallel_map(replay_weekly_series, [(results.manifest, name, runs) for name, runs in first.items()], workers)
    found = dict(zip(first, made, strict=True))
    save_weekly_series(folder, results.manifest.fingerprint, found)
    return found


def replay_weekly_series(manifest: Manifest, view_name: str, runs: NDArray[np.int64]) -> WeeklySeries:
    """Some runs of a source view, played again."""
    return compute_weekly_series(
        rebuild_view(manifest, view_name).scenario, manifest.seed, runs, manifest.horizon_weeks
    )


def narrate_stored_run(typical: TypicalRun, manifest: Manifest, lang: str) -> TypicalStory | None:
    """A typical run, played again and told; none if the rules have changed so that it now ends otherwise."""
    with use_language(lang):
        case = rebuild_view_in(manifest, typical.view, lang)
        story = narrate_run(case, typical.run, manifest.seed, manifest.horizon_weeks)
        return _narrate(typical, story, case) if story.outcome == typical.outcome else None


def _narrate(typical: TypicalRun, story: Story, case: LoadedCase) -> TypicalStory:
    """The weeks of a story after the run-up, as text and for the picture."""
    called = {key: actor.label for key, actor in case.scenario.actors.items()}
    rows = []
    for event in story.events:
        kind = classify_event(event.rule, event.what, event.before, event.after)
        rows.append(TimelineEvent(event.week, called.get(event.actor, ""), kind, _say_briefly(event)))
    heading = message("report.story", outcome=typical.outcome_label, view=typical.label, run=format_number(typical.run))
    by_week: dict[int, list[str]] = {}
    for row in select_turning_points([row for row in rows if row.week >= 1]):
        by_week.setdefault(row.week, []).append(row.sentence)
    weeks = (
        (message("report.story-week", week=week, date=story.format_first_day(week)), tuple(lines))
        for week, lines in by_week.items()
    )
    hostile_act = case.scenario.words.hostile_act
    timeline = build_timeline(rows, tuple(called.values()), story.weeks[-1], heading, hostile_act)
    return TypicalStory(typical, timeline, tuple(weeks))


def _say_briefly(event: Event) -> str:
    """The event in words; what comes into force was spelled out when it was signed."""
    if event.key == "in-force":
        return f"{begin(say('in-force-now'))}."
    return event.plain or event.sentence
