"""Program: all that the compiled reader knows of a board and a seed before it sees a single run."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.compiled import kernel, machine
from sim.ensemble.compiled.function import Function
from sim.ensemble.compiled.machine import Told
from sim.ensemble.compiled.slots import Slots, shapes_of
from sim.ensemble.compiled.tables import Tables, flat
from sim.play.board import Board
from sim.play.state import Start
from sim.rules.entry import Classify, Entry

Table = NDArray[np.int64]

MOST = 64
"""Programs remembered at a time."""


@dataclass(frozen=True)
class Program:
    """Compiled functions, and the tables that tell them where things stand."""

    board: Board
    """What it is for."""
    entries: tuple[Entry, ...]
    """What is played."""
    slots: Slots
    """Where every variable stands that the week touches."""
    tables: Table
    """Tables of all entries, one after another."""
    heads: Table
    """Slot of the week, and where the table of each entry begins."""
    play: Callable[..., None]
    """Plays weeks."""
    codebook: int
    """Address of the scenario's codebook; 0 if the entries do not ask for it."""
    codebook_table: Table
    """What the codebook looks at and what it sets."""


_programs: dict[tuple[int, int, int, int], Program] = {}


def program_of(start: Start, entries: tuple[Entry, ...], told: Told | None) -> Program:
    """The program for a board and a seed, made now or before."""
    key = (id(start.board.scenario), len(start.board.contents), start.seed, id(entries))
    found = _programs.get(key)
    if found is None or not _fits(found, start):
        if len(_programs) >= MOST:
            _programs.clear()
        found = _programs[key] = _made(start, entries, told)
    return found


def _fits(program: Program, start: Start) -> bool:
    """True if a remembered program is for this very board; scenario and entries are the same objects already."""
    return program.board.contents == start.board.contents and program.slots.shapes == shapes_of(start.state)


def _made(start: Start, entries: tuple[Entry, ...], told: Told | None) -> Program:
    slots = Slots(shapes_of(start.state))
    week = slots.of("world", "week")
    parts = Tables(start.board, start.seed, slots).parts(entries)
    tables, starts = flat([table for _, table in parts])
    codebook, codebook_table = 0, [0]
    for entry in entries:
        if isinstance(entry, Classify):
            named, codebook_table = kernel.codebook(start.board, slots, entry.sets)
            codebook = machine.address(named, kernel.CLASSIFY)
    text = _text(tuple(function for function, _ in parts))
    play = machine.callable_at(machine.address(text, kernel.PLAY, told), kernel.ARGUMENTS)
    heads = np.array([week, *starts], dtype=np.int64)
    looked_at = np.array(codebook_table, dtype=np.int64)
    return Program(start.board, entries, slots, tables, heads, play, codebook, looked_at)


@cache
def _text(functions: tuple[Function | None, ...]) -> str:
    """The kernel made of these functions; boards share it."""
    return kernel.module(functions)
