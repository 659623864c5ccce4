"""Cluster: a Dask scheduler's workers leave the same bits as this machine, also when one of them is killed.

Scheduler and workers are real processes of their own that talk over loopback.
"""

import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from sim.ensemble import dask_pool
from sim.ensemble.dask_pool import DaskExecutor, NoClusterError, run_in_worker
from sim.ensemble.dispatcher import simulate_views
from sim.ensemble.fit_workers import ClusterError, find_run_versions
from sim.ensemble.plan import make_plans
from sim.ensemble.process_pool import make_executor, use_cluster
from sim.ensemble.simulate import simulate_plans
from sim.ensemble.worker import simulate_view_blocks
from sim.loading.loader import load_case
from sim.storage.checkpoints import open_checkpoints

pytest.importorskip("distributed", reason="dask.distributed is not installed (the extra `cluster`)")

ROOT = Path(__file__).parents[2]
SEED, RUNS, WEEKS, ZONES = 5, 3000, 12, 300


@dataclass
class Scheduler:
    """A scheduler that runs, and where its workers keep their files."""

    address: str
    process: subprocess.Popen
    folder: Path

    @contextmanager
    def workers(self, count, path=ROOT, there=0):
        started = [self._worker(path) for _ in range(count)]
        try:
            self.wait_for(there + count)
            yield started
        finally:
            stop(started)
            if self.process.poll() is None:
                self.wait_for(there)

    def _worker(self, path):
        places = ("--host", "127.0.0.1", "--local-directory", str(self.folder))
        return start_dask("worker", self.address, *places, "--nthreads", "1", "--no-nanny", path=path)

    def wait_for(self, count):
        deadline = time.monotonic() + 30
        while len(self.asked(list_workers)) != count:
            assert time.monotonic() < deadline, f"there are not {count} workers"
            time.sleep(0.05)

    def wait_until_admitted(self, count):
        deadline = time.monotonic() + 30
        while self.asked(count_admitted) < count:
            assert time.monotonic() < deadline, f"no {count} workers were admitted"
            time.sleep(0.05)

    def asked(self, question):
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            return client.run_on_scheduler(question)


def list_workers(dask_scheduler):
    return list(dask_scheduler.workers)


def count_under_way(dask_scheduler):
    return [len(worker.processing) for worker in dask_scheduler.workers.values()]


def count_admitted(dask_scheduler):
    return sum(any(name.startswith("zopa-") for name in worker.resources) for worker in dask_scheduler.workers.values())


def list_tasks(dask_scheduler):
    return list(dask_scheduler.tasks)


for question in (list_workers, count_under_way, count_admitted, list_tasks):
    question.__module__ = "__main__"  # so that they are sent, not looked up


def start_dask(part, *arguments, path=ROOT):
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.dask_{part}", *arguments, "--no-dashboard"],
        env={**os.environ, "PYTHONPATH": str(path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=path,
    )


def stop(processes):
    for process in processes:
        process.kill()
    for process in processes:
        process.wait()


@contextmanager
def start_scheduler(folder):
    file = folder / "scheduler.json"
    process = start_dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
    try:
        deadline = time.monotonic() + 30
        while not (file.exists() and file.read_text().endswith("}")):
            assert time.monotonic() < deadline, "the scheduler did not start"
            time.sleep(0.05)
        yield Scheduler(json.loads(file.read_text())["address"], process, folder)
    finally:
        stop([process])


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory):
    with start_scheduler(tmp_path_factory.mktemp("dask")) as found:
        yield found


@pytest.fixture
def two(scheduler):
    with scheduler.workers(2) as found:
        yield found


@pytest.fixture(scope="module")
def views():
    return {"threat": load_case("empty-threat").scenario, "strike": load_case("no-zone").scenario}


@pytest.fixture(scope="module")
def here(views):
    return simulate_views(views, SEED, RUNS, WEEKS, workers=1, zone_runs=ZONES)[0]


@pytest.fixture
def there(scheduler, views, here):
    with use_cluster(scheduler.address):
        yield partial(simulate_views, views, SEED, RUNS, WEEKS, zone_runs=ZONES)


def assert_same(found, expected):
    assert list(found) == list(expected)
    for name, view in expected.items():
        assert found[name].n_drawn == view.n_drawn
        assert np.array_equal(found[name].by_week, view.by_week)
        assert found[name].opening == view.opening
        for column, values in view.columns.items():
            assert np.array_equal(found[name].columns[column], values), column


def test_workers_of_a_cluster_leave_the_same_bits(two, there, here):
    found, complete = there()
    assert complete
    assert_same(found, here)


def test_a_worker_that_is_killed_changes_nothing(scheduler, two, there, here):
    def kill_one(*_):
        if two[0].poll() is None:
            two[0].kill()
            two[0].wait()

    found, complete = there(progress=kill_one)
    assert complete
    assert_same(found, here)
    scheduler.wait_for(1)


