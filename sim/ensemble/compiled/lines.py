"""Lines: the steps of a rule as lines of LLVM's language, each on eight runs at once.

No line carries a fast-math flag, so nothing may be reordered or fused: the bits are those of the NumPy reader.
"""

import struct
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from sim.ensemble.compiled.traced import Kind, Step, Trace, Traced

LANES = 8
"""Runs side by side in one line: one register of AVX-512, two of AVX2, four of plain ARM."""

NUMBER = f"<{LANES} x double>"
WHOLE = f"<{LANES} x i64>"
FLAGS = f"<{LANES} x i1>"

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
COMPARED = {
    "greater": "ogt",
    "greater_equal": "oge",
    "less": "olt",
    "less_equal": "ole",
    "equal": "oeq",
    "not_equal": "une",
    "maximum": "ogt",
    "minimum": "olt",
}
"""How numbers are compared. Larger and smaller are chosen as the Mesa reader does: the second where they are equal."""

CASTS = {
    ("int32", "float64"): "sitofp",
    ("int64", "float64"): "sitofp",
    ("uint64", "float64"): "uitofp",
    ("uint8", "float64"): "uitofp",
    ("bool", "float64"): "uitofp",
}
FRACTION, HALF, EXPONENT = 0x800FFFFFFFFFFFFF, 0x3FE0000000000000, 0x7FF
DECLARED = (
    f"declare {NUMBER} @llvm.floor.v{LANES}f64({NUMBER})",
    f"declare {WHOLE} @llvm.ctpop.v{LANES}i64({WHOLE})",
)


@cache
def of_type(kind: Kind) -> str:
    """LLVM's type for eight numbers of a kind."""
    return f"<{LANES} x {TYPES[kind.name]}>"


def constant(value: float | int | bool, kind: Kind) -> str:
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

    trace: Trace
    leaves: Sequence[Leaf]
    """The arguments."""
    wanted: Sequence[Traced]
    """What is to be kept."""


class _Names:
    """Names of what the steps of a copy give."""

    def __init__(self, copy: Copy) -> None:
        self.copy = copy
        self.known: list[Leaf] = []

    def of(self, place: int) -> str:
        """The name; an argument is read when it is first asked for."""
        found = self.known[place]
        if not isinstance(found, str):
            found = self.known[place] = found()
        return found


