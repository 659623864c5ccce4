"""Spool: columns of very many runs in a file without a name, which is gone as soon as nobody needs it any more."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.columns import Arrays, LazyColumns

Piece = tuple[int, np.dtype[Any], int]
"""Where some numbers of a column begin in the file, their type, and how many bytes they take."""


class Spool:
    """Columns that are written piece by piece, and read one at a time."""

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - open as long as somebody reads it
        self._pieces: dict[str, list[Piece]] = {}

    def add(self, parts: Sequence[Arrays]) -> None:
        """Write the next runs, given as parts with the same columns."""
        for name in parts[0]:
            piece = np.concatenate([part[name] for part in parts])
            self._pieces.setdefault(name, []).append((self._file.tell(), piece.dtype, piece.nbytes))
            self._file.write(piece.data)

    def read(self, name: str) -> NDArray[Any]:
        """A column, in the smallest type that holds all of its pieces."""
        return np.concatenate([self._read_piece(*piece) for piece in self._pieces[name]])

    def columns(self) -> LazyColumns:
        """All columns, each read when it is asked for."""
        return LazyColumns(self._pieces, self.read)

    def _read_piece(self, begin: int, kind: np.dtype[Any], size: int) -> NDArray[Any]:
        self._file.seek(begin)
        return np.frombuffer(self._file.read(size), dtype=kind)
