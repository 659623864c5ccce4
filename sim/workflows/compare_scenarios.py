"""Compare scenarios: what do scenario files change, under each source's assumptions?"""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.figures.scenario_differences import list_notes
from analysis.methods.scenario_differences import Comparison, compare_results
from analysis.report.page import write_page
from analysis.report.scenario_differences import build_comparison_page, describe_reference
from sim.ensemble.plan import make_plans
from sim.ensemble.results import Results
from sim.errors import ScenarioError, UsageError, display_path
from sim.i18n.messages import use_language
from sim.loading.discovery import MAIN_FILES, OTHER_FILES, derive_name, find_default_case, find_scenario
from sim.storage.results_folder import check_writable, choose_folder
from sim.workflows.localized_results import localize
from sim.workflows.reporter import Reporter, SilentReporter
from sim.workflows.run_batch import find_common_views, simulate_batch

OPTION, PAGE_NAME = "--scenarios", "difference.html"


class NothingToCompareError(Exception):
    """Two scenarios have no matching run among the same draws."""


@dataclass(frozen=True, repr=False)
class ScenarioComparison:
    """Scenario files, played with the same random numbers and set side by side."""

    comparison: Comparison
    """Paired differences of every outcome's share, by scenario and source view."""
    results: tuple[Results, ...]
    """Runs of every scenario, the reference first."""
    page: Path
    """The page that was written."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {**self.comparison.as_json(), "outputs": display_path(self.page.parent)}

    def list_notes(self) -> list[str]:
        """What must be known to read the differences."""
        reference = self.results[0]
        known = [f"{name}: {text}" for name, text in describe_reference(reference)]
        return [*list_notes(self.comparison), *known, *(f"Note: {text}" for text in reference.manifest.notes)]


def compare(
    scenarios: Sequence[str],
    *,
    views: Sequence[str] | None = None,
    runs: int = 1000,
    horizon: int | None = None,
    seed: int | None = None,
    changes: Sequence[str] = (),
    answers: Sequence[str] = (),
    rows: Path | None = None,
    out: Path = Path("outputs"),
    workers: int | None = None,
    lang: str = "en",
    command: str = "",
    reporter: Reporter | None = None,
) -> ScenarioComparison:
    """Play scenario files with the same random numbers, and say how far each share moves from the reference.

    Args:
        scenarios: Names, files or folders, the reference first; a lone one is compared with the base of its case.
        views: Source views; all that the scenarios share without one.
        runs: Matching runs per scenario and source view, 2 or more.
        horizon: Weeks to play; the reference's without one.
        seed: Seed of all random numbers; the reference's without one.
        changes: Values to set in all of them, each as path=value.
        answers: Answers to open questions, each as name=answer.
        rows: A new CSV file for every difference as a row.
        out: Folder in which results are kept.
        workers: Processes; one per core without a word.
        lang: Language of the page.
        command: The command that asked for it, for the manifest.
        reporter: Who is told how far it is.

    Raises:
        ScenarioError: something in a scenario or in what was asked for does not fit.
        UsageError: no scenario is named, or one would be compared with itself, or a file cannot be written.
        NothingToCompareError: no draw matches in two scenarios.
    """
    check_writable(out)
    _check_free(rows)
    files = list(_find_paths(list(scenarios)).values())
    how: dict[str, Any] = {"runs": runs, "horizon": horizon, "seed": seed, "changes": changes, "answers": answers}
    how["view_names"] = find_common_views(files, None if views is None else list(views), list(changes), list(answers))
    played = simulate_batch(make_plans(files, command=command, **how), workers, reporter or SilentReporter())
    found = _compare(played)
    page = _write_page(found, played, out, lang)
    if rows is not None:
        write_page(rows, found.as_csv())
    return ScenarioComparison(found, tuple(played), page)


def _check_free(path: Path | None) -> None:
    """Stop before anything is played if the table could not be written."""
    if path is not None and os.path.lexists(path):
        raise UsageError(
            f"--csv {path}: it is there already and is left as it is; name another file or remove it first"
        )
    if path is not None and not (path.parent.is_dir() and os.access(path.parent, os.W_OK)):
        raise UsageError(f"--csv {path}: {path.parent} is no folder that can be written to; name another one")


def _find_paths(names: list[str]) -> dict[str, Path]:
    """The file of every scenario by its name, the reference first."""
    if not names:
        raise UsageError(f"no scenario is named; say `{OPTION} REFERENCE OTHER`, such as `{OPTION} base words-only`")
    home = Path()
    with suppress(ScenarioError, UsageError):
        home = find_scenario(find_default_case()).parent
    first = _find_file(names[0], home)
    files = [first, *(_find_file(name, first.parent) for name in names[1:])]
    if len(files) == 1:
        files.insert(0, next((path for main in MAIN_FILES if (path := first.parent / main).is_file()), first))
    found = {derive_name(path): path for path in files}
    if len(found) < len(files):
        raise UsageError(f"{next(iter(found))} would be compared with itself; name another scenario after {OPTION}")
    return found


def _find_file(name: str, home: Path) -> Path:
    """The file of a scenario: for a bare name beside the reference, or else where `zopa run` finds it."""
    beside = home / f"{name}.yaml"
    return beside if "/" not in name and name not in OTHER_FILES and beside.is_file() else find_scenario(name)


def _compare(played: list[Results]) -> Comparison:
    """The comparison, if there is something to compare."""
    found = compare_results(played[0], played[1:])
    if not any(one.views for one in found.scenarios.values()):
        if not found.complete:
            raise KeyboardInterrupt("before there was anything to compare")
        raise NothingToCompareError("no matching runs in two scenarios among the same draws; give more --runs")
    return found


def _write_page(found: Comparison, played: list[Results], out: Path, lang: str) -> Path:
    """Write the page, whole or not at all."""
    first = played[0].manifest
    name = f"compare-{first.made_at[:10]}-{found.fingerprint[:8]}{'' if found.complete else '-interrupted'}"
    folder = choose_folder(first, out).with_name(name)
    folder.mkdir(parents=True, exist_ok=True)
    with use_language(lang):
        said = [localize(one, lang).results for one in played]
        return write_page(folder / PAGE_NAME, build_comparison_page(compare_results(said[0], said[1:]), said[0]))
