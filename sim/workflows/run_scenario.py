"""Run scenario: a single scenario planned, played block by block into its folder, kept, shown and put on its page."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from analysis.methods.stopping_rule import choose_stopping_rule
from analysis.report.page import name_page
from sim.engines import base
from sim.ensemble.block_store import BlockStore
from sim.ensemble.plan import Plan, make_plans
from sim.ensemble.results import Results
from sim.ensemble.simulate import simulate_plans
from sim.schema.loaded_case import WEEK_1
from sim.storage.checkpoints import DiskStore, open_checkpoints
from sim.storage.results_folder import check_writable, choose_folder
from sim.workflows import build_report, save_results
from sim.workflows.arguments import (
    OneOrMany,
    RunOptions,
    check_language,
    check_simulation,
    parse_half_width,
    parse_looks,
    parse_seed,
)
from sim.workflows.ensemble_result import EnsembleResult
from sim.workflows.load_scenario import Case, resolve_case
from sim.workflows.reporter import SILENT, Reporter
from sim.workflows.resume_record import add_resume_hint, resume_hint, write_record
from sim.workflows.save_results import SavedResults
from sim.workflows.scenario_files import note_hidden
from sim.workflows.sweeps import save_sweeps
from sim.workflows.unchanged_case import compare_with_unchanged
from sim.workflows.workers import use_workers

MOST_RUNS_WITH_PRECISION = 1_000_000
"""Matching runs at most, where runs end once shares are known closely enough."""


class InterruptedRunError(KeyboardInterrupt):
    """Runs were interrupted before the first of them were finished."""


@dataclass(frozen=True)
class ScenarioJob:
    """What is to be played, and where."""

    plan: Plan
    """The scenario through its source views."""
    folder: Path
    """Where its results are kept."""
    afresh: bool
    """False if what an earlier run left there is taken up."""


def run(
    case: Case = None,
    *,
    view: OneOrMany | None = None,
    runs: int | None = None,
    horizon: int | None = None,
    seed: int | str | None = None,
    changes: OneOrMany = (),
    answers: OneOrMany = (),
    holds_from: str = WEEK_1,
    out: str | Path | None = None,
    workers: int | None = None,
    precision: float | str | None = None,
    looks: str | None = None,
    engine: str | None = None,
    scheduler: str | None = None,
    lang: str = "en",
    sweeps: bool | None = None,
    report: bool = True,
    command: str = "",
    reporter: Reporter = SILENT,
) -> EnsembleResult:
    """Play many runs of a scenario under each source view; what is left out is as the scenario says.

    Args:
        case: Name, file, folder or loaded scenario; one loaded through a source view is played under that view. The
            default case if left out.
        view: Source views; all of them if left out.
        runs: Matching runs per source view, 1 to 10,000,000.
        horizon: Weeks to play, 1 to 520.
        seed: Seed of all random numbers, from 0 to 2^63-1, or `random`; equal seeds give equal runs.
        changes: Values to set, each as path=value, on top of those of a loaded scenario.
        answers: Answers to open questions, each as name=answer, on top of those of a loaded scenario.
        holds_from: From when changed values hold: `week-1`, so that the same runs match as without them, or `always`.
        out: Folder in which results are kept, such as `outputs`; they stay in memory if left out.
        workers: Processes; one per core if left out, and 1 plays in this process.
        precision: Half-width as a share, such as 0.005 or `0.5%`: runs end once every share is known this closely.
        looks: Matching runs at which it is looked whether they do, such as `1000,4000,16000`; the last ends them in any
            case. After every block if left out, with an interval that holds at every look.
        engine: `compiled`, `numpy` or `mesa`; the fastest that is installed if left out. The bits are the same.
        scheduler: Address of a Dask scheduler whose workers play.
        lang: Language of the page.
        sweeps: True to play it again with other magnitudes for the page; if left out, only with the scenario's own
            number of runs. Nothing that is not kept is played again.
        report: True to write a page beside results that are kept.
        command: The command to put on record; made from the arguments if left out.
        reporter: Who is told how far it is.

    Returns:
        Runs and shares by source view. If it was interrupted, what was finished so far.

    Raises:
        ScenarioError: something in the scenario or in what was asked for does not fit; it lists every mistake.
        UsageError: an argument is out of its bounds, or two exclude each other.
        EngineError: the engine is not there.
        ResultsError: results cannot be kept in the folder.
        WorkersError: a script started processes without `if __name__ == "__main__":`.
        KeyboardInterrupt: it was interrupted before the first runs were finished.
    """
    check_simulation(runs, horizon, workers)
    check_language(lang)
    request = resolve_case(case, view, changes, answers, holds_from)
    note_hidden([request.path], reporter)
    width, chosen, planned = parse_half_width(precision), parse_seed(seed), parse_looks(looks, precision, runs)
    swept = _is_swept(sweeps, runs, width, report)
    with use_workers(workers, engine, scheduler, reporter) as processes:
        options = RunOptions(Path(out or ""), lang, processes, swept, report, scheduler is not None)
        if out is not None:
            check_writable(options.out)
        numbers = {"runs": runs, "horizon": horizon, "seed": chosen, "precision": precision, "looks": looks}
        (plan,) = make_plans(
            [request.path],
            view_names=request.views or None,
            runs=planned[-1] if planned else MOST_RUNS_WITH_PRECISION if runs is None and width is not None else runs,
            horizon=horizon,
            seed=chosen,
            changes=request.changes,
            answers=request.answers,
            holds_from=request.holds_from,
            precision=width,
            looks=planned,
            command=command or request.format_command(numbers),
        )
        if out is None:
            return _run_in_memory(plan, options, reporter)
        return run_job(ScenarioJob(plan, choose_folder(plan.manifest, options.out), afresh=True), options, reporter)


def _is_swept(asked: bool | None, runs: int | None, width: float | None, report: bool) -> bool:
    """Other magnitudes are played if asked for, or if nothing was said and the scenario's own runs are played."""
    return runs is None and width is None and report if asked is None else asked


