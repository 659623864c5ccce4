"""Status-quo reasons: why does a plain forecast name a decision where runs have no agreement in force?

Read aloud
    Every matching run is counted once, by how far it got: an agreement is in force; the contest ended without one;
    something was signed that is not in force; a plan was refused; the mediator did not confirm a plan; a plan came no
    further; there was no plan. Runs without a plan are told apart by what packages were worth at the end of the
    run-up, in those that were played again: both sides preferred none of them to no agreement; both preferred some,
    but each lacked somebody's consent; everybody preferred some, and the talks did not get there.

Sources
    Fearon (1995), Rationalist explanations for war (no zone). Tsebelis (2002), Veto Players (consent).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.results import Results, ViewRuns
from sim.experiments.package_worths import PackageWorths
from sim.i18n.messages import message
from sim.schema.scenario import Scenario

FEWEST = 20
"""Runs below which no reason is named."""

TIED = 1e-12
"""Shares that differ by no more are equal."""

REASONS = ("ended", "signed", "refused", "unconfirmed", "plan", "no-zone", "no-consent", "no-talks")
"""Why runs have no agreement in force, in the order in which it is asked."""

WITHOUT_PLAN = ("no-zone", "no-consent", "no-talks")
"""The reasons that rest on what packages were worth at the end of the run-up."""

Runs = NDArray[np.bool_]
"""Which runs: (runs,)."""


@dataclass(frozen=True)
class Blocker:
    """Who stands in the way most often."""

    who: str
    """Name for readers; several names where they do so equally often."""
    share: float
    """Share of runs in which it does."""
    runs: int
    """These runs, all played again."""


@dataclass(frozen=True)
class StatusQuoReasons:
    """Runs of a source view without an agreement in force, by reason."""

    matching: int
    """Matching runs."""
    in_force: float
    """Share of them with an agreement in force at the horizon."""
    shares: Mapping[str, float]
    """Share of matching runs by reason; with the share in force they add up to 1."""
    looked_at: int
    """Runs without a plan that were played again; the shares of the last three reasons rest on them."""
    blockers: Mapping[str, Blocker]
    """By reason, `refused` or `no-consent`, who refused or whose consent was lacking most often; without those seen in
    too few runs."""

    @property
    def main(self) -> str:
        """The reason of most runs without an agreement in force; empty where all have one, or with too few runs."""
        if self.in_force == 1.0:
            return ""
        most = max(self.shares, key=self.shares.__getitem__)
        return most if self.count_runs(most) >= FEWEST else ""

    @property
    def as_often(self) -> tuple[str, ...]:
        """Other reasons of equally many runs; empty where no reason is named."""
        most = self.shares.get(self.main, np.inf)
        return tuple(name for name, share in self.shares.items() if name != self.main and share >= most - TIED)

    def count_runs(self, reason: str) -> int:
        """Matching runs on which the share of a reason rests."""
        without = sum(self.shares[name] for name in WITHOUT_PLAN)
        if reason not in WITHOUT_PLAN or not without:
            return self.matching
        return min(self.matching, round(self.looked_at / without))


def find_status_quo_reasons(
    results: Results,
    view: ViewRuns,
    scenario: Scenario,
    worths: PackageWorths,
    refusals: Mapping[str, Runs],
) -> StatusQuoReasons:
    """Why runs of a source view have no agreement in force.

    Args:
        results: The runs.
        view: Those of the source view, some of which match.
        scenario: The scenario as it sees it.
        worths: What packages are worth at the end of the run-up in the first of its matching runs.
        refusals: Who refused the last plan in some of the runs in which one was refused, by key: (runs,).
    """
    rest, runs = np.ones(view.n_matching, dtype=np.bool_), dict[str, Runs]()
    for name, there in _ask_in_order(results, view, scenario):
        runs[name] = rest & there
        rest &= ~there
    seen = worths.passes.shape[1]
    both: NDArray[np.bool_] = np.all(worths.worths > worths.needs[:, np.newaxis], axis=0)
    some, passed = np.any(both, axis=0), np.any(both & worths.passes, axis=0)
    looked = int(rest[:seen].sum())
    shares = {name: float(there.mean()) for name, there in runs.items()}
    for name, there in zip(WITHOUT_PLAN, (~some, some & ~passed, passed), strict=True):
        runs[name] = np.pad(rest[:seen] & there, (0, rest.size - seen))
        shares[name] = float(rest.mean()) * float(runs[name].sum()) / looked if looked else 0.0
    shares["no-talks"] += 0.0 if looked else float(rest.mean())
    lacking = runs["no-consent"][:seen]
    absent = {
        key: ~(consents & both).any(axis=0)[lacking]
        for key, consents in zip(worths.others, worths.consents, strict=True)
    }
    said = {"refused": _find_most_frequent(scenario, refusals), "no-consent": _find_most_frequent(scenario, absent)}
    blockers = {reason: one for reason, one in said.items() if one}
    return StatusQuoReasons(rest.size, shares.pop("in-force"), shares, looked, blockers)


def _ask_in_order(results: Results, view: ViewRuns, scenario: Scenario) -> Iterator[tuple[str, Runs]]:
    """How far runs got, the first answer counting."""
    columns, outcome = view.columns, view.columns["outcome"].astype(np.int64)
    yield "in-force", np.array([key in results.manifest.agreements for key in results.outcomes])[outcome]
    yield "ended", np.array([one.when.ended is not None for one in scenario.outcomes.values()])[outcome]
    yield "signed", columns["agreements"] > 0.0
    yield "refused", columns["plans_refused"] + columns["plans_refused_and_unconfirmed"] > 0.0
    yield "unconfirmed", columns["plans_unconfirmed"] > 0.0
    yield "plan", columns["plans"] > 0.0


def _find_most_frequent(scenario: Scenario, by_actor: Mapping[str, Runs]) -> Blocker | None:
    """Who stands in the way in most runs; none if nobody does in any, or if there are too few."""
    shares = {key: float(there.mean()) for key, there in by_actor.items() if there.size >= FEWEST and there.any()}
    if not shares:
        return None
    most = max(shares, key=shares.__getitem__)
    return Blocker(name_most_frequent(scenario, shares), shares[most], by_actor[most].size)


def name_most_frequent(scenario: Scenario, shares: Mapping[str, float]) -> str:
    """Who has the largest share, by key of an actor; all of them where several have it."""
    most = max(shares.values())
    *first, last = (scenario.actors[key].label for key, share in shares.items() if share >= most - TIED)
    return message("figures.list", first=", ".join(first), last=last) if first else last
