"""Patterns: which behaviour that texts describe occurs in the runs of a scenario, and how often?"""

import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.methods.change_words import describe_changes
from analysis.methods.pattern_shares import PatternShares, compute_pattern_shares
from analysis.methods.summary import NOTE
from analysis.report.patterns import build_pattern_table
from sim.engines import base
from sim.ensemble.manifest import Manifest
from sim.ensemble.plan import AS_WRITTEN, Plan, make_plans
from sim.ensemble.results import Results
from sim.ensemble.simulate import simulate_plans
from sim.errors import UsageError, display_path
from sim.experiments.pattern_matches import PatternMatches, find_pattern_matches
from sim.i18n.messages import format_number, get_language, message
from sim.loading.translations import load_translation, translate_data
from sim.schema.loaded_case import WEEK_1
from sim.schema.pattern import Pattern
from sim.storage.atomic_write import remove_anything
from sim.storage.pattern_cache import PATTERNS_FILE, load_pattern_matches, save_pattern_matches
from sim.storage.rebuild import rebuild_view
from sim.workflows.arguments import OneOrMany, check_simulation, parse_seed
from sim.workflows.display import TableDisplay, TextTable, make_frame
from sim.workflows.load_scenario import Case, resolve_case
from sim.workflows.reporter import SILENT, Reporter
from sim.workflows.workers import parallel_map, use_workers

PATTERN_RUNS = 300
"""Matching runs of each source view in which patterns are looked for, unless said otherwise."""


