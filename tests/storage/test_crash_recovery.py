"""Crash recovery: a run that is killed goes on where it was and ends with the same bits; nothing finished is lost."""

import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import numpy as np
import pytest

from sim.ensemble.plan import make_plans
from sim.ensemble.simulate import simulate_plans
from sim.storage import checkpoints
from sim.storage.array_file import read_arrays
from sim.storage.checkpoints import BEGUN, lock_folder, open_checkpoints
from sim.storage.rebuild import load_interrupted_plan
from sim.storage.results_folder import PARTS, ResultsError, load, save

CASE = "textbook/three-parties"
NUMBERS = {"runs": 2600, "horizon": 10, "seed": 7}
ROOT = Path(__file__).parents[2]
CHILD = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from sim.ensemble.plan import make_plans
    from sim.ensemble.simulate import simulate_plans
    from sim.storage.checkpoints import open_checkpoints
    from sim.storage.results_folder import save
    if __name__ == "__main__":
        folder = Path(sys.argv[1])
        plans = make_plans(["textbook/three-parties"], runs=2600, horizon=10, seed=7)
        with open_checkpoints(plans, [folder]) as store:
            (results,) = simulate_plans(plans, workers=int(sys.argv[2]), store=store)
            save(results, folder)
    """
)


@pytest.fixture(scope="module")
def whole_results():
    (results,) = simulate_plans(make_plans([CASE], **NUMBERS), workers=1)
    return results


def same(one, other):
    assert list(one.views) == list(other.views)
    for name, view in one.views.items():
        found = other.views[name]
        assert (found.n_drawn, found.opening) == (view.n_drawn, view.opening)
        assert np.array_equal(found.by_week, view.by_week)
        assert list(found.columns) == list(view.columns)
        assert all(np.array_equal(found.columns[column], view.columns[column]) for column in view.columns)


def list_blocks(folder):
    return sorted(path for path in (folder / PARTS).glob("*.npz"))


def finish(folder):
    """Resume and save, as `zopa run --resume` does."""
    plan = load_interrupted_plan(folder)
    with open_checkpoints([plan], [folder], anew=False) as store:
        (results,) = simulate_plans([plan], workers=1, store=store)
        save(results, folder)
        store.finish()
    return results


def start_and_stop(folder, workers=1, blocks=2, **how):
    """A run in a process of its own that is stopped by a signal after some blocks."""
    script = folder.parent / "child.py"
    script.write_text(CHILD, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    child = subprocess.Popen([sys.executable, script, folder, str(workers)], cwd=ROOT, env=environment, **how)
    deadline = time.monotonic() + 120
    while len(list_blocks(folder)) < blocks and child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    return child


@pytest.mark.parametrize("workers", [1, 2])
def test_a_killed_run_goes_on_and_ends_with_the_same_bits(tmp_path, whole_results, workers):
    folder = tmp_path / "results"
    child = start_and_stop(folder, workers, start_new_session=True)
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    there = list_blocks(folder)
    assert len(there) >= 2
    before = {path.name: path.stat().st_mtime_ns for path in there}
    played = []
    results = finish_counting(folder, played)
    same(whole_results, results)
    same(whole_results, load(folder))
    assert not (folder / PARTS).exists()
    assert not set(played) & {(name.rsplit("-", 1)[0], int(name[-10:-4])) for name in before}


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes are looked up in /proc")
def test_workers_end_when_the_process_that_started_them_is_killed_alone(tmp_path, whole_results):
    folder = tmp_path / "results"
    child = start_and_stop(folder, workers=2)
    workers = Path(f"/proc/{child.pid}/task/{child.pid}/children").read_text().split()
    child.kill()
    child.wait()
    same(whole_results, finish(folder))
    deadline = time.monotonic() + 20
    while any(is_alive(worker) for worker in workers):
        assert time.monotonic() < deadline, "processes are left"
        time.sleep(0.05)
    assert len(workers) >= 2


def is_alive(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def finish_counting(folder, played):
    """Resume, and note which blocks were played."""
    keep = checkpoints.DiskStore.put
    with pytest.MonkeyPatch.context() as patch:

        def note(self, view, number, block):
            played.append((view.split()[-1], number))
            keep(self, view, number, block)

        patch.setattr(checkpoints.DiskStore, "put", note)
        return finish(folder)


def test_workers_write_what_they_have_played_themselves(tmp_path, whole_results, monkeypatch):
    def refuse(*_):
        raise AssertionError("a block came back to be written here")

    monkeypatch.setattr(checkpoints.DiskStore, "put", refuse)
    plans = make_plans([CASE], **NUMBERS)
    with open_checkpoints(plans, [tmp_path / "results"]) as store:
        (results,) = simulate_plans(plans, workers=2, store=store)
        same(whole_results, results)


@pytest.fixture
def partial_folder(tmp_path, whole_results):
    """The folder of a run of which some blocks are kept."""
    folder = tmp_path / "half"
    plans = make_plans([CASE], **NUMBERS)
    with pytest.raises(RuntimeError, match="power"), open_checkpoints(plans, [folder]) as store:
        simulate_plans(plans, workers=1, store=store, progress=fail_power(3))
    assert list_blocks(folder)
    return folder


def fail_power(after):
    told = []

    def progress(view, kept, wanted):
        told.append(kept)
        if len(told) == after:
            raise RuntimeError("power")

    return progress


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "of another run"])
def test_a_damaged_block_is_played_again(partial_folder, whole_results, damage):
    path = list_blocks(partial_folder)[1]
    whole = path.read_bytes()
    if damage == "of another run":
        shutil.copy(list_blocks(partial_folder)[0], path)
        arrays = read_arrays(path, 1_000_000_000)
        arrays["fingerprint"] = np.array("another")
        checkpoints.write_arrays(path, arrays.items())
    else:
        middle = len(whole) // 2
        flipped = whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :]
        path.write_bytes({"cut": whole[:middle], "flipped": flipped, "empty": b""}[damage])
    same(whole_results, finish(partial_folder))


def test_a_block_that_was_being_written_is_as_if_it_were_not_there(partial_folder, whole_results):
    first = list_blocks(partial_folder)[0]
    first.rename(first.with_name(f".{first.name}.unfinished"))
    same(whole_results, finish(partial_folder))


def test_the_second_writer_is_refused(partial_folder):
    plan = load_interrupted_plan(partial_folder)
    with (
        lock_folder(partial_folder, plan.manifest, anew=False),
        pytest.raises(ResultsError, match="another zopa is writing there; wait for it, or choose another folder"),
        lock_folder(partial_folder, plan.manifest, anew=False),
    ):
        pass


def test_a_changed_scenario_is_not_resumed(tmp_path):
    case = shutil.copytree(ROOT / "scenarios" / "textbook", tmp_path / "scenarios" / "textbook")
    plans = make_plans([case / "two-towns.yaml"], runs=2000, horizon=5)
    folder = tmp_path / "half"
    with pytest.raises(RuntimeError), open_checkpoints(plans, [folder]) as store:
        simulate_plans(plans, workers=1, store=store, progress=fail_power(1))
    assert load_interrupted_plan(folder).manifest == plans[0].manifest
    text = (case / "defaults.yaml").read_text(encoding="utf-8")
    (case / "defaults.yaml").write_text(text.replace("noise: {value: 0.0", "noise: {value: 0.1"), encoding="utf-8")
    changed = text != (case / "defaults.yaml").read_text(encoding="utf-8")
    if not changed:
        (case / "two-towns.yaml").write_text(
            (case / "two-towns.yaml").read_text(encoding="utf-8").replace("title: ", "title: New ", 1), encoding="utf-8"
        )
    with pytest.raises(ResultsError, match="has changed since this run was begun; undo the change to resume"):
        load_interrupted_plan(folder)


def test_other_code_plays_everything_again(partial_folder, whole_results, monkeypatch):
    monkeypatch.setattr("sim.storage.checkpoints.compute_code_fingerprint", lambda: "other code")
    played = []
    same(whole_results, finish_counting(partial_folder, played))
    assert len(played) >= 5


def test_nothing_to_resume_is_said(tmp_path, partial_folder):
    with pytest.raises(ResultsError, match="there is nothing to resume; the run is whole, or none was begun there"):
        load_interrupted_plan(tmp_path / "nowhere")
    (partial_folder / PARTS / BEGUN).write_text("{", encoding="utf-8")
    with pytest.raises(ResultsError, match="is damaged; begin again with `zopa run`"):
        load_interrupted_plan(partial_folder)


def test_a_full_disk_is_said_and_loses_nothing(partial_folder, whole_results, monkeypatch):
    before = [path.read_bytes() for path in list_blocks(partial_folder)]
    with monkeypatch.context() as patch:

        def fill_disk(path, arrays, **how):
            raise OSError(28, "No space left on device")

        patch.setattr(checkpoints, "write_arrays", fill_disk)
        with pytest.raises(ResultsError, match="results cannot be written there \\(No space left on device\\)"):
            finish(partial_folder)
    assert [path.read_bytes() for path in list_blocks(partial_folder)] == before
    same(whole_results, finish(partial_folder))


@pytest.mark.skipif(sys.platform == "win32", reason="there are no limits for a process on Windows")
@pytest.mark.parametrize(
    ("limit", "more"),
    [(10_000, False), (60_000, False), (140_000, True)],
    ids=["what is made", "a block", "all columns"],
)
def test_a_disk_that_takes_no_more_is_said_and_the_run_goes_on_later(partial_folder, whole_results, limit, more):
    before = {path: path.read_bytes() for path in list_blocks(partial_folder)}
    done = run_with_room(limit, "--resume", partial_folder)
    assert done.returncode == 1, done.stderr
    assert "results cannot be written there (File too large); " in done.stderr
    assert "make room, then go on with `zopa run --resume" in done.stderr
    assert "Traceback" not in done.stderr
    assert all(path.read_bytes() == content for path, content in before.items())
    assert (len(list_blocks(partial_folder)) > len(before)) == more
    assert list((partial_folder / PARTS).glob(".*")) == []
    same(whole_results, finish(partial_folder))


@pytest.mark.skipif(sys.platform == "win32", reason="there are no limits for a process on Windows")
def test_a_disk_that_takes_nothing_is_said_and_nothing_is_left(tmp_path):
    done = run_with_room(60_000, CASE, "--runs", "600", "--horizon", "5", "--out", tmp_path / "outputs")
    assert done.returncode == 1
    assert "results cannot be written there (File too large); choose another folder with `--out`" in done.stderr
    assert list(tmp_path.iterdir()) == []


def run_with_room(limit, *words):
    """`zopa run` in a process that the operating system lets write no file beyond so many bytes."""
    import resource

    def no_more():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    command = [sys.executable, "-m", "sim.cli.app", "run", *words, "--workers", "2", "--no-report", "--quiet"]
    around = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, cwd=ROOT, env=around, preexec_fn=no_more, capture_output=True, text=True, check=False
    )


def test_the_manifest_is_there_from_the_beginning(partial_folder):
    kept = json.loads((partial_folder / PARTS / BEGUN).read_bytes())
    assert kept["fingerprint"] == make_plans([CASE], **NUMBERS)[0].manifest.fingerprint


def test_whoever_reads_a_run_that_was_cut_short_learns_how_to_go_on(partial_folder):
    with pytest.raises(ResultsError, match=r"this run was cut short; go on with `resume\("):
        load(partial_folder)
