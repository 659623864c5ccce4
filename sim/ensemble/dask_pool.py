"""Dask pool: blocks played by the workers of a Dask scheduler that runs already, instead of by processes of our own.

Read aloud
    The views are sent once, compressed, as a result that the scheduler can make again if the workers that hold it
    are lost. Each block is one task; what it leaves comes back compressed. A worker that is lost costs time only:
    Dask gives its blocks to others. Runs are the same everywhere only if the code that plays them is, so a worker
    whose rules, Python, NumPy or SciPy differ from ours gets no block (sim/ensemble/fit_workers.py).
"""

import asyncio
import logging
import pickle
import warnings
import zlib
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future, InvalidStateError
from contextlib import suppress
from functools import partial
from importlib.util import find_spec
from threading import Event, Thread
from time import monotonic
from typing import Any

from sim.ensemble.fit_workers import (
    ClusterError,
    FitWorkers,
    Note,
    RunVersions,
    describe_other,
    find_run_versions,
    run_with_timeout,
)
from sim.ensemble.worker import pack_views, set_worker_views, unpack_views
from sim.schema.scenario import Scenario

CONNECT_TIMEOUT = 6.0
"""Seconds in which a scheduler must have answered and have a worker."""

RECOUNT_INTERVAL = 1.0
"""Seconds after which the number of workers is asked for again; it may grow or shrink while blocks are played."""

CLOSE_TIMEOUT = 3.0
"""Seconds that taking leave may take; the scheduler drops what we left undone in any case."""

WATCH_INTERVAL = 5.0
"""Seconds between two looks at whether any worker is left."""

TELL_AFTER = 15.0
"""Seconds without any worker after which that is told."""

GIVE_UP_AFTER = 180.0
"""Seconds without any worker after which nobody waits for new ones any more."""

MOST_PORTS = 65_535


def _say_nothing(_: str) -> None:
    """For whoever wants to be told nothing."""


class UnfitAnswerError(Exception):
    """Whatever answers is no scheduler."""


class NoClusterError(ClusterError):
    """The library that talks to a cluster is not installed."""


class DaskExecutor(Executor):
    """The workers of a scheduler, as a pool that plays blocks."""

    def __init__(self, address: str, views: Mapping[str, Scenario], note: Note = _say_nothing) -> None:
        self.address, self._note = address, note
        self._waiting, self._closed = set[Future[Any]](), Event()
        self._client = _connect(address)
        self._workers = FitWorkers(address, self._client, note)
        self._views = pack_views(views)
        self._capacity, self._counted_at, self._counting = 1, monotonic(), Thread()
        try:
            self._wait_for_worker()
            self._capacity = self._workers.admit_all()
        except OSError as error:
            self.shutdown(wait=False)
            raise _make_connection_error(address) from error
        except BaseException:
            self.shutdown(wait=False)
            raise
        self._tasks = self._client.get_executor(pure=False, resources={self._workers.resource: 1})
        Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        """Tell when no worker is left, wait a while for new ones, and then give up what nobody plays."""
        seen = monotonic()
        told = False
        while not self._closed.wait(WATCH_INTERVAL):
            with suppress(Exception):
                count = self._workers.count_threads()
                self._capacity, seen = max(count, 1), monotonic() if count else seen
            alone = monotonic() - seen
            if alone < TELL_AFTER:
                told = False
            elif not told:
                told = True
                self._note(f"{self.address}: all workers are lost; waiting for new ones for {GIVE_UP_AFTER:g} seconds")
            if alone > GIVE_UP_AFTER:
                self._give_up()

    def _give_up(self) -> None:
        """Whoever waits for a block hears that it will not come; what is finished is kept."""
        text = f"{self.address}: all workers are lost, and no new ones came within {GIVE_UP_AFTER:g} seconds"
        for future in [*self._waiting]:
            with suppress(InvalidStateError):
                future.set_exception(ClusterError(text))

    @property
    def capacity(self) -> int:
        """Blocks that the workers play at a time, as many as there were at the last look; nobody waits for the next."""
        if monotonic() - self._counted_at >= RECOUNT_INTERVAL and not self._counting.is_alive():
            self._counted_at, self._counting = monotonic(), Thread(target=self._recount_threads, daemon=True)
            self._counting.start()
        return self._capacity

    def _recount_threads(self) -> None:
        with suppress(Exception):
            self._capacity = max(self._workers.count_threads(), 1)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have it done by a worker.

        The views travel with each block. As something that a block depends on they would bind it to workers that hold
        them already, as Dask moves no block that asks for a resource: one worker would play, and the others would wait.
        """
        ours: Future[Any] = Future()
        self._waiting.add(ours)
        ours.add_done_callback(self._waiting.discard)
        theirs = self._tasks.submit(run_in_worker, self._workers.code, self._views, fn, *args, **kwargs)
        theirs.add_done_callback(partial(_pass_on_result, ours, self.address))
        return ours

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take leave; blocks that nobody waits for any more are dropped, those under way end unheard."""
        self._closed.set()
        if wait and not cancel_futures:
            self._tasks.shutdown(wait=True)
        with suppress(Exception):
            run_with_timeout(CLOSE_TIMEOUT, self._client.close)

    def _wait_for_worker(self) -> None:
        """Refuse a scheduler without any."""
        try:
            self._client.wait_for_workers(1, timeout=CONNECT_TIMEOUT)
        except TimeoutError as error:
            raise ClusterError(
                f"{self.address}: the scheduler has no workers; start some with `dask worker {self.address}`, "
                "or ask for at least one where they come on demand"
            ) from error


