"""Compiled program: all that the compiled engine knows of a layout and a seed before it sees a single run."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sim.engines.compiler import jit_cache, module
from sim.engines.compiler.dispatch_tables import DispatchTables, concatenate_tables
from sim.engines.compiler.function_builder import FunctionBuilder
from sim.engines.compiler.jit_cache import ProgressReporter
from sim.engines.compiler.memory_layout import Slots, find_shapes
from sim.model.layout import Layout
from sim.model.state import RunState
from sim.rules.week.steps import ClassifyOutcome, Step

Table = NDArray[np.int64]

MAX_PROGRAMS = 64
"""Programs remembered at a time."""


@dataclass(frozen=True)
class CompiledProgram:
    """Compiled functions, and the tables that tell them where things stand."""

    layout: Layout
    """What it is for."""
    steps: tuple[Step, ...]
    """The steps it simulates."""
    slots: Slots
    """Where every variable stands that the week touches."""
    tables: Table
    """Tables of all steps, one after another."""
    heads: Table
    """Slot of the week, and where the table of each step begins."""
    play: Callable[..., None]
    """Simulates weeks."""
    classifier: int
    """Address of the scenario's outcome classifier; 0 if no step asks for it."""
    classifier_table: Table
    """What the outcome classifier looks at and what it sets."""


_programs: dict[tuple[int, int, int, int], CompiledProgram] = {}


def make_program(
    start: RunState,
    steps: tuple[Step, ...],
    report_progress: ProgressReporter | None = None,
    *,
    compiles: bool = True,
) -> CompiledProgram:
    """The program for a layout and a seed, made now or before; NotStoredError if it is not to be compiled now."""
    key = (id(start.layout.scenario), len(start.layout.terms), start.seed, id(steps))
    found = _programs.get(key)
    if found is None or not _is_made_for(found, start):
        if len(_programs) >= MAX_PROGRAMS:
            _programs.clear()
        found = _programs[key] = _build_program(start, steps, report_progress, compiles)
    return found


def _is_made_for(program: CompiledProgram, start: RunState) -> bool:
    """True if a remembered program is for this very layout; scenario and steps are the same objects already."""
    return program.layout.terms == start.layout.terms and program.slots.shapes == find_shapes(start.state)


def _build_program(
    start: RunState, steps: tuple[Step, ...], report_progress: ProgressReporter | None, compiles: bool
) -> CompiledProgram:
    slots = Slots(find_shapes(start.state))
    week = slots.allocate("world", "week")
    parts = DispatchTables(start.layout, start.seed, slots).make_parts(steps)
    tables, starts = concatenate_tables([table for _, table in parts])
    classifier, classifier_table = 0, [0]
    for step in steps:
        if isinstance(step, ClassifyOutcome):
            named, classifier_table = module.build_classifier(start.layout, slots, step.sets)
            classifier = jit_cache.find_address(named, module.CLASSIFY, compiles=compiles)
    text = _build_text(tuple(function for function, _ in parts))
    address = jit_cache.find_address(text, module.PLAY, report_progress, compiles=compiles)
    play = jit_cache.make_callable(address, module.N_PLAY_PARAMETERS)
    heads = np.array([week, *starts], dtype=np.int64)
    looked_at = np.array(classifier_table, dtype=np.int64)
    return CompiledProgram(start.layout, steps, slots, tables, heads, play, classifier, looked_at)


@cache
def _build_text(functions: tuple[FunctionBuilder | None, ...]) -> str:
    """The kernel made of these functions; layouts share it."""
    return module.build_module(functions)
