"""Batch: several scenario files played together, each with its page, and one page that sets them side by side."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UsageError
from sim.workflows.batch_overview import OVERVIEW, write_overview
from sim.workflows.build_report import write_page
from sim.workflows.reporter import Reporter, SilentReporter
from sim.workflows.run_options import RunOptions
from sim.workflows.save_results import SavedResults, remove_leftovers, save_results, save_sweeps

if TYPE_CHECKING:
    from sim.ensemble.block_store import BlockStore
    from sim.ensemble.plan import Plan
    from sim.ensemble.results import Results
    from sim.workflows.resume_record import ResumeRecord

RUNS = 1000
"""Matching runs per source view in a batch, unless another number is asked for."""
ZONE_RUNS = 200
"""Matching runs in which agreements not on the menu are looked for in a batch."""
ALL = "all scenario files"
SILENT = SilentReporter()


def find_files(asked: list[str]) -> list[Path]:
    """The scenario files that are meant; all of a folder that is written as a path, its main file first."""
    from sim.loading.discovery import find_scenario

    found: list[Path] = []
    for name in asked:
        folder = Path(name)
        is_path = os.sep in name or "/" in name
        found += find_family(folder) if is_path and folder.is_dir() else [find_scenario(name)]
    unique = {path.resolve(): path for path in found}
    return list(unique.values())


def find_family(folder: Path) -> list[Path]:
    """The main file of a folder and all scenario files beside it that extend it."""
    from sim.errors import ErrorCollector
    from sim.loading.discovery import OTHER_FILES, find_scenario
    from sim.loading.extends import resolve_extends
    from sim.loading.strict_yaml import YamlFile, read_yaml

    main, seen = find_scenario(folder), ErrorCollector()
    others = []
    for path in sorted(folder.glob("*.yaml")):
        if path.stem in OTHER_FILES or path.resolve() == main.resolve():
            continue
        file = seen.attempt(partial(read_yaml, path), None)
        if file is not None and isinstance(file.data.get("extends"), str):
            chain = seen.attempt(partial(resolve_extends, path), list[YamlFile]())
            others += [path] if any(one.path.resolve() == main.resolve() for one in chain) else []
    seen.stop_if_any()
    return [main, *others]


def find_common_views(files: list[Path], asked: list[str] | None, changes: list[str], answers: list[str]) -> list[str]:
    """The source views that all scenarios have, in fixed order; every mistake in any of them at once."""
    from sim.ensemble.plan import AS_WRITTEN, load_views
    from sim.errors import ErrorCollector
    from sim.loading.discovery import derive_name
    from sim.loading.loader import list_views
    from sim.schema.loaded_case import LoadedCase

    seen = ErrorCollector()
    loaded = [
        seen.attempt(partial(load_views, path, asked, changes, answers), dict[str, LoadedCase]()) for path in files
    ]
    seen.stop_if_any()
    order = list_views(files[0])
    common = [view for view in (order or [AS_WRITTEN]) if all(view in views for views in loaded)]
    outcomes = {frozenset(case.scenario.outcomes) for views in loaded for case in views.values()}
    if not common or len(outcomes) > 1:
        names = ", ".join(derive_name(path) for path in files)
        raise UsageError(f"{names} are not of one case: they share no source view, or not all outcomes")
    return common if order else []


@dataclass(frozen=True)
class BatchJob:
    """Scenario files that are played together, and where."""

    plans: "Sequence[Plan]"
    """The scenarios through their source views, the reference first."""
    folders: Sequence[Path]
    """Where the results of each are kept."""
    overview: Path
    """Where the overview is kept."""
    afresh: bool
    """False if what an earlier command left there is taken up."""


def plan_batch(files: list[Path], how: dict[str, Any], out: Path) -> BatchJob:
    """Scenario files as the command wants them played; their overview stands beside the results of the reference."""
    from sim.ensemble.manifest import combine_fingerprints
    from sim.ensemble.plan import make_plans
    from sim.storage.results_folder import choose_folder

    how |= {
        "view_names": find_common_views(files, how["view_names"], how["changes"], how["answers"]),
        "runs": how["runs"] or RUNS,
    }
    plans = make_plans(files, **how)
    manifests = [plan.manifest for plan in plans]
    folders = [choose_folder(manifest, out) for manifest in manifests]
    name = f"{manifests[0].made_at[:10]}-{OVERVIEW}-{combine_fingerprints(manifests)[:8]}"
    return BatchJob(plans, folders, folders[0].with_name(name), afresh=True)


def load_batch(overview: Path, asked: "ResumeRecord") -> BatchJob:
    """A batch that was cut short, as its folders keep it."""
    from sim.storage.rebuild import load_interrupted_plan

    folders = asked.find_members(overview)
    return BatchJob([load_interrupted_plan(folder) for folder in folders], folders, overview, afresh=False)


def simulate_batch(
    plans: "Sequence[Plan]",
    workers: int | None,
    reporter: Reporter = SILENT,
    *,
    on_cluster: bool = False,
    store: "BlockStore | None" = None,
) -> "list[Results]":
    """The runs of all scenario files, with one bar; those that share a run-up share its runs."""
    from sim.engines import base
    from sim.ensemble.simulate import simulate_plans

    if not on_cluster:
        base.compile_ahead(next(iter(plans[0].views.values())), reporter.note)
    so_far: dict[str, tuple[int, int]] = {}
    with reporter.show_progress() as tell:

        def report_progress(view: str, matching: int, wanted: int) -> None:
            so_far[view] = (matching, wanted)
            if tell is not None:
                tell(ALL, sum(done for done, _ in so_far.values()), wanted * sum(len(plan.views) for plan in plans))

        return simulate_plans(plans, workers=workers, progress=report_progress, zone_runs=ZONE_RUNS, store=store)


def run_batch(batch: BatchJob, options: RunOptions, reporter: Reporter = SILENT) -> bool:
    """Play scenario files together, keep them, write pages and overview, and print it; False if interrupted."""
    from sim.storage.checkpoints import open_checkpoints
    from sim.workflows.resume import add_resume_hint, resume_hint
    from sim.workflows.resume_record import remove_stale_record, write_batch_record

    overview, folders = batch.overview, batch.folders
    try:
        with open_checkpoints(batch.plans, folders, anew=batch.afresh) as store, add_resume_hint(overview, folders):
            write_batch_record(overview, folders, options)
            try:
                finished = _carry_out(batch, options, store, reporter)
            except KeyboardInterrupt:
                finished = False
            if finished:
                store.finish()
    finally:
        remove_stale_record(overview, folders)
    if not finished:
        reporter.warn("zopa: interrupted; what was finished so far is kept")
        reporter.warn(resume_hint(overview))
    return finished


def _carry_out(batch: BatchJob, options: RunOptions, store: "BlockStore", reporter: Reporter) -> bool:
    """Play, keep, write and print; False if runs or other magnitudes were interrupted."""
    played = simulate_batch(batch.plans, options.workers, reporter, on_cluster=options.on_cluster, store=store)
    finished = all(one.manifest.complete for one in played)
    saved = []
    for results, folder in zip(played, batch.folders, strict=True):
        if any(view.n_matching for view in results.views.values()):
            saved.append(save_results(results, folder))
            remove_leftovers(saved[-1])
    for one in saved:
        finished = finished and (not options.sweeps or save_sweeps(one, options.workers, reporter))
    if saved and options.pages:
        reporter.note(f"Writing {len(saved)} pages and the overview.")
        _write_pages(saved, options)
    if saved:
        write_overview(saved, len(batch.plans), batch.overview, options, reporter)
    return finished


def _write_pages(saved: list[SavedResults], options: RunOptions) -> None:
    """The page of every scenario file, several at the same time."""
    from sim.workflows.parallel import parallel_map

    parallel_map(write_page_of, [(one.folder, options.lang) for one in saved], options.workers)


def write_page_of(folder: Path, lang: str) -> Path:
    """The page of results in a folder, made in this process alone."""
    from sim.storage.results_folder import load

    return write_page(load(folder), folder, lang, workers=1)
