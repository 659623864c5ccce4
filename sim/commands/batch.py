"""Batch: several scenario files played together, each with its page, and one page that sets them side by side."""

import json
import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.commands.kept import Kept, keep, keep_sweeps, without_leftovers
from sim.commands.pages import REPORT, write_page
from sim.commands.speech import WrongUse, mistake, note, result, result_json
from sim.commands.tables import print_table

if TYPE_CHECKING:
    from analysis.report.overview import Batch, Member
    from sim.ensemble.results import Results

RUNS = 1000
"""Matching runs per source view in a batch, unless another number is asked for."""
ZONE_RUNS = 200
"""Matching runs in which agreements not on the menu are looked for in a batch."""
OVERVIEW = "overview"
ALL = "all scenario files"


@dataclass(frozen=True)
class Wanted:
    """What is to become of results."""

    out: Path
    """Folder in which they are kept."""
    lang: str
    """Language of the pages."""
    workers: int | None
    """Processes; none for one per core."""
    sweeps: bool
    """True if other magnitudes are to be played."""
    pages: bool
    """True if pages are to be written."""
    as_json: bool
    """True if the result is for machines."""
    quiet: bool
    """True if nothing else is to be said."""
    away: bool = False
    """True if the workers of a cluster play."""


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


def played_together(files: list[Path], how: dict[str, Any], workers: int | None, quiet: bool) -> "list[Results]":
    """The runs of all scenario files, with one bar; those that share a run-up share its runs."""
    from sim.commands.bars import progress_bars
    from sim.ensemble.ensemble import play
    from sim.ensemble.plan import plans_of

    so_far: dict[str, tuple[int, int]] = {}
    with progress_bars(quiet=quiet) as tell:

        def told(view: str, kept: int, wanted: int) -> None:
            so_far[view] = (kept, wanted)
            if tell is not None:
                views = len(files) * max(1, len(how["lenses"]))
                tell(ALL, sum(done for done, _ in so_far.values()), wanted * views)

        return play(plans_of(files, **how), workers=workers, progress=told, zone_runs=ZONE_RUNS)


def run_batch(files: list[Path], how: dict[str, Any], wanted: Wanted) -> bool:
    """Play scenario files together, keep them, write pages and overview, and print it; False if interrupted."""
    from sim.ensemble.storage import folder_for

    how |= {"lenses": common_views(files, how["lenses"], how["changes"], how["switches"]), "runs": how["runs"] or RUNS}
    played = played_together(files, how, wanted.workers, wanted.quiet)
    results = [one for one in played if any(view.kept for view in one.lenses.values())]
    if not results:
        mistake("zopa: interrupted before the first runs were finished; there is nothing to keep")
        return False
    kept = [keep(one, folder_for(one.manifest, wanted.out)) for one in results]
    finished = all(one.manifest.complete for one in results)
    for one in kept:
        without_leftovers(one)
        finished = finished and (not wanted.sweeps or keep_sweeps(one, wanted.workers, quiet=wanted.quiet))
    if wanted.pages:
        note(f"Writing {len(kept)} pages and the overview.", quiet=wanted.quiet)
        _write_pages(kept, wanted)
    _show(kept, len(files), wanted)
    if not finished:
        mistake("zopa: interrupted; what was finished so far is kept")
    return finished


def _write_pages(kept: list[Kept], wanted: Wanted) -> None:
    """The page of every scenario file, several at the same time."""
    from sim.commands.hands import all_done

    all_done(page_of, [(one.folder, wanted.lang) for one in kept], wanted.workers)


def page_of(folder: Path, lang: str) -> Path:
    """The page of results in a folder, made in this process alone."""
    from sim.ensemble.storage import load

    return write_page(load(folder), folder, lang, workers=1)


def _show(kept: list[Kept], asked: int, wanted: Wanted) -> None:
    """Print the batch and write its overview."""
    from analysis.figures import scenario_grid
    from analysis.report.shell import write
    from sim.spec.mistake import shown

    batch = batch_of(kept, asked, "en", wanted.pages)
    folder = overview_folder(batch, wanted.out)
    told = {**batch.as_json(), "outputs": shown(folder)}
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / f"{OVERVIEW}.json", json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False) + "\n")
    if wanted.pages:
        _write_overview(kept, asked, folder, wanted.lang)
    if wanted.as_json:
        result_json(told)
    else:
        print_table(scenario_grid.table(batch.grid()))
        result(f"Overview: {shown(folder)}/{OVERVIEW}.{'html' if wanted.pages else 'json'}")
    _show_notes(batch, wanted.quiet)


def _write_overview(kept: list[Kept], asked: int, folder: Path, lang: str) -> None:
    from analysis.report.overview import overview_page
    from analysis.report.shell import write
    from sim.language.tongue import speaking

    with speaking(lang):
        write(folder / f"{OVERVIEW}.html", overview_page(batch_of(kept, asked, lang, pages=True)))


def _show_notes(batch: "Batch", quiet: bool) -> None:
    """What must be known to read the table, on stderr."""
    from analysis.figures.difference import notes
    from analysis.report.comparison import of_reference

    found = batch.comparison()
    for text in (*notes(found), *(f"{name}: {text}" for name, text in of_reference(batch.reference))):
        note(text, quiet=quiet)


def overview_folder(batch: "Batch", out: Path) -> Path:
    """Where the overview of a batch is kept: beside the results of its reference."""
    from sim.ensemble.storage import folder_for

    first, unfinished = batch.reference.manifest, "" if batch.complete else "-interrupted"
    name = f"{first.made_at[:10]}-{OVERVIEW}-{batch.comparison().digest[:8]}{unfinished}"
    return folder_for(first, out).with_name(name)


def batch_of(kept: list[Kept], asked: int, lang: str, pages: bool) -> "Batch":
    """What was played, with its texts in a language."""
    from analysis.report.overview import Batch

    first = kept[0].folder.parent
    return Batch(tuple(_member(one, first, lang, pages) for one in kept), asked)


def _member(kept: Kept, home: Path, lang: str, pages: bool) -> "Member":
    from analysis.report.overview import Member
    from sim.commands.spoken import spoken, view_in

    said = spoken(kept.results, lang)
    views = {name: view_in(kept.results.manifest, name, lang).scenario for name in kept.results.lenses}
    address = Path(os.path.relpath(kept.folder / REPORT, home / OVERVIEW)).as_posix() if pages else ""
    return Member(said.results, views, kept.where, address, said.lacking)