def run_in_worker(code: RunVersions, compressed: bytes, work: Callable[..., Any], *args: Any, **kwargs: Any) -> bytes:
    """In a worker: play a block of the views, if this worker plays as the others do; gives the result compressed."""
    if said := describe_other("a worker that has joined", find_run_versions(), code):
        raise ClusterError(said)
    set_worker_views(unpack_views(compressed))
    return zlib.compress(pickle.dumps(work(*args, **kwargs), pickle.HIGHEST_PROTOCOL), 1)


def _connect(address: str) -> Any:
    """A connection to the scheduler."""
    if find_spec("distributed") is None:
        raise NoClusterError(
            "zopa: a cluster needs the library dask.distributed; "
            "install it with `pip install 'zopa-simulator[cluster]'`"
        )
    from distributed import Client

    _refuse_invalid_address(address)
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what a stranger sends is logged as critical
    connect = partial(Client, address, timeout=CONNECT_TIMEOUT, set_as_default=False)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            run_with_timeout(CONNECT_TIMEOUT, partial(asyncio.run, _greet(address)))
            return run_with_timeout(CONNECT_TIMEOUT, connect)
    except (OSError, ImportError) as error:
        text = f"{address}: no Dask scheduler answered within {CONNECT_TIMEOUT:g} seconds"
        raise ClusterError(f"{text}; is it running, and is this its address?") from error
    except UnicodeError as error:
        raise _make_address_error(address, ValueError("there is no such name of a host")) from error
    except (Exception, MemoryError) as error:
        if isinstance(error, TypeError | ValueError | RuntimeError) and address.startswith("tls://"):
            raise _make_address_error(address, error) from error
        raise ClusterError(f"{address}: something answers there, but it is no Dask scheduler") from error


async def _greet(address: str) -> None:
    """Ask who answers there; a client that was made half way, or of something else, would end late and noisily.

    Raises:
        UnfitAnswerError: it is no scheduler, such as a worker, or a server that sends back what it gets.
    """
    from distributed.comm.core import connect

    comm = await connect(address, timeout=CONNECT_TIMEOUT)  # type: ignore[no-untyped-call, unused-ignore]
    try:
        await comm.write({"op": "identity", "reply": True})
        answer = await comm.read()
    finally:
        comm.abort()
    if not isinstance(answer, dict) or answer.get("type") != "Scheduler":
        raise UnfitAnswerError


def _refuse_invalid_address(address: str) -> None:
    """Stop at what is no address before a client is made, as one that was made half way ends late and noisily."""
    from distributed.comm.addressing import get_address_host_port

    try:
        _, port = get_address_host_port(address, strict=True)
        if not 0 < port <= MOST_PORTS:
            raise ValueError(f"there is no port {str(port)[:20]}")
    except (ValueError, NotImplementedError) as error:
        raise _make_address_error(address, error) from error


def _make_address_error(address: str, error: Exception) -> ClusterError:
    if address.startswith("tls://"):
        remedy = "name them in Dask's configuration, distributed.comm.tls: ca-file, client.key and client.cert"
        return ClusterError(f"{address}: a connection by TLS needs certificates; {remedy}")
    return ClusterError(f"{address!r} is no address of a scheduler ({error}); it must be like tcp://HOST:8786")


def _make_connection_error(address: str) -> ClusterError:
    return ClusterError(f"{address}: the connection to the scheduler was lost")


def _pass_on_result(ours: Future[Any], address: str, theirs: Future[Any]) -> None:
    """Pass on what Dask has found, uncompressed, and its mishaps in our words; nobody may wait any more."""
    with suppress(InvalidStateError):
        _settle(ours, address, theirs)


def _settle(ours: Future[Any], address: str, theirs: Future[Any]) -> None:
    if theirs.cancelled():
        ours.set_exception(_make_connection_error(address))
        return
    error = theirs.exception()
    if error is None:
        ours.set_result(pickle.loads(zlib.decompress(theirs.result())))
    elif isinstance(error, ModuleNotFoundError):
        ours.set_exception(ClusterError(f"a worker cannot play ({error}); install this zopa for the workers"))
    elif type(error).__name__ == "KilledWorker":
        text = "several workers died over the same block; perhaps they have too little memory: their logs say more"
        ours.set_exception(ClusterError(f"{address}: {text}"))
    else:
        ours.set_exception(error)
