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

from sim.play.draws import Draws
from sim.play.terms import fits, number
from sim.rules.words import power
from sim.spec.condition import Terms

if TYPE_CHECKING:
    from sim.play.board import Board
    from sim.spec.scenario import Scenario

Array = NDArray[np.float64]
Index = NDArray[np.int64]
Content = dict[str, str]
ENDS = ("first_prevails", "stalemate", "second_prevails")
"""Ends of the contest."""

CERTAIN = 1.0 - 1e-9
"""Settlement chances are cut off just below 1, so that a weekly chance exists."""


@dataclass(frozen=True)
class Setbacks:
    """What the breakdown of contents brings; contents alike in this share a kind."""

    kinds: Index
    """Kind of every content: (contents,)."""
    firsts: Index
    """First content of every kind: (kinds,)."""
    shares: dict[str, Array]
    """Signed share of each shift of the balance: (kinds,)."""
    guarantee: Array
    """Strongest guarantee: (contents,)."""


def setbacks_of(s: Scenario, listed: Sequence[Content]) -> Setbacks:
    """Kinds of breakdown among contents, alike in shifts and guarantee, in the order of their first contents."""
    issues, found = s.issues, {}
    for key, shift in s.contest.shifts.items():
        shares = [sum(issues[i].options[o].shifts.get(key, 0.0) for i, o in content.items()) for content in listed]
        found[key] = (1.0 if shift.favours == "first" else -1.0) * (np.array(shares) + float(shift.always))
    guarantee = np.array([max(issues[i].options[o].guarantee for i, o in content.items()) for content in listed])
    _, firsts, kinds = np.unique([*found.values(), guarantee], axis=1, return_index=True, return_inverse=True)
    order = np.argsort(firsts)
    kinds, firsts = np.argsort(order)[kinds.reshape(-1)], firsts[order]
    return Setbacks(kinds, firsts, {key: shares[firsts] for key, shares in found.items()}, guarantee)


@dataclass(frozen=True)
class Tree:
    """Contents, issue by issue: those that agree on the first issues share what these are worth."""

    levels: tuple[tuple[Index, Index], ...]
    """For every issue the branches: on which branch of the issue before each grows, and the number of its option."""
    leaves: Index
    """Branch of the last issue for each content: (contents,)."""


def tree_of(chosen: Index) -> Tree:
    """The tree of contents, given their option numbers on every issue: (contents, issues)."""
    rows, levels = np.zeros(len(chosen), dtype=np.int64), []
    for column in chosen.T:
        (parents, options), rows = np.unique(np.stack([rows, column]), axis=1, return_inverse=True)
        rows = rows.reshape(-1)
        levels.append((parents, options))
    return Tree(tuple(levels), rows)


@dataclass(frozen=True)
class Contents:
    """What holds of contents whatever the draws: looked up once for a board."""

    options: Tree
    """What is chosen on every issue."""
    interim: Tree
    """What holds while only the ceasefire stands."""
    ends: dict[str, Tree]
    """What holds at each end of the contest."""
    setbacks: Setbacks
    """What breakdowns bring."""
    needed: Array
    """1 where the consent of a party is needed: (parties, contents)."""
    crossed: dict[str, dict[str, Array]]
    """1 where a party's line is crossed: (contents,)."""
    ratified: dict[str, Array]
    """1 where a party must ratify at home: (contents,)."""


def contents_of(board: Board) -> Contents:
    """Look up what holds of the board's contents."""
    s, listed = board.scenario, [content for _, content in board.contents]

    def holds(terms: Terms) -> Array:
        return np.array([fits(terms, content, s.issues) for content in listed], dtype=np.float64)

    consenters = [s.actors[party].consenter for party in board.parties]
    wanting = {party: i for party in board.parties if (i := s.actors[party].interests)}
    chosen = _numbers(board, listed)
    between = chosen.copy()
    for column, issue in enumerate(s.issues.values()):
        if not issue.settled_by_ceasefire:
            between[:, column] = number(issue, issue.unresolved)
    return Contents(
        tree_of(chosen),
        tree_of(between),
        {end: tree_of(_numbers(board, [getattr(s.contest, end)])) for end in ENDS},
        setbacks_of(s, listed),
        np.array([np.ones(len(listed)) if c is None else holds(c.must_consent) for c in consenters]),
        {party: {name: holds(line.when) for name, line in i.red_lines.items()} for party, i in wanting.items()},
        {party: holds(i.ratifies) for party, i in wanting.items() if i.ratifies is not None},
    )


def _numbers(board: Board, contents: list[Content]) -> NDArray[np.int64]:
    issues = board.scenario.issues
    rows = [[number(issue, content[name]) for name, issue in issues.items()] for content in contents]
    return np.array(rows, dtype=np.int64)


def worth_of(board: Board, drawn: Draws, actor: str, tree: Tree) -> Array:
    """Worth of contents to an actor, its prize and the weighted worth of every option: (contents, runs)."""
    total: Array = np.zeros((1, _runs(drawn)))
    for (name, issue), (parents, options) in zip(board.scenario.issues.items(), tree.levels, strict=True):
        worths = np.array([option.worth[actor] for option in issue.options.values()])[:, np.newaxis]
        total = total[parents] + (drawn[f"actors.{actor}.interests.weights.{name}"] * worths)[options]
    prize = drawn.get(f"actors.{actor}.interests.prize")
    worth = total if prize is None else prize + (1.0 - prize) * total
    return np.asarray(worth[tree.leaves])


