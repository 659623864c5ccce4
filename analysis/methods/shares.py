"""Shares: how often does each outcome come about, under each source's assumptions?

Read aloud
    A share is the number of matching runs that end in the outcome over the number of matching runs. Each
    has an interval for Monte Carlo error; between sources stands the range, which is usually far wider. A
    source view none of whose runs match yet (a run broken off early) has no shares and is named.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.methods.event_shares import label_events
from analysis.methods.intervals import Interval, estimate_share
from analysis.methods.source_range import Hits, SourceMean, SourceRange, compute_source_mean, find_source_range
from analysis.methods.stopping_rule import choose_estimate
from analysis.methods.threat_record import ThreatRecord, compute_threat_record
from sim.ensemble.results import Results, ViewRuns

ANY_AGREEMENT = "any_agreement"
"""Stands for all agreements in force together, where a key of an outcome could stand."""


@dataclass(frozen=True)
class EventShare:
    """How often something happened besides the outcome."""

    label: str
    """Name for readers."""
    at_least_once: Interval
    """Share of runs in which it happened at least once."""
    mean: float
    """Mean count in a run."""


@dataclass(frozen=True)
class MenuZone:
    """Was there, at week 0, an agreement that leaves everybody who must consent better off than none?"""

    runs: int
    """Matching runs that were looked at, the first ones."""
    on_menu: Interval
    """Share of them with such an agreement on the menu."""
    off_menu: Interval
    """Share of them with such agreements, but none on the menu."""


@dataclass(frozen=True)
class ViewShares:
    """Shares under one source's assumptions."""

    name: str
    """Name of the source view."""
    label: str
    """Name for readers."""
    n_drawn: int
    """Runs that were drawn."""
    n_matching: int
    """Runs that match the reported run-up."""
    matching_share: Interval
    """Share of runs that match."""
    outcomes: Mapping[str, Interval]
    """Share of each outcome among matching runs, in the order of the scenario."""
    any_agreement: Interval
    """Share of matching runs with an agreement in force at the horizon."""
    event_shares: Mapping[str, EventShare]
    """What else happened."""
    threats: ThreatRecord | None
    """Threats believed beside threats carried out, where any were made."""
    menu_zone: MenuZone | None
    """Agreements on the menu and off it, where they were looked for."""


@dataclass(frozen=True)
class Shares:
    """Shares under all sources' assumptions, side by side."""

    outcomes: Mapping[str, str]
    """Keys and labels of the outcomes, in order."""
    agreements: tuple[str, ...]
    """Outcomes in which an agreement is in force."""
    horizon_weeks: int
    """Weeks played."""
    views: Mapping[str, ViewShares]
    """Shares by source view."""
    ranges: Mapping[str, SourceRange]
    """Range of each outcome across sources."""
    agreement_range: SourceRange
    """Range of any agreement across sources."""
    sources: tuple[str, ...]
    """The views the ranges are taken over: those that read an author, or all if there are none."""
    source_mean: SourceMean | None
    """Plain mean over sources, if there are at least two."""
    without_runs: tuple[str, ...]
    """Source views without a matching run."""


def compute_shares(results: Results) -> Shares:
    """Shares of all outcomes under every source's assumptions."""
    there = {name: view for name, view in results.views.items() if view.n_matching}
    if not there:
        raise ValueError("no run of any source view matches the reported run-up, so there are no shares")
    found = {name: _compute_view_shares(results, view) for name, view in there.items()}
    sources = tuple(name for name in results.views_with_author if name in there) or tuple(there)
    return Shares(
        outcomes=results.outcomes,
        agreements=results.manifest.agreements,
        horizon_weeks=results.manifest.horizon_weeks,
        views=found,
        ranges={
            key: find_source_range({name: found[name].outcomes[key].share for name in sources})
            for key in results.outcomes
        },
        agreement_range=find_source_range({name: found[name].any_agreement.share for name in sources}),
        sources=sources,
        source_mean=_compute_source_mean(results),
        without_runs=tuple(name for name in results.views if name not in there),
    )


def _compute_view_shares(results: Results, view: ViewRuns) -> ViewShares:
    """Shares under one source's assumptions."""
    estimate = choose_estimate(results.manifest)
    tags = {
        name: EventShare(
            label,
            estimate(int(np.count_nonzero(view.columns[name] > 0)), view.n_matching),
            float(np.mean(view.columns[name])),
        )
        for name, label in label_events(results).items()
    }
    return ViewShares(
        name=view.name,
        label=results.manifest.labels.get(view.name, view.name),
        n_drawn=view.n_drawn,
        n_matching=view.n_matching,
        matching_share=estimate_share(view.n_matching, view.n_drawn),
        outcomes={key: estimate(view.count(number), view.n_matching) for number, key in enumerate(results.outcomes)},
        any_agreement=estimate(int(np.count_nonzero(_find_agreements(results, view))), view.n_matching),
        event_shares=tags,
        threats=compute_threat_record(view),
        menu_zone=_compute_menu_zone(view),
    )


def _estimate_share(hits: Hits) -> Interval:
    return estimate_share(int(np.count_nonzero(hits)), hits.size)


def _find_agreements(results: Results, view: ViewRuns) -> Hits:
    """True for runs with an agreement in force at the horizon."""
    numbers = [number for number, key in enumerate(results.outcomes) if key in results.manifest.agreements]
    return np.isin(view.columns["outcome"], numbers)


def _compute_menu_zone(view: ViewRuns) -> MenuZone | None:
    """Agreements on the menu and off it, among the runs where they were looked for (elsewhere stands -1)."""
    off, on = view.columns.get("zone_off_menu_only"), view.columns.get("zone_on_menu")
    if off is None:
        return None
    seen = off >= 0
    if not seen.any():
        return None
    on = np.zeros(off.size) if on is None else on
    return MenuZone(int(seen.sum()), _estimate_share(on[seen] > 0), _estimate_share(off[seen] > 0))


def _compute_source_mean(results: Results) -> SourceMean | None:
    """Plain mean over the views that read an author, if there are at least two."""
    names = tuple(name for name in results.views_with_author if results.views[name].n_matching)
    if len(names) < 2:
        return None
    views = [results.views[name] for name in names]
    outcomes = {
        key: compute_source_mean(views, [view.columns["outcome"] == number for view in views])
        for number, key in enumerate(results.outcomes)
    }
    return SourceMean(names, outcomes, compute_source_mean(views, [_find_agreements(results, view) for view in views]))