def test_a_worker_that_joins_in_the_middle_plays_too(scheduler, there, here, monkeypatch):
    monkeypatch.setattr(dask_pool, "RECOUNT_INTERVAL", 0.0)
    monkeypatch.setattr(dask_pool, "WATCH_INTERVAL", 0.2)
    seen = []
    with scheduler.workers(1), ExitStack() as later:

        def one_more(*_):
            if not seen:
                later.enter_context(scheduler.workers(1, there=1))
                scheduler.wait_until_admitted(2)
            seen.append(scheduler.asked(count_under_way))

        found, complete = there(progress=one_more)
        assert complete
        assert_same(found, here)
        assert any(len(blocks) == 2 and min(blocks) > 0 and sum(blocks) > 2 for blocks in seen), seen


def test_ensembles_played_at_once_do_not_mix_their_views(scheduler, two, views):
    first, second = ({"view": scenario} for scenario in views.values())
    pools = [DaskExecutor(scheduler.address, first), DaskExecutor(scheduler.address, second)]
    sent = [
        (pool, number, pool.submit(simulate_view_blocks, ("view",), SEED, number, 4))
        for number in range(3)
        for pool in pools
    ]
    for pool, number, future in sent:
        alone = make_executor(first if pool is pools[0] else second, 1).submit(
            simulate_view_blocks, ("view",), SEED, number, 4
        )
        assert np.array_equal(future.result()["view"].states, alone.result()["view"].states)
    for pool in pools:
        pool.shutdown()


def test_an_interruption_leaves_nothing_behind(scheduler, two, there):
    def interrupt(*_):
        raise KeyboardInterrupt

    found, complete = there(progress=interrupt)
    assert not complete
    assert sum(view.n_matching for view in found.values()) < 2 * RUNS
    deadline = time.monotonic() + 20
    while scheduler.asked(list_tasks):
        assert time.monotonic() < deadline, "tasks are left"
        time.sleep(0.1)


def test_a_scheduler_that_is_lost_is_said_so(tmp_path, views):
    with (
        start_scheduler(tmp_path) as alone,
        alone.workers(1),
        use_cluster(alone.address),
        pytest.raises(ClusterError, match="connection to the scheduler was lost"),
    ):
        simulate_views(views, SEED, RUNS, WEEKS, progress=lambda *_: stop([alone.process]))


def test_a_scheduler_that_is_not_there_is_said_so_in_time(views):
    begin = time.monotonic()
    with pytest.raises(ClusterError, match=r"tcp://127\.0\.0\.1:9: no Dask scheduler answered"):
        DaskExecutor("tcp://127.0.0.1:9", views)
    assert time.monotonic() - begin < 10


def test_a_run_for_which_there_is_no_scheduler_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(dask_pool, "CONNECT_TIMEOUT", 0.5)
    plans = make_plans(["empty-threat"], runs=20, horizon=4)
    folder = tmp_path / "outputs" / "empty-threat" / "results"
    with pytest.raises(ClusterError), open_checkpoints(plans, [folder]) as store, use_cluster("tcp://127.0.0.1:9"):
        simulate_plans(plans, store=store)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "address",
    [
        "",
        "somewhere",
        "http://127.0.0.1:80",
        "tcp://127.0.0.1",
        "tcp://127.0.0.1:0",
        "tcp://127.0.0.1:-1",
        f"tcp://{'x' * 70}:1",
    ],
)
def test_what_is_no_address_is_said_so(views, address):
    with pytest.raises(ClusterError, match="must be like tcp://HOST:8786"):
        DaskExecutor(address, views)


def echo(connection):
    while said := connection.recv(65_536):
        connection.sendall(said)


STRANGERS = {
    "http": b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n",
    "zeros": b"\0" * 64,
    "ones": b"\xff" * 64,
    "half a message": struct.pack("<QQQ", 16, 1, 0),
    "more than a message": struct.pack("<QQQ", 36, 1, 20) + b"cos\nsystem\n(S'id'\ntR.",
    "what it gets": echo,
}


@pytest.mark.parametrize("said", STRANGERS)
def test_what_answers_and_is_no_scheduler_is_said_so(views, said, caplog):
    def answer():
        connection, _ = server.accept()
        with connection, suppress(OSError):
            if callable(STRANGERS[said]):
                STRANGERS[said](connection)
            else:
                connection.sendall(STRANGERS[said])
                connection.recv(65_536)

    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=answer, daemon=True).start()
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(ClusterError) as refused:
            DaskExecutor(address, views)
    assert str(refused.value) == f"{address}: something answers there, but it is no Dask scheduler"
    assert not caplog.records


def test_a_worker_is_no_scheduler(scheduler, views):
    with scheduler.workers(1), pytest.raises(ClusterError, match="something answers there, but it is no Dask"):
        DaskExecutor(scheduler.asked(list_workers)[0], views)


