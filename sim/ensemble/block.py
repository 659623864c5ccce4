"""Block: a range of draws played together - run-up, condition, and the weeks that follow for those that match."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.readers import Reader, as_position, play_on, reader_of
from sim.play import runup
from sim.play.draws import drawn_from
from sim.play.handover import handed_over
from sim.play.opening import Opening
from sim.play.spaces import board_of
from sim.play.state import Array, Position
from sim.rules.week import VALUES
from sim.spec.scenario import Scenario

CHUNK = 512
"""Runs played together: small enough for the cache, large enough that calls do not dominate."""

FULL_CHUNK = 8
"""Runs for which every content there could be is weighed at once."""

END_STATE = (
    "balance",
    "stage",
    "draft",
    "settled",
    "imposed",
    "mediated",
    "truce_left",
    "process",
    "ended",
    "failures",
)
OUTCOME = (("world", "outcome", 0),)
SIDE_STATE = ("walk_away", "resilience", "aid", "stress", "hardening", "flow_cost", *runup.SIDE_COUNTS)


@dataclass(frozen=True)
class Block:
    """What a range of draws leaves behind."""

    columns: dict[str, Array]
    """One value per matching run."""
    states: NDArray[np.uint8]
    """Outcome number after each week: (weeks, matching runs)."""
    opening: dict[str, Array]
    """Beliefs and state at week 1, per matching run."""


def after_run_up(scenario: Scenario, seed: int, runs: NDArray[np.int64]) -> Position:
    """Those of the runs that match the reported run-up, at the end of week 0, ready for week 1."""
    position = as_position(run_up(scenario.in_run_up, seed, runs))
    return position if scenario.in_run_up is scenario else taken_over(position, scenario)


def run_up(scenario: Scenario, seed: int, runs: NDArray[np.int64]) -> Reader:
    """Those of the runs that match the reported run-up, as the run-up has left them."""
    opening = Opening(board_of(scenario), seed, runs)
    if not scenario.run_up.weeks:
        fitting = np.flatnonzero(runup.matches(opening.board, _look(opening)) > 0.0)
        return reader_of(opening if fitting.size == runs.size else Opening(opening.board, seed, runs[fitting]))
    reader = reader_of(opening)
    play_on(reader, 1 - scenario.run_up.weeks, 0)
    return reader.only(np.flatnonzero(runup.matches(reader.board, reader.look) > 0.0))


def _look(opening: Opening) -> Callable[[str, str, int], Array]:
    """How variables are read before anything is played."""
    return lambda space, name, row: opening.state[space][name][row]


def taken_over(position: Position, scenario: Scenario) -> Position:
    """The same runs, for a scenario that shares this run-up: on a board and with arrays of its own."""
    return handed_over(position, board_of(scenario))


def play_block(scenario: Scenario, seed: int, first: int, count: int, horizon: int) -> Block:
    """Play draws `first` to `first + count - 1`."""
    return play_blocks({"": scenario}, seed, first, count, horizon)[""]


def play_blocks(scenarios: Mapping[str, Scenario], seed: int, first: int, count: int, horizon: int) -> dict[str, Block]:
    """The same draws of several scenarios that share a run-up, which is played once."""
    parts: dict[str, list[Block]] = {name: [] for name in scenarios}
    for at in range(first, first + count, CHUNK):
        for name, block in _chunk(scenarios, seed, np.arange(at, min(at + CHUNK, first + count)), horizon):
            parts[name].append(block)
    return {name: _joined(found) for name, found in parts.items()}


def _chunk(
    scenarios: Mapping[str, Scenario], seed: int, runs: NDArray[np.int64], horizon: int
) -> Iterator[tuple[str, Block]]:
    """A few runs of all scenarios; their room is free for the next ones when this is done."""
    before = next(iter(scenarios.values())).in_run_up
    matching = run_up(before, seed, runs)
    if len(scenarios) == 1 and next(iter(scenarios.values())) is before:
        yield next(iter(scenarios)), _play(matching, horizon)
        return
    position = as_position(matching)
    for name, scenario in scenarios.items():
        yield name, _play(reader_of(taken_over(position, scenario)), horizon)


def _joined(parts: Sequence[Block]) -> Block:
    """Blocks one after the other as one."""
    return Block(
        {name: np.concatenate([part.columns[name] for part in parts]) for name in parts[0].columns},
        np.concatenate([part.states for part in parts], axis=1),
        {name: np.concatenate([part.opening[name] for part in parts]) for name in parts[0].opening},
    )


def _play(reader: Reader, horizon: int) -> Block:
    opening = _opening(reader)
    first = play_on(reader, 1, 1, OUTCOME)
    preferred = _preferred_paths(reader)
    states = np.concatenate([first, play_on(reader, 2, horizon, OUTCOME)])[:horizon, 0].astype(np.uint8)
    return Block({**_columns(reader), **preferred}, states, opening)


def _columns(reader: Reader) -> dict[str, Array]:
    """Number, outcome, tallies and end state of every run."""
    board, look = reader.board, reader.look
    columns = {
        "run": reader.runs.astype(np.float64),
        "outcome": look("world", "outcome", 0),
        "week": look("world", "since_week", 0),
    }
    for name in (*runup.COUNTS, *END_STATE):
        columns[name] = look("world", name, 0)
    for row, key in enumerate(board.scenario.levers):
        columns[f"executed_{key}"] = look("lever", "ever", row)
    for side, row in zip(("first", "second"), board.spaces["actor"].groups["belligerent"], strict=True):
        for name in SIDE_STATE:
            columns[f"{side}_{name}"] = look("actor", name, int(row))
    return {name: column.copy() for name, column in columns.items()}


def _opening(reader: Reader) -> dict[str, Array]:
    """Beliefs, balance and walk-away values as the run-up has left them."""
    board, look = reader.board, reader.look
    found = {"balance": look("world", "balance", 0).copy()}
    for row, key in enumerate(board.spaces["dyad"].keys):
        found[key] = look("dyad", "chance", row).copy()
    for row in board.spaces["actor"].groups["party"]:
        found[f"{board.spaces['actor'].keys[row]}:walk-away"] = look("actor", "walk_away", int(row)).copy()
    return found


def _preferred_paths(reader: Reader) -> dict[str, Array]:
    """Path by which each side would rather have the probed content, as its number in file order."""
    board, probe = reader.board, reader.board.scenario.probe
    if not probe:
        return {}
    content = [name for name, _ in board.contents].index(probe)
    span = slice(content * len(board.paths), (content + 1) * len(board.paths))
    rows = board.spaces["offer"].links["mine"].index
    stakes = reader.variable("stake", "surplus")
    names = ("first_prefers", "second_prefers")
    return {name: stakes[row, span].argmax(axis=0).astype(np.float64) for name, row in zip(names, rows, strict=True)}


def zones(scenario: Scenario, seed: int, runs: NDArray[np.int64]) -> tuple[Array, Array]:
    """For runs that match: is there an agreement everybody prefers to fighting on, on the menu, and at all?"""
    on_menu, at_all = [], []
    every = board_of(scenario, every=True)
    for at in range(0, runs.size, CHUNK):
        position = after_run_up(scenario, seed, runs[at : at + CHUNK])
        on_menu.append(zone_on_menu(position))
        drawn = drawn_from(every.sheet, seed, position.runs)
        for first in range(0, position.runs.size, FULL_CHUNK):
            part = slice(first, first + FULL_CHUNK)
            some = {place: values[part] for place, values in drawn.items()}
            at_all.append(_zone(_every_content(position, Opening(every, seed, position.runs[part], some), part)))
    return np.concatenate(on_menu), np.concatenate(at_all)


def zone_on_menu(position: Position) -> Array:
    """1 for runs in which some package of the menu leaves everybody better off than fighting on."""
    return _zone(reader_of(position, entries=VALUES))


def _every_content(position: Position, opening: Opening, part: slice) -> Reader:
    """The same runs, with every content there could be on the table."""
    for space in ("world", "actor", "dyad", "lever"):
        for name, array in position.state[space].items():
            opening.state[space][name] = np.ascontiguousarray(array[..., part])
    return reader_of(opening, entries=VALUES)


def _zone(reader: Reader) -> Array:
    """1 where some package leaves every party whose consent it needs better off than fighting on."""
    reader.play_weeks(0, 0)
    surplus, needed = reader.variable("stake", "surplus"), reader.variable("stake", "needed")
    institution, link = reader.variable("actor", "institution"), reader.board.spaces["stake"].links["party"].index
    fine = np.ones(surplus.shape[1:], dtype=bool)
    for row, actor in enumerate(link):
        fine &= (surplus[row] > 0.0) | (needed[row] == 0.0) | (institution[actor] > 0.0)
    return np.asarray(fine.any(axis=0), dtype=np.float64)
