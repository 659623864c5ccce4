"""List results: which results are stored, of which case, when, how many runs, and what was changed?"""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from analysis.methods.change_words import describe_changes
from sim.ensemble.manifest import Manifest
from sim.errors import ScenarioError, display_path
from sim.loading.discovery import derive_name, find_scenario
from sim.storage.results_folder import ResultsError, find_manifests, load_manifest, require_files
from sim.workflows.display import TableDisplay, TextTable, make_frame


@dataclass(frozen=True)
class ResultsRow:
    """Stored results of one scenario."""

    folder: str
    """Where they are."""
    scenario: str
    """Name of the scenario."""
    made: str
    """Date and time, as `2026-11-29 12:10`."""
    source_views: tuple[str, ...]
    """Names of the source views."""
    runs: int
    """Matching runs asked for, for each source view."""
    weeks: int
    """Weeks that were played."""
    changed: str
    """What was set and answered, in words; empty if nothing was."""
    complete: bool
    """False if the runs were interrupted."""


@dataclass(frozen=True, repr=False)
class ResultsList(TableDisplay):
    """All results in a folder."""

    rows: tuple[ResultsRow, ...]
    """One for each, the newest first."""
    mistakes: tuple[str, ...]
    """What is wrong with results that cannot be read."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {"results": [asdict(row) for row in self.rows]}

    def to_frame(self) -> Any:
        """One row per folder of results, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame(asdict(row) for row in self.rows)

    def build_text_table(self) -> TextTable:
        """Scenario and folder, when, how many source views, runs and weeks, and what was changed."""
        rows = tuple(
            (f"{row.scenario}\n{row.folder}", row.made, _describe_size(row), row.changed or "as it is")
            for row in self.rows
        )
        return TextTable((), ("scenario and folder", "made", "played", "changed"), rows, self.mistakes)


def list_results(case: str | Path | None = None, *, out: str | Path = "outputs") -> ResultsList:
    """Every folder of results that is stored, the newest first.

    Args:
        case: Name, file or folder of the scenario, those of its case included; all if left out.
        out: Folder in which results are kept.

    Returns:
        The results, without their runs.
    """
    wanted = "" if case is None else _find_name(str(case))
    rows, mistakes = [], []
    for path in find_manifests(Path(out)):
        try:
            row = _make_row(path.parent, load_manifest(path))
            if row.complete:
                require_files(path.parent)
        except ResultsError as error:
            mistakes.append(str(error))
            continue
        if not wanted or row.scenario == wanted or row.scenario.startswith(f"{wanted}/"):
            rows.append(row)
    rows.sort(key=lambda row: (row.made, row.folder), reverse=True)
    return ResultsList(tuple(rows), tuple(sorted(mistakes)))


def _find_name(case: str) -> str:
    """Name of a scenario; what was given where no file of it is left."""
    try:
        return derive_name(find_scenario(case))
    except ScenarioError:
        return case


def _make_row(folder: Path, manifest: Manifest) -> ResultsRow:
    return ResultsRow(
        folder=display_path(folder),
        scenario=manifest.scenario,
        made=manifest.made_at[:16].replace("T", " "),
        source_views=tuple(manifest.labels),
        runs=manifest.runs_asked,
        weeks=manifest.horizon_weeks,
        changed=describe_changes(manifest).removeprefix("changed: "),
        complete=manifest.complete,
    )


def _describe_size(row: ResultsRow) -> str:
    """Runs, weeks and source views, each on a line."""
    views = f"{len(row.source_views)} views" if len(row.source_views) > 1 else row.source_views[0]
    done = "" if row.complete else "\ninterrupted"
    return f"{row.runs:,} runs\n{row.weeks} weeks\n{views}{done}"


def describe_stored(manifest: Manifest) -> str:
    """Which results are taken, in a line: scenario, source views, runs and what was changed.

    Args:
        manifest: How they were made.
    """
    runs = f"{manifest.runs_asked:,} runs"
    parts = (manifest.scenario, ", ".join(manifest.labels), runs, describe_changes(manifest))
    return ", ".join(part for part in parts if part)