def _run_in_memory(plan: Plan, options: RunOptions, reporter: Reporter) -> EnsembleResult:
    """Play, and keep nothing."""
    results = _simulate(plan, options, None, reporter)
    if not any(found.n_matching for found in results.views.values()):
        raise InterruptedRunError
    finished = results.manifest.complete
    change = compare_with_unchanged(results, options.workers, reporter) if finished else None
    return EnsembleResult(results, finished=finished, change=change)


def run_job(job: ScenarioJob, options: RunOptions, reporter: Reporter = SILENT) -> EnsembleResult:
    """Play what is planned, keep it, show it, and write the page.

    Args:
        job: What is to be played, and where.
        options: What is to become of it.
        reporter: Who is told how far it is.

    Raises:
        KeyboardInterrupt: it was interrupted before the first runs were finished.
    """
    keep = open_checkpoints([job.plan], [job.folder], anew=job.afresh)
    with keep as store, add_resume_hint(job.folder, [job.folder]):
        write_record(job.folder, options)
        found = _carry_out(job, options, store, reporter)
    if found is None or not found.finished:
        reporter.warn(resume_hint(job.folder))
    if found is None:
        raise InterruptedRunError
    return found


def _carry_out(job: ScenarioJob, options: RunOptions, store: DiskStore, reporter: Reporter) -> EnsembleResult | None:
    """Play, keep, show, and write the page; none if it was interrupted before there was anything to keep."""
    saved = None
    try:
        results = _simulate(job.plan, options, store, reporter)
        if not any(found.n_matching for found in results.views.values()):
            reporter.warn("interrupted before the first runs were finished")
            return None
        saved = save_results.save_results(results, job.folder, sweeps=options.sweeps)
        found = _complete(saved, options, reporter)
    except KeyboardInterrupt:
        reporter.warn("interrupted; the runs are kept, what should come after them is not whole")
        return EnsembleResult(saved.results, saved.folder, finished=False) if saved else None
    if found.finished:
        store.finish()
    return found


def _complete(saved: SavedResults, options: RunOptions, reporter: Reporter) -> EnsembleResult:
    """Show what is kept, play it with other magnitudes if that is wanted, and write the page."""
    finished = saved.results.manifest.complete
    save_results.remove_leftovers(saved)
    if finished:
        saved = save_results.add_paired_change(saved, options.workers, reporter)
    reporter.show_results(saved)
    if options.sweeps and finished:
        finished = save_sweeps(saved.results, saved.folder, options.workers, reporter)
    page = None
    if options.pages:
        page = build_report.write_page(saved.results, saved.folder, options.lang, workers=options.workers)
        reporter.show_place("Report", f"{saved.where}/{name_page(build_report.REPORT, options.lang)}")
    else:
        reporter.show_place("Results", saved.where)
    if not finished:
        done = ", ".join(f"{name} {found.n_matching:,}" for name, found in saved.results.views.items())
        reporter.warn(f"interrupted; the matching runs finished so far ({done}) are kept in {saved.where}")
    return EnsembleResult(saved.results, saved.folder, page, finished, saved.change)


def _simulate(plan: Plan, options: RunOptions, store: BlockStore | None, reporter: Reporter) -> Results:
    """The runs, with their shares shown while they are played, and before agreements are looked for off the menu."""
    manifest = plan.manifest
    if not options.on_cluster:
        base.compile_ahead(next(iter(plan.views.values())), reporter.note)
    told, shown = (manifest.outcomes, manifest.agreements, manifest.labels), []
    with ExitStack() as live:
        progress, watch = live.enter_context(reporter.show_live_shares(*told))

        def show(played: list[Results]) -> None:
            live.close()
            shown.extend(played)
            reporter.show_shares(played[0], plan.views)

        (results,) = simulate_plans(
            [plan],
            workers=options.workers,
            store=store,
            stopping_rule=choose_stopping_rule(manifest),
            progress=progress,
            on_counts=watch,
            on_played=show,
        )
    if not shown and any(found.n_matching for found in results.views.values()):
        reporter.show_shares(results, plan.views)
    return results
