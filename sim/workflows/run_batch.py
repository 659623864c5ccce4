"""Run batch: several scenario files played together, each with its page, and one page that sets them side by side."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from analysis.figures import scenario_grid
from analysis.methods.change_words import describe_changes
from analysis.methods.scenario_grid import ScenarioGrid, build_scenario_grid
from analysis.report.page import name_page
from sim.engines import base
from sim.ensemble.block_store import BlockStore
from sim.ensemble.manifest import combine_fingerprints
from sim.ensemble.plan import Plan, make_plans
from sim.ensemble.results import Results
from sim.ensemble.simulate import simulate_plans
from sim.errors import UsageError
from sim.loading.discovery import find_default_case
from sim.schema.loaded_case import WEEK_1
from sim.storage.checkpoints import open_checkpoints
from sim.storage.rebuild import load_checked
from sim.storage.results_folder import check_writable, choose_folder
from sim.workflows.arguments import (
    OneOrMany,
    RunOptions,
    check_language,
    check_simulation,
    list_words,
    parse_half_width,
    parse_holds_from,
    parse_seed,
)
from sim.workflows.batch_overview import OVERVIEW, write_overview
from sim.workflows.build_report import REPORT, write_page
from sim.workflows.display import TableDisplay, TextTable, make_frame
from sim.workflows.ensemble_result import OUTPUTS, EnsembleResult
from sim.workflows.reporter import SILENT, Reporter
from sim.workflows.resume_record import add_resume_hint, remove_stale_record, resume_hint, write_batch_record
from sim.workflows.run_scenario import run
from sim.workflows.save_results import SavedResults, add_paired_change, remove_leftovers, save_results
from sim.workflows.scenario_files import find_collection, find_common_views, find_files, note_hidden
from sim.workflows.sweeps import save_sweeps
from sim.workflows.workers import parallel_map, use_workers

RUNS = 1000
"""Matching runs per source view in a batch, unless another number is asked for."""
ZONE_RUNS = 200
"""Matching runs in which agreements not on the menu are looked for in a batch."""
ALL = "all scenario files"


@dataclass(frozen=True)
class BatchJob:
    """Scenario files that are played together, and where."""

    plans: Sequence[Plan]
    """The scenarios through their source views, the reference first."""
    folders: Sequence[Path]
    """Where the results of each are kept."""
    overview: Path
    """Where the overview is kept."""
    afresh: bool
    """False if what an earlier command left there is taken up."""


@dataclass(frozen=True, repr=False)
class BatchResult(TableDisplay):
    """Scenario files, played together with the same random numbers."""

    members: tuple[EnsembleResult, ...]
    """The scenario files that have matching runs, the reference first."""
    overview: Path | None
    """Folder of the overview; none if nothing is kept."""
    finished: bool
    """False if something that was asked for was interrupted."""

    @property
    def grid(self) -> ScenarioGrid:
        """Shares of all scenario files side by side."""
        return build_scenario_grid([(one.manifest.title, one.shares) for one in self.members])

    def to_frame(self) -> Any:
        """One row per scenario file, source view and outcome, as a pandas data frame; `pip install pandas` first.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame(
            {"scenario": one.manifest.scenario, **asdict(row)} for one in self.members for row in one.build_table()
        )

    def save(self, folder: str | Path = OUTPUTS) -> Path:
        """Keep the results of every scenario file, each where `run` would.

        Args:
            folder: Folder in which they are kept, by scenario, date and fingerprint.

        Returns:
            The folder.

        Raises:
            ResultsError: nothing can be written there.
        """
        place = Path(folder)
        for one in self.members:
            one.save(choose_folder(one.manifest, place))
        return place

    def figure(self) -> Any:
        """Shares of agreements in force by scenario file and source view; a Plotly figure."""
        return scenario_grid.draw_figure(self.grid)

    def describe_changed(self) -> str:
        """What was set and answered, in one line; empty if nothing was."""
        return describe_changes(self.members[0].manifest) if self.members else ""

    def build_text_table(self) -> TextTable:
        """Agreements in force by scenario file and source view."""
        table = scenario_grid.build_table(self.grid)
        return TextTable((table.caption,), table.head, table.rows)


