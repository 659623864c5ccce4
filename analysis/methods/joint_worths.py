"""Joint worths: what is every package worth to one side and to the other, and which are agreed?

Read aloud
    Each package is a point: its worth to the first side and its worth to the second, medians over the runs that are
    still open after the week looked at. Each side's reservation value is its walk-away line. A package that both
    sides prefer to walking away lies in the zone of possible agreement of the two; others may have to consent too, and
    with a package stands whose consent it lacks in most of the open runs.
    Medians may lie in the zone although a single run has none, so the share of open runs with a package that both
    prefer stands beside them. A package is on the Pareto frontier if no other one is better for one side and no
    worse for the other. The Nash point has the largest product of what both gain over walking away, all taken at the
    medians. Agreements are counted over all matching runs, at the horizon.

Sources
    Raiffa (1982), The Art and Science of Negotiation (joint evaluations, efficient frontier). Nash (1950), The
    bargaining problem.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.methods.bargaining import solve_bargaining
from analysis.methods.intervals import Interval, estimate_share
from sim.ensemble.results import Results, ViewRuns
from sim.experiments.package_worths import PackageWorths
from sim.export.tables import list_menu_packages
from sim.schema.scenario import Scenario


@dataclass(frozen=True)
class ReservationBand:
    """Reservation value of a side over open runs."""

    low: float
    """10th percentile."""
    median: float
    """Median."""
    high: float
    """90th percentile."""


@dataclass(frozen=True)
class PackagePoint:
    """One package of the menu."""

    terms: str
    """Key of its terms."""
    label: str
    """Its terms for readers."""
    sequence: str
    """Key of its sequence."""
    sequence_label: str
    """Its sequence for readers; empty where the menu has only one."""
    first: float
    """Worth to the first side, median of open runs."""
    second: float
    """Worth to the second side."""
    both_prefer: float
    """Share of open runs in which both sides prefer it to walking away."""
    all_prefer: float
    """Share in which everybody whose consent it needs does."""
    efficient: bool
    """True if it is on the Pareto frontier."""
    in_zone: bool
    """True if both medians lie above the walk-away lines."""
    agreed: int
    """Matching runs in which it is in force at the horizon."""
    lacking: tuple[str, ...] = ()
    """Those besides the two sides whose consent it needs and who prefer none to it in most open runs."""

    @property
    def is_blocked(self) -> bool:
        """True if it is in the zone of the two sides and lacks the consent of somebody else."""
        return self.in_zone and bool(self.lacking)


@dataclass(frozen=True)
class JointWorths:
    """Packages as points, under one source's assumptions and after one week."""

    view: str
    """Name of the source view."""
    view_label: str
    """Name for readers."""
    week: int
    """Week after which it is so; 0 is the end of the run-up."""
    runs: int
    """Runs looked at."""
    open_runs: int
    """Those still open, over which medians are taken."""
    n_matching: int
    """Matching runs among which agreements are counted."""
    horizon_weeks: int
    """Weeks after which they are counted."""
    sides: tuple[str, str]
    """The first side and the second, by their names for readers."""
    reservations: tuple[ReservationBand, ReservationBand] | None
    """Reservation values of both; none without open runs."""
    with_zone: Interval | None
    """Share of open runs with a package that both sides prefer to walking away; none without open runs."""
    points: tuple[PackagePoint, ...]
    """Packages of the menu in their order; none without open runs."""
    nash: int | None
    """Place of the Nash point among them; none where no package is in the zone."""


@dataclass(frozen=True)
class ViewCounts:
    """What is counted of the runs of a source view, beside what packages are worth in them."""

    view: str
    """Name of the source view."""
    view_label: str
    """Name for readers."""
    n_matching: int
    """Matching runs among which agreements are counted."""
    horizon_weeks: int
    """Weeks after which they are counted."""
    agreed: Mapping[int, int]
    """Matching runs with an agreement in force, by number of its package."""


def compute_joint_worths(results: Results, view: ViewRuns, scenario: Scenario, worths: PackageWorths) -> JointWorths:
    """Packages as points, with the agreements of all matching runs.

    Args:
        results: The runs.
        view: Those of one source view.
        scenario: The scenario as this view sees it, with its texts in the language in use.
        worths: What packages are worth in some of its runs.

    Returns:
        The points; none if no run is open.
    """
    return compose_joint_worths(
        scenario,
        worths,
        ViewCounts(
            view=view.name,
            view_label=results.manifest.labels.get(view.name, view.name),
            n_matching=view.n_matching,
            horizon_weeks=results.manifest.horizon_weeks,
            agreed=_count_agreed(results, view),
        ),
    )


