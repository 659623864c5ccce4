"""Compare: what do scenario files change, under each source's assumptions?"""

import os
from contextlib import suppress
from csv import reader as csv_reader
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from analysis.figures.figure_table import Table
from analysis.figures.scenario_differences import build_overview, describe_files, draw_figure, list_notes
from analysis.methods.change_words import describe_changes
from analysis.methods.regret import AGREEMENT, Regret, compute_regret
from analysis.methods.scenario_differences import ChangeKind, Comparison, compare_results
from analysis.report.page import name_page, write_page
from analysis.report.paired_change import list_splits
from analysis.report.scenario_differences import build_comparison_page, describe_reference
from sim.ensemble.manifest import Manifest
from sim.ensemble.plan import load_views, make_plans
from sim.ensemble.results import Results
from sim.errors import OptionError, ScenarioError, UsageError, display_path, require_known
from sim.i18n.messages import use_language
from sim.loading.discovery import MAIN_FILES, OTHER_FILES, derive_name, find_default_case, find_scenario
from sim.loading.tables.formula_guard import read_guarded_text
from sim.schema.loaded_case import WEEK_1
from sim.storage.atomic_write import make_folder
from sim.storage.results_folder import check_writable, choose_folder, copy_files
from sim.workflows.arguments import (
    OneOrMany,
    check_language,
    check_simulation,
    list_words,
    parse_holds_from,
    parse_seed,
)
from sim.workflows.display import TableDisplay, TextTable, make_frame
from sim.workflows.localized_results import localize
from sim.workflows.regret_table import build_regret_table
from sim.workflows.reporter import SILENT, Reporter
from sim.workflows.run_batch import simulate_batch
from sim.workflows.scenario_files import find_common_views, note_hidden
from sim.workflows.with_changes import WithChanges, classify, make_plan_with, parse_with
from sim.workflows.workers import use_workers

Kinds = dict[str, tuple[ChangeKind, ...]]
"""What every scenario but the reference changes, by its name."""

PAGE_NAME, TABLE_NAME = "difference.html", "difference.csv"


class NothingToCompareError(Exception):
    """Two scenarios have no matching run among the same draws."""


