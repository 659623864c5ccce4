"""Varied shares: the share of an outcome at every setting of some factors, paired with the unchanged case.

Read aloud
    Every setting is played with the same luck as the unchanged case. The difference of a share is split, as for any
    changed assumption, into effect and selection (analysis/methods/paired_change.py).
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.methods.intervals import Interval, estimate_share
from analysis.methods.paired_change import PairedChange, SplitChange, ViewChange
from analysis.methods.shares import ANY_AGREEMENT
from sim.export.csv_file import make_csv_writer
from sim.loading.tables.formula_guard import guard_text
from sim.schema.loaded_case import HoldsFrom

COLUMNS = ("drawn", "matching", "share", "low", "high", "difference", "difference_low", "difference_high")
PARTS = ("effect", "selection")
"""Columns for every source view, and parts of the difference, each with its interval."""


@dataclass(frozen=True)
class VariedFactor:
    """What is varied."""

    name: str
    """Its place in the scenario, or the name of the question."""
    label: str
    """The same in words."""
    is_scaled: bool
    """True if its values are factors on what the scenario has."""


@dataclass(frozen=True)
class VariedSetting:
    """One value of every factor, and what comes of it."""

    values: tuple[str, ...]
    """Values, in the order of the factors, as one writes them behind the equals sign."""
    change: PairedChange
    """The setting against the unchanged case."""

    def find_number(self, place: int) -> float | None:
        """The value of a factor as a number; none if it is no number."""
        try:
            return float(self.values[place].removeprefix("*"))
        except ValueError:
            return None


@dataclass(frozen=True)
class UnchangedShare:
    """The unchanged case under one source view."""

    share: Interval
    """Share of the outcome."""
    n_matching: int
    """Runs that match the reported run-up."""
    n_drawn: int
    """Draws."""


@dataclass(frozen=True)
class VariedShares:
    """The share of an outcome at every setting."""

    factors: tuple[VariedFactor, ...]
    """What is varied."""
    settings: tuple[VariedSetting, ...]
    """All settings, in the order in which they were planned."""
    is_sampled: bool
    """True for a Latin hypercube, false for a grid."""
    outcome: str
    """Key of the outcome; empty for all agreements in force."""
    outcome_label: str
    """The outcome for readers; empty for all agreements in force."""
    unchanged: Mapping[str, UnchangedShare]
    """The unchanged case, by source view."""
    view_labels: Mapping[str, str]
    """Label of each source view."""
    horizon_weeks: int
    """Weeks that were played."""
    run_up_weeks: int
    """Weeks of run-up before them."""
    holds_from: HoldsFrom
    """From when values hold."""
    complete: bool
    """False if it was interrupted, so that settings are missing."""

    @property
    def is_same_selection(self) -> bool:
        """True if at every setting the same draws match as in the unchanged case."""
        return all(view.is_same_selection for one in self.settings for view in one.change.views.values())

    def find_split(self, view: ViewChange) -> SplitChange:
        """What a setting does to the outcome under one source view."""
        return view.outcomes[self.outcome] if self.outcome else view.agreement

    def find_share(self, setting: VariedSetting, name: str) -> Interval | None:
        """The share at a setting under one source view; none where no run matches."""
        view = setting.change.views.get(name)
        if view is None:
            return None
        return estimate_share(round(self.find_split(view).changed * view.n_changed), view.n_changed)

    def list_numbers(self, place: int) -> list[float] | None:
        """The values of a factor as numbers; none if one of them is no number, or a factor beside plain numbers."""
        found = [setting.find_number(place) for setting in self.settings]
        scaled = {setting.values[place].startswith("*") for setting in self.settings}
        numbers = [number for number in found if number is not None]
        return numbers if len(numbers) == len(found) and len(scaled) == 1 else None

    def as_json(self) -> dict[str, Any]:
        """The same as plain mappings; shares and differences from -1 to 1."""
        return {
            "factors": [{"name": one.name, "label": one.label} for one in self.factors],
            "design": "Latin hypercube" if self.is_sampled else "grid",
            "outcome": self.outcome or ANY_AGREEMENT,
            "horizon_weeks": self.horizon_weeks,
            "holds_from": self.holds_from,
            "complete": self.complete,
            "unchanged": {
                name: {"share": one.share.share, "low": one.share.low, "high": one.share.high}
                | {"matching": one.n_matching, "drawn": one.n_drawn}
                for name, one in self.unchanged.items()
            },
            "settings": [self._setting_as_json(one) for one in self.settings],
        }

    def _setting_as_json(self, setting: VariedSetting) -> dict[str, Any]:
        values = {factor.name: value for factor, value in zip(self.factors, setting.values, strict=True)}
        return {"values": values, "views": setting.change.as_json()["views"]}

    def as_csv(self) -> str:
        """One row for every setting, the unchanged case first."""
        text = io.StringIO()
        table = make_csv_writer(text)
        parts = [f"{part}{end}" for part in PARTS for end in ("", "_low", "_high")]
        columns = [f"{view}.{name}" for view in self.unchanged for name in (*COLUMNS, *parts)]
        table.writerow([guard_text(name) for name in (*(factor.name for factor in self.factors), *columns)])
        table.writerow([*("" for _ in self.factors), *self._list_unchanged_cells()])
        for setting in self.settings:
            cells = (cell for view in self.unchanged for cell in self._list_cells(setting, view))
            table.writerow([*map(_write_value, setting.values), *cells])
        return text.getvalue()

    def _list_unchanged_cells(self) -> Iterator[float | int]:
        for one in self.unchanged.values():
            yield from (one.n_drawn, one.n_matching, one.share.share, one.share.low, one.share.high)
            yield from (0.0,) * (3 + 3 * len(PARTS))

    def _list_cells(self, setting: VariedSetting, name: str) -> Iterator[float | int | str]:
        """Numbers of a setting under one source view; empty where there are none."""
        view, share = setting.change.views.get(name), self.find_share(setting, name)
        if view is None or share is None:
            yield from ("",) * (len(COLUMNS) + 3 * len(PARTS))
            return
        split = self.find_split(view)
        yield from (view.draws, view.n_changed, share.share, share.low, share.high)
        for part in (split.difference, split.effect, split.selection):
            yield from ("", "", "") if part is None else (part.value, part.low, part.high)


def _write_value(value: str) -> float | str:
    """A value for a table: a number where it is one, or else a text that no spreadsheet takes for a formula."""
    try:
        return float(value)
    except ValueError:
        return guard_text(value)
