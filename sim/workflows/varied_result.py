"""Varied result: a case at every setting of some factors - a table, a figure, rows for more."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.figures import varied_shares
from analysis.figures.style import mark_changed
from analysis.methods.change_words import describe_changes
from analysis.methods.paired_change import SplitChange
from analysis.methods.shares import ANY_AGREEMENT
from analysis.methods.summary import NOTE
from analysis.methods.varied_shares import VariedShares
from analysis.report.varied_shares import list_varied_notes
from sim.ensemble.results import Results
from sim.errors import display_path
from sim.i18n.messages import message
from sim.storage.results_folder import copy_files
from sim.workflows.display import TableDisplay, TextTable, make_frame

PAGE_NAME, TABLE_NAME, NUMBERS_NAME = "vary.html", "settings.csv", "vary.json"


@dataclass(frozen=True, repr=False)
class VariedResult(TableDisplay):
    """A case at every setting of some factors, paired with the unchanged case."""

    varied: VariedShares
    """Shares at every setting."""
    unchanged: Results
    """The runs of the unchanged case."""
    folder: Path
    """Where table, numbers and page are kept."""
    page: Path | None
    """The page, if one was written."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        manifest = self.unchanged.manifest
        known = {"note": NOTE, "scenario": manifest.scenario, "seed": manifest.seed}
        return {**known, **self.varied.as_json(), "outputs": display_path(self.folder)}

    def to_frame(self) -> Any:
        """One row per setting, source view and outcome, as a pandas data frame; `pip install pandas` first.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame(self._build_rows())

    def _build_rows(self) -> Iterator[dict[str, Any]]:
        names = [factor.name for factor in self.varied.factors]
        for setting in self.varied.settings:
            values = dict(zip(names, setting.values, strict=True))
            for name, view in setting.change.views.items():
                for key, split in {**view.outcomes, ANY_AGREEMENT: view.agreement}.items():
                    yield {**values, "view": name, "outcome": key, "matching": view.n_changed, **_list_numbers(split)}

    def figure(self) -> Any:
        """Lines for one factor, heat maps for two, dots for more; a Plotly figure."""
        return mark_changed(varied_shares.draw_figure(self.varied), describe_changes(self.unchanged.manifest))

    def save(self, folder: str | Path) -> Path:
        """Keep the table, the numbers and the page if there is one in another folder as well.

        Args:
            folder: The folder; it is made if it is not there.

        Returns:
            The folder.

        Raises:
            ResultsError: nothing can be written there.
        """
        files = [self.folder / TABLE_NAME, self.folder / NUMBERS_NAME, *([self.page] if self.page else [])]
        return copy_files(files, Path(folder))

    def describe_changed(self) -> str:
        """What was set and answered, in one line; empty if nothing was."""
        return describe_changes(self.unchanged.manifest)

    def build_text_table(self) -> TextTable:
        """Share at every setting, and its difference to the unchanged case."""
        table = varied_shares.build_table(self.varied)
        return TextTable((table.caption,), table.head, table.rows, tuple(self.list_notes()))

    def list_notes(self) -> list[str]:
        """What must be known to read the shares."""
        seed = str(self.unchanged.manifest.seed)
        said = [message("varied.forecast"), message("varied.intervals", seed=seed)]
        return [*list_varied_notes(self.varied), *said, *(f"Note: {text}" for text in self.unchanged.manifest.notes)]


def _list_numbers(split: SplitChange) -> dict[str, float | None]:
    """A share without and with the values of a setting, its difference with the interval, and its parts."""
    shares = {"unchanged": split.unchanged, "share": split.changed, "difference": split.difference.value}
    ends = {"low": split.difference.low, "high": split.difference.high}
    parts = {"effect": split.effect, "selection": split.selection}
    return {**shares, **ends, **{name: None if part is None else part.value for name, part in parts.items()}}
