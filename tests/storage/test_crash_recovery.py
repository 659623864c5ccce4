"""Survival: a run that is killed goes on where it was and ends with the same bits; nothing finished is lost."""

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
def undisturbed():
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


def blocks_in(folder):
    return sorted(path for path in (folder / PARTS).glob("*.npz"))


def finish(folder):
    """Resume and save, as `zopa run --resume` does."""
    plan = load_interrupted_plan(folder)
    with open_checkpoints([plan], [folder], anew=False) as store:
        (results,) = simulate_plans([plan], workers=1, store=store)
        save(results, folder)
        store.finish()
    return results


def begun(folder, workers=1, blocks=2, **how):
    """A run in a process of its own that is stopped by a signal after some blocks."""
    script = folder.parent / "child.py"
    script.write_text(CHILD, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    child = subprocess.Popen([sys.executable, script, folder, str(workers)], cwd=ROOT, env=environment, **how)
    deadline = time.monotonic() + 120
    while len(blocks_in(folder)) < blocks and child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    return child


@pytest.mark.parametrize("workers", [1, 2])
def test_a_killed_run_goes_on_and_ends_with_the_same_bits(tmp_path, undisturbed, workers):
    folder = tmp_path / "results"
    child = begun(folder, workers, start_new_session=True)
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    there = blocks_in(folder)
    assert len(there) >= 2
    before = {path.name: path.stat().st_mtime_ns for path in there}
    played = []
    results = finish_counting(folder, played)
    same(undisturbed, results)
    same(undisturbed, load(folder))
    assert not (folder / PARTS).exists()
    assert not set(played) & {(name.rsplit("-", 1)[0], int(name[-10:-4])) for name in before}


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes are looked up in /proc")
def test_workers_end_when_the_process_that_started_them_is_killed_alone(tmp_path, undisturbed):
    folder = tmp_path / "results"
    child = begun(folder, workers=2)
    workers = Path(f"/proc/{child.pid}/task/{child.pid}/children").read_text().split()
    child.kill()
    child.wait()
    same(undisturbed, finish(folder))
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

        def noted(self, view, number, block):
            played.append((view.split()[-1], number))
            keep(self, view, number, block)

        patch.setattr(checkpoints.DiskStore, "put", noted)
        return finish(folder)


def test_workers_write_what_they_have_played_themselves(tmp_path, undisturbed, monkeypatch):
    def never(*_):
        raise AssertionError("a block came back to be written here")

    monkeypatch.setattr(checkpoints.DiskStore, "put", never)
    plans = make_plans([CASE], **NUMBERS)
    with open_checkpoints(plans, [tmp_path / "results"]) as store:
        (results,) = simulate_plans(plans, workers=2, store=store)
        same(undisturbed, results)


@pytest.fixture
def half_done(tmp_path, undisturbed):
    """The folder of a run of which some blocks are kept."""
    folder = tmp_path / "half"
    plans = make_plans([CASE], **NUMBERS)
    with pytest.raises(RuntimeError, match="power"), open_checkpoints(plans, [folder]) as store:
        simulate_plans(plans, workers=1, store=store, progress=power_fails(3))
    assert blocks_in(folder)
    return folder


def power_fails(after):
    told = []

    def progress(view, kept, wanted):
        told.append(kept)
        if len(told) == after:
            raise RuntimeError("power")

    return progress


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "of another run"])
def test_a_damaged_block_is_played_again(half_done, undisturbed, damage):
    path = blocks_in(half_done)[1]
    whole = path.read_bytes()
    if damage == "of another run":
        shutil.copy(blocks_in(half_done)[0], path)
        arrays = read_arrays(path, 1_000_000_000)
        arrays["fingerprint"] = np.array("another")
        checkpoints.write_arrays(path, arrays.items())
    else:
        middle = len(whole) // 2
        flipped = whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :]
        path.write_bytes({"cut": whole[:middle], "flipped": flipped, "empty": b""}[damage])
    same(undisturbed, finish(half_done))


def test_a_block_that_was_being_written_is_as_if_it_were_not_there(half_done, undisturbed):
    first = blocks_in(half_done)[0]
    first.rename(first.with_name(f".{first.name}.unfinished"))
    same(undisturbed, finish(half_done))


