"""Fit workers: the workers of a Dask scheduler that play as this process does; blocks go to nobody else.

Read aloud
    Every worker, whenever it comes, is asked what it plays with. One that plays as we do is told to offer what our
    blocks need, a resource of Dask under a name that stands for our code. One that differs never offers it: it is
    told of once and gets no block, while the others go on.
"""

import json
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from hashlib import sha256
from threading import Lock, Thread
from typing import Any

from sim.ensemble.fingerprint import compute_code_fingerprint, find_library_versions

CHECK_TIMEOUT = 60.0
"""Seconds in which all workers must have said what they play with; a first import over a network takes its time."""

OFFERED = 1_000_000_000
"""How much of the resource a worker offers; each block needs one, and Dask alone says how many a worker plays."""

Note = Callable[[str], object]
"""Told what a user should know."""

RunVersions = dict[str, str]
"""What decides the bits of a run, by name."""

_CODE = compute_code_fingerprint()[:12]
"""Our code as it was when it was loaded, whatever its files say later: a worker may run for weeks."""


class ClusterError(Exception):
    """The cluster cannot be used, or was lost."""


class FitWorkers:
    """Those workers of a scheduler that would play the same runs."""

    def __init__(self, address: str, client: Any, note: Note) -> None:
        self._address, self._client, self._note = address, client, note
        self.code = find_run_versions()
        self.resource = f"zopa-{sha256(json.dumps(self.code, sort_keys=True).encode()).hexdigest()[:16]}"
        """Name of what a block needs and only a worker that plays as we do offers."""
        self._told, self._lock = set[str](), Lock()

    def count_threads(self) -> int:
        """Blocks that they play at a time, those who have joined since the last look included."""
        with self._lock:
            there = self._list_workers()
            if joined := [name for name, about in there.items() if self.resource not in about["resources"]]:
                self._admit(joined)
                there = self._list_workers()
        return sum(about["nthreads"] for about in there.values() if self.resource in about["resources"])

    def admit_all(self) -> int:
        """Look at every worker anew; gives the blocks that they play at a time.

        Raises:
            ClusterError: none of them would play the same runs, or they do not say.
        """
        if not (refused := self._admit(list(self._list_workers()))):
            return self.count_threads()
        count = self.count_threads()
        if not count:
            raise ClusterError(next(iter(refused.values())))
        return count

    def _list_workers(self) -> dict[str, Any]:
        found: dict[str, Any] = self._client.scheduler_info()["workers"]
        return found

    def _admit(self, workers: list[str]) -> dict[str, str]:
        """Ask workers what they play with, and have those that are fit offer it; gives the others, and why."""
        found = self._ask(workers, find_run_versions)
        refused = {worker: said for worker, code in found.items() if (said := describe_other(worker, code, self.code))}
        if fit := [worker for worker in found if worker not in refused]:
            self._ask(fit, take_part, self.resource)
        for worker in refused.keys() - self._told:
            self._told.add(worker)
            self._note(f"{refused[worker]}; until then it gets no blocks")
        return refused

    def _ask(self, workers: list[str], question: Callable[..., Any], *args: Any) -> Mapping[str, Any]:
        try:
            asked: Mapping[str, Any] = run_with_timeout(
                CHECK_TIMEOUT, lambda: self._client.run(question, *args, workers=workers, on_error="return")
            )
        except TimeoutError as error:
            text = f"{self._address}: not all workers answered within {CHECK_TIMEOUT:g} seconds"
            raise ClusterError(text) from error
        return asked


def find_run_versions() -> RunVersions:
    """What decides the bits of a run in this process: our code, Python and the libraries that count."""
    found = find_library_versions()
    python = ".".join(found["python"].split(".")[:2])
    return {
        "rules": _CODE,
        "Python": python,
        "NumPy": found["numpy"],
        "SciPy": found["scipy"],
    }


async def take_part(resource: str, dask_worker: Any) -> None:
    """In a worker: offer what our blocks need.

    Args:
        resource: Name of it.
        dask_worker: The worker itself, which Dask gives.
    """
    await dask_worker.set_resources(**{resource: OFFERED})


def describe_other(worker: str, code: RunVersions | BaseException, ours: RunVersions) -> str:
    """Why a worker would not play the same runs; empty if it would.

    Args:
        worker: Its address.
        code: What it plays with, or why it cannot say.
        ours: What this process plays with.
    """
    if isinstance(code, BaseException):
        return f"{worker}: zopa cannot be used there ({code}); install this zopa for the workers"
    differ = [name for name in ours if code.get(name) != ours[name]]
    others = "; ".join(f"{name} {code.get(name, 'none')} there, {ours[name]} here" for name in differ)
    remedy = "install the same there and start the workers anew"
    return f"{worker}: would play other runs ({others}); {remedy}" if differ else ""


def run_with_timeout(seconds: float, work: Callable[[], Any]) -> Any:
    """What some work gives; if it takes longer, it is left to itself."""
    found: Future[Any] = Future()

    def do() -> None:
        try:
            found.set_result(work())
        except BaseException as error:
            found.set_exception(error)

    Thread(target=do, daemon=True).start()
    return found.result(seconds)