class Writer:
    """Writes lines and names what they give."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.tables: list[tuple[float, ...]] = []
        self._names = 0

    def new(self, line: str) -> str:
        """Name of what a line gives."""
        self._names += 1
        name = f"%v{self._names}"
        self.lines.append(f"  {name} = {line}")
        return name

    def do(self, line: str) -> None:
        """A line that gives nothing."""
        self.lines.append(f"  {line}")

    def label(self, name: str) -> None:
        """Begin of a stretch of lines to which others jump."""
        self.lines.append(f"{name}:")

    def gather(self, place_of: Sequence[str]) -> str:
        """Eight numbers, each from its own place."""
        found = "poison"
        for lane, place in enumerate(place_of):
            value = self.new(f"load double, ptr {place}")
            found = self.new(f"insertelement {NUMBER} {found}, double {value}, i64 {lane}")
        return found

    def trace(self, trace: Trace, leaves: Sequence[Leaf], wanted: Sequence[Traced]) -> list[str]:
        """All steps of a trace; the names of the numbers wanted. Leaves are the arguments' names."""
        return self.traces([Copy(trace, leaves, wanted)])[0]

    def traces(self, copies: Sequence["Copy"]) -> list[list[str]]:
        """The same for copies of equal steps, step by step side by side, so that none of them waits for another."""
        found = [_Names(copy) for copy in copies]
        for steps in zip(*(copy.trace.steps for copy in copies), strict=True):
            for names, step in zip(found, steps, strict=True):
                if step.does == "argument":
                    names.known.append(names.copy.leaves[step.with_])
                elif step.does == "constant":
                    names.known.append(constant(step.with_, step.kind))
                else:
                    kinds = [names.copy.trace.steps[place].kind for place in step.to]
                    names.known.append(self._step(step, kinds, [names.of(place) for place in step.to]))
        return [[names.of(number.place) for number in names.copy.wanted] for names in found]

    def _step(self, step: Step, kinds: list[Kind], to: list[str]) -> str:
        does, types = step.does, [of_type(kind) for kind in kinds]
        if does in ARITHMETIC:
            return self.new(f"{ARITHMETIC[does][kinds[0].kind != 'f']} {types[0]} {to[0]}, {to[1]}")
        if does in COMPARED:
            holds = self.new(f"fcmp {COMPARED[does]} {types[0]} {to[0]}, {to[1]}")
            extreme = does in ("maximum", "minimum")
            return self.new(f"select {FLAGS} {holds}, {types[0]} {to[0]}, {types[0]} {to[1]}") if extreme else holds
        if does == "where":
            return self.new(f"select {FLAGS} {to[0]}, {types[1]} {to[1]}, {types[2]} {to[2]}")
        if does == "negative":
            return self.new(f"fneg {types[0]} {to[0]}")
        if does == "floor":
            return self.new(f"call {NUMBER} @llvm.floor.v{LANES}f64({NUMBER} {to[0]})")
        if does == "bits":
            return self.new(f"bitcast {types[0]} {to[0]} to {of_type(step.kind)}")
        if does == "cast":
            return self._cast(kinds[0], step.kind, to[0])
        special = {"frexp.0": self._fraction, "frexp.1": self._exponent, "bitwise_count": self._count}
        return special[does](to[0]) if does in special else self._take(step.with_, to[0])

    def _cast(self, before: Kind, after: Kind, value: str) -> str:
        """Whole numbers are small here (weeks, packages, exponents): 32 bits hold them, on every processor."""
        if before.name == "float64":
            small = self.new(f"fptosi {NUMBER} {value} to <{LANES} x i32>")
            return self.new(f"sext <{LANES} x i32> {small} to {of_type(after)}")
        if (before.name, after.name) in CASTS:
            return self.new(f"{CASTS[before.name, after.name]} {of_type(before)} {value} to {of_type(after)}")
        return value

    def _fraction(self, value: str) -> str:
        """Fraction in [0.5, 1) of a normal number above zero, which is all that `log` asks for."""
        bits = self.new(f"bitcast {NUMBER} {value} to {WHOLE}")
        kept = self.new(f"and {WHOLE} {bits}, {constant(FRACTION, np.dtype(np.int64))}")
        half = self.new(f"or {WHOLE} {kept}, {constant(HALF, np.dtype(np.int64))}")
        return self.new(f"bitcast {WHOLE} {half} to {NUMBER}")

    def _exponent(self, value: str) -> str:
        """Exponent that goes with the fraction."""
        bits = self.new(f"bitcast {NUMBER} {value} to {WHOLE}")
        high = self.new(f"lshr {WHOLE} {bits}, {constant(52, np.dtype(np.int64))}")
        kept = self.new(f"and {WHOLE} {high}, {constant(EXPONENT, np.dtype(np.int64))}")
        less = self.new(f"sub {WHOLE} {kept}, {constant(1022, np.dtype(np.int64))}")
        return self.new(f"trunc {WHOLE} {less} to <{LANES} x i32>")

    def _count(self, value: str) -> str:
        ones = self.new(f"call {WHOLE} @llvm.ctpop.v{LANES}i64({WHOLE} {value})")
        return self.new(f"trunc {WHOLE} {ones} to <{LANES} x i8>")

    def _take(self, table: tuple[float, ...], at: str) -> str:
        """Numbers of a table that stands beside the code."""
        if table not in self.tables:
            self.tables.append(table)
        name, places = f"@table_{self.tables.index(table)}", []
        for lane in range(LANES):
            one = self.new(f"extractelement {WHOLE} {at}, i64 {lane}")
            places.append(self.new(f"getelementptr double, ptr {name}, i64 {one}"))
        return self.gather(places)
