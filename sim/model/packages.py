"""Packages: what every package contains and is worth, for all runs at once - fixed for the whole run.

A package is a content by a path. What depends on the content alone, on the path alone, or on how far a breakdown would
throw a party back is kept once for each of these, as arrays (parties, contents or paths, runs).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.model.parameters import Draws
from sim.model.term_matching import find_option_index, satisfies
from sim.rules.numerics import power
from sim.schema.conditions import TermsCondition

if TYPE_CHECKING:
    from sim.model.layout import Layout
    from sim.schema.scenario import Scenario

Array = NDArray[np.float64]
Index = NDArray[np.int64]
Terms = dict[str, str]
CONTEST_ENDS = ("first_prevails", "stalemate", "second_prevails")
"""Ends of the contest."""

CERTAIN = 1.0 - 1e-9
"""Settlement chances are cut off just below 1, so that a weekly chance exists."""


@dataclass(frozen=True)
class BreakdownClasses:
    """What the breakdown of contents brings; contents alike in this share a kind."""

    kinds: Index
    """Kind of every content: (contents,)."""
    firsts: Index
    """First content of every kind: (kinds,)."""
    shares: dict[str, Array]
    """Signed share of each shift of the balance: (kinds,)."""
    guarantee: Array
    """Strongest guarantee: (contents,)."""


def find_breakdown_classes(s: Scenario, terms_list: Sequence[Terms]) -> BreakdownClasses:
    """Kinds of breakdown among contents, alike in shifts and guarantee, in the order of their first contents."""
    issues, found = s.issues, {}
    for key, shift in s.contest.shifts.items():
        shares = [sum(issues[i].options[o].shifts.get(key, 0.0) for i, o in content.items()) for content in terms_list]
        found[key] = (1.0 if shift.favours == "first" else -1.0) * (np.array(shares) + float(shift.always))
    guarantee = np.array([max(issues[i].options[o].guarantee for i, o in content.items()) for content in terms_list])
    _, firsts, kinds = np.unique([*found.values(), guarantee], axis=1, return_index=True, return_inverse=True)
    order = np.argsort(firsts)
    kinds, firsts = np.argsort(order)[kinds.reshape(-1)], firsts[order]
    return BreakdownClasses(kinds, firsts, {key: shares[firsts] for key, shares in found.items()}, guarantee)


@dataclass(frozen=True)
class PrefixTree:
    """Contents, issue by issue: those that agree on the first issues share what these are worth."""

    levels: tuple[tuple[Index, Index], ...]
    """For every issue the branches: on which branch of the issue before each grows, and the number of its option."""
    leaves: Index
    """Branch of the last issue for each content: (contents,)."""


def build_prefix_tree(chosen: Index) -> PrefixTree:
    """The tree of contents, given their option numbers on every issue: (contents, issues)."""
    rows, levels = np.zeros(len(chosen), dtype=np.int64), []
    for column in chosen.T:
        (parents, options), rows = np.unique(np.stack([rows, column]), axis=1, return_inverse=True)
        rows = rows.reshape(-1)
        levels.append((parents, options))
    return PrefixTree(tuple(levels), rows)


@dataclass(frozen=True)
class TermsTable:
    """What holds of contents whatever the draws: looked up once for a board."""

    options: PrefixTree
    """What is chosen on every issue."""
    interim: PrefixTree
    """What holds while only the ceasefire stands."""
    ends: dict[str, PrefixTree]
    """What holds at each end of the contest."""
    breakdown_classes: BreakdownClasses
    """What breakdowns bring."""
    needed: Array
    """1 where the consent of a party is needed: (parties, contents)."""
    crossed: dict[str, dict[str, Array]]
    """1 where a party's line is crossed: (contents,)."""
    ratified: dict[str, Array]
    """1 where a party must ratify at home: (contents,)."""


