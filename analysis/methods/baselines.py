"""Baselines: what do plain forecasts say, that know positions, salience and power alone?

A forecast that is more work than these should be held against them: in other people's data the weighted mean is hard to
beat. Every method says where the decision on each issue will lie.

Sources
    Thomson, Stokman, Achen and König (2006), The European Union Decides.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import optimize

from analysis.methods.compromise import weighted_mean, weighted_median
from analysis.methods.condorcet_election import CondorcetElection, hold_election
from analysis.methods.expected_utility import ExpectedUtility, expect_utility
from analysis.methods.position_exchange import ExchangeResult, exchange_positions
from sim.loading.tables.position_table import Array, PositionTable

METHODS = (
    *("weighted-mean", "weighted-median", "salience-mean", "plain-mean"),
    *("condorcet", "expected-utility", "exchange", "nash", "middle", "status-quo"),
)
"""Methods in the order in which they are shown."""

STEPS = 1001
"""Points of a scale among which the Nash solution is looked for on a single issue."""

LEAST = 1e-9
"""Worth below which a logarithm is cut off."""

MOST_ACTORS = 250
"""Actors up to which all pairs are compared before all others: elections and expected utility."""

MOST_TERMS = 20_000
"""Actors times issues up to which the Nash solution over several issues is computed."""


@dataclass(frozen=True)
class Election:
    """A Condorcet election on one issue, or on several at once."""

    issues: tuple[int, ...]
    """Issues that are decided together."""
    actors: tuple[int, ...]
    """Actors that take part, as they lack nothing there."""
    result: CondorcetElection
    """Chances of their positions."""


@dataclass(frozen=True)
class FirstRound:
    """The first round of the expected-utility model on one issue."""

    issue: int
    """The issue."""
    actors: tuple[int, ...]
    """Actors that take part, as they lack nothing there."""
    result: ExpectedUtility
    """Chances, attitudes to risk and expected utilities."""


@dataclass(frozen=True)
class Errors:
    """How far a method was from what was decided."""

    mean: float
    """Mean absolute error, in units of the table."""
    median: float
    """Median absolute error."""
    issues: int
    """Issues on which both are known."""


@dataclass(frozen=True)
class Baselines:
    """What all methods say about a table of positions."""

    table: PositionTable
    """The table."""
    decisions: dict[str, Array]
    """Decision on every issue by method, NaN where it has none: (issues,)."""
    elections: tuple[Election, ...]
    """Condorcet elections."""
    first_rounds: tuple[FirstRound, ...]
    """First rounds of the expected-utility model."""
    exchange: ExchangeResult | None
    """Trades of positions, where issues are decided together by actors that lack nothing."""
    errors: dict[str, Errors]
    """Errors by method, where the table says what was decided."""


def compute_baselines(table: PositionTable) -> Baselines:
    """What all methods say about a table of positions.

    Args:
        table: Positions, salience and power.

    Returns:
        Decisions by method, with the tables of the methods that have some, and their errors where outcomes are known.
    """
    count, weights = len(table.issues), table.power * table.salience
    groups = [[issue] for issue in range(count)] if table.separate else [list(range(count))]
    elections = tuple(_hold_elections(table, groups))
    rounds = tuple(_play_first_rounds(table))
    exchange = _trade(table)
    known = np.where(np.isfinite(table.positions), 1.0, np.nan)
    decisions = {
        "weighted-mean": weighted_mean(table.positions, weights),
        "weighted-median": weighted_median(table.positions, weights),
        "salience-mean": weighted_mean(table.positions, table.salience),
        "plain-mean": weighted_mean(table.positions, known),
        "condorcet": _list_winners(table, elections),
        "expected-utility": np.full(count, np.nan),
        "nash": _find_nash(table, groups),
        "middle": (table.low + table.high) / 2.0,
    }
    for one in rounds:
        decisions["expected-utility"][one.issue] = table.positions[one.actors[one.result.winner], one.issue]
    if exchange:
        decisions["exchange"] = table.low + exchange.decisions * (table.high - table.low)
    if table.status_quo is not None:
        decisions["status-quo"] = table.status_quo
    ordered = {name: decisions[name] for name in METHODS if name in decisions}
    return Baselines(table, ordered, elections, rounds, exchange, _measure_errors(table, ordered))


def _hold_elections(table: PositionTable, groups: list[list[int]]) -> Iterator[Election]:
    scaled = table.scale()
    for group in groups:
        actors = table.find_complete(group)
        if 0 < actors.size <= MOST_ACTORS:
            at = (actors[:, np.newaxis], group)
            result = hold_election(scaled[at], table.salience[at], table.power[at].mean(axis=1))
            yield Election(tuple(group), tuple(actors.tolist()), result)


def _list_winners(table: PositionTable, elections: tuple[Election, ...]) -> Array:
    """Mean of positions by their chances to win."""
    found = np.full(len(table.issues), np.nan)
    for one in elections:
        found[list(one.issues)] = one.result.probability @ table.positions[np.ix_(one.actors, one.issues)]
    return found


def _play_first_rounds(table: PositionTable) -> Iterator[FirstRound]:
    scaled = table.scale()
    for issue in range(len(table.issues)):
        actors = table.find_complete([issue])
        if 1 < actors.size <= MOST_ACTORS and table.power[actors, issue].any():
            columns = (part[actors, issue] for part in (scaled, table.salience, table.power))
            yield FirstRound(issue, tuple(actors.tolist()), expect_utility(*columns))


def _trade(table: PositionTable) -> ExchangeResult | None:
    """Trades, where there are several issues that are decided together."""
    actors = table.find_complete(list(range(len(table.issues))))
    if table.separate or len(table.issues) < 2 or actors.size < 2:
        return None
    return exchange_positions(table.scale()[actors], table.salience[actors], table.power[actors])


def _find_nash(table: PositionTable, groups: list[list[int]]) -> Array:
    """The largest product of worths, where no agreement is worth 0."""
    scaled, found = table.scale(), np.full(len(table.issues), np.nan)
    for group in groups:
        actors = table.find_complete(group)
        if actors.size and actors.size * len(group) <= MOST_TERMS:
            at = (actors[:, np.newaxis], group)
            best = _maximise_product(scaled[at], table.salience[at])
            found[group] = table.low[group] + best * (table.high[group] - table.low[group])
    return found


def _maximise_product(scaled: Array, salience: Array) -> Array:
    """Where the product of worths is largest, a worth being 1 less the distance on each issue, weighted by salience.

    Args:
        scaled: Positions from 0 to 1: (actors, issues).
        salience: Salience; whoever minds nothing is left out: (actors, issues).

    Returns:
        One position an issue, from 0 to 1: (issues,).
    """
    minding = salience.sum(axis=1) > 0.0
    scaled, salience = scaled[minding], salience[minding]
    count, issues = scaled.shape
    if not count:
        return np.full(issues, np.nan)
    if issues == 1:
        points = np.linspace(0.0, 1.0, STEPS)
        worths = 1.0 - np.abs(points[:, np.newaxis] - scaled[:, 0])
        totals = np.round(np.log(np.maximum(worths, LEAST)).sum(axis=1), 9)
        return np.array([points[totals == totals.max()].mean()])
    return _climb(scaled, salience / salience.sum(axis=1, keepdims=True))


def _climb(scaled: Array, shares: Array) -> Array:
    """The same on several issues: a smooth concave problem in the decisions and each actor's nearness to them."""
    count, issues = scaled.shape
    start = scaled.mean(axis=0)
    nearness = 1.0 - np.abs(start - scaled)
    chooses = np.tile(np.eye(issues), (count, 1))
    upper = optimize.LinearConstraint(np.hstack([chooses, np.eye(count * issues)]), -np.inf, (1.0 + scaled).ravel())
    lower = optimize.LinearConstraint(np.hstack([-chooses, np.eye(count * issues)]), -np.inf, (1.0 - scaled).ravel())

    def loss(values: Array) -> tuple[float, Array]:
        worth = np.maximum((shares * values[issues:].reshape(count, issues)).sum(axis=1), LEAST)
        slope = -(shares / worth[:, np.newaxis]).ravel()
        return -float(np.log(worth).sum()), np.concatenate([np.zeros(issues), slope])

    found = optimize.minimize(
        loss,
        np.concatenate([start, nearness.ravel()]),
        jac=True,
        bounds=[(0.0, 1.0)] * (issues * (count + 1)),
        constraints=[upper, lower],
        method="SLSQP",
        options={"maxiter": 500, "ftol": 1e-12},
    )
    return np.asarray(found.x[:issues])


def _measure_errors(table: PositionTable, decisions: dict[str, Array]) -> dict[str, Errors]:
    """Absolute errors of all methods, where outcomes are known."""
    if table.outcomes is None:
        return {}
    found = {}
    for name, decided in decisions.items():
        gaps = np.abs(decided - table.outcomes)
        if (known := np.isfinite(gaps)).any():
            found[name] = Errors(float(gaps[known].mean()), float(np.median(gaps[known])), int(known.sum()))
    return found
