"""Ensemble result: the runs of a scenario - the shares beside what they mean, and plain rows for more."""

from dataclasses import asdict, dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.figures.number_text import format_estimate, format_range
from analysis.methods.agreed_terms import compute_agreed_terms
from analysis.methods.assumptions import format_quantity
from analysis.methods.change_words import describe_changes
from analysis.methods.expectations import SeenExpectation, compute_expectations
from analysis.methods.intervals import IntervalKind
from analysis.methods.paired_change import PairedChange
from analysis.methods.shares import Shares, ViewShares, compute_shares
from analysis.methods.summary import build_summary
from sim.ensemble.manifest import Manifest
from sim.ensemble.results import Results, ViewRuns
from sim.errors import display_path
from sim.i18n.messages import format_number, get_language, message
from sim.loading.translations import load_translation, translate_data
from sim.storage.rebuild import load_checked, rebuild_view
from sim.storage.results_folder import ResultsError, choose_folder, save
from sim.workflows.agreed_result import AgreedResult
from sim.workflows.display import TableDisplay, TextTable, make_frame
from sim.workflows.save_results import rebuild_scenarios
from sim.workflows.supplements import DamagedSupplementError
from sim.workflows.unchanged_case import CHANGE, load_paired_change, save_paired_change

OUTPUTS = Path("outputs")
"""Where `zopa run` keeps results, too."""


@dataclass(frozen=True)
class Row:
    """The share of one outcome under one source view."""

    view: str
    """Name of the source view."""
    outcome: str
    """Key of the outcome."""
    label: str
    """The outcome for readers."""
    runs: int
    """Matching runs that end so."""
    of: int
    """Matching runs."""
    share: float
    """Share of matching runs, from 0 to 1."""
    low: float
    """Lower end of its interval, which is about the limited number of runs only."""
    high: float
    """Upper end."""
    kind: IntervalKind
    """How the ends were found."""