def test_a_connection_by_tls_without_certificates_is_said_so(views):
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(ClusterError, match="needs certificates"):
        DaskExecutor(f"tls://127.0.0.1:{server.getsockname()[1]}", views)


def test_a_scheduler_without_workers_is_said_so(scheduler, views, monkeypatch):
    monkeypatch.setattr(dask_pool, "CONNECT_TIMEOUT", 3.0)
    with pytest.raises(ClusterError, match="has no workers"):
        DaskExecutor(scheduler.address, views)


def test_a_worker_with_other_rules_is_refused(scheduler, views, tmp_path):
    shutil.copytree(ROOT / "sim", tmp_path / "sim")
    with (tmp_path / "sim" / "rules" / "hope.py").open("a") as file:
        file.write("# changed\n")
    with (
        scheduler.workers(1, tmp_path),
        pytest.raises(ClusterError, match=rf"rules \w+ there, {find_run_versions()['rules']} here"),
    ):
        DaskExecutor(scheduler.address, views)


@pytest.fixture
def other_rules(tmp_path):
    shutil.copytree(ROOT / "sim", tmp_path / "sim")
    with (tmp_path / "sim" / "rules" / "readiness.py").open("a") as file:
        file.write("# changed\n")
    return tmp_path


@pytest.fixture
def told(scheduler, monkeypatch):
    notes = []
    monkeypatch.setattr(dask_pool, "RECOUNT_INTERVAL", 0.0)
    monkeypatch.setattr(dask_pool, "WATCH_INTERVAL", 0.2)
    with use_cluster(scheduler.address, notes.append):
        yield notes


def test_a_worker_with_other_rules_that_joins_gets_no_block_and_the_others_go_on(
    scheduler, told, views, here, other_rules
):
    with scheduler.workers(1), ExitStack() as later:

        def join(*_):
            if not joined:
                joined.append(scheduler._worker(other_rules))
                later.callback(stop, joined)
                deadline = time.monotonic() + 30
                while not told:
                    assert time.monotonic() < deadline, "it was not told"
                    time.sleep(0.05)

        joined = []
        found, complete = simulate_views(views, SEED, RUNS, WEEKS, zone_runs=ZONES, progress=join)
    assert complete
    assert_same(found, here)
    assert len(told) == 1
    assert "would play other runs (rules " in told[0]
    assert told[0].endswith("; until then it gets no blocks")


def test_where_only_a_worker_with_other_rules_is_left_nobody_plays(scheduler, told, views, monkeypatch, other_rules):
    monkeypatch.setattr(dask_pool, "TELL_AFTER", 0.5)
    monkeypatch.setattr(dask_pool, "GIVE_UP_AFTER", 2.0)
    with scheduler.workers(1) as first, ExitStack() as later:

        def swap(*_):
            if first[0].poll() is None:
                later.callback(stop, [scheduler._worker(other_rules)])
                scheduler.wait_for(2)
                stop(first)

        with pytest.raises(ClusterError, match="all workers are lost, and no new ones came within 2 seconds"):
            simulate_views(views, SEED, RUNS, WEEKS, zone_runs=ZONES, progress=swap)
    assert any("would play other runs" in note for note in told)


def test_a_worker_with_other_rules_that_is_there_before_gets_no_block(scheduler, told, views, here, other_rules):
    with scheduler.workers(1), scheduler.workers(1, other_rules, there=1):
        found, complete = simulate_views(views, SEED, RUNS, WEEKS, zone_runs=ZONES)
    assert complete
    assert_same(found, here)
    assert len(told) == 1


def test_a_worker_says_which_code_it_has_loaded_not_what_its_files_say_now(tmp_path):
    """After an update, a worker that was not started anew would play the rules of before."""
    shutil.copytree(ROOT / "sim", tmp_path / "sim")
    script = (
        "import sim.ensemble.dask_pool as pool\n"
        "open('sim/rules/readiness.py', 'a').write('# changed')\n"
        "print(pool.find_run_versions()['rules'])"
    )
    around = {**os.environ, "PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=tmp_path, env=around, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == find_run_versions()["rules"]


def test_a_worker_without_zopa_is_refused(scheduler, views, tmp_path):
    (tmp_path / "sim.py").touch()
    with scheduler.workers(1, tmp_path), pytest.raises(ClusterError, match="zopa cannot be used there"):
        DaskExecutor(scheduler.address, views)


def test_a_worker_that_joins_later_is_looked_at_too():
    other = {**find_run_versions(), "NumPy": "1.0"}
    with pytest.raises(ClusterError, match=r"NumPy [\d.]+ there, 1\.0 here"):
        run_in_worker(other, b"", simulate_view_blocks)


def test_without_the_library_it_says_what_to_install(views, monkeypatch):
    monkeypatch.setattr(dask_pool, "find_spec", lambda _: None)
    with pytest.raises(NoClusterError, match="pip install 'zopa-simulator\\[cluster\\]'"):
        DaskExecutor("tcp://127.0.0.1:8786", views)
