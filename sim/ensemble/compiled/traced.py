"""Traced: a number without a value that writes down what is done to it.

A rule is called once with traced numbers instead of arrays. What it does to them is the rule, step by step, in the
order of its own additions and multiplications; the compiled reader is made from these steps and from nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

Kind = np.dtype[Any]


class NotTraceableError(TypeError):
    """A rule does something with a number that cannot be done for many runs at once."""


@dataclass(frozen=True)
class Step:
    """One thing done: an operation, the kind of number it gives, and what it is done to."""

    does: str
    kind: Kind
    to: tuple[int, ...] = ()
    """Numbers of earlier steps."""
    with_: Any = None
    """Whatever else the operation needs: a constant, a table, the place of an argument."""


@dataclass
class Trace:
    """Steps in the order in which they were done; equal steps are done once."""

    steps: list[Step] = field(default_factory=list)
    known: dict[Any, int] = field(default_factory=dict)

    def add(self, does: str, kind: Kind | type, to: Sequence[Traced] = (), with_: Any = None) -> Traced:
        """The number that one more step gives."""
        step = Step(does, np.dtype(kind), tuple(number.place for number in to), with_)
        key = (does, step.kind, step.to, repr(with_))
        if key not in self.known:
            self.known[key] = len(self.steps)
            self.steps.append(step)
        number = np.ndarray.__new__(Traced, (), step.kind)
        number.record, number.place = self, self.known[key]
        return number

    def number(self, value: Any) -> Traced:
        """A traced number, made from a plain one if need be."""
        if isinstance(value, Traced):
            return value
        plain = np.asarray(value)
        if plain.shape != ():
            raise NotTraceableError("a rule mixes its numbers with a table")
        return self.add("constant", plain.dtype, with_=plain.item())

    def of_kind(self, value: Any, kind: Kind) -> Traced:
        """A traced number of a kind."""
        if not isinstance(value, Traced):
            return self.number(kind.type(value))
        return value if value.dtype == kind else self.add("cast", kind, [value])


class Traced(np.ndarray[Any, Any]):
    """Stands for an array over runs wherever a rule, a word or the luck expects one."""

    record: Trace
    place: int

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **_: Any) -> Any:
        """One more step: NumPy's own arithmetic tells the kinds, nothing is computed."""
        if method != "__call__":
            raise NotTraceableError(f"a rule asks for {ufunc.__name__}.{method}")
        kinds = [_plain(value) for value in inputs]
        with np.errstate(all="ignore"):
            given = ufunc(*kinds)
        if len(inputs) > 1:
            common = np.result_type(*kinds)
            inputs = tuple(self.record.of_kind(value, common) for value in inputs)
        numbers = [self.record.number(value) for value in inputs]
        if isinstance(given, tuple):
            return tuple(self.record.add(f"{ufunc.__name__}.{at}", one.dtype, numbers) for at, one in enumerate(given))
        return self.record.add(ufunc.__name__, given.dtype, numbers)

    def __array_function__(self, func: Callable[..., Any], types: Any, args: Any, kwargs: Any) -> Any:
        """Choosing between two numbers."""
        if func is np.where and not kwargs:
            return self._where(*args)
        raise NotTraceableError(f"a rule asks for numpy.{func.__name__}")

    def _where(self, condition: Any, yes: Any, no: Any) -> Traced:
        kind = np.result_type(_plain(yes), _plain(no))
        chosen = [self.record.of_kind(value, kind) for value in (yes, no)]
        return self.record.add("where", kind, [self.record.number(condition), *chosen])

    def looked_up(self, table: Any) -> Traced:
        """The entry of a table whose number this is."""
        return self.record.add("take", np.float64, [self.astype(np.int64)], tuple(float(value) for value in table))

    def astype(self, dtype: Any, *_: Any, **__: Any) -> Traced:
        """The number as another kind."""
        return self.record.of_kind(self, np.dtype(dtype))

    def view(self, dtype: Any = None, *_: Any) -> Traced:  # type: ignore[override]
        """The same bits as another kind."""
        return self.record.add("bits", np.dtype(dtype), [self])

    def _has_no_value(self) -> Any:
        raise NotTraceableError("a rule may not branch on a number: use `where`")

    __bool__ = __float__ = __int__ = __index__ = _has_no_value


def _plain(value: Any) -> Any:
    """Something of the same kind that NumPy can compute with."""
    return np.ones((), value.dtype) if isinstance(value, Traced) else value


def results(made: Any, trace: Trace) -> tuple[Traced, ...]:
    """What a rule gave back, as traced numbers of 64 bits."""
    several = made if isinstance(made, tuple | list) else (made,)
    return tuple(trace.of_kind(value, np.dtype(np.float64)) for value in several)