def compose_joint_worths(scenario: Scenario, worths: PackageWorths, counts: ViewCounts) -> JointWorths:
    """Packages as points, with agreements that are counted already.

    Args:
        scenario: The scenario as the view sees it, with its texts in the language in use.
        worths: What packages are worth in some runs.
        counts: What is counted of the runs besides.

    Returns:
        The points; none if no run is open.
    """
    many, is_open = int(worths.is_open.sum()), worths.is_open
    gains = (worths.worths - worths.needs[:, np.newaxis])[..., is_open] > 0.0
    both = gains.all(axis=0)
    points: tuple[PackagePoint, ...] = ()
    nash, lines = None, None
    if many:
        middle = np.median(worths.worths[..., is_open], axis=2)
        needs = np.quantile(worths.needs[:, is_open], (0.1, 0.5, 0.9), axis=1).T
        lines = (ReservationBand(*needs[0].tolist()), ReservationBand(*needs[1].tolist()))
        solved = solve_bargaining(middle.T, needs[:, 1], (1.0, 1.0))
        nash = solved.chosen["nash"]
        shares = (both.mean(axis=1), (both & worths.passes[:, is_open]).mean(axis=1))
        inside: NDArray[np.bool_] = np.all(middle > needs[:, 1:2], axis=0)
        lacking = _find_lacking(scenario, worths)
        efficient = set(solved.pareto.tolist())
        points = tuple(_make_points(scenario, middle, shares, efficient, inside, counts.agreed, lacking))
    return JointWorths(
        view=counts.view,
        view_label=counts.view_label,
        week=worths.week,
        runs=int(is_open.size),
        open_runs=many,
        n_matching=counts.n_matching,
        horizon_weeks=counts.horizon_weeks,
        sides=(scenario.actors[scenario.contest.first].label, scenario.actors[scenario.contest.second].label),
        reservations=lines,
        with_zone=estimate_share(int(both.any(axis=0).sum()), many) if many else None,
        points=points,
        nash=nash,
    )


def _find_lacking(scenario: Scenario, worths: PackageWorths) -> list[tuple[str, ...]]:
    """For every package those whose consent it lacks in most of the open runs."""
    absent = ~worths.consents[..., worths.is_open]
    often = absent.mean(axis=2) > 0.5 if worths.others else np.zeros((0, worths.worths.shape[1]), dtype=np.bool_)
    names = [scenario.actors[key].label for key in worths.others]
    return [tuple(name for name, is_so in zip(names, one, strict=True) if is_so) for one in often.T.tolist()]


def _count_agreed(results: Results, view: ViewRuns) -> Mapping[int, int]:
    """Matching runs with an agreement in force, by number of its package."""
    numbers = [number for number, key in enumerate(results.outcomes) if key in results.manifest.agreements]
    drafts = view.columns["draft"][np.isin(view.columns["outcome"], numbers)].astype(np.int64)
    found, counts = np.unique(drafts, return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def _make_points(
    scenario: Scenario,
    middle: NDArray[np.float64],
    shares: Sequence[NDArray[np.float64]],
    efficient: set[int],
    inside: NDArray[np.bool_],
    agreed: Mapping[int, int],
    lacking: Sequence[tuple[str, ...]],
) -> list[PackagePoint]:
    """Every package of the menu as a point."""
    several = len(scenario.sequences) > 1
    return [
        PackagePoint(
            terms=terms,
            label=_describe_terms(scenario, terms, options),
            sequence=sequence,
            sequence_label=scenario.sequences[sequence].label if several else "",
            first=float(middle[0, place]),
            second=float(middle[1, place]),
            both_prefer=float(shares[0][place]),
            all_prefer=float(shares[1][place]),
            efficient=place in efficient,
            in_zone=bool(inside[place]),
            agreed=agreed.get(place, 0),
            lacking=lacking[place],
        )
        for place, (terms, sequence, options) in enumerate(list_menu_packages(scenario))
    ]


def _describe_terms(scenario: Scenario, terms: str, options: Mapping[str, str]) -> str:
    """Terms by their name; those without one by the answers that they give, issue by issue."""
    if terms in scenario.menu.named:
        return scenario.menu.named[terms].label
    issues = scenario.issues
    return "; ".join(
        f"{issues[issue].label}: {issues[issue].options[option].label}" for issue, option in options.items()
    )
