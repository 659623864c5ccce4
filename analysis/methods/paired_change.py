"""Paired change: what does a changed assumption do within the same runs, and what comes from other runs it selects?

Read aloud
    The case is played with and without the change, on the same draws. A share may move for two reasons. Where a draw
    matches the reported run-up in both, the run may end otherwise: this is the effect of the change. And where the
    change holds in the run-up, too, other draws match: the shares of those that match in one alone make the rest of the
    difference, which is selection. Effect and selection add up to the difference.
    All three have paired 95% intervals: luck that both share cancels. Where no draw differs, the interval reaches as
    far as a count of zero allows, and where few do, as far as that count; selection is nothing at all where the same
    draws match.

Sources
    Common random numbers: Law (2015), Simulation Modeling and Analysis, chapter 11.
    Variance of a ratio: Cochran (1977), Sampling Techniques, chapter 6.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.methods.intervals import FloatArray, IntervalKind, find_paired_reach, one_sided_bound
from analysis.methods.share_change import estimate_ratio, select_common_runs
from sim.ensemble.column_bounds import ZONE_COLUMNS
from sim.ensemble.results import Results, ViewRuns
from sim.schema.loaded_case import HoldsFrom

SCHEMA = 2
"""Version of the form in which a paired change is kept."""

FEW = 0.5
"""Part of the matching share of the unchanged case below which a reader is warned."""


@dataclass(frozen=True)
class PartOfChange:
    """A difference of shares, or one of its two parts, with its interval; from -1 to 1."""

    value: float
    """How far it moves the share."""
    low: float
    """Lower end of the 95% interval."""
    high: float
    """Upper end."""
    kind: IntervalKind
    """How the ends were found: paired, or conservative where few draws differ, or none."""

    @property
    def is_clear(self) -> bool:
        """True if the interval leaves out 0."""
        return not self.low <= 0.0 <= self.high

    @property
    def is_bound(self) -> bool:
        """True if few draws differ, or none, so that the interval reaches as far as their count allows."""
        return self.kind == "conservative"


@dataclass(frozen=True)
class SplitChange:
    """A share without and with a change, and what moves it."""

    unchanged: float
    """Share of matching runs of the unchanged case."""
    changed: float
    """Share of matching runs with the change."""
    difference: PartOfChange
    """Changed minus unchanged."""
    effect: PartOfChange | None
    """What the change does within draws that match in both; none where there are none."""
    selection: PartOfChange | None
    """The rest, which comes from draws that match in one alone."""


@dataclass(frozen=True)
class ViewChange:
    """What a change moves under one source's assumptions."""

    draws: int
    """Draws that were played with and without the change."""
    n_unchanged: int
    """Those of them that match the reported run-up in the unchanged case."""
    n_changed: int
    """Those that match it with the change."""
    n_both: int
    """Those that match it in both."""
    n_moved: int
    """Those of these whose run differs in anything that is kept of it."""
    agreement: SplitChange
    """Runs with an agreement in force at the horizon."""
    outcomes: Mapping[str, SplitChange]
    """Each outcome, in the order of the scenario."""

    @property
    def is_same_selection(self) -> bool:
        """True if the same draws match with and without the change."""
        return self.n_both == self.n_changed == self.n_unchanged

    @property
    def matches_few(self) -> bool:
        """True if the matching share falls below half of the unchanged one."""
        return self.n_changed < FEW * self.n_unchanged


@dataclass(frozen=True)
class PairedChange:
    """A case with a changed assumption against the same case without it, on the same draws."""

    fingerprint: str
    """Digest of the results it belongs to."""
    holds_from: HoldsFrom
    """From when the change holds."""
    views: Mapping[str, ViewChange]
    """By source view; those without matching runs in one of the two are left out."""
    is_same_case: bool = False
    """True if the case with the change has the same numbers as without, so that nothing was changed."""

    @property
    def is_inert(self) -> bool:
        """True if the same draws match and not one run differs in anything."""
        return bool(self.views) and not any(view.n_moved or not view.is_same_selection for view in self.views.values())

    @property
    def moves_no_share(self) -> bool:
        """True if the same draws match and every outcome has the same share."""
        moved = (one.changed != one.unchanged for view in self.views.values() for one in view.outcomes.values())
        return bool(self.views) and all(view.is_same_selection for view in self.views.values()) and not any(moved)

    @property
    def is_same_selection(self) -> bool:
        """True if the same draws match with and without the change under every source view."""
        return all(view.is_same_selection for view in self.views.values())

    def as_json(self) -> dict[str, Any]:
        """The same as plain mappings; shares and differences from 0 to 1."""
        views = {name: _view_as_json(view) for name, view in self.views.items()}
        return {
            "schema_version": SCHEMA,
            "fingerprint": self.fingerprint,
            "holds_from": self.holds_from,
            "is_same_case": self.is_same_case,
            "views": views,
        }


