"""Function: lines of one function of the compiled reader, with its loops and the numbers it reads and writes.

Every function is given eight runs' numbers (`%s`), its own table of whole numbers (`%t`), which says what stands
where on the board, and the eight run numbers (`%runs`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sim.ensemble.compiled.lines import FLAGS, LANES, NUMBER, WHOLE, Writer

GIVEN = "ptr noalias %s, ptr noalias readonly %t, ptr noalias readonly %runs"


class Function(Writer):
    """One function being written."""

    def __init__(self) -> None:
        super().__init__()
        self._loops = 0

    @contextmanager
    def loop(self, count: str) -> Iterator[str]:
        """Lines done `count` times; gives the name of the number of the round."""
        self._loops += 1
        n = self._loops
        some = self.new(f"icmp sgt i64 {count}, 0")
        self.do(f"br label %before{n}")
        self.label(f"before{n}")
        self.do(f"br i1 {some}, label %loop{n}, label %after{n}")
        self.label(f"loop{n}")
        self.do(f"%round{n} = phi i64 [ 0, %before{n} ], [ %next{n}, %last{n} ]")
        yield f"%round{n}"
        self.do(f"br label %last{n}")
        self.label(f"last{n}")
        self.do(f"%next{n} = add i64 %round{n}, 1")
        self.do(f"%more{n} = icmp slt i64 %next{n}, {count}")
        self.do(f"br i1 %more{n}, label %loop{n}, label %after{n}")
        self.label(f"after{n}")

    def entry(self, at: str | int, base: str = "%t") -> str:
        """Whole number in the table."""
        return self.new(f"load i64, ptr {self.beyond(base, at)}")

    def entries(self, count: int, base: str) -> list[str]:
        """Whole numbers from a place in the table on."""
        return [self.entry(at, base) for at in range(count)]

    def beyond(self, base: str, by: str | int) -> str:
        """Place in the table so many whole numbers further on."""
        return self.new(f"getelementptr i64, ptr {base}, i64 {by}")

    def plus(self, one: str, other: str | int) -> str:
        """Sum of two whole numbers."""
        return self.new(f"add i64 {one}, {other}")

    def times(self, one: str, other: str | int) -> str:
        """Product of two whole numbers."""
        return self.new(f"mul i64 {one}, {other}")

    def least(self, one: str, other: str) -> str:
        """The smaller of two whole numbers."""
        return self.new(f"select i1 {self.new(f'icmp slt i64 {one}, {other}')}, i64 {one}, i64 {other}")

    def place(self, slot: str) -> str:
        """Where the eight numbers of a slot stand."""
        return self.new(f"getelementptr {NUMBER}, ptr %s, i64 {slot}")

    def read(self, slot: str) -> str:
        """The eight numbers of a slot."""
        return self.new(f"load {NUMBER}, ptr {self.place(slot)}, align 64")

    def later(self, slot: str) -> Callable[[], str]:
        """How the eight numbers of a slot are read when they are needed."""
        return lambda: self.read(slot)

    def write(self, slot: str, value: str) -> None:
        """Put eight numbers into a slot."""
        self.do(f"store {NUMBER} {value}, ptr {self.place(slot)}, align 64")

    def cell(self) -> str:
        """A place for eight numbers while the function runs; to be asked for before the first loop."""
        return self.new(f"alloca {NUMBER}, align 64")

    def kept(self, cell: str) -> str:
        """The eight numbers kept in a cell."""
        return self.new(f"load {NUMBER}, ptr {cell}, align 64")

    def keep(self, cell: str, value: str) -> None:
        """Keep eight numbers in a cell."""
        self.do(f"store {NUMBER} {value}, ptr {cell}, align 64")

    def every(self, value: str, kind: str = "i64") -> str:
        """One number, eight times."""
        of = f"<{LANES} x {kind}>"
        one = self.new(f"insertelement {of} poison, {kind} {value}, i64 0")
        return self.new(f"shufflevector {of} {one}, {of} poison, <{LANES} x i32> zeroinitializer")

    def whether(self, value: str) -> str:
        """A whole number's being other than 0, eight times."""
        return self.every(self.new(f"icmp ne i64 {value}, 0"), "i1")

    def run_numbers(self) -> str:
        """Numbers of the eight runs."""
        return self.new(f"load {WHOLE}, ptr %runs, align 8")

    def looked_up(self, base: str, at: str) -> str:
        """Numbers of eight slots, so many slots beyond a base, each run's from its own slot."""
        small = self.new(f"fptosi {NUMBER} {at} to <{LANES} x i32>")
        wide = self.new(f"sext <{LANES} x i32> {small} to {WHOLE}")
        slots = self.new(f"add {WHOLE} {wide}, {self.every(base)}")
        first = self.new(f"shl {WHOLE} {slots}, splat (i64 {LANES.bit_length() - 1})")
        places = []
        for lane in range(LANES):
            one = self.plus(self.new(f"extractelement {WHOLE} {first}, i64 {lane}"), lane)
            places.append(self.new(f"getelementptr double, ptr %s, i64 {one}"))
        return self.gather(places)

    def better(self, value: str, than: str) -> str:
        """Where a number is greater than another."""
        return self.new(f"fcmp ogt {NUMBER} {value}, {than}")

    def either(self, holds: str, yes: str, no: str) -> str:
        """One number where something holds, else the other."""
        return self.new(f"select {FLAGS} {holds}, {NUMBER} {yes}, {NUMBER} {no}")

    def text(self, name: str, given: str = GIVEN, how: str = "") -> str:
        """The function as LLVM reads it."""
        return "\n".join([f"define {name}({given}) {how}{{", "begin:", *self.lines, "  ret void", "}"])
