"""Sessions: runs that stand still at a question, kept for a while so that the next move need not begin at the first."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

from sim.workflows.seat.played_run import SharedRun
from sim.workflows.seat.role_sheet import RoleSheet

KEPT = 160
"""Games that are kept in memory, each at its latest position: twice as many as a class has seats."""

Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Session:
    """A run that stands still at a question, and the role sheets of its players."""

    shared: SharedRun
    """The run."""
    sheets: dict[str, RoleSheet]
    """Role sheet of every player, by the key of its actor."""


class Memory(Generic[Kept]):
    """What is kept by what names it; of many, the longest unused is given up. Threads may share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()

    def look_up(self, key: Hashable) -> Kept | None:
        """What is kept under a key, or nothing.

        Args:
            key: What names it.
        """
        with self._lock:
            return self._kept.get(key)

    def take(self, key: Hashable) -> Kept | None:
        """What is kept under a key and now is no longer, or nothing.

        Args:
            key: What names it.
        """
        with self._lock:
            return self._kept.pop(key, None)

    def keep(self, key: Hashable, kept: Kept) -> None:
        """Keep something; it is the latest.

        Args:
            key: What names it.
            kept: What is kept.
        """
        with self._lock:
            self._kept.pop(key, None)
            self._kept[key] = kept
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