def compute_paired_change(unchanged: Results, changed: Results, *, is_same_case: bool = False) -> PairedChange:
    """What a change moves, from the results of the case without and with it.

    Args:
        unchanged: The case as it is.
        changed: The case with the change, played with the same seed and horizon.
        is_same_case: True if both have the same numbers.

    Returns:
        Difference, effect and selection of every share, by source view.
    """
    found = {name: _compare_view(unchanged, changed, name) for name in changed.views if name in unchanged.views}
    views = {name: view for name, view in found.items() if view is not None}
    return PairedChange(changed.manifest.fingerprint, changed.manifest.holds_from, views, is_same_case)


def _compare_view(unchanged: Results, changed: Results, name: str) -> ViewChange | None:
    """What a change moves under one source's assumptions; none without matching runs in both."""
    draws = min(unchanged.views[name].n_drawn, changed.views[name].n_drawn)
    one, two = (read_draws(results, name, draws) for results in (unchanged, changed))
    if draws < 2 or not one.matching.any() or not two.matching.any():
        return None
    return ViewChange(
        draws=draws,
        n_unchanged=int(one.matching.sum()),
        n_changed=int(two.matching.sum()),
        n_both=int((one.matching * two.matching).sum()),
        n_moved=_count_moved(unchanged.views[name], changed.views[name]),
        agreement=split_draws(one, two, unchanged.manifest.agreements, changed.manifest.agreements),
        outcomes={key: split_draws(one, two, (key,)) for key in changed.outcomes if key in unchanged.outcomes},
    )


def _count_moved(unchanged: ViewRuns, changed: ViewRuns) -> int:
    """Runs that match in both and differ in a column."""
    both, *rows = np.intersect1d(unchanged.columns["run"], changed.columns["run"], True, return_indices=True)
    moved = np.zeros(both.size, dtype=bool)
    for key in (unchanged.columns.keys() & changed.columns.keys()) - set(ZONE_COLUMNS):
        moved |= unchanged.columns[key][rows[0]] != changed.columns[key][rows[1]]
    return int(moved.sum())


@dataclass(frozen=True)
class ViewDraws:
    """Every draw of a view."""

    matching: FloatArray
    """1 for those that match the reported run-up."""
    ends: NDArray[np.str_]
    """Names of the outcomes in which they end; empty for those that do not match."""

    def find_hits(self, keys: Sequence[str]) -> FloatArray:
        """1 for draws that end in one of these outcomes."""
        return np.isin(self.ends, list(keys)).astype(np.float64)


def read_draws(results: Results, name: str, draws: int) -> ViewDraws:
    """The first draws of a source view, matching or not."""
    runs, ends = select_common_runs(results, results.views[name], draws)
    matching, every = np.zeros(draws), np.zeros(draws, dtype=ends.dtype)
    matching[runs.astype(np.int64)] = 1.0
    every[runs.astype(np.int64)] = ends
    return ViewDraws(matching, every)


def split_draws(
    one: ViewDraws, two: ViewDraws, keys: Sequence[str], keys_of_two: Sequence[str] | None = None
) -> SplitChange:
    """The difference of the share of some outcomes, and its two parts.

    Args:
        one: Draws of the first ensemble; some must match.
        two: The same draws in the second one; some must match.
        keys: Outcomes that count.
        keys_of_two: Those that count in the second one; the same if left out.
    """
    hits_of_two = two.find_hits(keys if keys_of_two is None else keys_of_two)
    return split_change(one.matching, one.find_hits(keys), two.matching, hits_of_two)


