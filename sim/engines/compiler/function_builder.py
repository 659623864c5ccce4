"""Function builder: lines of one function of the compiled engine, with its loops and the numbers it reads and writes.

Every function is given eight runs' numbers (`%s`), its own table of whole numbers (`%t`), which says what stands
where on the layout, and the eight run numbers (`%runs`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sim.engines.compiler.code_printer import FLAGS, NUMBER, SIMD_WIDTH, WHOLE, CodePrinter

PARAMETERS = "ptr noalias %s, ptr noalias readonly %t, ptr noalias readonly %runs"


class FunctionBuilder(CodePrinter):
    """One function being written."""

    def __init__(self) -> None:
        super().__init__()
        self._loops = 0

    @contextmanager
    def loop(self, count: str) -> Iterator[str]:
        """Lines done `count` times; gives the name of the number of the round."""
        self._loops += 1
        n = self._loops
        some = self.assign(f"icmp sgt i64 {count}, 0")
        self.emit(f"br label %before{n}")
        self.label(f"before{n}")
        self.emit(f"br i1 {some}, label %loop{n}, label %after{n}")
        self.label(f"loop{n}")
        self.emit(f"%round{n} = phi i64 [ 0, %before{n} ], [ %next{n}, %last{n} ]")
        yield f"%round{n}"
        self.emit(f"br label %last{n}")
        self.label(f"last{n}")
        self.emit(f"%next{n} = add i64 %round{n}, 1")
        self.emit(f"%more{n} = icmp slt i64 %next{n}, {count}")
        self.emit(f"br i1 %more{n}, label %loop{n}, label %after{n}")
        self.label(f"after{n}")

    def load_integer(self, at: str | int, base: str = "%t") -> str:
        """Whole number in the table."""
        return self.assign(f"load i64, ptr {self.offset(base, at)}")

    def load_integers(self, count: int, base: str) -> list[str]:
        """Whole numbers from a place in the table on."""
        return [self.load_integer(at, base) for at in range(count)]

    def offset(self, base: str, by: str | int) -> str:
        """Place in the table so many whole numbers further on."""
        return self.assign(f"getelementptr i64, ptr {base}, i64 {by}")

    def add(self, one: str, other: str | int) -> str:
        """Sum of two whole numbers."""
        return self.assign(f"add i64 {one}, {other}")

    def multiply(self, one: str, other: str | int) -> str:
        """Product of two whole numbers."""
        return self.assign(f"mul i64 {one}, {other}")

    def select_smaller(self, one: str, other: str) -> str:
        """The smaller of two whole numbers."""
        return self.assign(f"select i1 {self.assign(f'icmp slt i64 {one}, {other}')}, i64 {one}, i64 {other}")

    def locate(self, slot: str) -> str:
        """Where the eight numbers of a slot stand."""
        return self.assign(f"getelementptr {NUMBER}, ptr %s, i64 {slot}")

    def read(self, slot: str) -> str:
        """The eight numbers of a slot."""
        return self.assign(f"load {NUMBER}, ptr {self.locate(slot)}, align 64")

    def defer_read(self, slot: str) -> Callable[[], str]:
        """How the eight numbers of a slot are read when they are needed."""
        return lambda: self.read(slot)

    def write(self, slot: str, value: str) -> None:
        """Put eight numbers into a slot."""
        self.emit(f"store {NUMBER} {value}, ptr {self.locate(slot)}, align 64")

    def allocate(self) -> str:
        """A place for eight numbers while the function runs; to be asked for before the first loop."""
        return self.assign(f"alloca {NUMBER}, align 64")

    def load_cell(self, cell: str) -> str:
        """The eight numbers kept in a cell."""
        return self.assign(f"load {NUMBER}, ptr {cell}, align 64")

    def store_cell(self, cell: str, value: str) -> None:
        """Keep eight numbers in a cell."""
        self.emit(f"store {NUMBER} {value}, ptr {cell}, align 64")

    def broadcast(self, value: str, kind: str = "i64") -> str:
        """One number, eight times."""
        of = f"<{SIMD_WIDTH} x {kind}>"
        one = self.assign(f"insertelement {of} poison, {kind} {value}, i64 0")
        return self.assign(f"shufflevector {of} {one}, {of} poison, <{SIMD_WIDTH} x i32> zeroinitializer")

    def broadcast_flag(self, value: str) -> str:
        """A whole number's being other than 0, eight times."""
        return self.broadcast(self.assign(f"icmp ne i64 {value}, 0"), "i1")

    def load_run_numbers(self) -> str:
        """Numbers of the eight runs."""
        return self.assign(f"load {WHOLE}, ptr %runs, align 8")

    def gather_slots(self, base: str, at: str) -> str:
        """Numbers of eight slots, so many slots beyond a base, each run's from its own slot."""
        small = self.assign(f"fptosi {NUMBER} {at} to <{SIMD_WIDTH} x i32>")
        wide = self.assign(f"sext <{SIMD_WIDTH} x i32> {small} to {WHOLE}")
        slots = self.assign(f"add {WHOLE} {wide}, {self.broadcast(base)}")
        first = self.assign(f"shl {WHOLE} {slots}, splat (i64 {SIMD_WIDTH.bit_length() - 1})")
        places = []
        for lane in range(SIMD_WIDTH):
            one = self.add(self.assign(f"extractelement {WHOLE} {first}, i64 {lane}"), lane)
            places.append(self.assign(f"getelementptr double, ptr %s, i64 {one}"))
        return self.gather(places)

    def compare_greater(self, value: str, than: str) -> str:
        """Where a number is greater than another."""
        return self.assign(f"fcmp ogt {NUMBER} {value}, {than}")

    def select(self, holds: str, yes: str, no: str) -> str:
        """One number where something holds, else the other."""
        return self.assign(f"select {FLAGS} {holds}, {NUMBER} {yes}, {NUMBER} {no}")

    def format_text(self, name: str, parameters: str = PARAMETERS, how: str = "") -> str:
        """The function as LLVM reads it."""
        return "\n".join([f"define {name}({parameters}) {how}{{", "begin:", *self.lines, "  ret void", "}"])
