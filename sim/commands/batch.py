"""Batch: several scenario files played together, each with its page, and one page that sets them side by side."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.commands.kept import Kept, keep, keep_sweeps, without_leftovers
from sim.commands.overview import OVERVIEW, show_overview
from sim.commands.pages import write_page
from sim.commands.speech import WrongUse, mistake, note
from sim.commands.wanted import Wanted

if TYPE_CHECKING:
    from sim.commands.asked import Asked
    from sim.ensemble.parts import Store
    from sim.ensemble.plan import Plan
    from sim.ensemble.results import Results

RUNS = 1000
"""Matching runs per source view in a batch, unless another number is asked for."""
ZONE_RUNS = 200
"""Matching runs in which agreements not on the menu are looked for in a batch."""
ALL = "all scenario files"


def files_of(asked: list[str]) -> list[Path]:
    """The scenario files that are meant; all of a folder that is written as a path, its main file first."""
    from sim.spec.find import find_scenario

    found: list[Path] = []
    for name in asked:
        folder = Path(name)
        is_path = os.sep in name or "/" in name
        found += family(folder) if is_path and folder.is_dir() else [find_scenario(name)]
    unique = {path.resolve(): path for path in found}
    return list(unique.values())


def family(folder: Path) -> list[Path]:
    """The main file of a folder and all scenario files beside it that extend it."""
    from sim.spec.chain import chain_of
    from sim.spec.find import OTHER_FILES, find_scenario
    from sim.spec.mistake import Collector
    from sim.spec.yaml_file import YamlFile, read_yaml

    main, seen = find_scenario(folder), Collector()
    others = []
    for path in sorted(folder.glob("*.yaml")):
        if path.stem in OTHER_FILES or path.resolve() == main.resolve():
            continue
        file = seen.attempt(partial(read_yaml, path), None)
        if file is not None and isinstance(file.data.get("extends"), str):
            chain = seen.attempt(partial(chain_of, path), list[YamlFile]())
            others += [path] if any(one.path.resolve() == main.resolve() for one in chain) else []
    seen.stop_if_any()
    return [main, *others]


def common_views(files: list[Path], asked: list[str] | None, changes: list[str], switches: list[str]) -> list[str]:
    """The source views that all scenarios have, in fixed order; every mistake in any of them at once."""
    from sim.ensemble.plan import AS_WRITTEN, views_of
    from sim.spec.case import Case
    from sim.spec.find import name_of
    from sim.spec.load import available_lenses
    from sim.spec.mistake import Collector

    seen = Collector()
    loaded = [seen.attempt(partial(views_of, path, asked, changes, switches), dict[str, Case]()) for path in files]
    seen.stop_if_any()
    order = available_lenses(files[0])
    common = [view for view in (order or [AS_WRITTEN]) if all(view in views for views in loaded)]
    outcomes = {frozenset(case.scenario.outcomes) for views in loaded for case in views.values()}
    if not common or len(outcomes) > 1:
        names = ", ".join(name_of(path) for path in files)
        raise WrongUse(f"{names} are not of one case: they share no source view, or not all outcomes")
    return common if order else []


@dataclass(frozen=True)
class Together:
    """Scenario files that are played together, and where."""

    plans: "Sequence[Plan]"
    """The scenarios through their source views, the reference first."""
    folders: Sequence[Path]
    """Where the results of each are kept."""
    overview: Path
    """Where the overview is kept."""
    anew: bool
    """False if what an earlier command left there is taken up."""


def planned_together(files: list[Path], how: dict[str, Any], out: Path) -> Together:
    """Scenario files as the command wants them played; their overview stands beside the results of the reference."""
    from sim.ensemble.manifest import digest_of_all
    from sim.ensemble.plan import plans_of
    from sim.ensemble.storage import folder_for

    how |= {"lenses": common_views(files, how["lenses"], how["changes"], how["switches"]), "runs": how["runs"] or RUNS}
    plans = plans_of(files, **how)
    manifests = [plan.manifest for plan in plans]
    folders = [folder_for(manifest, out) for manifest in manifests]
    name = f"{manifests[0].made_at[:10]}-{OVERVIEW}-{digest_of_all(manifests)[:8]}"
    return Together(plans, folders, folders[0].with_name(name), anew=True)


def resumed_together(overview: Path, asked: "Asked") -> Together:
    """A batch that was cut short, as its folders keep it."""
    from sim.ensemble.stored import resumed

    folders = asked.members_of(overview)
    return Together([resumed(folder) for folder in folders], folders, overview, anew=False)


def played_together(
    plans: "Sequence[Plan]", workers: int | None, *, quiet: bool, away: bool = False, store: "Store | None" = None
) -> "list[Results]":
    """The runs of all scenario files, with one bar; those that share a run-up share its runs."""
    from sim.commands.bars import progress_bars
    from sim.ensemble import readers
    from sim.ensemble.ensemble import play

    if not away:
        readers.make_ready(next(iter(plans[0].views.values())), lambda text: note(text, quiet=quiet))
    so_far: dict[str, tuple[int, int]] = {}
    with progress_bars(quiet=quiet) as tell:

        def told(view: str, kept: int, wanted: int) -> None:
            so_far[view] = (kept, wanted)
            if tell is not None:
                tell(ALL, sum(done for done, _ in so_far.values()), wanted * sum(len(plan.views) for plan in plans))

        return play(plans, workers=workers, progress=told, zone_runs=ZONE_RUNS, store=store)


def run_batch(batch: Together, wanted: Wanted) -> bool:
    """Play scenario files together, keep them, write pages and overview, and print it; False if interrupted."""
    from sim.commands.asked import forget_unless_kept, keep_asked_together
    from sim.commands.resume import how_to_go_on, telling_how_to_go_on
    from sim.ensemble.ensemble import keeping

    overview, folders = batch.overview, batch.folders
    try:
        with keeping(batch.plans, folders, anew=batch.anew) as store, telling_how_to_go_on(overview, folders):
            keep_asked_together(overview, folders, wanted)
            try:
                finished = _carried_out(batch, wanted, store)
            except KeyboardInterrupt:
                finished = False
            if finished:
                store.finish()
    finally:
        forget_unless_kept(overview, folders)
    if not finished:
        mistake("zopa: interrupted; what was finished so far is kept")
        mistake(how_to_go_on(overview))
    return finished


def _carried_out(batch: Together, wanted: Wanted, store: "Store") -> bool:
    """Play, keep, write and print; False if runs or other magnitudes were interrupted."""
    played = played_together(batch.plans, wanted.workers, quiet=wanted.quiet, away=wanted.away, store=store)
    finished = all(one.manifest.complete for one in played)
    kept = []
    for results, folder in zip(played, batch.folders, strict=True):
        if any(view.kept for view in results.lenses.values()):
            kept.append(keep(results, folder))
            without_leftovers(kept[-1])
    for one in kept:
        finished = finished and (not wanted.sweeps or keep_sweeps(one, wanted.workers, quiet=wanted.quiet))
    if kept and wanted.pages:
        note(f"Writing {len(kept)} pages and the overview.", quiet=wanted.quiet)
        _write_pages(kept, wanted)
    if kept:
        show_overview(kept, len(batch.plans), batch.overview, wanted)
    return finished


def _write_pages(kept: list[Kept], wanted: Wanted) -> None:
    """The page of every scenario file, several at the same time."""
    from sim.commands.hands import all_done

    all_done(page_of, [(one.folder, wanted.lang) for one in kept], wanted.workers)


def page_of(folder: Path, lang: str) -> Path:
    """The page of results in a folder, made in this process alone."""
    from sim.ensemble.storage import load

    return write_page(load(folder), folder, lang, workers=1)
