"""Packages: what every package contains and is worth, for all runs at once - fixed for the whole run.

A package is a content by a path. Tables are arrays (parties, packages, runs); contents come first, paths within them.
"""

from __future__ import annotations

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

Array = NDArray[np.float64]
Content = dict[str, str]
CERTAIN = 1.0 - 1e-9
"""Settlement chances are cut off just below 1, so that a weekly chance exists."""


@dataclass(frozen=True)
class Contents:
    """What holds of contents whatever the draws: looked up once for a board."""

    options: NDArray[np.int64]
    """Option number on every issue: (contents, issues)."""
    interim: NDArray[np.int64]
    """Option numbers that hold while only the ceasefire stands: (contents, issues)."""
    shares: dict[str, Array]
    """Signed share of each shift of the balance: (contents,)."""
    guarantee: Array
    """Strongest guarantee: (contents,)."""
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
        chosen,
        between,
        _shares(board, listed),
        np.array([max(s.issues[i].options[o].guarantee for i, o in c.items()) for c in listed]),
        np.array([np.ones(len(listed)) if c is None else holds(c.must_consent) for c in consenters]),
        {party: {name: holds(line.when) for name, line in i.red_lines.items()} for party, i in wanting.items()},
        {party: holds(i.ratifies) for party, i in wanting.items() if i.ratifies is not None},
    )


def _numbers(board: Board, contents: list[Content]) -> NDArray[np.int64]:
    issues = board.scenario.issues
    rows = [[number(issue, content[name]) for name, issue in issues.items()] for content in contents]
    return np.array(rows, dtype=np.int64)


def _shares(board: Board, contents: list[Content]) -> dict[str, Array]:
    issues, found = board.scenario.issues, {}
    for key, shift in board.scenario.contest.shifts.items():
        shares = [sum(issues[i].options[o].shifts.get(key, 0.0) for i, o in content.items()) for content in contents]
        found[key] = (1.0 if shift.favours == "first" else -1.0) * (np.array(shares) + float(shift.always))
    return found


def worth_of(board: Board, drawn: Draws, actor: str, chosen: NDArray[np.int64]) -> Array:
    """Worth of contents to an actor, its prize and the weighted worth of every option: (contents, runs)."""
    total: Array = np.zeros((chosen.shape[0], _runs(drawn)))
    for column, (name, issue) in enumerate(board.scenario.issues.items()):
        worths = np.array([option.worth[actor] for option in issue.options.values()])
        total += drawn[f"actors.{actor}.interests.weights.{name}"] * worths[chosen[:, column]][:, np.newaxis]
    prize = drawn.get(f"actors.{actor}.interests.prize")
    if prize is None:
        return total
    return np.asarray(prize + (1.0 - prize) * total)


def worth_of_end(board: Board, drawn: Draws, actor: str, content: Content) -> Array:
    """Worth of one end of the contest to an actor: (runs,)."""
    worths = worth_of(board, drawn, actor, _numbers(board, [content]))
    return np.asarray(worths[0])


def package_tables(board: Board, drawn: Draws, settling_weeks: Array) -> dict[str, dict[str, Array]]:
    """Variables of paths, packages and stakes that never change."""
    contents = board.table
    repeat, tile = len(board.paths), len(board.contents)
    paths = _path_table(board, drawn)
    packages = {name: np.concatenate([np.tile(t[:-1], (tile, 1)), t[-1:]]) for name, t in paths.items()}
    unsettled = 1.0 - np.minimum(packages["settles"], CERTAIN)
    packages["settling_chance"] = 1.0 - power(unsettled, 1.0 / settling_weeks)
    shift: Array = np.zeros((tile, _runs(drawn)))
    for key, shares in contents.shares.items():
        shift += shares[:, np.newaxis] * drawn[f"contest.shifts.{key}.size"]
    packages["shift"] = _nobody(np.repeat(shift, repeat, axis=0))
    guarantee = np.repeat(contents.guarantee, repeat)[:, np.newaxis]
    packages["guarantee"] = _nobody(np.tile(guarantee, (1, _runs(drawn))))
    return {
        "path": paths,
        "package": packages,
        "stake": _stake_table(board, drawn, contents, packages["weeks"][:-1]),
    }


def _path_table(board: Board, drawn: Draws) -> dict[str, Array]:
    table: dict[str, Array] = {}
    for name in ("weeks", "settles", "breakdown_factor"):
        table[name] = _nobody(np.array([drawn[f"paths.{path}.{name}"] for path in board.paths]))
    fights = [float(board.scenario.paths[path].fighting_until_settled) for path in board.paths]
    table["fights_on"] = _nobody(np.tile(np.array(fights)[:, np.newaxis], (1, _runs(drawn))))
    return table


def _stake_table(board: Board, drawn: Draws, contents: Contents, weeks: Array) -> dict[str, Array]:
    repeat, runs = len(board.paths), _runs(drawn)
    shape = (len(board.parties) + 1, weeks.shape[0], runs)
    names = ("worth", "interim", "crossing", "delay_weight", "needed", "ratifies")
    table: dict[str, Array] = {name: np.zeros(shape) for name in names}
    table["needed"][:-1] = np.repeat(contents.needed, repeat, axis=1)[:, :, np.newaxis]
    for row, party in enumerate(board.parties):
        if party not in contents.crossed:
            continue
        place = f"actors.{party}.interests"
        table["worth"][row] = np.repeat(worth_of(board, drawn, party, contents.options), repeat, axis=0)
        table["interim"][row] = np.repeat(worth_of(board, drawn, party, contents.interim), repeat, axis=0)
        for name, crossed in contents.crossed[party].items():
            lines = np.repeat(crossed, repeat)[:, np.newaxis]
            table["crossing"][row] += lines * drawn[f"{place}.red_lines.{name}.price"]
        table["delay_weight"][row] = power(drawn[f"{place}.weekly_discount"] + 0.0 * weeks, weeks)
        if party in contents.ratified:
            table["ratifies"][row] = np.repeat(contents.ratified[party], repeat)[:, np.newaxis]
    return table


def _nobody(table: Array) -> Array:
    """The table with a row of zeros at its end."""
    return np.concatenate([table, np.zeros((1, *table.shape[1:]))])


def _runs(drawn: Draws) -> int:
    return int(next(iter(drawn.values())).size)


def all_contents(board: Board) -> tuple[tuple[str, Content], ...]:
    """Every content there could be, one option per issue in every combination."""
    issues = board.scenario.issues
    sizes = [len(issue.options) for issue in issues.values()]
    found = []
    for chosen in np.ndindex(*sizes):
        picked = {name: list(issue.options)[at] for (name, issue), at in zip(issues.items(), chosen, strict=True)}
        found.append(("/".join(picked.values()), picked))
    return tuple(found)
