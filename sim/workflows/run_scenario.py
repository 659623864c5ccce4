"""One: a single scenario planned, played block by block into its folder, kept, shown and put on its page."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import UsageError
from sim.workflows.reporter import Reporter, SilentReporter
from sim.workflows.run_options import RunOptions

if TYPE_CHECKING:
    from sim.ensemble.plan import Plan
    from sim.ensemble.results import Results
    from sim.workflows.save_results import SavedResults

MOST_RUNS_WITH_PRECISION = 1_000_000
"""Matching runs at most, where runs end once shares are known closely enough."""


SILENT = SilentReporter()


@dataclass(frozen=True)
class ScenarioJob:
    """What is to be played, and where."""

    plan: "Plan"
    """The scenario through its source views."""
    folder: Path
    """Where its results are kept."""
    afresh: bool
    """False if what an earlier run left there is taken up."""


def parse_half_width(asked: str | None) -> float | None:
    """The half-width asked for, as a share: `0.5%` or `0.005`."""
    if asked is None:
        return None
    text = asked.strip()
    try:
        found = float(text.removesuffix("%").strip()) / (100 if text.endswith("%") else 1)
    except ValueError:
        found = 0.0
    if not 0 < found < 1:
        raise UsageError(f"--precision is {asked}; it must be a share above 0 and below 1, such as 0.5% or 0.005")
    return found


def plan_scenario(file: Path, how: dict[str, Any], precision: float | None, out: Path) -> ScenarioJob:
    """A scenario file as the command wants it played."""
    from sim.ensemble.plan import make_plans
    from sim.storage.results_folder import choose_folder

    runs = how["runs"] or (MOST_RUNS_WITH_PRECISION if precision is not None else None)
    (plan,) = make_plans([file], precision=precision, **(how | {"runs": runs}))
    return ScenarioJob(plan, choose_folder(plan.manifest, out), afresh=True)


def load_interrupted(folder: Path) -> ScenarioJob:
    """A run that was cut short, as its folder keeps it."""
    from sim.storage.rebuild import load_interrupted_plan

    return ScenarioJob(load_interrupted_plan(folder), folder, afresh=False)


def run_scenario(planned: ScenarioJob, options: RunOptions, reporter: Reporter = SILENT) -> bool:
    """Play, keep, show, and write the page; False if it was interrupted."""
    from sim.storage.checkpoints import open_checkpoints
    from sim.workflows.resume import add_resume_hint, resume_hint
    from sim.workflows.resume_record import write_record

    keep = open_checkpoints([planned.plan], [planned.folder], anew=planned.afresh)
    with keep as store, add_resume_hint(planned.folder, [planned.folder]):
        write_record(planned.folder, options)
        try:
            finished = _carry_out(planned, options, store, reporter)
        except KeyboardInterrupt:
            reporter.warn("zopa: interrupted; the runs are kept, what should come after them is not whole")
            finished = False
        if finished:
            store.finish()
    if not finished:
        reporter.warn(resume_hint(planned.folder))
    return finished


def _carry_out(planned: ScenarioJob, options: RunOptions, store: Any, reporter: Reporter) -> bool:
    """Play, keep, show, and write the page; False if runs or other magnitudes were interrupted."""
    from sim.workflows.save_results import remove_leftovers, save_results, save_sweeps

    results = _simulate(planned.plan, options, store, reporter)
    if not any(found.n_matching for found in results.views.values()):
        reporter.warn("zopa: interrupted before the first runs were finished")
        return False
    saved, finished = save_results(results, planned.folder), results.manifest.complete
    reporter.show_results(saved)
    remove_leftovers(saved)
    if options.sweeps and finished:
        finished = save_sweeps(saved, options.workers, reporter)
    _write_page(saved, options, reporter)
    if not finished:
        done = ", ".join(f"{name} {found.n_matching:,}" for name, found in results.views.items())
        reporter.warn(f"zopa: interrupted; the matching runs finished so far ({done}) are kept in {saved.where}")
    return finished


def _simulate(plan: "Plan", options: RunOptions, store: Any, reporter: Reporter) -> "Results":
    """The runs, with their shares shown while they are played."""
    from analysis.methods.stopping_rule import precise_enough
    from sim.engines import base
    from sim.ensemble.simulate import simulate_plans

    manifest = plan.manifest
    if not options.on_cluster:
        base.compile_ahead(next(iter(plan.views.values())), reporter.note)
    enough = None if manifest.precision is None else precise_enough(manifest.precision)
    told = (manifest.outcomes, manifest.agreements, manifest.labels)
    with reporter.show_live_shares(*told) as (progress, watch):
        how = {"workers": options.workers, "store": store, "stopping_rule": enough}
        (results,) = simulate_plans([plan], progress=progress, on_counts=watch, **how)
    return results


def _write_page(saved: "SavedResults", options: RunOptions, reporter: Reporter) -> None:
    """Write the page if there is to be one, and say where everything is."""
    from sim.workflows.build_report import REPORT, write_page

    if options.pages:
        write_page(saved.results, saved.folder, options.lang, workers=options.workers)
        reporter.show_place("Report", f"{saved.where}/{REPORT}")
    else:
        reporter.show_place("Results", saved.where)
