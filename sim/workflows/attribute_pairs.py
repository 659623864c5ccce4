"""Attribute pairs: which themes account for the difference between every two sources of a case, in one call?"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from itertools import combinations
from pathlib import Path
from typing import Any

from analysis.figures.attribution_pairs import build_table, draw_figure, summary_text
from analysis.methods.named_attribution import NamedAttribution
from analysis.report.page import write_page
from sim.errors import UsageError, display_path, require_known
from sim.export.csv_file import make_csv_writer
from sim.loading.loader import list_views, load_case
from sim.loading.tables.formula_guard import guard_row
from sim.schema.loaded_case import WEEK_1
from sim.storage.atomic_write import make_folder
from sim.storage.results_folder import check_writable, copy_files
from sim.workflows.arguments import OneOrMany, check_range, check_simulation, list_words
from sim.workflows.attribute_views import MOST_DRAWS, ViewAttribution, attribute
from sim.workflows.display import TableDisplay, TextTable, make_frame
from sim.workflows.load_scenario import Case, resolve_case
from sim.workflows.reporter import SILENT, Reporter

NUMBERS_NAME, TABLE_NAME = "pairs.json", "pairs.csv"
COLUMNS = ("first", "second", "theme", "value", "low", "high", "kind")


@dataclass(frozen=True, repr=False)
class PairAttributions(TableDisplay):
    """The differences between every two source views, shared out among their themes."""

    pairs: Mapping[tuple[str, str], ViewAttribution]
    """Shapley values of the themes, by pair."""
    numbers: Path
    """File with the numbers of all pairs; the same as CSV stands beside it."""

    @property
    def named(self) -> tuple[NamedAttribution, ...]:
        """All pairs with the names of views and themes."""
        return tuple(one.named for one in self.pairs.values())

    def as_json(self) -> dict[str, Any]:
        """The same for machines; shares and shifts from -1 to 1."""
        return {"pairs": [one.as_json() for one in self.pairs.values()], "outputs": display_path(self.numbers.parent)}

    def list_rows(self) -> list[dict[str, Any]]:
        """One row per pair and theme."""
        return _list_rows(self.pairs)

    def to_frame(self) -> Any:
        """One row per pair and theme, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame(self.list_rows(), COLUMNS)

    def figure(self) -> Any:
        """A map of pair by theme; a Plotly figure."""
        return draw_figure(self.named)

    def save(self, folder: str | Path) -> Path:
        """Keep the numbers in another folder as well.

        Args:
            folder: The folder; it is made if it is not there.

        Returns:
            The folder.

        Raises:
            ResultsError: nothing can be written there.
        """
        return copy_files([self.numbers, self.numbers.with_name(TABLE_NAME)], Path(folder))

    def list_notes(self) -> list[str]:
        """What must be known to read the values."""
        return list(dict.fromkeys(note for one in self.pairs.values() for note in one.list_notes()))

    def build_text_table(self) -> TextTable:
        """Pairs down, themes across."""
        table = build_table(self.named)
        return TextTable((table.caption,), table.head, table.rows, (summary_text(self.named), *self.list_notes()))


def attribute_pairs(
    views: OneOrMany = (),
    *,
    case: Case = None,
    outcome: str | None = None,
    draws: int = 700,
    horizon: int | None = None,
    seed: int | str | None = None,
    changes: OneOrMany = (),
    answers: OneOrMany = (),
    holds_from: str = WEEK_1,
    out: str | Path = "outputs",
    workers: int | None = None,
    engine: str | None = None,
    scheduler: str | None = None,
    lang: str = "en",
    report: bool = True,
    command: str = "",
    reporter: Reporter = SILENT,
) -> PairAttributions:
    """Say for every two source views which themes account for their difference (Shapley 1953).

    Args:
        views: Source views; all that read an author if left out.
        case: Name, file, folder or loaded scenario; the default case if left out.
        outcome: Key of the outcome whose share is explained; any agreement in force if left out.
        draws: Draws played for every set of themes, matching or not; 2 to 100,000.
        horizon: Weeks to play, 1 to 520; the scenario's if left out.
        seed: Seed of all random numbers, from 0 to 2^63-1, or `random`; the scenario's if left out.
        changes: Values to set, each as path=value.
        answers: Answers to open questions, each as name=answer.
        holds_from: From when changed values hold: `week-1`, so that they select no other runs, or `always`.
        out: Folder in which results are kept, each pair in one of its own.
        workers: Processes; one per core if left out, and 1 plays in this process.
        engine: `compiled`, `numpy` or `mesa`; the fastest that is installed if left out. The bits are the same.
        scheduler: Address of a Dask scheduler whose workers play.
        lang: Language of the pages.
        report: True to write a page for each pair.
        command: The command to put on record.
        reporter: Who is told how far it is.

    Returns:
        Shapley values of every pair, and where they are kept.

    Raises:
        ScenarioError: something in the scenario or in what was asked for does not fit.
        UsageError: there are not two views, or two that do not differ, or an argument is out of its bounds.
        EngineError: the engine is not installed.
    """
    check_range("draws", draws, 2, MOST_DRAWS)
    check_simulation(None, horizon, workers)
    check_writable(Path(out))
    request = resolve_case(case)
    pairs = list(combinations(_find_names(request.path, list_words(views)), 2))
    found = {}
    for number, (first, second) in enumerate(pairs, start=1):
        reporter.note(f"Pair {number} of {len(pairs)}: {first} and {second}.")
        found[first, second] = attribute(
            first, second, case=case, outcome=outcome, draws=draws, horizon=horizon, seed=seed,
            changes=changes, answers=answers, holds_from=holds_from, out=out, workers=workers, engine=engine,
            scheduler=scheduler, lang=lang, report=report, command=command, reporter=reporter,
        )  # fmt: skip
    return PairAttributions(found, _save(found))


def _find_names(path: Path, asked: list[str]) -> list[str]:
    """The views that are meant, at least two, each once."""
    known = list_views(path)
    names = [require_known(one, known, "source view") for one in dict.fromkeys(asked)]
    if not names:
        views = {name: load_case(path, view=name).view for name in known}
        names = [name for name, view in views.items() if view is not None and view.author] or known
    if len(names) < 2:
        raise UsageError(f"it takes two source views to attribute a difference; there is {' '.join(names) or 'none'}")
    return names


def _list_rows(pairs: Mapping[tuple[str, str], ViewAttribution]) -> list[dict[str, Any]]:
    """One row per pair and theme."""
    return [
        {"first": first, "second": second, "theme": theme, **dict(vars(shift))}
        for (first, second), one in pairs.items()
        for theme, shift in one.found.themes.items()
    ]


def _save(pairs: Mapping[tuple[str, str], ViewAttribution]) -> Path:
    """Keep the numbers of all pairs as JSON and as CSV."""
    one = next(iter(pairs.values()))
    name = sha256(" ".join(found.pair.fingerprint for found in pairs.values()).encode()).hexdigest()[:8]
    folder = one.numbers.parent.with_name(f"attribute-pairs-{one.pair.manifest.made_at[:10]}-{name}")
    make_folder(folder)
    rows, text = _list_rows(pairs), StringIO()
    make_csv_writer(text).writerows([COLUMNS, *(guard_row([row[name] for name in COLUMNS]) for row in rows)])
    write_page(folder / TABLE_NAME, text.getvalue())
    data = {"pairs": [found.pair.as_json(found.found) for found in pairs.values()]}
    return write_page(folder / NUMBERS_NAME, json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n")
