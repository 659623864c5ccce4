"""Regret: how much worse each policy does than the best one, under every source view.

Read aloud
    Scenario files stand for policies of one actor, and the share of runs with a wanted outcome is what a policy is
    worth. Its regret under a view is the worth of the view's best policy less its own. The smallest largest regret
    names the policy that no view can make look very bad (minimax regret); a policy is also named best in so many views.
    Views that read an author count; a view without an author is shown, and counts only where there is no other.
    Intervals are paired. The best of several is chosen from the same runs, so a regret near 0 is not told apart from 0.

Sources
    Savage (1951), The theory of statistical decision.
    Lempert, Popper and Bankes (2003), Shaping the Next One Hundred Years, on regret across scenarios.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.methods.share_change import ShareChange, compute_share_change
from sim.ensemble.results import Results

AGREEMENT = "agreement"
"""Stands for any agreement in force, in place of the key of an outcome."""


@dataclass(frozen=True)
class Regret:
    """Worth and regret of every policy, as shares of runs."""

    outcome: str
    """Key of the wanted outcome, or AGREEMENT."""
    counted: tuple[str, ...]
    """Source views that count."""
    best: Mapping[str, str]
    """The policy that is worth most, by source view."""
    views: Mapping[str, Mapping[str, ShareChange]]
    """By policy and source view: its share, and how far the best policy's lies above it (its regret)."""

    @property
    def largest(self) -> dict[str, tuple[float, str]]:
        """Largest regret of every policy among the views that count, and the view of it."""
        return {
            policy: max((found[view].difference, view) for view in self.counted) for policy, found in self.views.items()
        }

    @property
    def minimax(self) -> str:
        """The policy whose largest regret is smallest."""
        return min(self.largest, key=lambda policy: self.largest[policy][0])

    def count_best(self, policy: str) -> int:
        """In how many of the views that count a policy is worth most; ties count for each."""
        return sum(self.views[policy][view].difference <= 0.0 for view in self.counted)

    def as_json(self) -> dict[str, Any]:
        """The same for machines, from 0 to 1."""
        return {
            "outcome": self.outcome,
            "counted": list(self.counted),
            "minimax": self.minimax,
            "policies": {
                policy: {
                    "largest_regret": self.largest[policy][0],
                    "under": self.largest[policy][1],
                    "best_in": self.count_best(policy),
                    "views": {
                        name: {"worth": one.reference, "regret": one.difference, "low": one.low, "high": one.high}
                        for name, one in found.items()
                    },
                }
                for policy, found in self.views.items()
            },
        }


def compute_regret(played: Sequence[Results], outcome: str) -> Regret | None:
    """Worth and regret of every policy.

    Args:
        played: Results of every policy, with the same luck.
        outcome: Key of the wanted outcome, or AGREEMENT for any agreement in force.

    Returns:
        None if there is no source view under which every policy has runs.
    """
    first = played[0]
    views = [name for name in first.views if all(name in one.views and one.views[name].n_matching for one in played)]
    if not views:
        return None
    best: dict[str, str] = {}
    found: dict[str, dict[str, ShareChange]] = {one.manifest.scenario: {} for one in played}
    for view in views:
        worth = {one.manifest.scenario: float(_find_hits(one, view, outcome).mean()) for one in played}
        best[view] = max(worth, key=lambda policy: worth[policy])
        leader = next(one for one in played if one.manifest.scenario == best[view])
        for one in played:
            found[one.manifest.scenario][view] = _compare(one, leader, view, outcome)
    counted = tuple(name for name in first.views_with_author if name in views) or tuple(views)
    return Regret(outcome, counted, best, found)


def _find_hits(results: Results, view: str, outcome: str) -> Any:
    wanted = results.manifest.agreements if outcome == AGREEMENT else (outcome,)
    numbers = [number for number, key in enumerate(results.outcomes) if key in wanted]
    return np.isin(results.views[view].columns["outcome"], numbers)


def _compare(policy: Results, leader: Results, view: str, outcome: str) -> ShareChange:
    """How far the best policy's share lies above a policy's."""
    draws = max(one.views[view].n_drawn for one in (policy, leader))
    (runs, hits), (its_runs, its_hits) = (
        (np.asarray(one.views[view].columns["run"]), _find_hits(one, view, outcome)) for one in (policy, leader)
    )
    found = compute_share_change(draws, runs, hits, its_runs, its_hits)
    if policy is leader:
        return ShareChange(found.reference, found.share, 0.0, 0.0, "paired")
    return found
