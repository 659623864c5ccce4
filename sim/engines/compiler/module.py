"""Module: the functions of the week put together, and the outcome classifier of a scenario as a function of its own."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.engines.compiler.code_printer import DECLARATIONS, NUMBER, SIMD_WIDTH, format_constant
from sim.engines.compiler.function_builder import FunctionBuilder
from sim.engines.compiler.memory_layout import Slots
from sim.engines.compiler.step_kernels import Leaves
from sim.engines.compiler.tracer import Tracer, collect_results
from sim.model.layout import Layout
from sim.model.outcome_classifier import OutcomeClassifier, Read

PLAY = "play"
"""Name of the function that simulates weeks."""

CLASSIFY = "classify"
"""Name of the function that names the present state."""

PLAY_PARAMETERS = (
    "ptr noalias %blocks, i64 %count, i64 %size, ptr noalias readonly %program, ptr noalias readonly %heads, "
    "ptr noalias readonly %numbers, i64 %first, i64 %last, ptr %classify, ptr noalias readonly %classify_table, "
    "ptr noalias readonly %watched, i64 %watches, ptr noalias %record"
)
"""What `play` is given: blocks, how many and how many slots each; all tables, where they begin (first of all: the
slot of the week); run numbers; weeks; the outcome classifier; slots recorded after each week, how many, where to."""

N_PLAY_PARAMETERS = PLAY_PARAMETERS.count("%")
"""How many things `play` is given."""


def build_module(functions: Sequence[FunctionBuilder | None]) -> str:
    """The whole week as LLVM reads it; equal functions are there once."""
    names: dict[str, str] = {}
    called: list[str | None] = []
    texts = []
    for function in functions:
        lines = "\n".join(function.lines) if function else ""
        if function and lines not in names:
            names[lines] = f"@entry_{len(names)}"
            texts.append(function.format_text(f"internal void {names[lines]}", how="noinline "))
        called.append(names.get(lines))
    return "\n\n".join([*DECLARATIONS, *texts, _build_play(called)]) + "\n"


def _build_play(called: Sequence[str | None]) -> str:
    f = FunctionBuilder()
    weeks = f.add(f.assign("sub i64 %last, %first"), 1)
    with f.loop("%count") as block:
        s = f.assign(f"getelementptr {NUMBER}, ptr %blocks, i64 {f.multiply(block, '%size')}")
        runs = f.offset("%numbers", f.multiply(block, SIMD_WIDTH))
        with f.loop(weeks) as number:
            week = f.assign(f"sitofp i64 {f.add('%first', number)} to double")
            slot = f.assign(f"getelementptr {NUMBER}, ptr {s}, i64 {f.load_integer(0, '%heads')}")
            f.emit(f"store {NUMBER} {f.broadcast(week, 'double')}, ptr {slot}, align 64")
            for at, name in enumerate(called):
                if name is None:
                    f.emit(f"call void %classify(ptr {s}, ptr %classify_table, ptr {runs})")
                else:
                    table = f.offset("%program", f.load_integer(at + 1, "%heads"))
                    f.emit(f"call void {name}(ptr {s}, ptr {table}, ptr {runs})")
            _build_record(f, s, block, number)
    return f.format_text(f"void @{PLAY}", PLAY_PARAMETERS)


def _build_record(f: FunctionBuilder, s: str, block: str, number: str) -> None:
    """Keep what is recorded: by week, then by variable, then by run."""
    with f.loop("%watches") as watch:
        found = f.assign(f"getelementptr {NUMBER}, ptr {s}, i64 {f.load_integer(watch, '%watched')}")
        row = f.add(f.multiply(number, "%watches"), watch)
        place = f.add(f.multiply(row, "%count"), block)
        to = f.assign(f"getelementptr {NUMBER}, ptr %record, i64 {place}")
        value = f.assign(f"load {NUMBER}, ptr {found}, align 64")
        f.emit(f"store {NUMBER} {value}, ptr {to}, align 8")


class _TracingClassifier(OutcomeClassifier):
    """The outcome classifier, asked with traced numbers."""

    def _look_up_draft(self, table: Any, read: Read) -> Any:
        return read("world", "draft", 0).look_up(table)


def build_classifier(layout: Layout, slots: Slots, sets: str) -> tuple[str, list[int]]:
    """The scenario's outcome classifier as LLVM reads it, and its table: slots that it looks at, slot that it sets."""
    f, leaves = FunctionBuilder(), Leaves()
    table: list[int] = []
    seen: dict[tuple[str, str, int], Tracer] = {}

    def read(space: str, name: str, row: int) -> Tracer:
        if (space, name, row) not in seen:
            seen[space, name, row] = leaves.add_number(f.read(f.load_integer(len(table))))
            table.append(slots.allocate(space, name, row))
        return seen[space, name, row]

    wanted = collect_results(_TracingClassifier(layout).classify(read), leaves.graph)
    (found,) = f.print_graph(leaves.graph, leaves.names, wanted)
    f.write(f.load_integer(len(table)), found)
    table.append(slots.allocate("world", sets))
    constants = [
        f"@table_{at} = private constant [{len(values)} x double] [{', '.join(map(_format_number, values))}]"
        for at, values in enumerate(f.tables)
    ]
    return "\n".join([*constants, *DECLARATIONS, f.format_text(f"void @{CLASSIFY}")]) + "\n", table


def _format_number(value: float) -> str:
    return format_constant(value, np.dtype(np.float64)).removeprefix("splat (").removesuffix(")")