def build_terms_table(layout: Layout) -> TermsTable:
    """Look up what holds of the board's contents."""
    s, listed = layout.scenario, [content for _, content in layout.terms]

    def evaluate(condition: TermsCondition) -> Array:
        return np.array([satisfies(condition, content, s.issues) for content in listed], dtype=np.float64)

    consenters = [s.actors[party].veto_player for party in layout.parties]
    wanting = {party: i for party in layout.parties if (i := s.actors[party].interests)}
    chosen = _list_option_indices(layout, listed)
    between = chosen.copy()
    for column, issue in enumerate(s.issues.values()):
        if not issue.settled_by_ceasefire:
            between[:, column] = find_option_index(issue, issue.unresolved)
    return TermsTable(
        build_prefix_tree(chosen),
        build_prefix_tree(between),
        {end: build_prefix_tree(_list_option_indices(layout, [getattr(s.contest, end)])) for end in CONTEST_ENDS},
        find_breakdown_classes(s, listed),
        np.array([np.ones(len(listed)) if c is None else evaluate(c.must_consent) for c in consenters]),
        {party: {name: evaluate(line.when) for name, line in i.red_lines.items()} for party, i in wanting.items()},
        {party: evaluate(i.ratifies) for party, i in wanting.items() if i.ratifies is not None},
    )


def _list_option_indices(layout: Layout, terms_list: list[Terms]) -> NDArray[np.int64]:
    issues = layout.scenario.issues
    rows = [[find_option_index(issue, content[name]) for name, issue in issues.items()] for content in terms_list]
    return np.array(rows, dtype=np.int64)


def terms_value(layout: Layout, draws: Draws, actor: str, tree: PrefixTree) -> Array:
    """Worth of contents to an actor, its prize and the weighted worth of every option: (contents, runs)."""
    total: Array = np.zeros((1, _count_runs(draws)))
    for (name, issue), (parents, options) in zip(layout.scenario.issues.items(), tree.levels, strict=True):
        worths = np.array([option.worth[actor] for option in issue.options.values()])[:, np.newaxis]
        total = total[parents] + (draws[f"actors.{actor}.interests.weights.{name}"] * worths)[options]
    prize = draws.get(f"actors.{actor}.interests.value_of_any_deal")
    worth = total if prize is None else prize + (1.0 - prize) * total
    return np.asarray(worth[tree.leaves])


def build_package_tables(layout: Layout, draws: Draws, settling_weeks: Array) -> dict[str, dict[str, Array]]:
    """Variables that never change of paths, packages, setbacks, and of all these as parties see them."""
    paths, repeat, runs = _build_sequence_table(layout, draws), len(layout.sequences), _count_runs(draws)
    packages = {
        name: np.concatenate([np.tile(paths[name][:-1], (len(layout.terms), 1)), paths[name][-1:]])
        for name in ("weeks", "settles", "fights_on")
    }
    unsettled = 1.0 - np.minimum(paths["settles"], CERTAIN)
    chances = 1.0 - power(unsettled, 1.0 / settling_weeks)
    packages["settling_chance"] = np.concatenate([np.tile(chances[:-1], (len(layout.terms), 1)), chances[-1:]])
    packages["guarantee"] = broadcast_over_runs(
        np.append(np.repeat(layout.terms_table.breakdown_classes.guarantee, repeat), 0.0), runs
    )
    return {
        "sequence": paths,
        "package": packages,
        "breakdown_class": _build_breakdown_table(layout, draws),
        "party_sequence": {"delay_weight": _compute_delay_weight(layout, draws, paths["weeks"][:-1])},
        "party_terms": _build_party_terms_table(layout, draws),
        "party_package": _build_party_package_table(layout, runs),
    }


def broadcast_over_runs(values: Array, runs: int) -> Array:
    """The same values in all runs, without room for each."""
    return np.broadcast_to(values[..., np.newaxis], (*values.shape, runs))


