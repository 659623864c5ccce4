"""Sweeps: results played again with other magnitudes, kept beside them for the page."""

import time
from pathlib import Path

from analysis.methods.parameter_sweep import SweepResult, compare_variants, sweep_result_from_json
from sim.ensemble.manifest import Manifest
from sim.ensemble.results import Results
from sim.ensemble.worker import BLOCK
from sim.experiments.parameter_sweep import list_variants, sweep
from sim.storage.rebuild import rebuild_view
from sim.storage.sealed_json import save_sealed_json
from sim.workflows.reporter import Reporter
from sim.workflows.supplements import load_supplement

SWEEPS = "sweeps.json"


def save_sweeps(results: Results, folder: Path, workers: int | None, reporter: Reporter) -> bool:
    """Play results again with other magnitudes and keep what comes of it; False if it was interrupted."""
    manifest, names = results.manifest, [name for name, view in results.views.items() if view.n_matching]
    views = {name: rebuild_view(manifest, name).scenario for name in names}
    about = f"about {_estimate_seconds(results, len(views)):.0f} seconds; `sweeps=False` leaves it out"
    reporter.note(f"Now with other magnitudes, for the page ({about}).")
    start = time.perf_counter()
    try:
        with reporter.show_progress() as tell:
            played = sweep(views, manifest.seed, manifest.horizon_weeks, workers, tell)
    except KeyboardInterrupt:
        return False
    reporter.note(f"Other magnitudes took {time.perf_counter() - start:.0f} seconds.")
    found = compare_variants(results, played).as_json()
    save_sealed_json(folder / SWEEPS, found)
    return True


def load_sweeps(folder: Path, manifest: Manifest) -> SweepResult | None:
    """The sweeps that were kept with results; none if there are none.

    Raises:
        DamagedSupplementError: they cannot be used.
    """
    return load_supplement(folder, SWEEPS, manifest, sweep_result_from_json)


def _estimate_seconds(results: Results, views: int) -> float:
    """Seconds that other magnitudes will take, at the pace of the runs themselves."""
    manifest, drawn = results.manifest, sum(view.n_drawn for view in results.views.values())
    many = len(list_variants(rebuild_view(manifest, next(iter(results.views))).scenario))
    return manifest.seconds * many * views * BLOCK / max(drawn, BLOCK)