@dataclass(frozen=True, repr=False)
class PatternResult(TableDisplay):
    """Patterns of a scenario, and the share of matching runs that show them under each source view."""

    manifest: Manifest
    """How the runs were played."""
    found: PatternShares
    """Shares with intervals, by source view and pattern."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines; shares from 0 to 1."""
        manifest = self.manifest
        return {
            "note": NOTE,
            "scenario": manifest.scenario,
            "seed": manifest.seed,
            "horizon_weeks": manifest.horizon_weeks,
            "patterns": {
                key: {"label": one.label, "summary": one.summary, "because": list(one.because), "assumed": one.assumed}
                for key, one in self.found.patterns.items()
            },
            "views": self.found.as_json(),
        }

    def to_frame(self) -> Any:
        """One row per source view and pattern, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame(
            {"view": view, "pattern": key, "runs": found["runs"], **row}
            for view, found in self.found.as_json().items()
            for key, row in found["patterns"].items()
        )

    def list_notes(self) -> list[str]:
        """What must be known to read the shares."""
        manifest = self.manifest
        notes = [
            message("api.pattern-weeks", weeks=format_number(manifest.horizon_weeks)),
            message("api.pattern-how"),
            message("report.patterns-placebo-said"),
        ]
        if example := self._find_example():
            notes.append(message("api.pattern-example", command=example))
        return [*notes, message("api.pattern-seed", seed=manifest.seed)]

    def describe_changed(self) -> str:
        """What was set and answered, in one line; empty if nothing was."""
        return describe_changes(self.manifest)

    def build_text_table(self) -> TextTable:
        """Patterns down, source views across."""
        text, _ = translate_data(self.manifest.text, load_translation(self.manifest.source, get_language()))
        table = build_pattern_table(replace(self.found, patterns=read_patterns(text)))
        before = (message("api.caution"), table.caption)
        return TextTable(before, table.head, table.rows, tuple(self.list_notes()))

    def _find_example(self) -> str:
        """The command that narrates a run which shows the first pattern that any run shows; empty if none does."""
        manifest = self.manifest
        for key in self.found.patterns:
            for view, shares in self.found.shares.items():
                run = shares[key].example_run
                if run is None:
                    continue
                words = ["zopa", "play", manifest.scenario, "--run", str(run), "--seed", str(manifest.seed)]
                words += ["--horizon", str(manifest.horizon_weeks)]
                words += [] if view == AS_WRITTEN else ["--view", view]
                words += [word for change in manifest.set_changes for word in ("--set", change)]
                words += [word for answer in manifest.answers for word in ("--answer", answer)]
                words += ["--from", manifest.holds_from] if manifest.changes and manifest.holds_from != WEEK_1 else []
                return shlex.join(words)
        return ""


def patterns(
    case: Case = None,
    *,
    view: OneOrMany | None = None,
    runs: int = PATTERN_RUNS,
    horizon: int | None = None,
    seed: int | str | None = None,
    changes: OneOrMany = (),
    answers: OneOrMany = (),
    holds_from: str = WEEK_1,
    workers: int | None = None,
    engine: str | None = None,
    reporter: Reporter = SILENT,
) -> PatternResult:
    """Look in matching runs for the patterns of a scenario: behaviour that its texts describe.

    Args:
        case: Name, file, folder or loaded scenario; the default case if left out.
        view: Source views; all of them if left out.
        runs: Matching runs per source view, 1 to 10,000,000.
        horizon: Weeks to play, 1 to 520; the scenario's if left out.
        seed: Seed of all random numbers, from 0 to 2^63-1, or `random`; the scenario's if left out.
        changes: Values to set, each as path=value.
        answers: Answers to open questions, each as name=answer.
        holds_from: From when changed values hold: `week-1`, so that the same runs match as without them, or `always`.
        workers: Processes; one per core if left out, and 1 plays in this process.
        engine: `compiled`, `numpy` or `mesa`; the fastest that is installed if left out. The bits are the same.
        reporter: Who is told how far it is.

    Returns:
        Share of matching runs that show each pattern, with its interval, by source view.

    Raises:
        ScenarioError: something in the scenario or in what was asked for does not fit.
        UsageError: the scenario has no patterns, or an argument is out of its bounds.
        EngineError: the engine is not installed.
    """
    check_simulation(runs, horizon, workers)
    request, chosen = resolve_case(case, view, changes, answers, holds_from), parse_seed(seed)
    with use_workers(workers, engine, reporter=reporter) as processes:
        (plan,) = make_plans(
            [request.path],
            view_names=request.views or None,
            runs=runs,
            horizon=horizon,
            seed=chosen,
            changes=request.changes,
            answers=request.answers,
            holds_from=request.holds_from,
        )
        if not plan.manifest.text.get("patterns"):
            raise UsageError(f"{plan.manifest.scenario} has no patterns; write them under `patterns:` in its file")
        results = _simulate(plan, processes, reporter)
        seed_played, weeks = results.manifest.seed, results.manifest.horizon_weeks
        asked = [(one, seed_played, _list_runs(results, name, runs), weeks) for name, one in plan.views.items()]
        found = dict(zip(plan.views, parallel_map(find_pattern_matches, asked, processes), strict=True))
    return PatternResult(results.manifest, compute_shares_of(results.manifest, found))


def _simulate(plan: Plan, workers: int | None, reporter: Reporter) -> Results:
    """Runs until enough of them match the reported run-up."""
    base.compile_ahead(next(iter(plan.views.values())), reporter.note)
    with reporter.show_progress() as progress:
        (results,) = simulate_plans([plan], workers=workers, zone_runs=0, progress=progress)
    if not results.manifest.complete:
        raise KeyboardInterrupt
    return results


def _list_runs(results: Results, view: str, runs: int) -> NDArray[np.int64]:
    """Numbers of the first matching runs of a source view."""
    return results.views[view].columns["run"][:runs].astype(np.int64)


def read_patterns(text: Mapping[str, Any]) -> dict[str, Pattern]:
    """The patterns in the plain data of a scenario."""
    return {key: Pattern.model_validate(data) for key, data in text.get("patterns", {}).items()}


def compute_shares_of(manifest: Manifest, matches: Mapping[str, PatternMatches]) -> PatternShares:
    """The shares of the patterns of a scenario, with names as its manifest has them."""
    return compute_pattern_shares(read_patterns(manifest.text), matches, manifest.labels, manifest.horizon_weeks)


def load_matches(
    results: Results, folder: Path, workers: int | None, reporter: Reporter = SILENT
) -> dict[str, PatternMatches]:
    """When the first matching runs of stored results show patterns; kept beside them for the next page.

    Args:
        results: The results.
        folder: Where they are kept.
        workers: Processes; one per core if left out.
        reporter: Who is told if they are looked for again.

    Returns:
        By source view; nothing for a scenario without patterns.
    """
    if not results.manifest.text.get("patterns"):
        return {}
    first = {name: _list_runs(results, name, PATTERN_RUNS) for name, view in results.views.items() if view.n_matching}
    found = load_pattern_matches(folder, results.manifest.fingerprint)
    if not _fits(found, first, results.manifest):
        if os.path.lexists(folder / PATTERNS_FILE):
            reporter.note(f"{display_path(folder / PATTERNS_FILE)}: cannot be used; it is made again")
            remove_anything(folder / PATTERNS_FILE)
        made = parallel_map(find_stored_matches, [(results.manifest, *one) for one in first.items()], workers)
        found = dict(zip(first, made, strict=True))
        save_pattern_matches(folder, results.manifest.fingerprint, found)
    return found


def _fits(found: dict[str, PatternMatches], first: dict[str, NDArray[np.int64]], manifest: Manifest) -> bool:
    """True if what is kept is of all these runs and of every pattern."""
    return set(found) == set(first) and all(
        np.array_equal(found[name].runs, runs)
        and set(found[name].weeks) == set(rebuild_view(manifest, name).scenario.patterns)
        for name, runs in first.items()
    )


def find_stored_matches(manifest: Manifest, view_name: str, runs: NDArray[np.int64]) -> PatternMatches:
    """When some runs of a source view show patterns; they are played again."""
    return find_pattern_matches(rebuild_view(manifest, view_name).scenario, manifest.seed, runs, manifest.horizon_weeks)