@dataclass(frozen=True, repr=False)
class EnsembleResult(TableDisplay):
    """A scenario played many times under each source view."""

    results: Results
    """Every run, counts by week, and how they were made."""
    folder: Path | None = None
    """Where they are kept; none if they are in memory only."""
    page: Path | None = None
    """The page about them, if one was written."""
    finished: bool = True
    """False if something that was asked for was interrupted; `resume` goes on with it."""
    change: PairedChange | None = None
    """What a changed assumption moves, against the same draws without it; none if nothing was changed."""

    @property
    def manifest(self) -> Manifest:
        """How it was made: seed, horizon, source views, versions."""
        return self.results.manifest

    @property
    def views(self) -> dict[str, ViewRuns]:
        """Runs by source view, each with its columns as arrays."""
        return self.results.views

    @cached_property
    def shares(self) -> Shares:
        """Shares of all outcomes with their intervals, and their range across sources."""
        return compute_shares(self.results)

    @cached_property
    def agreed(self) -> AgreedResult:
        """What was agreed on each issue, and when, among agreements in force."""
        return AgreedResult(compute_agreed_terms(self.results, rebuild_scenarios(self.results)))

    @cached_property
    def expectations(self) -> tuple[SeenExpectation, ...]:
        """What is expected of the case as it is written, beside what its runs show; nothing if it was changed."""
        return compute_expectations(self.results, rebuild_scenarios(self.results))

    def build_table(self) -> list[Row]:
        """One row per source view and outcome, as any table of data takes them."""
        return [row for name in self.shares.views for row in self._build_rows(name)]

    def to_frame(self) -> Any:
        """The rows of `build_table` as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame((asdict(row) for row in self.build_table()), [one.name for one in fields(Row)])

    def save(self, folder: str | Path | None = None) -> Path:
        """Keep the results, in this folder or where `zopa run` would.

        Args:
            folder: The folder; one in `outputs` named after case, date and fingerprint if left out.

        Returns:
            The folder.

        Raises:
            ResultsError: the folder holds something else, which is left as it is.
        """
        place = choose_folder(self.manifest, OUTPUTS) if folder is None else Path(folder)
        summary = build_summary(self.results, self.shares, str(place), self.agreed.views, self.expectations)
        kept = () if self.change is None else (CHANGE,)
        results = replace(self.results, manifest=self.manifest.model_copy(update={"supplements": kept}))
        save(results, place, summary)
        if self.change is not None:
            save_paired_change(self.change, place)
        return place

    def figure(self) -> Any:
        """Outcome shares as dots with intervals; a Plotly figure."""
        from analysis.figures import outcome_shares
        from analysis.figures.style import mark_changed

        figure = outcome_shares.draw_figure(self.shares, lone=len(self.shares.views) == 1)
        return mark_changed(figure, describe_changes(self.manifest))

    def _build_rows(self, name: str) -> list[Row]:
        view, runs = self.shares.views[name], self.views[name]
        return [
            Row(name, key, label, runs.count(place), view.n_matching, found.share, found.low, found.high, found.kind)
            for place, (key, label) in enumerate(self.shares.outcomes.items())
            for found in (view.outcomes[key],)
        ]

    def build_text_table(self) -> TextTable:
        """Shares of all outcomes, one column per source view, and what must be read with them."""
        found = self.shares
        columns = {name: self._build_column(view) for name, view in found.views.items()}
        if len(found.sources) > 1:
            ends = [format_range(one.low, one.high) for one in (*found.ranges.values(), found.agreement_range)]
            columns[message("api.range")] = [*ends, "", ""]
        title, outcomes = self._translate_names()
        names = [message(f"api.{name}") for name in ("agreement", "matching", "off-menu")]
        rows = zip([*outcomes, *names], *columns.values(), strict=True)
        weeks = format_number(self.manifest.horizon_weeks)
        before = [message("api.caution"), message("api.title", title=title, weeks=weeks)]
        before += [changed] if (changed := describe_changes(self.manifest)) else []
        return TextTable(tuple(before), (message("api.outcome"), *columns), tuple(rows), self._list_notes())

    def _translate_names(self) -> tuple[str, list[str]]:
        """Title and outcomes in the language in use, as far as the case has texts in it."""
        text, _ = translate_data(self.manifest.text, load_translation(self.manifest.source, get_language()))
        labels = text.get("outcomes", {})
        outcomes = [str(labels.get(key, {}).get("label", label)) for key, label in self.shares.outcomes.items()]
        return str(text.get("title", self.manifest.title)), outcomes

    def _build_column(self, view: ViewShares) -> list[str]:
        cells = [format_estimate(share) for share in (*view.outcomes.values(), view.any_agreement)]
        matching = message("api.of", matching=format_number(view.n_matching), drawn=format_number(view.n_drawn))
        return [*cells, matching, format_estimate(view.menu_zone.off_menu) if view.menu_zone else ""]

    def _list_notes(self) -> tuple[str, ...]:
        done = () if self.manifest.complete else (message("api.interrupted"),)
        empty = tuple(message("api.without-runs", view=name) for name in self.shares.without_runs)
        how = message("api.how", seed=self.manifest.seed)
        return (
            *done,
            *empty,
            how,
            message("api.sharpness", words=self._describe_precision()),
            *self.manifest.notes,
        )

    def _describe_precision(self) -> str:
        """Sharpness of choice, each value once with the source views that have it."""
        held: dict[str, list[str]] = {}
        for name in self.views:
            words = format_quantity(rebuild_view(self.manifest, name).text["choice"]["precision"])
            held.setdefault(words, []).append(name)
        return "; ".join(f"{words} ({', '.join(names)})" for words, names in held.items())


def load_results(folder: str | Path) -> EnsembleResult:
    """Load results that were kept in a folder, by `zopa run` or by `save`.

    Args:
        folder: The folder with `manifest.json` and `runs.npz`.

    Returns:
        The results, to the bit.

    Raises:
        ResultsError: it holds no results that can be read.
    """
    found = load_checked(Path(folder))
    try:
        change = load_paired_change(Path(folder), found.manifest)
    except DamagedSupplementError as error:
        place = display_path(Path(folder))
        raise ResultsError(f"{place}/{CHANGE}: {error}; `zopa report {place}` makes it again") from error
    return EnsembleResult(found, Path(folder), change=change)