def run_batch(
    case: OneOrMany | None = None,
    *,
    view: OneOrMany | None = None,
    runs: int | None = None,
    horizon: int | None = None,
    seed: int | str | None = None,
    changes: OneOrMany = (),
    answers: OneOrMany = (),
    holds_from: str = WEEK_1,
    out: str | Path = "outputs",
    workers: int | None = None,
    engine: str | None = None,
    scheduler: str | None = None,
    lang: str = "en",
    sweeps: bool = False,
    report: bool = True,
    command: str = "",
    reporter: Reporter = SILENT,
) -> BatchResult:
    """Play several scenario files of one case with the same random numbers, and set them side by side.

    Args:
        case: Names, files or folders, the reference first; a folder written as a path, such as `./my-case`, means all
            its scenario files. The default case if left out.
        view: Source views; all that the scenario files share if left out.
        runs: Matching runs per scenario file and source view, 1 to 10,000,000; 1,000 if left out.
        horizon: Weeks to play, 1 to 520; the reference's if left out.
        seed: Seed of all random numbers, from 0 to 2^63-1, or `random`; the reference's if left out.
        changes: Values to set in all of them, each as path=value.
        answers: Answers to open questions, each as name=answer.
        holds_from: From when changed values hold: `week-1`, so that the same runs match as without them, or `always`.
        out: Folder in which results are kept.
        workers: Processes; one per core if left out, and 1 plays in this process.
        engine: `compiled`, `numpy` or `mesa`; the fastest that is installed if left out. The bits are the same.
        scheduler: Address of a Dask scheduler whose workers play.
        lang: Language of the pages.
        sweeps: True to play each of them again with other magnitudes for its page.
        report: True to write a page for each scenario file and one for all of them.
        command: The command to put on record.
        reporter: Who is told how far it is.

    Returns:
        Results of every scenario file. If it was interrupted, what was finished so far.

    Raises:
        ScenarioError: something in a scenario file or in what was asked for does not fit; it lists every mistake.
        UsageError: the scenario files are not of one case, or an argument is out of its bounds.
        EngineError: the engine is not there.
        ResultsError: results cannot be kept in the folder.
        WorkersError: a script started processes without `if __name__ == "__main__":`.
    """
    check_simulation(runs, horizon, workers)
    check_language(lang)
    set_anew, answered = list_words(changes), list_words(answers)
    with use_workers(workers, engine, scheduler, reporter) as processes:
        options = RunOptions(Path(out), lang, processes, sweeps, report, scheduler is not None)
        check_writable(options.out)
        files = find_files(list_words(case) or [find_default_case()])
        note_hidden(files, reporter)
        plans = make_plans(
            files,
            view_names=find_common_views(files, list_words(view) or None, set_anew, answered),
            runs=runs or RUNS,
            horizon=horizon,
            seed=parse_seed(seed),
            changes=set_anew,
            answers=answered,
            holds_from=parse_holds_from(holds_from),
            command=command,
        )
        return run_batch_job(_plan_folders(plans, options.out), options, reporter)


def run_cases(
    case: OneOrMany | None = None,
    *,
    precision: str | None = None,
    looks: str | None = None,
    sweeps: bool | None = None,
    **asked: Any,
) -> EnsembleResult | BatchResult:
    """Play one scenario as `run` does, or several as `run_batch` does: the command `zopa run`.

    The cases of a folder without a main file have no base in common: each is played as it is, one after another.

    Args:
        case: Names, files or folders; a folder written as a path means all its scenario files.
        precision: Half-width as a share at which runs end; for one scenario only.
        looks: Matching runs at which it is looked whether they do; for one scenario only.
        sweeps: True to play with other magnitudes, too; for one scenario, its own number of runs decides if left out.
        asked: The other arguments of both.

    Raises:
        UsageError: a precision is named for several scenarios.
    """
    files: list[Path] = find_files(list_words(case))
    if len(files) < 2:
        return run(files[0] if files else None, precision=precision, looks=looks, sweeps=sweeps, **asked)
    if any(find_collection(Path(name)) for name in list_words(case)):
        played = [run(path, precision=precision, looks=looks, sweeps=sweeps, **asked) for path in files]
        return BatchResult(tuple(played), None, all(one.finished for one in played))
    if parse_half_width(precision) is not None or looks is not None:
        raise UsageError("`precision=` is for one scenario; name one, or give `runs=` for a batch")
    return run_batch(case, sweeps=bool(sweeps), **asked)


