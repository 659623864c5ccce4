"""Parameter sweep: would the sources still differ, and in the same order, if our magnitudes were others?

Read aloud
    Every variant was played with the same draws as the scenario itself. For each source view stands the share of
    matching runs with an agreement in force, and its paired difference to the same draws as they are. The ranking puts
    the source views that read an author in order of that share, the highest first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.methods.share_change import (
    ShareChange,
    compute_share_change,
    select_common_runs,
    share_change_as_json,
    share_change_from_json,
)
from sim.ensemble.results import Results
from sim.experiments.parameter_sweep import Variant, VariantOutcomes

SCHEMA = 1
"""Version of the form in which sweeps are kept."""


@dataclass(frozen=True)
class VariantResult:
    """One variant."""

    variant: Variant
    """What it changes."""
    views: Mapping[str, ShareChange | None]
    """Any agreement in force, by source view; none where no run matches."""
    ranking: tuple[str, ...]
    """Source views by share of agreements, the highest first."""


@dataclass(frozen=True)
class SweepResult:
    """All variants of a scenario."""

    fingerprint: str
    """Digest of the results they belong to."""
    draws: int
    """Draws of each source view that were played in every variant."""
    ranking: tuple[str, ...]
    """Ranking in the scenario as it is, among the same draws."""
    variants: tuple[VariantResult, ...]
    """The variants."""

    @property
    def n_same_ranking(self) -> int:
        """Variants in which the ranking is that of the scenario."""
        return sum(1 for one in self.variants if one.ranking == self.ranking)

    def find_largest_change(self) -> tuple[VariantResult, str, ShareChange] | None:
        """The variant and source view that move most."""
        found = [(one, name, moved) for one in self.variants for name, moved in one.views.items() if moved is not None]
        return max(found, key=lambda each: abs(each[2].difference), default=None)

    def as_json(self) -> dict[str, Any]:
        """The sweeps as plain mappings; shares and differences from 0 to 1."""
        return {
            "schema_version": SCHEMA,
            "fingerprint": self.fingerprint,
            "draws": self.draws,
            "ranking": list(self.ranking),
            "variants": [_variant_as_json(one) for one in self.variants],
        }


@dataclass(frozen=True)
class LabelledSweep:
    """A sweep with what readers call its source views."""

    sweep: SweepResult
    """The variants."""
    labels: Mapping[str, str]
    """Names of the source views for readers."""
    horizon_weeks: int
    """Weeks played."""


def compare_variants(results: Results, outcomes: Mapping[Variant, Mapping[str, VariantOutcomes]]) -> SweepResult:
    """Every variant against the scenario as it is."""
    draws = min((view.n_drawn for view in results.views.values()), default=0)
    draws = min([draws, *(ends.draws for one in outcomes.values() for ends in one.values())])
    swept = [_compare_variant(results, variant, ends, draws) for variant, ends in outcomes.items()]
    return SweepResult(results.manifest.fingerprint, draws, _rank_reference(results, draws), tuple(swept))


def _compare_variant(
    results: Results, variant: Variant, ends: Mapping[str, VariantOutcomes], draws: int
) -> VariantResult:
    views = {name: _compute_change(results, name, ends[name], draws) for name in results.views if name in ends}
    shares = {name: moved.share for name, moved in views.items() if moved is not None}
    return VariantResult(variant, views, _rank_views(results, shares))


def _compute_change(results: Results, name: str, ends: VariantOutcomes, draws: int) -> ShareChange | None:
    """How far the share of agreements moves under one source's assumptions."""
    runs_a, ends_a = select_common_runs(results, results.views[name], draws)
    common = ends.runs < draws
    runs_b, ends_b = ends.runs[common], np.array(list(results.outcomes))[ends.outcome[common].astype(np.int64)]
    if draws < 2 or not runs_a.size or not runs_b.size:
        return None
    agreed = list(results.manifest.agreements)
    return compute_share_change(draws, runs_a, np.isin(ends_a, agreed), runs_b, np.isin(ends_b, agreed))


def _rank_reference(results: Results, draws: int) -> tuple[str, ...]:
    """The ranking of the scenario itself, among the same draws."""
    shares = {}
    for name, view in results.views.items():
        _, ends = select_common_runs(results, view, draws)
        if ends.size:
            shares[name] = float(np.isin(ends, list(results.manifest.agreements)).mean())
    return _rank_views(results, shares)


def _rank_views(results: Results, shares: Mapping[str, float]) -> tuple[str, ...]:
    """Those that read an author, or all if there are none, by share; equal shares in the order of the views."""
    names: Sequence[str] = [name for name in results.views_with_author if name in shares] or list(shares)
    return tuple(sorted(names, key=lambda name: -shares[name]))


def _variant_as_json(one: VariantResult) -> dict[str, Any]:
    views = {name: None if moved is None else share_change_as_json(moved) for name, moved in one.views.items()}
    return {
        "kind": one.variant.kind,
        "factor": one.variant.factor,
        "ranking": list(one.ranking),
        "views": views,
    }


def sweep_result_from_json(data: Mapping[str, Any]) -> SweepResult:
    """Sweeps that were kept, read back.

    Raises:
        KeyError, TypeError, ValueError: they are of another form.
    """
    if data["schema_version"] != SCHEMA:
        raise ValueError("these sweeps are of another form")
    swept = [
        VariantResult(
            Variant(one["kind"], float(one["factor"])),
            {name: None if moved is None else share_change_from_json(moved) for name, moved in one["views"].items()},
            tuple(one["ranking"]),
        )
        for one in data["variants"]
    ]
    return SweepResult(str(data["fingerprint"]), int(data["draws"]), tuple(data["ranking"]), tuple(swept))
