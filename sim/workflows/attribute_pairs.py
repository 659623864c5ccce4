"""Attribute pairs: which themes account for the difference between every two sources of a case, in one call?"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from io import StringIO
from itertools import combinations
from pathlib import Path
from typing import Any

from analysis.figures.attribution_pairs import build_table, draw_figure, summary_text
from analysis.methods.change_words import describe_changes
from analysis.methods.named_attribution import NamedAttribution
from analysis.report.attribution_pairs import build_attribution_pairs_page, list_pairs_notes
from analysis.report.page import name_page, write_page
from sim.engines import base
from sim.ensemble.manifest import combine_fingerprints
from sim.ensemble.results import Results
from sim.errors import UsageError, display_path
from sim.export.csv_file import make_csv_writer
from sim.i18n.messages import use_language
from sim.loading.loader import list_views, load_case, require_views
from sim.loading.tables.formula_guard import guard_row
from sim.schema.loaded_case import WEEK_1
from sim.storage.atomic_write import make_folder
from sim.storage.results_folder import check_writable, copy_files
from sim.workflows.arguments import OneOrMany, check_language, check_range, check_simulation, list_words, parse_seed
from sim.workflows.attribute_views import (
    GOES_ON,
    MOST_DRAWS,
    ViewAttribution,
    ViewPair,
    load_view_pair,
    play_pair,
    save_attribution,
)
from sim.workflows.display import TableDisplay, TextTable, make_frame
from sim.workflows.load_scenario import Case, resolve_case
from sim.workflows.localized_results import localize
from sim.workflows.reporter import SILENT, Reporter
from sim.workflows.workers import use_workers

PAGE_NAME, NUMBERS_NAME, TABLE_NAME = "pairs.html", "pairs.json", "pairs.csv"
COLUMNS = ("first", "second", "theme", "value", "low", "high", "kind")


@dataclass(frozen=True, repr=False)
class PairAttributions(TableDisplay):
    """The differences between every two source views, shared out among their themes."""

    pairs: Mapping[tuple[str, str], ViewAttribution]
    """Shapley values of the themes, by pair."""
    numbers: Path
    """File with the numbers of all pairs; the same as CSV stands beside it."""
    page: Path | None
    """The page with the map of pair by theme, if one was written."""

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
        """Keep the numbers, and the page if there is one, in another folder as well.

        Args:
            folder: The folder; it is made if it is not there.

        Returns:
            The folder.

        Raises:
            ResultsError: nothing can be written there.
        """
        files = [self.numbers, self.numbers.with_name(TABLE_NAME), *([self.page] if self.page else [])]
        return copy_files(files, Path(folder))

    def list_notes(self) -> list[str]:
        """What must be known to read the values."""
        return list_pairs_notes(self.named, [one.pair.manifest for one in self.pairs.values()])

    def describe_changed(self) -> str:
        """What was set and answered, in one line; empty if nothing was."""
        return describe_changes(next(iter(self.pairs.values())).pair.manifest)

    def build_text_table(self) -> TextTable:
        """Themes down, pairs across."""
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
        report: True to write a page with the map of pair by theme, and one for each pair.
        command: The command to put on record.
        reporter: Who is told how far it is.

    Returns:
        Shapley values of every pair, and where they are kept. Every pair is kept as soon as it is finished: asked
        again, only what is missing is played, after an interruption as well.

    Raises:
        ScenarioError: something in the scenario or in what was asked for does not fit.
        UsageError: there are not two views, or two that do not differ, or an argument is out of its bounds.
        EngineError: the engine is not installed.
    """
    check_range("draws", draws, 2, MOST_DRAWS)
    check_simulation(None, horizon, workers)
    check_language(lang)
    with use_workers(workers, engine, scheduler, reporter) as processes:
        check_writable(Path(out))
        names, number = _find_names(resolve_case(case).path, list_words(views)), parse_seed(seed)
        asked = [resolve_case(case, pair, changes, answers, holds_from) for pair in combinations(names, 2)]
        pairs = [load_view_pair(one, outcome, draws, horizon, number, command) for one in asked]
        if scheduler is None:
            base.compile_ahead(pairs[0].first.scenario, reporter.note)
        found = _play_all(pairs, Path(out), processes, reporter, lang if report else "")
    return _save(found, lang if report else "")


def _play_all(
    pairs: Sequence[ViewPair], out: Path, workers: int | None, reporter: Reporter, lang: str
) -> dict[tuple[str, str], ViewAttribution]:
    """All pairs one after the other, each kept as soon as it is finished; one measure of progress for all."""
    found: dict[tuple[str, str], ViewAttribution] = {}
    before, all_runs = 0, sum(2 ** len(pair.themes) * pair.draws for pair in pairs)
    with reporter.show_progress() as progress:
        for number, pair in enumerate(pairs, start=1):
            reporter.note(f"Pair {number} of {len(pairs)}: {' and '.join(pair.names)}.")
            tell = partial(_tell, progress, before, all_runs) if progress else None
            try:
                played = play_pair(pair, out, workers, reporter, tell)
            except KeyboardInterrupt as stopped:
                raise KeyboardInterrupt(*([GOES_ON] if found else stopped.args)) from None
            found[pair.names] = save_attribution(pair, played, out, lang)
            before += played.outcomes.size
    return found


def _tell(
    progress: Callable[[str, int, int], None], before: int, all_runs: int, _name: str, done: int, _wanted: int
) -> None:
    progress("runs of all pairs", before + done, all_runs)


def _find_names(path: Path, asked: list[str]) -> list[str]:
    """The views that are meant, at least two, each once."""
    known = list_views(path)
    require_views(path, asked)
    names = list(dict.fromkeys(asked))
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


def _save(pairs: Mapping[tuple[str, str], ViewAttribution], lang: str) -> PairAttributions:
    """Keep the numbers of all pairs as JSON and as CSV, and write the page if there is a language for it."""
    one = next(iter(pairs.values()))
    name = sha256(" ".join(found.pair.fingerprint for found in pairs.values()).encode()).hexdigest()[:8]
    folder = one.numbers.parent.with_name(f"attribute-pairs-{name}")
    make_folder(folder)
    rows, text = _list_rows(pairs), StringIO()
    make_csv_writer(text).writerows([COLUMNS, *(guard_row([row[name] for name in COLUMNS]) for row in rows)])
    write_page(folder / TABLE_NAME, text.getvalue())
    data = {"pairs": [found.pair.as_json(found.found) for found in pairs.values()]}
    numbers = folder / NUMBERS_NAME
    write_page(numbers, json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n")
    page = write_page(folder / name_page(PAGE_NAME, lang), _build_page(list(pairs.values()), lang)) if lang else None
    return PairAttributions(pairs, numbers, page)


def _build_page(pairs: Sequence[ViewAttribution], lang: str) -> str:
    """The page, in a language."""
    manifest = pairs[0].pair.manifest
    whole = manifest.model_copy(update={"fingerprint": combine_fingerprints(one.pair.manifest for one in pairs)})
    with use_language(lang):
        manifests = [localize(Results(one.pair.manifest, {}), lang).results.manifest for one in pairs]
        named = [one.pair.name_attribution(one.found, said) for one, said in zip(pairs, manifests, strict=True)]
        return build_attribution_pairs_page(named, localize(Results(whole, {}), lang).results)
