"""Played: the runs of a scenario at a Python prompt - the shares beside what they mean, and plain rows for more."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.figures.words import percent, with_ends
from analysis.questions.assumptions import in_words
from analysis.questions.intervals import Kind
from analysis.questions.pool import Range
from analysis.questions.shares import LensShares, Shares, shares
from analysis.questions.summary import summary
from sim.ensemble.manifest import Manifest
from sim.ensemble.results import LensRuns, Results
from sim.ensemble.storage import folder_for, save
from sim.ensemble.stored import view_of
from sim.language.tongue import language, number, say
from sim.notebook.page import Grid, html_of, text_of
from sim.spec.texts import said_in, texts_of

KEPT_IN = Path("outputs")
"""Where `zopa run` keeps results, too."""


@dataclass(frozen=True)
class Row:
    """The share of one outcome under one source view."""

    lens: str
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
    kind: Kind
    """How the ends were found."""


@dataclass(frozen=True, repr=False)
class Played:
    """A scenario played many times under each source view."""

    results: Results
    """Every run, counts by week, and how they were made."""

    @property
    def manifest(self) -> Manifest:
        """How it was made: seed, horizon, source views, versions."""
        return self.results.manifest

    @property
    def lenses(self) -> dict[str, LensRuns]:
        """Runs by source view, each with its columns as arrays."""
        return self.results.lenses

    @cached_property
    def shares(self) -> Shares:
        """Shares of all outcomes with their intervals, and their range across sources."""
        return shares(self.results)

    def table(self) -> list[Row]:
        """One row per source view and outcome, as any table of data takes them."""
        return [row for name in self.shares.lenses for row in self._rows(name)]

    def save(self, folder: str | Path | None = None) -> Path:
        """Keep the results, in this folder or where `zopa run` would; gives the folder.

        Raises:
            ResultsError: the folder holds something else, which is left as it is.
        """
        place = folder_for(self.manifest, KEPT_IN) if folder is None else Path(folder)
        return save(self.results, place, summary(self.results, self.shares, str(place)))

    def figure(self) -> Any:
        """Outcome shares as dots with intervals; a Plotly figure."""
        from analysis.figures import outcome_shares

        return outcome_shares.figure(self.shares, lone=len(self.shares.lenses) == 1)

    def __repr__(self) -> str:
        return text_of(self._grid())

    def _repr_html_(self) -> str:
        return html_of(self._grid())

    def _rows(self, name: str) -> list[Row]:
        lens, runs = self.shares.lenses[name], self.lenses[name]
        return [
            Row(name, key, label, runs.count(place), lens.kept, found.share, found.low, found.high, found.kind)
            for place, (key, label) in enumerate(self.shares.outcomes.items())
            for found in (lens.outcomes[key],)
        ]

    def _grid(self) -> Grid:
        found = self.shares
        columns = {name: self._column(lens) for name, lens in found.lenses.items()}
        if len(found.sources) > 1:
            ends = [_range(one) for one in (*found.ranges.values(), found.agreement_range)]
            columns[say("notebook.range")] = [*ends, "", ""]
        title, outcomes = self._names()
        names = [say(f"notebook.{name}") for name in ("agreement", "matching", "off-menu")]
        rows = zip([*outcomes, *names], *columns.values(), strict=True)
        weeks = number(self.manifest.horizon_weeks)
        before = (say("notebook.caution"), say("notebook.title", title=title, weeks=weeks))
        return Grid(before, (say("notebook.outcome"), *columns), tuple(rows), self._after())

    def _names(self) -> tuple[str, list[str]]:
        """Title and outcomes in the language in use, as far as the case has texts in it."""
        text, _ = said_in(self.manifest.text, texts_of(self.manifest.source, language()))
        labels = text.get("outcomes", {})
        outcomes = [str(labels.get(key, {}).get("label", label)) for key, label in self.shares.outcomes.items()]
        return str(text.get("title", self.manifest.title)), outcomes

    def _column(self, lens: LensShares) -> list[str]:
        cells = [with_ends(share) for share in (*lens.outcomes.values(), lens.any_agreement)]
        matching = say("notebook.of", kept=number(lens.kept), drawn=number(lens.drawn))
        return [*cells, matching, with_ends(lens.zone.off_menu) if lens.zone else ""]

    def _after(self) -> tuple[str, ...]:
        done = () if self.manifest.complete else (say("notebook.interrupted"),)
        empty = tuple(say("notebook.without-runs", lens=name) for name in self.shares.without_runs)
        how = say("notebook.how", seed=self.manifest.seed)
        return (*done, *empty, how, say("notebook.sharpness", words=self._sharpness()), *self.manifest.notes)

    def _sharpness(self) -> str:
        """Sharpness of choice, each value once with the source views that have it."""
        held: dict[str, list[str]] = {}
        for name in self.lenses:
            words = in_words(view_of(self.manifest, name).text["choice"]["precision"])
            held.setdefault(words, []).append(name)
        return "; ".join(f"{words} ({', '.join(names)})" for words, names in held.items())


def _range(found: Range) -> str:
    return say("notebook.range-cell", low=percent(found.low), high=percent(found.high))
