"""Status-quo reasons: why does a plain forecast name a decision where runs have no agreement in force?

Read aloud
    Every matching run is counted once, by how far it got: an agreement is in force; a side has prevailed; something was
    signed that is not in force; a plan was refused; the mediator did not confirm a plan; a plan came no further; there
    was no plan. Runs without a plan are told apart by what packages were worth at the end of the run-up, in those that
    were played again: both sides preferred none of them to no agreement; both preferred some, but each lacked
    somebody's consent; everybody preferred some, and the talks did not get there.

Sources
    Fearon (1995), Rationalist explanations for war (no zone). Tsebelis (2002), Veto Players (consent).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.methods.outside_view import PREVAILED
from sim.ensemble.results import Results, ViewRuns
from sim.experiments.package_worths import PackageWorths
from sim.schema.scenario import Scenario

REASONS = ("prevailed", "signed", "refused", "unconfirmed", "plan", "no-zone", "no-consent", "no-talks")
"""Why runs have no agreement in force, in the order in which it is asked."""

WITHOUT_PLAN = ("no-zone", "no-consent", "no-talks")
"""The reasons that rest on what packages were worth at the end of the run-up."""

Runs = NDArray[np.bool_]
"""Which runs: (runs,)."""


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
    lacking: float
    """Among the runs of the main reason that were played again, the share in which both sides preferred some package
    at the end of the run-up, but each of these lacked a consent."""
    blocker: str
    """Whose consent was lacking most often in them; empty where none was."""
    blocked: float
    """Share of them in which it was that one's."""

    @property
    def main(self) -> str:
        """The reason of most runs without an agreement in force; empty where all have one."""
        return max(self.shares, key=self.shares.__getitem__) if self.in_force < 1.0 else ""


def find_status_quo_reasons(
    results: Results, view: ViewRuns, scenario: Scenario, worths: PackageWorths
) -> StatusQuoReasons:
    """Why runs of a source view have no agreement in force.

    Args:
        results: The runs.
        view: Those of the source view, some of which match.
        scenario: The scenario as it sees it.
        worths: What packages are worth at the end of the run-up in the first of its matching runs.
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
    in_force = shares.pop("in-force")
    main = runs[max(shares, key=shares.__getitem__)][:seen]
    return StatusQuoReasons(rest.size, in_force, shares, looked, *_find_blocker(scenario, worths, both, main))


def _ask_in_order(results: Results, view: ViewRuns, scenario: Scenario) -> Iterator[tuple[str, Runs]]:
    """How far runs got, the first answer counting."""
    columns, outcome = view.columns, view.columns["outcome"].astype(np.int64)
    yield "in-force", np.array([key in results.manifest.agreements for key in results.outcomes])[outcome]
    yield "prevailed", np.array([one.when.ended in PREVAILED for one in scenario.outcomes.values()])[outcome]
    yield "signed", columns["agreements"] > 0.0
    yield "refused", columns["plans_refused"] + columns["plans_refused_and_unconfirmed"] > 0.0
    yield "unconfirmed", columns["plans_unconfirmed"] > 0.0
    yield "plan", columns["plans"] > 0.0


def _find_blocker(
    scenario: Scenario, worths: PackageWorths, both: NDArray[np.bool_], among: Runs
) -> tuple[float, str, float]:
    """How often every package that both sides prefer lacks a consent in some runs, whose most often, and how often."""
    lacking = among & both.any(axis=0) & ~(both & worths.passes).any(axis=0)
    if not lacking.any():
        return 0.0, "", 0.0
    absent = [~(consents & both).any(axis=0) & lacking for consents in worths.consents]
    counts = [int(one.sum()) for one in absent]
    at, many = int(np.argmax(counts)), int(among.sum())
    return int(lacking.sum()) / many, scenario.actors[worths.others[at]].label, counts[at] / many