@dataclass(frozen=True, repr=False)
class ScenarioComparison(TableDisplay):
    """Scenario files, played with the same random numbers and set side by side."""

    comparison: Comparison
    """Paired differences of every outcome's share, by scenario and source view."""
    results: tuple[Results, ...]
    """Runs of every scenario, the reference first."""
    page: Path
    """The page that was written."""
    regret: Regret | None = None
    """Worth and regret of the scenarios as policies, if it was asked for."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        regret = {} if self.regret is None else {"regret": self.regret.as_json()}
        return {**self.comparison.as_json(), **regret, "outputs": display_path(self.page.parent)}

    def to_frame(self) -> Any:
        """One row per scenario, source view and outcome, as a pandas data frame; `pip install pandas` first.

        Raises:
            MissingPartError: pandas is not installed.
        """
        head, *rows = csv_reader(StringIO(self.comparison.as_csv()))
        cells = ([read_guarded_text(cell) for cell in row] for row in rows)
        return make_frame((dict(zip(head, row, strict=True)) for row in cells), head)

    def figure(self, scenario: str | None = None) -> Any:
        """How far each share moves from the reference, in one scenario; a Plotly figure.

        Args:
            scenario: Name of the scenario; the first that is compared if left out.

        Raises:
            UsageError: no scenario of this name is compared.
        """
        known = [name for name, one in self.comparison.scenarios.items() if one.views]
        name = known[0] if scenario is None else require_known(scenario, known, "scenario")
        return draw_figure(self.comparison.select(name))

    def save(self, folder: str | Path) -> Path:
        """Keep the page, and every difference as a row of difference.csv, in another folder as well.

        Args:
            folder: The folder; it is made if it is not there.

        Returns:
            The folder.

        Raises:
            ResultsError: nothing can be written there.
        """
        place = copy_files([self.page], Path(folder))
        write_page(place / TABLE_NAME, self.comparison.as_csv())
        return place

    def describe_changed(self) -> str:
        """What was set and answered, in one line; empty if nothing was."""
        return describe_changes(self.results[0].manifest)

    def build_text_table(self) -> TextTable:
        """Any agreement, scenario by scenario and view by view, and what moves most."""
        table = build_overview(self.comparison, short=True)
        files = tuple(f"{name}: {text}" for name, text in describe_files(self.comparison))
        return TextTable((table.caption,), table.head, table.rows, (*files, *self.list_notes()))

    def build_regret_table(self) -> TextTable | None:
        """Worth and regret of every scenario under every source view, if it was asked for."""
        return None if self.regret is None else build_regret_table(self.regret, self.results[0].manifest)

    def list_splits(self) -> list[tuple[Table, tuple[str, ...]]]:
        """Effect and selection apart, as a table with its notes, for each scenario whose change selects other runs."""
        return list(list_splits(self.comparison, [one.manifest for one in self.results[1:]]))

    def list_notes(self) -> list[str]:
        """What must be known to read the differences."""
        reference = self.results[0]
        known = [f"{name}: {text}" for name, text in describe_reference(reference)]
        return [*list_notes(self.comparison), *known, *(f"Note: {text}" for text in reference.manifest.notes)]


def compare(
    scenarios: OneOrMany,
    *,
    view: OneOrMany | None = None,
    runs: int = 1000,
    horizon: int | None = None,
    seed: int | str | None = None,
    added: OneOrMany = (),
    changes: OneOrMany = (),
    answers: OneOrMany = (),
    holds_from: str = WEEK_1,
    regret: str | None = None,
    csv: str | Path | None = None,
    out: str | Path = "outputs",
    workers: int | None = None,
    engine: str | None = None,
    scheduler: str | None = None,
    lang: str = "en",
    command: str = "",
    reporter: Reporter = SILENT,
) -> ScenarioComparison:
    """Play scenario files with the same random numbers, and say how far each share moves from the reference.

    Args:
        scenarios: Names, files or folders, the reference first; a lone one is compared with itself with what is
            `added`, or else with the base of its case.
        view: Source views; all that the scenarios share if left out.
        runs: Matching runs per scenario and source view, 2 to 10,000,000.
        horizon: Weeks to play, 1 to 520; the reference's if left out.
        seed: Seed of all random numbers, from 0 to 2^63-1, or `random`; the reference's if left out.
        added: What is asked of the last scenario alone: a value to set (path=value), an answer to an open question or
            a side of a contradiction (name=answer), or another source view (view=name).
        changes: Values to set in all of them, each as path=value.
        answers: Answers to open questions, each as name=answer.
        holds_from: From when changed values hold: `week-1`, so that the same runs match as without them, or `always`.
        regret: Key of a wanted outcome, or `agreement` for any in force: its share is what each scenario, taken as a
            policy, is worth, and its regret is how far the best one under a source view lies above it.
        csv: A new CSV file for every difference as a row.
        out: Folder in which results are kept.
        workers: Processes; one per core if left out, and 1 plays in this process.
        engine: `compiled`, `numpy` or `mesa`; the fastest that is installed if left out. The bits are the same.
        scheduler: Address of a Dask scheduler whose workers play.
        lang: Language of the page.
        command: The command to put on record.
        reporter: Who is told how far it is.

    Returns:
        Paired differences of every share, the results behind them, and the page. If it was interrupted, what the runs
        finished so far say.

    Raises:
        ScenarioError: something in a scenario or in what was asked for does not fit.
        UsageError: no scenario is named, or one would be compared with itself, or a file cannot be written.
        EngineError: the engine is not there.
        NothingToCompareError: no draw matches in two scenarios.
        KeyboardInterrupt: it was interrupted before there was anything to compare.
        WorkersError: a script started processes without `if __name__ == "__main__":`.
    """
    check_simulation(runs, horizon, workers, fewest=2)
    check_language(lang)
    table = None if csv is None else Path(csv)
    check_writable(Path(out))
    _check_free(table)
    files = _find_paths(list_words(scenarios), reporter, alone=bool(list_words(added)))
    asked = parse_with(files[-1], list_words(added), list_words(view))
    set_anew, answered, since = list_words(changes), list_words(answers), parse_holds_from(holds_from)
    with use_workers(workers, engine, scheduler, reporter) as processes:
        plans = make_plans(
            files,
            view_names=find_common_views(files, list_words(view) or None, set_anew, answered, same=False),
            runs=runs,
            horizon=horizon,
            seed=parse_seed(seed),
            changes=set_anew,
            answers=answered,
            holds_from=since,
            command=command,
        )
        if asked.words:
            plans[max(1, len(files) - 1) :] = [make_plan_with(plans[0], files[-1], asked, set_anew, answered, since)]
        _check_outcome(regret, plans[0].manifest)
        played = simulate_batch(plans, processes, reporter, on_cluster=scheduler is not None)
    kinds = _classify(files, played, asked)
    found = _compare(played, kinds)
    page = _write_page(found, played, Path(out), lang, kinds)
    if table is not None:
        write_page(table, found.as_csv())
    return ScenarioComparison(found, tuple(played), page, compute_regret(played, regret) if regret else None)


def _check_outcome(regret: str | None, manifest: Manifest) -> None:
    """Stop before anything is played if there is no such outcome."""
    if regret is not None:
        require_known(regret, (AGREEMENT, *manifest.outcomes), "outcome")


def _check_free(path: Path | None) -> None:
    """Stop before anything is played if the table could not be written."""
    if path is not None and os.path.lexists(path):
        raise OptionError(
            "csv", f"{path}: it is there already and is left as it is; name another file or remove it first"
        )
    if path is not None and not (path.parent.is_dir() and os.access(path.parent, os.W_OK)):
        raise OptionError("csv", f"{path}: {path.parent} is no folder that can be written to; name another one")


def _classify(files: list[Path], played: list[Results], asked: WithChanges) -> Kinds:
    """What every scenario but the reference changes, by its name."""
    others = played[1:]
    wanted = [WithChanges()] * (len(others) - 1) + [asked]
    paths = files[-len(others) :]
    return {one.manifest.scenario: classify(path, more) for one, path, more in zip(others, paths, wanted, strict=True)}


def _find_paths(names: list[str], reporter: Reporter = SILENT, *, alone: bool = False) -> list[Path]:
    """The file of every scenario, the reference first; a lone one may stand `alone`, as its own reference."""
    if not names:
        raise UsageError(
            "no scenario is named; give the reference and another one as `scenarios=`, such as base and words-only"
        )
    home = Path()
    with suppress(ScenarioError, UsageError):
        home = find_scenario(find_default_case()).parent
    first = _find_file(names[0], home)
    files = [first, *(_find_file(name, first.parent) for name in names[1:])]
    if len(files) == 1 and not alone:
        files.insert(0, next((path for main in MAIN_FILES if (path := first.parent / main).is_file()), first))
    found = {derive_name(path): path for path in files}
    if len(found) < len(files):
        load_views(first)
        raise UsageError(f"{next(iter(found))} would be compared with itself; name another scenario in `scenarios=`")
    note_hidden(files, reporter)
    return list(found.values())


def _find_file(name: str, home: Path) -> Path:
    """The file of a scenario: for a bare name beside the reference, or else where `zopa run` finds it."""
    beside = home / f"{name}.yaml"
    return beside if "/" not in name and name not in OTHER_FILES and beside.is_file() else find_scenario(name)


def _compare(played: list[Results], kinds: Kinds) -> Comparison:
    """The comparison, if there is something to compare."""
    found = compare_results(played[0], played[1:], kinds)
    if not any(one.views for one in found.scenarios.values()):
        if not found.complete:
            raise KeyboardInterrupt("interrupted before there was anything to compare")
        raise NothingToCompareError("no matching runs in two scenarios among the same draws; give more `runs=`")
    return found


def _write_page(found: Comparison, played: list[Results], out: Path, lang: str, kinds: Kinds) -> Path:
    """Write the page, whole or not at all."""
    first = played[0].manifest
    name = f"compare-{first.made_at[:10]}-{found.fingerprint[:8]}{'' if found.complete else '-interrupted'}"
    folder = choose_folder(first, out).with_name(name)
    make_folder(folder)
    with use_language(lang):
        said = [localize(one, lang).results for one in played]
        compared = compare_results(said[0], said[1:], kinds)
        return write_page(folder / name_page(PAGE_NAME, lang), build_comparison_page(compared, said))
