"""Images: the figures of a page as files for a slide or a paper, each with case, changes, runs and sources in it."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.report.image_files import PageFigure, read_figures, write_images
from analysis.report.page import name_page
from sim.errors import UsageError, display_path, require_known
from sim.export.writer import TargetExistsError, refuse_existing
from sim.i18n.messages import list_languages
from sim.loading.plain_file import MEGABYTE, read_plain_file
from sim.storage.atomic_write import write_folder
from sim.storage.results_folder import MANIFEST, load_manifest
from sim.workflows.arguments import check_language, check_simulation
from sim.workflows.build_report import REPORT, report
from sim.workflows.display import TextDisplay, make_frame
from sim.workflows.list_results import describe_stored
from sim.workflows.reporter import SILENT, Reporter
from sim.workflows.scenario_files import LATEST, find_results

FORMS = ("png", "svg")
"""Forms of an image."""

IMAGES = "images"
"""Folder beside the page."""

MOST_BYTES = 200 * MEGABYTE
"""Bytes of a page that are read at most."""


@dataclass(frozen=True, repr=False)
class WrittenImages(TextDisplay):
    """Images that were written."""

    folder: Path
    """Where they are."""
    files: tuple[Path, ...]
    """The images, in the order of the page."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {"folder": display_path(self.folder), "files": [path.name for path in self.files]}

    def to_frame(self) -> Any:
        """One row per file, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame([{"file": path.name} for path in self.files])

    def __str__(self) -> str:
        return f"Images: {display_path(self.folder)} ({len(self.files)})"


def images(
    folder: str | Path = LATEST,
    *,
    to: str | Path | None = None,
    form: str = "png",
    what: str = "",
    lang: str | None = None,
    overwrite: bool = False,
    workers: int | None = None,
    reporter: Reporter = SILENT,
) -> WrittenImages:
    """Write the figures of a page as images; each says what it shows, of which case, what was changed and of whom.

    Args:
        folder: Folder of results, a case whose newest are meant, `latest` for the newest of all, or any page of zopa.
        to: Folder to write to; a folder `images` beside the page if left out.
        form: png or svg.
        what: Sections of the page, joined by commas, such as `outcome-shares,zone-shares`; all if left out.
        lang: Language; that of the page if left out.
        overwrite: True if images of the same names may be replaced.
        workers: Processes that make a page that is missing; one per core if left out.
        reporter: Who is told what is played anew.

    Returns:
        Where the images are.

    Raises:
        ResultsError: the folder holds no results that can be read.
        UsageError: there is no such page, it holds no such figure, or files are in the way.
        MissingPartError: kaleido (extra `images`) or a browser is missing.
    """
    require_known(form, FORMS, "form")
    check_language(lang or "en")
    check_simulation(None, None, workers)
    page, text = _read_page(folder, lang, workers, reporter)
    chosen = _choose(read_figures(text), what, page)
    place = page.parent / IMAGES if to is None else Path(to)
    try:
        refuse_existing(place, overwrite)
    except TargetExistsError as error:
        raise UsageError(str(error)) from None
    reporter.note(f"{len(chosen)} images of {display_path(page)}")
    with write_folder(place.resolve()) as new:
        written = write_images(chosen, new, form)
    return WrittenImages(place, tuple(place / path.name for path in written))


def _read_page(folder: str | Path, lang: str | None, workers: int | None, reporter: Reporter) -> tuple[Path, str]:
    """The page that is meant, and its text; it is made if it is missing, and in another language aside."""
    if (page := Path(folder)).suffix == ".html":
        try:
            return page, _read_text(page)
        except (OSError, UnicodeDecodeError):
            raise UsageError(f"{display_path(page)}: there is no page that can be read") from None
    results = find_results(folder)
    if Path(folder) != results:
        reporter.note(describe_stored(load_manifest(results / MANIFEST)))
    pages = [results / name_page(REPORT, one) for one in ([lang] if lang else list_languages())]
    if there := [page for page in pages if page.is_file()]:
        return there[0], _read_text(there[0])
    with tempfile.TemporaryDirectory() as aside:
        made = report(folder, lang=lang or "en", out=Path(aside) / REPORT, workers=workers, reporter=reporter)
        return pages[0], _read_text(made.path)


def _read_text(page: Path) -> str:
    return read_plain_file(page, MOST_BYTES).decode("utf-8")


def _choose(figures: list[PageFigure], what: str, page: Path) -> list[PageFigure]:
    """The figures of some sections."""
    if not figures:
        raise UsageError(f"{display_path(page)}: holds no figures of zopa")
    asked = [name.strip() for name in what.split(",") if name.strip()]
    for name in asked:
        require_known(name, dict.fromkeys(one.section for one in figures), "section")
    return [one for one in figures if not asked or one.section in asked]