def _plan_folders(plans: Sequence[Plan], out: Path) -> BatchJob:
    """Where everything is kept; the overview stands beside the results of the reference."""
    manifests = [plan.manifest for plan in plans]
    folders = [choose_folder(manifest, out) for manifest in manifests]
    name = f"{manifests[0].made_at[:10]}-{OVERVIEW}-{combine_fingerprints(manifests)[:8]}"
    return BatchJob(plans, folders, folders[0].with_name(name), afresh=True)


def simulate_batch(
    plans: Sequence[Plan],
    workers: int | None,
    reporter: Reporter = SILENT,
    *,
    on_cluster: bool = False,
    store: BlockStore | None = None,
    zone_runs: int = ZONE_RUNS,
) -> list[Results]:
    """The runs of all scenario files, with one bar; those that share a run-up share its runs.

    Args:
        plans: The scenarios through their source views.
        workers: Processes; none for one per core.
        reporter: Who is told how far it is.
        on_cluster: True if the workers of a cluster play.
        store: Where finished blocks are kept; in memory without one.
        zone_runs: Matching runs for which agreements not on the menu are looked for.
    """
    if not on_cluster:
        base.compile_ahead(next(iter(plans[0].views.values())), reporter.note)
    so_far: dict[str, tuple[int, int]] = {}
    with reporter.show_progress() as show:

        def add_up(view: str, matching: int, wanted: int) -> None:
            so_far[view] = (matching, wanted)
            if show is not None:
                show(ALL, sum(done for done, _ in so_far.values()), wanted * sum(len(plan.views) for plan in plans))

        return simulate_plans(plans, workers=workers, progress=add_up, zone_runs=zone_runs, store=store)


def run_batch_job(batch: BatchJob, options: RunOptions, reporter: Reporter = SILENT) -> BatchResult:
    """Play what is planned, keep it, show it, and write pages and overview.

    Args:
        batch: What is to be played, and where.
        options: What is to become of it.
        reporter: Who is told how far it is.
    """
    overview, folders = batch.overview, batch.folders
    try:
        with open_checkpoints(batch.plans, folders, anew=batch.afresh) as store, add_resume_hint(overview, folders):
            write_batch_record(overview, folders, options)
            try:
                found = _carry_out(batch, options, store, reporter)
            except KeyboardInterrupt:
                found = BatchResult((), overview, finished=False)
            if found.finished:
                store.finish()
    finally:
        remove_stale_record(overview, folders)
    if not found.finished:
        reporter.warn("interrupted; what was finished so far is kept")
        reporter.warn(resume_hint(overview))
    return found


def _carry_out(batch: BatchJob, options: RunOptions, store: BlockStore, reporter: Reporter) -> BatchResult:
    """Play, keep, write and show; not finished if runs or other magnitudes were interrupted."""
    played = simulate_batch(batch.plans, options.workers, reporter, on_cluster=options.on_cluster, store=store)
    finished = all(one.manifest.complete for one in played)
    saved = []
    for results, folder in zip(played, batch.folders, strict=True):
        if any(view.n_matching for view in results.views.values()):
            saved.append(save_results(results, folder, sweeps=options.sweeps))
            remove_leftovers(saved[-1])
    if finished:
        saved = [add_paired_change(one, options.workers, reporter) for one in saved]
    for one in saved:
        finished = finished and (not options.sweeps or save_sweeps(one.results, one.folder, options.workers, reporter))
    if saved and options.pages:
        reporter.note(f"Writing {len(saved)} pages and the overview.")
        _write_pages(saved, options)
    if saved:
        write_overview(saved, len(batch.plans), batch.overview, options, reporter)
    return BatchResult(tuple(_make_result(one, options) for one in saved), batch.overview, finished)


def _make_result(saved: SavedResults, options: RunOptions) -> EnsembleResult:
    """What is kept of one scenario file."""
    page = saved.folder / name_page(REPORT, options.lang) if options.pages else None
    return EnsembleResult(saved.results, saved.folder, page, saved.results.manifest.complete, saved.change)


def _write_pages(saved: Sequence[SavedResults], options: RunOptions) -> None:
    """The page of every scenario file, several at the same time."""
    parallel_map(write_page_of, [(one.folder, options.lang) for one in saved], options.workers)


def write_page_of(folder: Path, lang: str) -> Path:
    """The page of results in a folder, made in this process alone."""
    return write_page(load_checked(folder, play_again=False), folder, lang, workers=1)
