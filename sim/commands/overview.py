"""Overview: a batch of scenario files side by side - on the terminal, as a page, and as one object for machines."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.commands.kept import Kept
from sim.commands.pages import REPORT
from sim.commands.speech import note, result, result_json
from sim.commands.tables import print_table
from sim.commands.wanted import Wanted

if TYPE_CHECKING:
    from analysis.report.overview import Batch, Member

OVERVIEW = "overview"


def show_overview(kept: list[Kept], asked: int, folder: Path, wanted: Wanted) -> None:
    """Print the batch and write its overview, which stands beside a better one that is there already."""
    from analysis.figures import scenario_grid
    from analysis.report.shell import write
    from sim.spec.mistake import shown

    batch = batch_of(kept, asked, folder, "en", pages=wanted.pages)
    folder = folder if batch.complete or not _is_whole(folder) else folder.with_name(f"{folder.name}-interrupted")
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


def _is_whole(folder: Path) -> bool:
    """True if the overview of a batch that was played to its end stands there."""
    try:
        told: dict[str, Any] = json.loads((folder / f"{OVERVIEW}.json").read_bytes())
    except (OSError, ValueError):
        return False
    return bool(told.get("complete"))


def _write_overview(kept: list[Kept], asked: int, folder: Path, lang: str) -> None:
    """Write the page, in a language."""
    from analysis.report.overview import overview_page
    from analysis.report.shell import write
    from sim.language.tongue import speaking

    with speaking(lang):
        write(folder / f"{OVERVIEW}.html", overview_page(batch_of(kept, asked, folder, lang, pages=True)))


def _show_notes(batch: "Batch", quiet: bool) -> None:
    """What must be known to read the table, on stderr."""
    from analysis.figures.difference import notes
    from analysis.report.comparison import of_reference

    found = batch.comparison()
    for text in (*notes(found), *(f"{name}: {text}" for name, text in of_reference(batch.reference))):
        note(text, quiet=quiet)


def batch_of(kept: list[Kept], asked: int, folder: Path, lang: str, *, pages: bool) -> "Batch":
    """What was played, with its texts in a language, seen from the folder of its overview."""
    from analysis.report.overview import Batch

    return Batch(tuple(_member(one, folder, lang, pages) for one in kept), asked)


def _member(kept: Kept, overview: Path, lang: str, pages: bool) -> "Member":
    from analysis.report.overview import Member
    from sim.commands.spoken import spoken, view_in

    said = spoken(kept.results, lang)
    views = {name: view_in(kept.results.manifest, name, lang).scenario for name in kept.results.lenses}
    address = Path(os.path.relpath(kept.folder / REPORT, overview)).as_posix() if pages else ""
    return Member(said.results, views, kept.where, address, said.lacking)
