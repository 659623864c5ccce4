"""Code printer: the steps of a rule as lines of LLVM's language, each on eight runs at once.

No line carries a fast-math flag, so nothing may be reordered or fused: the bits are those of the NumPy engine.
"""

import struct
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from sim.engines.compiler.tracer import Kind, Operation, TraceGraph, Tracer

SIMD_WIDTH = 8
"""Runs side by side in one line: one register of AVX-512, two of AVX2, four of plain ARM."""

NUMBER = f"<{SIMD_WIDTH} x double>"
WHOLE = f"<{SIMD_WIDTH} x i64>"
FLAGS = f"<{SIMD_WIDTH} x i1>"

TYPES = {"float64": "double", "int64": "i64", "uint64": "i64", "int32": "i32", "uint8": "i8", "bool": "i1"}
ARITHMETIC = {
    "add": ("fadd", "add"),
    "subtract": ("fsub", "sub"),
    "multiply": ("fmul", "mul"),
    "divide": ("fdiv", ""),
    "bitwise_and": ("", "and"),
    "bitwise_or": ("", "or"),
    "bitwise_xor": ("", "xor"),
    "left_shift": ("", "shl"),
    "right_shift": ("", "lshr"),
}
COMPARISONS = {
    "greater": "ogt",
    "greater_equal": "oge",
    "less": "olt",
    "less_equal": "ole",
    "equal": "oeq",
    "not_equal": "une",
    "maximum": "ogt",
    "minimum": "olt",
}
"""How numbers are compared. Larger and smaller are chosen as the Mesa engine does: the second where they are equal."""

CASTS = {
    ("int32", "float64"): "sitofp",
    ("int64", "float64"): "sitofp",
    ("uint64", "float64"): "uitofp",
    ("uint8", "float64"): "uitofp",
    ("bool", "float64"): "uitofp",
}
FRACTION, HALF, EXPONENT = 0x800FFFFFFFFFFFFF, 0x3FE0000000000000, 0x7FF
DECLARATIONS = (
    f"declare {NUMBER} @llvm.floor.v{SIMD_WIDTH}f64({NUMBER})",
    f"declare {WHOLE} @llvm.ctpop.v{SIMD_WIDTH}i64({WHOLE})",
)


@cache
def format_type(kind: Kind) -> str:
    """LLVM's type for eight numbers of a kind."""
    return f"<{SIMD_WIDTH} x {TYPES[kind.name]}>"


def format_constant(value: float | int | bool, kind: Kind) -> str:
    """A constant, eight times."""
    if kind.kind == "f":
        text = f"0x{struct.unpack('<Q', struct.pack('<d', value))[0]:016X}"
    elif kind.kind == "b":
        text = str(bool(value)).lower()
    else:
        text = str(int(value) - (1 << 64) if int(value) >= 1 << 63 else int(value))
    return f"splat ({TYPES[kind.name]} {text})"


Leaf = str | Callable[[], str]
"""Name of an argument, or how it is read when it is first needed."""


class Copy(NamedTuple):
    """The steps of rules for one place."""

    graph: TraceGraph
    leaves: Sequence[Leaf]
    """The arguments."""
    wanted: Sequence[Tracer]
    """What is to be kept."""


class _ValueNames:
    """Names of what the steps of a copy give."""

    def __init__(self, copy: Copy) -> None:
        self.copy = copy
        self.known: list[Leaf] = []

    def find(self, place: int) -> str:
        """The name; an argument is read when it is first asked for."""
        found = self.known[place]
        if not isinstance(found, str):
            found = self.known[place] = found()
        return found