def package_tables(board: Board, drawn: Draws, settling_weeks: Array) -> dict[str, dict[str, Array]]:
    """Variables that never change of paths, packages, setbacks, and of all these as parties see them."""
    paths, repeat, runs = _path_table(board, drawn), len(board.paths), _runs(drawn)
    packages = {
        name: np.concatenate([np.tile(paths[name][:-1], (len(board.contents), 1)), paths[name][-1:]])
        for name in ("weeks", "settles", "fights_on")
    }
    unsettled = 1.0 - np.minimum(paths["settles"], CERTAIN)
    chances = 1.0 - power(unsettled, 1.0 / settling_weeks)
    packages["settling_chance"] = np.concatenate([np.tile(chances[:-1], (len(board.contents), 1)), chances[-1:]])
    packages["guarantee"] = alike(np.append(np.repeat(board.table.setbacks.guarantee, repeat), 0.0), runs)
    return {
        "path": paths,
        "package": packages,
        "setback": _setback_table(board, drawn),
        "road": {"delay_weight": _delay_weight(board, drawn, paths["weeks"][:-1])},
        "bundle": _bundle_table(board, drawn),
        "stake": _stake_table(board, runs),
    }


def alike(values: Array, runs: int) -> Array:
    """The same values in all runs, without room for each."""
    return np.broadcast_to(values[..., np.newaxis], (*values.shape, runs))


def _path_table(board: Board, drawn: Draws) -> dict[str, Array]:
    table: dict[str, Array] = {}
    for name in ("weeks", "settles", "breakdown_factor"):
        table[name] = _nobody(np.array([drawn[f"paths.{path}.{name}"] for path in board.paths]))
    fights = [float(board.scenario.paths[path].fighting_until_settled) for path in board.paths]
    table["fights_on"] = alike(np.array([*fights, 0.0]), _runs(drawn))
    return table


def _setback_table(board: Board, drawn: Draws) -> dict[str, Array]:
    """How far breakdowns move the balance, and how strongly they are guaranteed against."""
    setbacks, repeat, runs = board.table.setbacks, len(board.paths), _runs(drawn)
    shift: Array = np.zeros((setbacks.firsts.size, runs))
    for key, shares in setbacks.shares.items():
        shift += shares[:, np.newaxis] * drawn[f"contest.shifts.{key}.size"]
    guarantee = np.append(np.repeat(setbacks.guarantee[setbacks.firsts], repeat), 0.0)
    return {"shift": _nobody(np.repeat(shift, repeat, axis=0)), "guarantee": alike(guarantee, runs)}


def _delay_weight(board: Board, drawn: Draws, weeks: Array) -> Array:
    """What a later settlement still counts, by party and path."""
    weights: Array = np.zeros((len(board.parties) + 1, *weeks.shape))
    for row, party in enumerate(board.parties):
        discount = drawn.get(f"actors.{party}.interests.weekly_discount")
        if discount is not None:
            weights[row] = power(discount + 0.0 * weeks, weeks)
    return weights


def _bundle_table(board: Board, drawn: Draws) -> dict[str, Array]:
    """Worth of contents to parties, while open issues are unresolved, too, and prices of the lines they cross."""
    contents, shape = board.table, (len(board.parties) + 1, len(board.contents), _runs(drawn))
    table: dict[str, Array] = {name: np.zeros(shape) for name in ("worth", "interim", "crossing")}
    for row, party in enumerate(board.parties):
        if party not in contents.crossed:
            continue
        table["worth"][row] = worth_of(board, drawn, party, contents.options)
        table["interim"][row] = worth_of(board, drawn, party, contents.interim)
        for name, crossed in contents.crossed[party].items():
            price = drawn[f"actors.{party}.interests.red_lines.{name}.price"]
            table["crossing"][row] += crossed[:, np.newaxis] * price
    return table


def _stake_table(board: Board, runs: int) -> dict[str, Array]:
    """Whose consent a package needs, and who must have it ratified."""
    contents, repeat = board.table, len(board.paths)
    ratified = [contents.ratified.get(party, np.zeros(len(board.contents))) for party in board.parties]
    found = {"needed": contents.needed, "ratifies": np.array(ratified)}
    return {name: alike(_nobody(np.repeat(table, repeat, axis=1)), runs) for name, table in found.items()}


def _nobody(table: Array) -> Array:
    """The table with a row of zeros at its end."""
    return np.concatenate([table, np.zeros((1, *table.shape[1:]))])


def _runs(drawn: Draws) -> int:
    return int(next(iter(drawn.values())).size)


def all_contents(scenario: Scenario) -> tuple[tuple[str, Content], ...]:
    """Every content there could be, one option per issue in every combination."""
    issues = scenario.issues
    sizes = [len(issue.options) for issue in issues.values()]
    found = []
    for chosen in np.ndindex(*sizes):
        picked = {name: list(issue.options)[at] for (name, issue), at in zip(issues.items(), chosen, strict=True)}
        found.append(("/".join(picked.values()), picked))
    return tuple(found)
