"""Summary: the shares in a form that other programs read (summary.json, `zopa run --json`), from 0 to 1."""

from typing import Any

from analysis.questions.intervals import Interval
from analysis.questions.pool import Range
from analysis.questions.shares import LensShares, Shares, Zone
from sim.ensemble.results import Results

NOTE = "Not a forecast: shares of runs under each source's assumptions. Intervals are Monte Carlo error only."
"""Stands in every summary, so that numbers do not travel without it."""


def summary(results: Results, shares: Shares, outputs: str = "") -> dict[str, Any]:
    """The shares as plain mappings; `outputs` is the folder they are written to."""
    manifest = results.manifest
    return {
        "note": NOTE,
        "scenario": manifest.scenario,
        "changes": list(manifest.changes),
        "horizon_weeks": manifest.horizon_weeks,
        "seed": manifest.seed,
        "complete": manifest.complete,
        "labels": dict(shares.outcomes),
        "lenses": {name: _lens(lens) for name, lens in shares.lenses.items()},
        "without_runs": list(shares.without_runs),
        "range": {
            "of": list(shares.sources),
            "outcomes": {key: _range(found) for key, found in shares.ranges.items()},
            "any_agreement": _range(shares.agreement_range),
        },
        "pool": _pool(shares),
        "outputs": outputs,
    }


def _lens(lens: LensShares) -> dict[str, Any]:
    return {
        "label": lens.label,
        "drawn": lens.drawn,
        "kept": lens.kept,
        "kept_share": _interval(lens.match),
        "outcomes": {key: _interval(found) for key, found in lens.outcomes.items()},
        "any_agreement": _interval(lens.any_agreement),
        "tags": {
            key: {"label": tag.label, **_interval(tag.at_least_once), "mean": tag.mean}
            for key, tag in lens.tags.items()
        },
        "zone": _zone(lens.zone),
    }


def _zone(zone: Zone | None) -> dict[str, Any] | None:
    if zone is None:
        return None
    return {"runs": zone.runs, "on_menu": _interval(zone.on_menu), "off_menu": _interval(zone.off_menu)}


def _pool(shares: Shares) -> dict[str, Any] | None:
    if shares.pool is None:
        return None
    return {
        "lenses": list(shares.pool.lenses),
        "outcomes": {
            key: {**_interval(found), "range": _range(shares.ranges[key])}
            for key, found in shares.pool.outcomes.items()
        },
        "any_agreement": {**_interval(shares.pool.any_agreement), "range": _range(shares.agreement_range)},
    }


def _interval(found: Interval) -> dict[str, Any]:
    return {"share": found.share, "low": found.low, "high": found.high, "kind": found.kind}


def _range(found: Range) -> dict[str, Any]:
    return {"low": found.low, "high": found.high, "lowest": found.lowest, "highest": found.highest}
