"""Kernel: the functions of the week put together, and the codebook of a scenario as a function of its own."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.ensemble.compiled.function import Function
from sim.ensemble.compiled.lines import DECLARED, LANES, NUMBER, constant
from sim.ensemble.compiled.shapes import Leaves
from sim.ensemble.compiled.slots import Slots
from sim.ensemble.compiled.traced import Traced, results
from sim.play.board import Board
from sim.play.codebook import Codebook, Look

PLAY = "play"
"""Name of the function that plays weeks."""

CLASSIFY = "classify"
"""Name of the function that names the present state."""

PLAY_GIVEN = (
    "ptr noalias %blocks, i64 %count, i64 %size, ptr noalias readonly %program, ptr noalias readonly %heads, "
    "ptr noalias readonly %numbers, i64 %first, i64 %last, ptr %classify, ptr noalias readonly %classify_table, "
    "ptr noalias readonly %watched, i64 %watches, ptr noalias %record"
)
"""What `play` is given: blocks, how many and how many slots each; all tables, where they begin (first of all: the
slot of the week); run numbers; weeks; the codebook; slots to be recorded after each week, how many, and where to."""

ARGUMENTS = PLAY_GIVEN.count("%")
"""How many things `play` is given."""


def module(functions: Sequence[Function | None]) -> str:
    """The whole week as LLVM reads it; equal functions are there once."""
    names: dict[str, str] = {}
    called: list[str | None] = []
    texts = []
    for function in functions:
        lines = "\n".join(function.lines) if function else ""
        if function and lines not in names:
            names[lines] = f"@entry_{len(names)}"
            texts.append(function.text(f"internal void {names[lines]}", how="noinline "))
        called.append(names.get(lines))
    return "\n\n".join([*DECLARED, *texts, _play(called)]) + "\n"


def _play(called: Sequence[str | None]) -> str:
    f = Function()
    weeks = f.plus(f.new("sub i64 %last, %first"), 1)
    with f.loop("%count") as block:
        s = f.new(f"getelementptr {NUMBER}, ptr %blocks, i64 {f.times(block, '%size')}")
        runs = f.beyond("%numbers", f.times(block, LANES))
        with f.loop(weeks) as number:
            week = f.new(f"sitofp i64 {f.plus('%first', number)} to double")
            slot = f.new(f"getelementptr {NUMBER}, ptr {s}, i64 {f.entry(0, '%heads')}")
            f.do(f"store {NUMBER} {f.every(week, 'double')}, ptr {slot}, align 64")
            for at, name in enumerate(called):
                if name is None:
                    f.do(f"call void %classify(ptr {s}, ptr %classify_table, ptr {runs})")
                else:
                    table = f.beyond("%program", f.entry(at + 1, "%heads"))
                    f.do(f"call void {name}(ptr {s}, ptr {table}, ptr {runs})")
            _record(f, s, block, number)
    return f.text(f"void @{PLAY}", PLAY_GIVEN)


def _record(f: Function, s: str, block: str, number: str) -> None:
    """Keep what is watched: by week, then by what is watched, then by run."""
    with f.loop("%watches") as watch:
        found = f.new(f"getelementptr {NUMBER}, ptr {s}, i64 {f.entry(watch, '%watched')}")
        row = f.plus(f.times(number, "%watches"), watch)
        place = f.plus(f.times(row, "%count"), block)
        to = f.new(f"getelementptr {NUMBER}, ptr %record, i64 {place}")
        value = f.new(f"load {NUMBER}, ptr {found}, align 64")
        f.do(f"store {NUMBER} {value}, ptr {to}, align 8")


class _TracedCodebook(Codebook):
    """The codebook, asked with traced numbers."""

    def _of_draft(self, table: Any, look: Look) -> Any:
        return look("world", "draft", 0).looked_up(table)


def codebook(board: Board, slots: Slots, sets: str) -> tuple[str, list[int]]:
    """The scenario's codebook as LLVM reads it, and its table: slots of what it looks at, slot of what it sets."""
    f, leaves = Function(), Leaves()
    table: list[int] = []
    seen: dict[tuple[str, str, int], Traced] = {}

    def look(space: str, name: str, row: int) -> Traced:
        if (space, name, row) not in seen:
            seen[space, name, row] = leaves.number(f.read(f.entry(len(table))))
            table.append(slots.of(space, name, row))
        return seen[space, name, row]

    wanted = results(_TracedCodebook(board).outcome(look), leaves.trace)
    (found,) = f.trace(leaves.trace, leaves.names, wanted)
    f.write(f.entry(len(table)), found)
    table.append(slots.of("world", sets))
    constants = [
        f"@table_{at} = private constant [{len(values)} x double] [{', '.join(_one(value) for value in values)}]"
        for at, values in enumerate(f.tables)
    ]
    return "\n".join([*constants, *DECLARED, f.text(f"void @{CLASSIFY}")]) + "\n", table


def _one(value: float) -> str:
    return constant(value, np.dtype(np.float64)).removeprefix("splat (").removesuffix(")")