def split_change(
    matching_a: FloatArray, hits_a: FloatArray, matching_b: FloatArray, hits_b: FloatArray, level: float = 0.95
) -> SplitChange:
    """The difference of a share and its two parts, draw by draw; neither may be without matching draws.

    Args:
        matching_a: 1 for draws that match without the change, 0 for all others.
        hits_a: 1 for those of them that count.
        matching_b: The same with the change.
        hits_b: Those of these that count.
        level: Level of the intervals.
    """
    share_a, pull_a = estimate_ratio(hits_a, matching_a)
    share_b, pull_b = estimate_ratio(hits_b, matching_b)
    fewest = min(matching_a.sum(), matching_b.sum())
    unseen = _find_unseen(((share_a, matching_a), (share_b, matching_b)), level)
    difference = make_part(share_b - share_a, pull_b - pull_a, fewest, level, unseen)
    both = matching_a * matching_b
    if not both.any():
        return SplitChange(share_a, share_b, difference, None, None)
    within_a, pull_within_a = estimate_ratio(hits_a * both, both)
    within_b, pull_within_b = estimate_ratio(hits_b * both, both)
    pull = pull_within_b - pull_within_a
    effect = make_part(within_b - within_a, pull, both.sum(), level)
    selection = make_part(difference.value - effect.value, pull_b - pull_a - pull, fewest, level, unseen)
    if np.array_equal(matching_a, matching_b):
        effect, selection = difference, PartOfChange(0.0, 0.0, 0.0, "paired")
    return SplitChange(share_a, share_b, difference, effect, selection)


def _find_unseen(sides: Sequence[tuple[float, FloatArray]], level: float) -> float:
    """How far shares of 0 or 1, whose draws show no error, may be off, where other draws match in the two."""
    (_, one), (_, two) = sides
    if np.array_equal(one, two):
        return 0.0
    return hypot(*(one_sided_bound(False, ones.sum(), level).high for share, ones in sides if share in (0.0, 1.0)))


def make_part(value: float, pull: FloatArray, runs: float, level: float = 0.95, unseen: float = 0.0) -> PartOfChange:
    """A difference with its interval, from what each draw contributes and what draws cannot show.

    Args:
        value: How far it moves the share.
        pull: What each draw contributes to it, in shares of one.
        runs: Runs whose count of zero bounds it where no draw differs.
        level: Level of the interval.
        unseen: How far it may be off besides.
    """
    seen, kind = find_paired_reach(pull, level)
    reach = hypot(seen, unseen) if seen > 0 else max(unseen, one_sided_bound(False, runs, level).high)
    return PartOfChange(value, max(-1.0, value - reach), min(1.0, value + reach), kind)


def _view_as_json(view: ViewChange) -> dict[str, Any]:
    return {
        "drawn": view.draws,
        "unchanged_matching": view.n_unchanged,
        "changed_matching": view.n_changed,
        "jointly_matching": view.n_both,
        "moved": view.n_moved,
        "agreement": _split_as_json(view.agreement),
        "outcomes": {key: _split_as_json(split) for key, split in view.outcomes.items()},
    }


def _split_as_json(split: SplitChange) -> dict[str, Any]:
    parts = {name: getattr(split, name) for name in ("difference", "effect", "selection")}
    return {
        "unchanged": split.unchanged,
        "changed": split.changed,
        **{name: None if part is None else dict(vars(part)) for name, part in parts.items()},
    }


def paired_change_from_json(data: Mapping[str, Any]) -> PairedChange:
    """A paired change that was kept, read back.

    Raises:
        KeyError, TypeError, ValueError: it is of another form.
    """
    if data["schema_version"] != SCHEMA:
        raise ValueError("this paired change is of another form")
    views = {name: _view_from_json(view) for name, view in data["views"].items()}
    return PairedChange(str(data["fingerprint"]), data["holds_from"], views, bool(data.get("is_same_case", False)))


def _view_from_json(data: Mapping[str, Any]) -> ViewChange:
    counts = ("drawn", "unchanged_matching", "changed_matching", "jointly_matching", "moved")
    draws, unchanged, changed, both, moved = (int(data[name]) for name in counts)
    outcomes = {str(key): _split_from_json(split) for key, split in data["outcomes"].items()}
    return ViewChange(draws, unchanged, changed, both, moved, _split_from_json(data["agreement"]), outcomes)


def _split_from_json(data: Mapping[str, Any]) -> SplitChange:
    found = read_split(float(data["unchanged"]), float(data["changed"]), data)
    if found is None:
        raise ValueError("a share has no difference")
    return found


def read_split(unchanged: float, changed: float, parts: Mapping[str, Any]) -> SplitChange | None:
    """A difference and its two parts that were kept, read back; none if there was none.

    Args:
        unchanged: The share without the change.
        changed: The share with it.
        parts: Difference, effect and selection by name, each as a mapping or none.

    Raises:
        KeyError, TypeError: it is of another form.
    """
    difference, effect, selection = (
        None if parts[name] is None else PartOfChange(**parts[name]) for name in ("difference", "effect", "selection")
    )
    return None if difference is None else SplitChange(unchanged, changed, difference, effect, selection)