def _build_sequence_table(layout: Layout, draws: Draws) -> dict[str, Array]:
    table: dict[str, Array] = {}
    for name in ("weeks", "settles", "breakdown_factor"):
        table[name] = _append_nobody(np.array([draws[f"sequences.{path}.{name}"] for path in layout.sequences]))
    fights = [float(layout.scenario.sequences[path].fighting_until_settled) for path in layout.sequences]
    table["fights_on"] = broadcast_over_runs(np.array([*fights, 0.0]), _count_runs(draws))
    return table


def _build_breakdown_table(layout: Layout, draws: Draws) -> dict[str, Array]:
    """How far breakdowns move the balance, and how strongly they are guaranteed against."""
    setbacks, repeat, runs = layout.terms_table.breakdown_classes, len(layout.sequences), _count_runs(draws)
    shift: Array = np.zeros((setbacks.firsts.size, runs))
    for key, shares in setbacks.shares.items():
        shift += shares[:, np.newaxis] * draws[f"contest.shifts.{key}.size"]
    guarantee = np.append(np.repeat(setbacks.guarantee[setbacks.firsts], repeat), 0.0)
    return {
        "shift": _append_nobody(np.repeat(shift, repeat, axis=0)),
        "guarantee": broadcast_over_runs(guarantee, runs),
    }


def _compute_delay_weight(layout: Layout, draws: Draws, weeks: Array) -> Array:
    """What a later settlement still counts, by party and path."""
    weights: Array = np.zeros((len(layout.parties) + 1, *weeks.shape))
    for row, party in enumerate(layout.parties):
        discount = draws.get(f"actors.{party}.interests.weekly_discount")
        if discount is not None:
            weights[row] = power(discount + 0.0 * weeks, weeks)
    return weights


def _build_party_terms_table(layout: Layout, draws: Draws) -> dict[str, Array]:
    """Worth of contents to parties, while open issues are unresolved, too, and prices of the lines they cross."""
    contents, shape = layout.terms_table, (len(layout.parties) + 1, len(layout.terms), _count_runs(draws))
    table: dict[str, Array] = {name: np.zeros(shape) for name in ("worth", "interim", "crossing")}
    for row, party in enumerate(layout.parties):
        if party not in contents.crossed:
            continue
        table["worth"][row] = terms_value(layout, draws, party, contents.options)
        table["interim"][row] = terms_value(layout, draws, party, contents.interim)
        for name, crossed in contents.crossed[party].items():
            price = draws[f"actors.{party}.interests.red_lines.{name}.price"]
            table["crossing"][row] += crossed[:, np.newaxis] * price
    return table


def _build_party_package_table(layout: Layout, runs: int) -> dict[str, Array]:
    """Whose consent a package needs, and who must have it ratified."""
    contents, repeat = layout.terms_table, len(layout.sequences)
    ratified = [contents.ratified.get(party, np.zeros(len(layout.terms))) for party in layout.parties]
    found = {"needed": contents.needed, "ratifies": np.array(ratified)}
    return {
        name: broadcast_over_runs(_append_nobody(np.repeat(table, repeat, axis=1)), runs)
        for name, table in found.items()
    }


def _append_nobody(table: Array) -> Array:
    """The table with a row of zeros at its end."""
    return np.concatenate([table, np.zeros((1, *table.shape[1:]))])


def _count_runs(draws: Draws) -> int:
    return int(next(iter(draws.values())).size)


def list_all_terms(scenario: Scenario) -> tuple[tuple[str, Terms], ...]:
    """Every content there could be, one option per issue in every combination."""
    issues = scenario.issues
    sizes = [len(issue.options) for issue in issues.values()]
    found = []
    for chosen in np.ndindex(*sizes):
        picked = {name: list(issue.options)[at] for (name, issue), at in zip(issues.items(), chosen, strict=True)}
        found.append(("/".join(picked.values()), picked))
    return tuple(found)
