"""Single flight: what takes a while is made once, however many ask at the same time, and the last ones are kept."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")


class SingleFlight(Generic[Made]):
    """A bounded store of what was made, by its key; who asks for something that is being made waits for it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: OrderedDict[Hashable, Future[Made]] = OrderedDict()
        self._lock = Lock()

    def forget(self, key: Hashable) -> None:
        """Make it anew when it is asked for again.

        Args:
            key: Everything on which it depends.
        """
        with self._lock:
            self._made.pop(key, None)

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What is kept under a key, or else is made now; what could not be made is not kept.

        Args:
            key: Everything on which it depends.
            make: Makes it.
        """
        with self._lock:
            found = self._made.get(key)
            mine = Future[Made]() if found is None else None
            if mine is not None:
                self._made[key] = mine
                if len(self._made) > self._most:
                    self._made.popitem(last=False)
            self._made.move_to_end(key)
        if mine is None:
            return found.result() if found is not None else make()
        try:
            mine.set_result(make())
        except BaseException as error:
            with self._lock:
                if self._made.get(key) is mine:
                    del self._made[key]
            mine.set_exception(error)
        return mine.result()