class CodePrinter:
    """Writes lines and names what they give."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.tables: list[tuple[float, ...]] = []
        self._names = 0

    def assign(self, line: str) -> str:
        """Name of what a line gives."""
        self._names += 1
        name = f"%v{self._names}"
        self.lines.append(f"  {name} = {line}")
        return name

    def emit(self, line: str) -> None:
        """A line that gives nothing."""
        self.lines.append(f"  {line}")

    def label(self, name: str) -> None:
        """Begin of a stretch of lines to which others jump."""
        self.lines.append(f"{name}:")

    def gather(self, places: Sequence[str]) -> str:
        """Eight numbers, each from its own place."""
        found = "poison"
        for lane, place in enumerate(places):
            value = self.assign(f"load double, ptr {place}")
            found = self.assign(f"insertelement {NUMBER} {found}, double {value}, i64 {lane}")
        return found

    def print_graph(self, graph: TraceGraph, leaves: Sequence[Leaf], wanted: Sequence[Tracer]) -> list[str]:
        """All steps of a trace; the names of the numbers wanted. Leaves are the arguments' names."""
        return self.print_graphs([Copy(graph, leaves, wanted)])[0]

    def print_graphs(self, copies: Sequence["Copy"]) -> list[list[str]]:
        """The same for copies of equal steps, step by step side by side, so that none of them waits for another."""
        found = [_ValueNames(copy) for copy in copies]
        for steps in zip(*(copy.graph.operations for copy in copies), strict=True):
            for names, step in zip(found, steps, strict=True):
                if step.opcode == "argument":
                    names.known.append(names.copy.leaves[step.payload])
                elif step.opcode == "constant":
                    names.known.append(format_constant(step.payload, step.kind))
                else:
                    kinds = [names.copy.graph.operations[place].kind for place in step.operands]
                    names.known.append(
                        self._print_operation(step, kinds, [names.find(place) for place in step.operands])
                    )
        return [[names.find(number.place) for number in names.copy.wanted] for names in found]

    def _print_operation(self, operation: Operation, kinds: list[Kind], operands: list[str]) -> str:
        does, types = operation.opcode, [format_type(kind) for kind in kinds]
        if does in ARITHMETIC:
            return self.assign(f"{ARITHMETIC[does][kinds[0].kind != 'f']} {types[0]} {operands[0]}, {operands[1]}")
        if does in COMPARISONS:
            holds = self.assign(f"fcmp {COMPARISONS[does]} {types[0]} {operands[0]}, {operands[1]}")
            extreme = does in ("maximum", "minimum")
            return (
                self.assign(f"select {FLAGS} {holds}, {types[0]} {operands[0]}, {types[0]} {operands[1]}")
                if extreme
                else holds
            )
        if does == "where":
            return self.assign(f"select {FLAGS} {operands[0]}, {types[1]} {operands[1]}, {types[2]} {operands[2]}")
        if does == "negative":
            return self.assign(f"fneg {types[0]} {operands[0]}")
        if does == "floor":
            return self.assign(f"call {NUMBER} @llvm.floor.v{SIMD_WIDTH}f64({NUMBER} {operands[0]})")
        if does == "bits":
            return self.assign(f"bitcast {types[0]} {operands[0]} to {format_type(operation.kind)}")
        if does == "cast":
            return self._cast(kinds[0], operation.kind, operands[0])
        special = {
            "frexp.0": self._extract_fraction,
            "frexp.1": self._extract_exponent,
            "bitwise_count": self._count_ones,
        }
        return special[does](operands[0]) if does in special else self._take(operation.payload, operands[0])

    def _cast(self, before: Kind, after: Kind, value: str) -> str:
        """Whole numbers are small here (weeks, packages, exponents): 32 bits hold them, on every processor."""
        if before.name == "float64":
            small = self.assign(f"fptosi {NUMBER} {value} to <{SIMD_WIDTH} x i32>")
            return self.assign(f"sext <{SIMD_WIDTH} x i32> {small} to {format_type(after)}")
        if (before.name, after.name) in CASTS:
            return self.assign(
                f"{CASTS[before.name, after.name]} {format_type(before)} {value} to {format_type(after)}"
            )
        return value

    def _extract_fraction(self, value: str) -> str:
        """Fraction in [0.5, 1) of a normal number above zero, which is all that `log` asks for."""
        bits = self.assign(f"bitcast {NUMBER} {value} to {WHOLE}")
        kept = self.assign(f"and {WHOLE} {bits}, {format_constant(FRACTION, np.dtype(np.int64))}")
        half = self.assign(f"or {WHOLE} {kept}, {format_constant(HALF, np.dtype(np.int64))}")
        return self.assign(f"bitcast {WHOLE} {half} to {NUMBER}")

    def _extract_exponent(self, value: str) -> str:
        """Exponent that goes with the fraction."""
        bits = self.assign(f"bitcast {NUMBER} {value} to {WHOLE}")
        high = self.assign(f"lshr {WHOLE} {bits}, {format_constant(52, np.dtype(np.int64))}")
        kept = self.assign(f"and {WHOLE} {high}, {format_constant(EXPONENT, np.dtype(np.int64))}")
        less = self.assign(f"sub {WHOLE} {kept}, {format_constant(1022, np.dtype(np.int64))}")
        return self.assign(f"trunc {WHOLE} {less} to <{SIMD_WIDTH} x i32>")

    def _count_ones(self, value: str) -> str:
        ones = self.assign(f"call {WHOLE} @llvm.ctpop.v{SIMD_WIDTH}i64({WHOLE} {value})")
        return self.assign(f"trunc {WHOLE} {ones} to <{SIMD_WIDTH} x i8>")

    def _take(self, table: tuple[float, ...], at: str) -> str:
        """Numbers of a table that stands beside the code."""
        if table not in self.tables:
            self.tables.append(table)
        name, places = f"@table_{self.tables.index(table)}", []
        for lane in range(SIMD_WIDTH):
            one = self.assign(f"extractelement {WHOLE} {at}, i64 {lane}")
            places.append(self.assign(f"getelementptr double, ptr {name}, i64 {one}"))
        return self.gather(places)
