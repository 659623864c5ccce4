"""Resume: a run or a batch that was cut short goes on, with what was asked of it at the beginning."""

from pathlib import Path

from sim.errors import display_path
from sim.storage.rebuild import load_interrupted_plan
from sim.workflows.arguments import RunOptions, check_language, check_simulation
from sim.workflows.ensemble_result import EnsembleResult
from sim.workflows.reporter import SILENT, Reporter
from sim.workflows.resume_record import ResumeRecord, read_record
from sim.workflows.run_batch import BatchJob, BatchResult, run_batch_job
from sim.workflows.run_scenario import ScenarioJob, run_job
from sim.workflows.workers import use_workers


def resume(
    folder: str | Path,
    *,
    workers: int | None = None,
    engine: str | None = None,
    scheduler: str | None = None,
    lang: str | None = None,
    sweeps: bool | None = None,
    report: bool = True,
    reporter: Reporter = SILENT,
) -> EnsembleResult | BatchResult:
    """Go on with a run or a batch that was cut short; it ends with the bits it would have had undisturbed.

    Args:
        folder: Folder of results of a run, or that of the overview of a batch; a scenario of a batch leads to all of
            it.
        workers: Processes; one per core if left out.
        engine: `compiled`, `numpy` or `mesa`; the fastest that is installed if left out. The bits are the same.
        scheduler: Address of a Dask scheduler whose workers play.
        lang: Language of the pages; the one asked for at the beginning if left out.
        sweeps: True to play it again with other magnitudes; as asked for at the beginning if left out.
        report: False to leave out pages even if they were asked for at the beginning.
        reporter: Who is told how far it is.

    Returns:
        What `run` or `run_batch` would have returned.

    Raises:
        ResultsError: there is nothing to go on with, or what is there is damaged or belongs to a scenario that has
            changed since.
        KeyboardInterrupt: it was interrupted before the first runs were finished.
    """
    check_simulation(None, None, workers)
    if lang is not None:
        check_language(lang)
    with use_workers(workers, engine, scheduler) as processes:
        home, record = _find_home(Path(folder), reporter)
        options = RunOptions(
            out=home,
            lang=lang or record.lang,
            workers=processes,
            sweeps=record.sweeps if sweeps is None else sweeps,
            pages=record.pages and report,
            on_cluster=scheduler is not None,
        )
        if record.members:
            return run_batch_job(_load_batch(home, record), options, reporter)
        return run_job(ScenarioJob(load_interrupted_plan(home), home, afresh=False), options, reporter)


def _load_batch(overview: Path, record: ResumeRecord) -> BatchJob:
    """A batch that was cut short, as its folders keep it."""
    folders = record.find_members(overview)
    return BatchJob([load_interrupted_plan(folder) for folder in folders], folders, overview, afresh=False)


def _find_home(folder: Path, reporter: Reporter) -> tuple[Path, ResumeRecord]:
    """Where to go on, and what was asked for there: a scenario of a batch leads to the whole batch."""
    record = read_record(folder)
    if record is None or not record.batch:
        return folder, record or ResumeRecord()
    overview = record.find_overview(folder)
    of_batch = read_record(overview)
    if of_batch is None:
        reporter.note(
            f"{display_path(folder)}: its batch {display_path(overview)} is gone; going on with this scenario alone",
        )
        return folder, record
    reporter.note(f"{display_path(folder)}: part of a batch; going on with all of it, {display_path(overview)}")
    return overview, of_batch
