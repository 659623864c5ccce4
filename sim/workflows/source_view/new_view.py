"""New view: a view file for a source of the user's own, with every theme at the wide spreads."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.errors import ScenarioError, UsageError, display_path
from sim.loading.loader import load_case
from sim.storage.atomic_write import make_folder, write_file
from sim.workflows.display import TextDisplay, make_frame
from sim.workflows.source_view.case_copy import find_free_view, open_case_folder
from sim.workflows.source_view.quantities import list_quantities
from sim.workflows.source_view.view_writer import format_blank_view


@dataclass(frozen=True, repr=False)
class NewView(TextDisplay):
    """A source view that was just written, or as far as its text is coded."""

    folder: Path
    """Folder of its case, as `run` and `compare` take it."""
    view: str
    """Name of the view."""
    path: Path
    """Its file; not written yet while paragraphs are left."""
    claims: int = 0
    """Claims that were coded."""
    moved: int = 0
    """Quantities that they move."""
    left: int = 0
    """Paragraphs that are still to be read."""

    def to_frame(self) -> Any:
        """One row, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame([self.as_json()])

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        names = ("view", "claims", "moved", "left")
        return {"folder": display_path(self.folder), "file": display_path(self.path)} | {
            name: getattr(self, name) for name in names
        }

    def __str__(self) -> str:
        if self.left:
            return f"{self.view}: {self.claims} claims so far, {self.left} paragraphs left"
        return display_path(self.path)


def new_view(source: str, case: str | Path | None = None, *, copy_to: str | Path | None = None) -> NewView:
    """Start a source view: every theme at the wide spreads of the case, with comments that ask for a claim.

    Args:
        source: Name of the view, and key of its source, such as lund-2032.
        case: Name, file or folder of the scenario; the default case if left out.
        copy_to: Folder to copy the case to first, where it comes with zopa and is to stay as it is.

    Returns:
        Where the view is; it has passed the check.

    Raises:
        ScenarioError: something in the case does not fit.
        UsageError: the name cannot be used, or the view or the folder is there already.
    """
    folder = open_case_folder(case, copy_to)
    path = find_free_view(folder, source)
    loaded = load_case(folder)
    known = loaded.sources.get(source)
    quantities = list_quantities(loaded).values()
    text = format_blank_view(source, known.author if known else "", quantities, is_known=known is not None)
    write_checked(path, text)
    return NewView(folder, source, path)


def write_checked(path: Path, text: str) -> None:
    """Write a view file, and take it away again if the case does not pass its check with it.

    Raises:
        ScenarioError: the view does not fit.
        UsageError: it cannot be written.
    """
    try:
        make_folder(path.parent)
        with write_file(path) as unfinished:
            unfinished.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{display_path(path)}: cannot be written ({error.strerror})") from error
    try:
        load_case(path.parent.parent, view=path.stem)
    except ScenarioError:
        path.unlink()
        raise
