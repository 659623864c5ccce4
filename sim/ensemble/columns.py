"""Columns: numbers of many runs in the smallest type that holds them to the bit, and float64 whenever they are read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]
"""One number per run."""

Arrays = dict[str, NDArray[Any]]
"""Arrays by name."""

NUMBERS = np.dtype(np.float64)
WHOLE = tuple((np.dtype(name), int(np.iinfo(name).max) // 2) for name in ("i1", "i2", "i4"))
"""Types of whole numbers, the smallest first, with the greatest that each may hold: a difference or a sum of two
still fits, so that whoever reads the file without zopa never meets a number that has wrapped round."""


class LazyColumns(Mapping[str, Column]):
    """Columns by name, each read when it is asked for: those of a million runs are never all in memory."""

    def __init__(self, names: Iterable[str], read: Callable[[str], NDArray[Any]]) -> None:
        self._names = dict.fromkeys(names)
        self._read = read

    def __getitem__(self, name: str) -> Column:
        """The column, as float64."""
        if name not in self._names:
            raise KeyError(name)
        return self._read(name).astype(NUMBERS, copy=False)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def append_columns(columns: Mapping[str, Column], more: Mapping[str, Column]) -> Mapping[str, Column]:
    """The columns with more of them behind; what is read when asked for stays so."""
    if isinstance(columns, dict):
        return {**columns, **more}
    small = {name: downcast_exact(column) for name, column in more.items()}
    return LazyColumns((*columns, *more), lambda name: small[name] if name in small else columns[name])


def drop_columns(columns: Mapping[str, Column], beginning: str) -> Mapping[str, Column]:
    """The columns whose names do not begin so; what is read when asked for stays so."""
    names = [name for name in columns if not name.startswith(beginning)]
    return (
        {name: columns[name] for name in names}
        if isinstance(columns, dict)
        else LazyColumns(names, columns.__getitem__)
    )


def downcast_exact(values: Column) -> NDArray[Any]:
    """The same numbers in the smallest type that holds them to the bit; 0 and -0 are two numbers."""
    greatest = np.abs(values).max(initial=0.0)
    kind = next((kind for kind, most in WHOLE if greatest <= most), NUMBERS)
    found = values if kind is NUMBERS else values.astype(kind)
    return found if _has_same_bits(found.astype(NUMBERS, copy=False), values) else values


def _has_same_bits(one: Column, other: Column) -> bool:
    return np.array_equal(one.view(np.int64), np.ascontiguousarray(other).view(np.int64))
