"""Batch overview: scenario files side by side, as a page and as one object for machines."""

import json
import os
from pathlib import Path

from analysis.figures.scenario_differences import list_notes
from analysis.report.overview import Batch, Member, build_overview_page
from analysis.report.page import name_page, write_page
from analysis.report.scenario_differences import describe_reference
from sim.errors import display_path
from sim.i18n.messages import use_language
from sim.loading.discovery import find_scenario
from sim.storage.atomic_write import make_folder
from sim.storage.bounded_read import MEGABYTE, read_json_object
from sim.workflows.arguments import RunOptions
from sim.workflows.build_report import REPORT
from sim.workflows.localized_results import localize, rebuild_view_in
from sim.workflows.reporter import Reporter
from sim.workflows.save_results import SavedResults
from sim.workflows.with_changes import WithChanges, classify

OVERVIEW = "overview"


def write_overview(
    saved: list[SavedResults], asked: int, folder: Path, options: RunOptions, reporter: Reporter
) -> None:
    """Write the overview of a batch, beside a better one that is there already, and show it.

    Args:
        saved: Results of the scenario files, the reference first.
        asked: Number of scenario files that were asked for.
        folder: Folder of the overview.
        options: What is to become of results.
        reporter: Who is shown the batch.
    """
    batch = make_batch(saved, asked, folder, "en", pages=options.pages)
    folder = folder if batch.complete or not _is_whole(folder) else folder.with_name(f"{folder.name}-interrupted")
    told = {**batch.as_json(), "outputs": display_path(folder)}
    make_folder(folder)
    write_page(folder / f"{OVERVIEW}.json", json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False) + "\n")
    if options.pages:
        _write_page(saved, asked, folder, options.lang)
    reporter.show_overview(batch, told)
    name = name_page(f"{OVERVIEW}.html", options.lang) if options.pages else f"{OVERVIEW}.json"
    reporter.show_place("Overview", f"{display_path(folder)}/{name}")
    for text in list_batch_notes(batch):
        reporter.note(text)


def _is_whole(folder: Path) -> bool:
    """True if the overview of a batch that was played to its end stands there."""
    try:
        told = read_json_object(folder / f"{OVERVIEW}.json", 64 * MEGABYTE)
    except (OSError, ValueError):
        return False
    return bool(told.get("complete"))


def _write_page(saved: list[SavedResults], asked: int, folder: Path, lang: str) -> None:
    """Write the page, in a language."""
    with use_language(lang):
        write_page(
            folder / name_page(f"{OVERVIEW}.html", lang),
            build_overview_page(make_batch(saved, asked, folder, lang, pages=True)),
        )


def list_batch_notes(batch: Batch) -> list[str]:
    """What must be known to read the table of a batch."""
    found = batch.compare()
    return [*list_notes(found), *(f"{name}: {text}" for name, text in describe_reference(batch.reference))]


def make_batch(saved: list[SavedResults], asked: int, folder: Path, lang: str, *, pages: bool) -> Batch:
    """What was played, with its texts in a language, seen from the folder of its overview."""
    return Batch(tuple(_make_member(one, folder, lang, pages) for one in saved), asked)


def _make_member(saved: SavedResults, overview: Path, lang: str, pages: bool) -> Member:

    said = localize(saved.results, lang)
    views = {name: rebuild_view_in(saved.results.manifest, name, lang).scenario for name in saved.results.views}
    address = Path(os.path.relpath(saved.folder / name_page(REPORT, lang), overview)).as_posix() if pages else ""
    kinds = classify(find_scenario(saved.results.manifest.source), WithChanges())
    return Member(said.results, views, saved.where, address, said.untranslated, kinds, saved.change)
