"""Summary: the shares in a form that other programs read (summary.json, `zopa run --json`), from 0 to 1."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from analysis.methods.agreed_terms import AgreedTerms
from analysis.methods.change_words import describe_changes
from analysis.methods.expectations import SeenExpectation
from analysis.methods.intervals import Interval
from analysis.methods.shares import ANY_AGREEMENT, MenuZone, Shares, ViewShares
from analysis.methods.source_range import SourceRange
from sim.ensemble.results import Results

NOTE = "Not a forecast: shares of runs under stated assumptions. Intervals are Monte Carlo error only."
"""Stands in every summary, so that numbers do not travel without it."""


def build_summary(
    results: Results,
    shares: Shares,
    outputs: str = "",
    agreed: Mapping[str, AgreedTerms] | None = None,
    expectations: Sequence[SeenExpectation] = (),
) -> dict[str, Any]:
    """The shares as plain mappings.

    Args:
        results: The runs.
        shares: Their shares.
        outputs: The folder they are written to.
        agreed: What was agreed, by source view.
        expectations: What is expected of the case, beside what was seen.
    """
    manifest = results.manifest
    return {
        "note": NOTE,
        "scenario": manifest.scenario,
        "changes": list(manifest.changes),
        "changed": describe_changes(manifest),
        "holds_from": manifest.holds_from,
        "horizon_weeks": manifest.horizon_weeks,
        "seed": manifest.seed,
        "complete": manifest.complete,
        "labels": dict(shares.outcomes),
        "views": {name: _summarize_view(view) for name, view in shares.views.items()},
        "agreed": {name: _summarize_agreed(one) for name, one in (agreed or {}).items()},
        "expected": _summarize_expectations(expectations),
        "without_runs": list(shares.without_runs),
        "range": {
            "of": list(shares.sources),
            "outcomes": {key: _summarize_range(found) for key, found in shares.ranges.items()},
            ANY_AGREEMENT: _summarize_range(shares.agreement_range),
        },
        "source_mean": _summarize_source_mean(shares),
        "outputs": outputs,
    }


def _summarize_view(view: ViewShares) -> dict[str, Any]:
    return {
        "label": view.label,
        "drawn": view.n_drawn,
        "matching": view.n_matching,
        "matching_share": _summarize_interval(view.matching_share),
        "outcomes": {key: _summarize_interval(found) for key, found in view.outcomes.items()},
        ANY_AGREEMENT: _summarize_interval(view.any_agreement),
        "events": {
            key: {"label": tag.label, **_summarize_interval(tag.at_least_once), "mean": tag.mean}
            for key, tag in view.event_shares.items()
        },
        "threats": asdict(view.threats) if view.threats else None,
        "menu_zone": _summarize_menu_zone(view.menu_zone),
    }


def _summarize_agreed(found: AgreedTerms) -> dict[str, Any]:
    return {
        "in_force": found.in_force,
        "week_signed": asdict(found.signed) if found.signed else None,
        "week_in_force": asdict(found.entered) if found.entered else None,
        "settled": _summarize_interval(found.settled) if found.settled else None,
        "issues": {
            key: {name: {"runs": one.runs, **_summarize_interval(one.share)} for name, one in issue.options.items()}
            for key, issue in found.issues.items()
        },
    }


def _summarize_expectations(seen: Sequence[SeenExpectation]) -> list[dict[str, Any]]:
    """What is expected of a case beside what was seen, as plain mappings."""
    return [
        {
            "expectation": one.key,
            "view": one.view,
            "label": one.expected.label,
            "share": _summarize_interval(one.share) if one.share else None,
            "first_week": one.first_week,
            "met": one.met,
        }
        for one in seen
    ]


def _summarize_menu_zone(zone: MenuZone | None) -> dict[str, Any] | None:
    if zone is None:
        return None
    return {
        "runs": zone.runs,
        "on_menu": _summarize_interval(zone.on_menu),
        "off_menu": _summarize_interval(zone.off_menu),
    }


def _summarize_source_mean(shares: Shares) -> dict[str, Any] | None:
    if shares.source_mean is None:
        return None
    return {
        "views": list(shares.source_mean.views),
        "outcomes": {
            key: {**_summarize_interval(found), "range": _summarize_range(shares.ranges[key])}
            for key, found in shares.source_mean.outcomes.items()
        },
        ANY_AGREEMENT: {
            **_summarize_interval(shares.source_mean.any_agreement),
            "range": _summarize_range(shares.agreement_range),
        },
    }


def _summarize_interval(found: Interval) -> dict[str, Any]:
    return {"share": found.share, "low": found.low, "high": found.high, "kind": found.kind}


def _summarize_range(found: SourceRange) -> dict[str, Any]:
    return {"low": found.low, "high": found.high, "lowest": found.lowest, "highest": found.highest}
