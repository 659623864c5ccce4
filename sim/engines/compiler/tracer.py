"""Tracer: a number without a value that writes down what is done to it.

A rule is called once with traced numbers instead of arrays. What it does to them is the rule, step by step, in the
order of its own additions and multiplications; the compiled engine is made from these steps and from nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

Kind = np.dtype[Any]


class TracingError(TypeError):
    """A rule does something with a number that cannot be done for many runs at once."""


@dataclass(frozen=True)
class Operation:
    """One thing done: an operation, the kind of number it gives, and what it is done to."""

    opcode: str
    kind: Kind
    operands: tuple[int, ...] = ()
    """Numbers of earlier steps."""
    payload: Any = None
    """Whatever else the operation needs: a constant, a table, the place of an argument."""


@dataclass
class TraceGraph:
    """Steps in the order in which they were done; equal steps are done once."""

    operations: list[Operation] = field(default_factory=list)
    known: dict[Any, int] = field(default_factory=dict)

    def add(self, opcode: str, kind: Kind | type, operands: Sequence[Tracer] = (), payload: Any = None) -> Tracer:
        """The number that one more step gives."""
        step = Operation(opcode, np.dtype(kind), tuple(number.place for number in operands), payload)
        key = (opcode, step.kind, step.operands, repr(payload))
        if key not in self.known:
            self.known[key] = len(self.operations)
            self.operations.append(step)
        number = np.ndarray.__new__(Tracer, (), step.kind)
        number.graph, number.place = self, self.known[key]
        return number

    def make_tracer(self, value: Any) -> Tracer:
        """A traced number, made from a plain one if need be."""
        if isinstance(value, Tracer):
            return value
        plain = np.asarray(value)
        if plain.shape != ():
            raise TracingError("a rule mixes its numbers with a table")
        return self.add("constant", plain.dtype, payload=plain.item())

    def cast(self, value: Any, kind: Kind) -> Tracer:
        """A traced number of a kind."""
        if not isinstance(value, Tracer):
            return self.make_tracer(kind.type(value))
        return value if value.dtype == kind else self.add("cast", kind, [value])


class Tracer(np.ndarray[Any, Any]):
    """Stands for an array over runs wherever a rule or a random stream expects one."""

    graph: TraceGraph
    place: int

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **_: Any) -> Any:
        """One more step: NumPy's own arithmetic tells the kinds, nothing is computed."""
        if method != "__call__":
            raise TracingError(f"a rule asks for {ufunc.__name__}.{method}")
        kinds = [_make_plain(value) for value in inputs]
        with np.errstate(all="ignore"):
            given = ufunc(*kinds)
        if len(inputs) > 1:
            common = np.result_type(*kinds)
            inputs = tuple(self.graph.cast(value, common) for value in inputs)
        numbers = [self.graph.make_tracer(value) for value in inputs]
        if isinstance(given, tuple):
            return tuple(self.graph.add(f"{ufunc.__name__}.{at}", one.dtype, numbers) for at, one in enumerate(given))
        return self.graph.add(ufunc.__name__, given.dtype, numbers)

    def __array_function__(self, func: Callable[..., Any], types: Any, args: Any, kwargs: Any) -> Any:
        """Choosing between two numbers."""
        if func is np.where and not kwargs:
            return self._select(*args)
        raise TracingError(f"a rule asks for numpy.{func.__name__}")

    def _select(self, condition: Any, yes: Any, no: Any) -> Tracer:
        kind = np.result_type(_make_plain(yes), _make_plain(no))
        chosen = [self.graph.cast(value, kind) for value in (yes, no)]
        return self.graph.add("where", kind, [self.graph.make_tracer(condition), *chosen])

    def look_up(self, table: Any) -> Tracer:
        """The entry of a table whose number this is."""
        return self.graph.add("take", np.float64, [self.astype(np.int64)], tuple(float(value) for value in table))

    def astype(self, dtype: Any, *_: Any, **__: Any) -> Tracer:
        """The number as another kind."""
        return self.graph.cast(self, np.dtype(dtype))

    def view(self, dtype: Any = None, *_: Any) -> Tracer:  # type: ignore[override]
        """The same bits as another kind."""
        return self.graph.add("bits", np.dtype(dtype), [self])

    def _refuse_value(self) -> Any:
        raise TracingError("a rule may not branch on a number: use `where`")

    __bool__ = __float__ = __int__ = __index__ = _refuse_value


def _make_plain(value: Any) -> Any:
    """Something of the same kind that NumPy can compute with."""
    return np.ones((), value.dtype) if isinstance(value, Tracer) else value


def collect_results(made: Any, graph: TraceGraph) -> tuple[Tracer, ...]:
    """What a rule gave back, as traced numbers of 64 bits."""
    several = made if isinstance(made, tuple | list) else (made,)
    return tuple(graph.cast(value, np.dtype(np.float64)) for value in several)