def test_the_second_writer_is_refused(half_done):
    plan = load_interrupted_plan(half_done)
    with (
        lock_folder(half_done, plan.manifest, anew=False),
        pytest.raises(ResultsError, match="another zopa is writing there; wait for it, or choose another folder"),
        lock_folder(half_done, plan.manifest, anew=False),
    ):
        pass


def test_a_changed_scenario_is_not_resumed(tmp_path):
    case = shutil.copytree(ROOT / "scenarios" / "textbook", tmp_path / "scenarios" / "textbook")
    plans = make_plans([case / "two-towns.yaml"], runs=2000, horizon=5)
    folder = tmp_path / "half"
    with pytest.raises(RuntimeError), open_checkpoints(plans, [folder]) as store:
        simulate_plans(plans, workers=1, store=store, progress=power_fails(1))
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


def test_other_code_plays_everything_again(half_done, undisturbed, monkeypatch):
    monkeypatch.setattr("sim.storage.checkpoints.compute_code_fingerprint", lambda: "other code")
    played = []
    same(undisturbed, finish_counting(half_done, played))
    assert len(played) >= 5


def test_nothing_to_resume_is_said(tmp_path, half_done):
    with pytest.raises(ResultsError, match="there is nothing to resume; the run is whole, or none was begun there"):
        load_interrupted_plan(tmp_path / "nowhere")
    (half_done / PARTS / BEGUN).write_text("{", encoding="utf-8")
    with pytest.raises(ResultsError, match="is damaged; begin again with `zopa run`"):
        load_interrupted_plan(half_done)


def test_a_full_disk_is_said_and_loses_nothing(half_done, undisturbed, monkeypatch):
    before = [path.read_bytes() for path in blocks_in(half_done)]
    with monkeypatch.context() as patch:

        def full(path, arrays, **how):
            raise OSError(28, "No space left on device")

        patch.setattr(checkpoints, "write_arrays", full)
        with pytest.raises(ResultsError, match="results cannot be written there \\(No space left on device\\)"):
            finish(half_done)
    assert [path.read_bytes() for path in blocks_in(half_done)] == before
    same(undisturbed, finish(half_done))


@pytest.mark.skipif(sys.platform == "win32", reason="there are no limits for a process on Windows")
@pytest.mark.parametrize(
    ("limit", "more"),
    [(10_000, False), (60_000, False), (140_000, True)],
    ids=["what is made", "a block", "all columns"],
)
def test_a_disk_that_takes_no_more_is_said_and_the_run_goes_on_later(half_done, undisturbed, limit, more):
    before = {path: path.read_bytes() for path in blocks_in(half_done)}
    done = with_room_for(limit, "--resume", half_done)
    assert done.returncode == 1, done.stderr
    assert "results cannot be written there (File too large); " in done.stderr
    assert "make room, then go on with `zopa run --resume" in done.stderr
    assert "Traceback" not in done.stderr
    assert all(path.read_bytes() == content for path, content in before.items())
    assert (len(blocks_in(half_done)) > len(before)) == more
    assert list((half_done / PARTS).glob(".*")) == []
    same(undisturbed, finish(half_done))


@pytest.mark.skipif(sys.platform == "win32", reason="there are no limits for a process on Windows")
def test_a_disk_that_takes_nothing_is_said_and_nothing_is_left(tmp_path):
    done = with_room_for(60_000, CASE, "--runs", "600", "--horizon", "5", "--out", tmp_path / "outputs")
    assert done.returncode == 1
    assert "results cannot be written there (File too large); choose another folder with `--out`" in done.stderr
    assert list(tmp_path.iterdir()) == []


def with_room_for(limit, *words):
    """`zopa run` in a process that the operating system lets write no file beyond so many bytes."""
    import resource

    def no_more():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    command = [sys.executable, "-m", "sim.cli.app", "run", *words, "--workers", "2", "--no-report", "--quiet"]
    around = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, cwd=ROOT, env=around, preexec_fn=no_more, capture_output=True, text=True, check=False
    )


def test_the_manifest_is_there_from_the_beginning(half_done):
    kept = json.loads((half_done / PARTS / BEGUN).read_bytes())
    assert kept["fingerprint"] == make_plans([CASE], **NUMBERS)[0].manifest.fingerprint


def test_whoever_reads_a_run_that_was_cut_short_is_told_how_to_go_on(half_done):
    with pytest.raises(ResultsError, match="this run was cut short; go on with `zopa run --resume"):
        load(half_done)
