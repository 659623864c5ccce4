"""Shares: how often does each outcome come about, under each source's assumptions?

Read aloud
    A share is the number of matching runs that end in the outcome over the number of matching runs. Each
    has an interval for Monte Carlo error; between sources stands the range, which is usually far wider. A
    source view none of whose runs match yet (a run broken off early) has no shares and is named.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.questions.intervals import Interval, share_of
from analysis.questions.pool import Hits, Pool, Range, mean_share, range_of
from analysis.questions.tags import tag_labels
from sim.ensemble.results import LensRuns, Results


@dataclass(frozen=True)
class Tag:
    """How often something happened besides the outcome."""

    label: str
    """Name for readers."""
    at_least_once: Interval
    """Share of runs in which it happened at least once."""
    mean: float
    """Mean count in a run."""


@dataclass(frozen=True)
class Zone:
    """Was there, at week 0, an agreement that leaves everybody who must consent better off than none?"""

    runs: int
    """Matching runs that were looked at, the first ones."""
    on_menu: Interval
    """Share of them with such an agreement on the menu."""
    off_menu: Interval
    """Share of them with such agreements, but none on the menu."""


@dataclass(frozen=True)
class LensShares:
    """Shares under one source's assumptions."""

    lens: str
    """Name of the source view."""
    label: str
    """Name for readers."""
    drawn: int
    """Runs that were drawn."""
    kept: int
    """Runs that match the reported run-up."""
    match: Interval
    """Share of runs that match."""
    outcomes: Mapping[str, Interval]
    """Share of each outcome among matching runs, in the order of the codebook."""
    any_agreement: Interval
    """Share of matching runs with an agreement in force at the horizon."""
    tags: Mapping[str, Tag]
    """What else happened."""
    zone: Zone | None
    """Agreements on the menu and off it, where they were looked for."""


@dataclass(frozen=True)
class Shares:
    """Shares under all sources' assumptions, side by side."""

    outcomes: Mapping[str, str]
    """Keys and labels of the codebook, in order."""
    agreements: tuple[str, ...]
    """Outcomes in which an agreement is in force."""
    horizon_weeks: int
    """Weeks played."""
    lenses: Mapping[str, LensShares]
    """Shares by source view."""
    ranges: Mapping[str, Range]
    """Range of each outcome across sources."""
    agreement_range: Range
    """Range of any agreement across sources."""
    sources: tuple[str, ...]
    """The views the ranges are taken over: those that read an author, or all if there are none."""
    pool: Pool | None
    """Plain mean over sources, if there are at least two."""
    without_runs: tuple[str, ...]
    """Source views without a matching run."""


def shares(results: Results) -> Shares:
    """Shares of all outcomes under every source's assumptions."""
    there = {name: lens for name, lens in results.lenses.items() if lens.kept}
    if not there:
        raise ValueError("no run of any source view matches the reported run-up, so there are no shares")
    found = {name: _lens_shares(results, lens) for name, lens in there.items()}
    sources = tuple(name for name in results.pooled if name in there) or tuple(there)
    return Shares(
        outcomes=results.outcomes,
        agreements=results.manifest.agreements,
        horizon_weeks=results.manifest.horizon_weeks,
        lenses=found,
        ranges={key: range_of({name: found[name].outcomes[key].share for name in sources}) for key in results.outcomes},
        agreement_range=range_of({name: found[name].any_agreement.share for name in sources}),
        sources=sources,
        pool=_pool(results),
        without_runs=tuple(name for name in results.lenses if name not in there),
    )


def _lens_shares(results: Results, lens: LensRuns) -> LensShares:
    """Shares under one source's assumptions."""
    tags = {
        name: Tag(label, _share(lens.columns[name] > 0), float(np.mean(lens.columns[name])))
        for name, label in tag_labels(results).items()
    }
    return LensShares(
        lens=lens.lens,
        label=results.manifest.labels.get(lens.lens, lens.lens),
        drawn=lens.drawn,
        kept=lens.kept,
        match=share_of(lens.kept, lens.drawn),
        outcomes={key: share_of(lens.count(number), lens.kept) for number, key in enumerate(results.outcomes)},
        any_agreement=_share(_agreed(results, lens)),
        tags=tags,
        zone=_zone(lens),
    )


def _share(hits: Hits) -> Interval:
    return share_of(int(np.count_nonzero(hits)), hits.size)


def _agreed(results: Results, lens: LensRuns) -> Hits:
    """True for runs with an agreement in force at the horizon."""
    numbers = [number for number, key in enumerate(results.outcomes) if key in results.manifest.agreements]
    return np.isin(lens.columns["outcome"], numbers)


def _zone(lens: LensRuns) -> Zone | None:
    """Agreements on the menu and off it, among the runs where they were looked for (elsewhere stands -1)."""
    off, on = lens.columns.get("shadow"), lens.columns.get("zone_on_menu")
    if off is None:
        return None
    seen = off >= 0
    if not seen.any():
        return None
    on = np.zeros(off.size) if on is None else on
    return Zone(int(seen.sum()), _share(on[seen] > 0), _share(off[seen] > 0))


def _pool(results: Results) -> Pool | None:
    """Plain mean over the views that read an author, if there are at least two."""
    names = tuple(name for name in results.pooled if results.lenses[name].kept)
    if len(names) < 2:
        return None
    lenses = [results.lenses[name] for name in names]
    outcomes = {
        key: mean_share(lenses, [lens.columns["outcome"] == number for lens in lenses])
        for number, key in enumerate(results.outcomes)
    }
    return Pool(names, outcomes, mean_share(lenses, [_agreed(results, lens) for lens in lenses]))
