"""Zone: which packages could both sides accept, which would theory choose, and which are agreed?"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from analysis.figures import joint_worths
from analysis.figures.registry import FIGURES
from analysis.methods.change_words import describe_changes
from analysis.methods.joint_worths import JointWorths, PackagePoint, compute_joint_worths
from analysis.methods.summary import NOTE
from analysis.report.figure_sections import build_first_figure_section
from analysis.report.image_text import describe_runs
from analysis.report.page import list_language_notes, render_page, write_page
from sim.ensemble.results import Results
from sim.errors import UsageError
from sim.i18n.messages import message, use_language
from sim.loading.loader import load_case
from sim.workflows.arguments import OneOrMany, check_language, check_range
from sim.workflows.build_report import find_package_worths
from sim.workflows.display import TableDisplay, TextTable, make_frame
from sim.workflows.load_scenario import Case, resolve_case
from sim.workflows.localized_results import localize, rebuild_view_in
from sim.workflows.page_file import check_page_file
from sim.workflows.reporter import SILENT, Reporter
from sim.workflows.run_scenario import run
from sim.workflows.workers import use_workers

ZONE_RUNS = 400
"""Matching runs of each source view that are played, unless said otherwise."""
LOOKED_AT = 400
"""Runs of each source view, at most, in which packages are weighed."""


@dataclass(frozen=True, repr=False)
class ZoneResult(TableDisplay):
    """The zone of possible agreement, package by package."""

    results: Results
    """The runs."""
    views: Mapping[str, JointWorths]
    """Packages as points, by source view."""
    lang: str = "en"
    """Language of all words."""
    page: Path | None = None
    """The page with the figures, if one was written."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines; worths on each side's own scale."""
        manifest = self.results.manifest
        return {
            "note": NOTE,
            "scenario": manifest.scenario,
            "seed": manifest.seed,
            "horizon_weeks": manifest.horizon_weeks,
            "views": {name: asdict(one) for name, one in self.views.items()},
        }

    def to_frame(self) -> Any:
        """One row per source view and package, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        columns = ["view", "week", *(one.name for one in fields(PackagePoint)), "nash"]
        return make_frame(
            (
                {"view": name, "week": one.week, **asdict(point), "nash": place == one.nash}
                for name, one in self.views.items()
                for place, point in enumerate(one.points)
            ),
            columns,
        )

    def figure(self, view: str | None = None) -> Any:
        """Packages as points under one source view, the first if left out; a Plotly figure.

        Args:
            view: Name of the source view.

        Raises:
            UsageError: there is no such view.
        """
        name = next(iter(self.views)) if view is None else view
        if name not in self.views:
            raise UsageError(f"no source view is called {name!r}; there are {', '.join(self.views)}")
        with use_language(self.lang):
            return joint_worths.draw_figure(self.views[name])

    def build_text_table(self) -> TextTable:
        """Packages of the first source view, those agreed most often first, and a sentence for every view."""
        with use_language(self.lang):
            table = joint_worths.build_table(next(iter(self.views.values())))
            said = tuple(joint_worths.summary_text(one) for one in self.views.values())
            changed = describe_changes(self.results.manifest)
            before = (message("api.caution"), table.caption, *([changed] if changed else []))
            return TextTable(before, table.head, table.rows, said)


def zone(
    case: Case = None,
    *,
    view: OneOrMany | None = None,
    week: int = 0,
    runs: int = ZONE_RUNS,
    horizon: int | None = None,
    seed: int | str | None = None,
    changes: OneOrMany = (),
    answers: OneOrMany = (),
    to: str | Path | None = None,
    lang: str = "en",
    workers: int | None = None,
    engine: str | None = None,
    reporter: Reporter = SILENT,
) -> ZoneResult:
    """Weigh every package for both sides after a week: walk-away lines, zone, Pareto frontier, Nash point, agreements.

    Args:
        case: Name, file, folder or loaded scenario; the default case if left out.
        view: Source views; all of them if left out.
        week: Week after which packages are weighed, 0 (the end of the run-up) to the horizon.
        runs: Matching runs per source view, 1 to 10,000,000; packages are weighed in the first 400 of them.
        horizon: Weeks after which agreements are counted, 1 to 520; the scenario's if left out.
        seed: Seed of all random numbers, from 0 to 2^63-1, or `random`; the scenario's if left out.
        changes: Values to set, each as path=value.
        answers: Answers to open questions, each as name=answer.
        to: File for a page with the figures, such as zone.html; none is written if left out.
        lang: Language of all words, such as en or de.
        workers: Processes; one per core if left out, and 1 plays in this process.
        engine: `compiled`, `numpy` or `mesa`; the fastest that is installed if left out. The bits are the same.
        reporter: Who is told how far it is.

    Returns:
        Packages as points, by source view.

    Raises:
        ScenarioError: something in the scenario or in what was asked for does not fit.
        UsageError: an argument is out of its bounds, or the page cannot be written there.
        EngineError: the engine is not installed.
    """
    check_language(lang)
    page = None if to is None else check_page_file(Path(to))
    _check_week(week, case, view, horizon, changes, answers)
    played = run(
        case, view=view, runs=runs, horizon=horizon, seed=seed, changes=changes, answers=answers,
        workers=workers, engine=engine, reporter=reporter,
    )  # fmt: skip
    with use_workers(workers, engine, reporter=reporter) as processes:
        worths = find_package_worths(played.results, LOOKED_AT, week, processes)
    with use_language(lang):
        said = localize(played.results, lang)
        views = {
            name: compute_joint_worths(
                said.results, said.results.views[name], rebuild_view_in(played.manifest, name, lang).scenario, found
            )
            for name, found in worths.items()
        }
        if page is not None:
            _write(page, said.results, views, said.untranslated)
    return ZoneResult(said.results, views, lang, page)


def _check_week(
    week: int, case: Case, view: OneOrMany | None, horizon: int | None, changes: OneOrMany, answers: OneOrMany
) -> None:
    """Refuse a week that is not played before anything is."""
    if horizon is None:
        request = resolve_case(case, view, changes, answers)
        horizon = load_case(request.case, changes=request.changes, answers=request.answers).scenario.calendar.horizon
    check_range("week", week, 0, horizon)


def _write(path: Path, results: Results, views: Mapping[str, JointWorths], untranslated: frozenset[str]) -> None:
    """A page with one figure for each source view."""
    shown = [(one.view_label, one) for one in views.values()]
    section = build_first_figure_section(FIGURES.joint_worths, shown)
    manifest = results.manifest
    notes, changed = list_language_notes(untranslated), describe_changes(manifest)
    write_page(
        path, render_page(manifest.title, manifest.question, [section], [], notes, changed, describe_runs(manifest))
    )
