"""Results folder: what is saved comes back to the bit, and nothing half written or changed is ever read."""

import errno
import hashlib
import json
import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.ensemble.fingerprint import compute_fingerprint, find_library_versions, recompute_fingerprint
from sim.ensemble.manifest import Manifest
from sim.ensemble.results import Results, ViewRuns
from sim.storage import atomic_write, npz_format, results_folder
from sim.storage.array_file import map_arrays, read_arrays, write_arrays
from sim.storage.atomic_write import COMPLETE
from sim.storage.results_folder import (
    ResultsError,
    check_writable,
    choose_folder,
    find_latest,
    find_manifests,
    load,
    save,
)
from tests.architecture.tree import ROOT

AGAIN = "make the results again with `zopa run`, or restore the folder from a copy"
MOST = 1_000_000
FILES = ["manifest.json", "runs.npz", "summary.json", "checksums.json"]
TEXT = {"title": "Two towns – a river", "levers": [1, 2.5, 1e-300, True, None], "outcomes": {"b": 1, "a": 2}}


def make_manifest(seed=7, **changes):
    """A manifest with a digest that fits."""
    views = {"dry": {"hope": 0.1}, "wet": {"hope": 0.3}}
    given = {
        "scenario": "river/flood", "title": "Two towns – a river", "question": "?", "source": "river/flood.yaml",
        "fingerprint": compute_fingerprint(TEXT, views, seed, 52, 3), "text": TEXT, "view_texts": views,
        "authors": {"dry": "Okafor", "wet": ""}, "labels": {"dry": "Dry", "wet": "Wet"},
        "outcomes": {"shared": "Shared", "fight": "Fight"}, "agreements": ("shared",), "seed": seed,
        "horizon_weeks": 52, "run_up_weeks": 4, "runs_asked": 3, "starts": "2030-01-07", "command": "zopa run",
        "versions": find_library_versions(), "made_at": "2030-02-01T09:00:00+00:00", "seconds": 0.1,
    }  # fmt: skip
    return Manifest.model_validate(given | changes)


def table(values, names=("run", "outcome", "week", "load")):
    """One column per name."""
    return dict(zip(names, np.asarray(values, dtype=np.float64), strict=True))


def results(seed=7, **changes):
    """A small ensemble of two source views."""
    weeks = np.array([[0, 3]] * 2 + [[1, 2]] * 50, dtype=np.int64)
    dry_runs = table([[0, 4, 8], [0, 1, 1], [3, 0, 0], [1.5, -2.0, 0.1]])
    dry = ViewRuns("dry", 9, dry_runs, weeks, {"hope": (0.1, 0.2, 1 / 3)})
    wet = ViewRuns("wet", 2, table([[1], [0], [0], [-0.0]]), np.array([[1, 0]] * 52, dtype=np.int64), {})
    return Results(make_manifest(seed, **changes), {"dry": dry, "wet": wet})


def same(left, right):
    """True if two ensembles are equal to the bit, in the order of views and columns too."""
    bits = [(value.manifest, [(key, _bits(view)) for key, view in value.views.items()]) for value in (left, right)]
    return bits[0] == bits[1]


def _bits(view):
    columns = [(name, column.dtype.str, column.tobytes()) for name, column in view.columns.items()]
    weeks = (view.by_week.shape, view.by_week.dtype.str, view.by_week.tobytes())
    spread = [(name, np.array(values).tobytes()) for name, values in view.opening.items()]
    return view.name, view.n_drawn, columns, weeks, spread


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with results, named from the working folder in messages."""
    monkeypatch.chdir(tmp_path)
    return save(results(), choose_folder(make_manifest(), tmp_path), {"shared": 0.5})


def expect_error(work, *words):
    """The message of a ResultsError."""
    with pytest.raises(ResultsError) as caught:
        work(*words)
    return str(caught.value)


def list_hidden(folder):
    """What a save left in the folder and beside it."""
    places = [folder.parent, folder] if folder.is_dir() else [folder.parent]
    return [path.name for place in places for path in place.iterdir() if path.name.startswith(".")]


def reseal(folder):
    """Checksums that fit whatever the files hold now."""
    sums = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES[:3]}
    (folder / "checksums.json").write_text(json.dumps(sums), encoding="utf-8")


# --- there and back ------------------------------------------------------------------------------------

floats = st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=True, width=64)
names = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=8).filter(
    lambda name: name not in ("view", "run", "outcome", "week")
)


@st.composite
def ensembles(draw):
    """Any ensemble: one to three views, any number of runs that was asked for, any numbers that are numbers."""
    own = draw(st.lists(names, unique=True, max_size=4))
    views = {}
    for key in draw(st.lists(names, unique=True, min_size=1, max_size=3)):
        rows, drawn = draw(st.integers(0, 3)), draw(st.integers(3, 2**53))
        outcome = draw(arrays(np.float64, rows, elements=st.sampled_from([0.0, 1.0])))
        last = np.bincount(outcome.astype(int), minlength=2)
        columns = {
            "run": np.sort(draw(arrays(np.float64, rows, elements=st.integers(0, drawn - 1), unique=True))),
            "outcome": outcome,
            "week": draw(arrays(np.float64, rows, elements=st.integers(0, 52))),
        } | {name: draw(arrays(np.float64, rows, elements=floats)) for name in own}
        weeks = np.array([[rows, 0]] * 51 + [last], dtype=np.int64)
        spread = st.lists(floats, min_size=3, max_size=3).map(lambda three: tuple(sorted(three)))
        views[key] = ViewRuns(key, drawn, columns, weeks, draw(st.dictionaries(names, spread, max_size=2)))
    texts: dict[str, dict] = {key: {} for key in views}
    called = {"authors": dict.fromkeys(views, ""), "labels": dict.fromkeys(views, "?")}
    return Results(
        make_manifest(view_texts=texts, fingerprint=compute_fingerprint(TEXT, texts, 7, 52, 3), **called), views
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ensembles())
def test_any_ensemble_comes_back_to_the_bit(tmp_path, ensemble):
    assert same(load(save(ensemble, tmp_path / ensemble.manifest.fingerprint)), ensemble)


def test_the_files_are_equal_if_the_results_are(tmp_path):
    one, two = (save(results(), tmp_path / name) for name in ("one", "two"))
    for name in FILES:
        assert (one / name).read_bytes() == (two / name).read_bytes()


def test_anybody_can_read_the_runs(folder):
    with np.load(folder / "runs.npz", allow_pickle=False) as runs:
        views = runs["views"][runs["runs/view"].astype(int)]
        ends = runs["outcomes"][runs["runs/outcome"].astype(int)]
        assert views.tolist() == ["dry", "dry", "dry", "wet"]
        assert ends.tolist() == ["shared", "fight", "fight", "shared"]
        assert runs["by_week/wet"].shape == (52, 2)
    assert json.loads((folder / "summary.json").read_text(encoding="utf-8")) == {"shared": 0.5}


def test_columns_take_no_more_room_than_their_numbers_need(folder):
    with np.load(folder / "runs.npz", allow_pickle=False) as runs:
        assert {name: runs[f"runs/{name}"].dtype.str[1:] for name in ("view", "run", "outcome", "load")} == {
            "view": "i1", "run": "i1", "outcome": "i1", "load": "f8",
        }  # fmt: skip


def test_results_that_hold_float64_throughout_are_read_as_before(folder):
    found = read_arrays(folder / "runs.npz", MOST)
    wide = {name: array.astype(np.float64) if name.startswith("runs/") else array for name, array in found.items()}
    write_arrays(folder / "runs.npz", wide.items())
    reseal(folder)
    assert same(load(folder), results())


def test_columns_of_very_many_runs_are_made_when_they_are_asked_for(folder, monkeypatch):
    monkeypatch.setattr(npz_format, "MANY", 1)
    found = load(folder)
    assert not isinstance(found.views["dry"].columns, dict)
    assert same(found, results())
    assert same(load(save(found, folder.with_name("again"))), results())


HARD = np.frombuffer(hashlib.shake_128(b"hard").digest(80_000), dtype=np.uint64) / 2.0**64


@pytest.mark.parametrize("compress", [True, False])
@pytest.mark.parametrize("values", [np.zeros(10_000), HARD, np.zeros((0, 3))])
def test_arrays_come_back_with_compression_and_without(tmp_path, values, compress):
    path, order = tmp_path / "some.npz", np.arange(3, dtype=np.int8)
    write_arrays(path, [("some", values), ("order", order)], compress=compress)
    for found in (read_arrays(path, MOST),) if compress else (read_arrays(path, MOST), map_arrays(path, MOST)[0]):
        assert list(found) == ["some", "order"]
        assert found["some"].shape == values.shape
        assert np.array_equal(found["some"], values)
        assert found["order"].tobytes() == order.tobytes()
    assert path.stat().st_size < 1.01 * values.nbytes + 1000


def test_a_summary_may_hold_what_numpy_counts(tmp_path):
    summary = {"n": np.int64(3), "share": np.float64(0.1), "none": float("nan"), "low": np.array([1.0, 2.0])}
    text = (save(results(), tmp_path / "results", summary) / "summary.json").read_text(encoding="utf-8")
    assert json.loads(text) == {"n": 3, "share": 0.1, "none": None, "low": [1.0, 2.0]}


def test_interrupted_results_may_lack_a_view(tmp_path):
    dry = results(complete=False)
    fewer = Results(dry.manifest, {"wet": dry.views["wet"]})
    assert same(load(save(fewer, tmp_path / "results")), fewer)


def test_views_with_other_columns_are_a_mistake_of_ours(tmp_path):
    odd = results()
    del odd.views["wet"].columns["week"]
    with pytest.raises(ValueError, match="the same columns"):
        save(odd, tmp_path / "results")


# --- whole or not at all -------------------------------------------------------------------------------


@pytest.mark.parametrize("failing", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_save_that_breaks_off_leaves_the_old_results_or_the_new_ones(folder, monkeypatch, failing, error):
    true, calls = os.replace, []

    def break_off(old, new):
        calls.append(new)
        if len(calls) == failing:
            raise error
        true(old, new)

    with monkeypatch.context() as broken:
        broken.setattr(atomic_write.os, "replace", break_off)
        with pytest.raises((ResultsError, KeyboardInterrupt)):
            save(results(seconds=9.0), folder)
    assert load(folder).manifest.seconds == (0.1 if failing == 1 else 9.0)
    assert list_hidden(folder) == []


@pytest.mark.parametrize("step", ["write_arrays", "_compute_sha256", "encode_json", "write_folder"])
def test_a_write_that_breaks_off_leaves_the_old_results(folder, monkeypatch, step):
    def break_off(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(results_folder, step, break_off)
        with pytest.raises((ResultsError, OSError)):
            save(results(seconds=9.0), folder)
    assert load(folder).manifest.seconds == 0.1
    assert list_hidden(folder) == []


SAVING = """
import sys
from itertools import count
from pathlib import Path
from sim.storage.results_folder import save
from tests.storage.test_results_folder import results

for number in count(1):
    save(results(seconds=float(number)), Path(sys.argv[1]))
    print(number, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
@pytest.mark.parametrize("parts", [True, False], ids=["during a run", "by itself"])
def test_whoever_is_killed_while_saving_leaves_whole_results(folder, parts):
    if parts:
        (folder / "parts").mkdir()
    for kill in range(4):
        child = subprocess.Popen([sys.executable, "-c", SAVING, folder], cwd=ROOT, stdout=subprocess.PIPE)
        child.stdout.readline()
        time.sleep(0.007 * kill)
        child.kill()
        done = 1 + child.stdout.read().count(b"\n")
        child.wait()
        found = load(folder)
        assert found.manifest.seconds in (done, done + 1)
        assert same(found, results(seconds=found.manifest.seconds))
        assert not (folder / COMPLETE).exists()


@pytest.mark.parametrize("moved", [0, 1, 3, 4])
@pytest.mark.parametrize("opened", [load, save, find_latest])
def test_the_machine_stops_while_files_move_into_their_places(folder, moved, opened):
    new = save(results(seconds=9.0), folder.with_name("new"))
    for name in FILES[:moved]:
        (new / name).replace(folder / name)
    new.rename(folder / COMPLETE)
    if opened is save:
        save(results(seconds=8.0), folder)
    elif opened is find_latest:
        assert find_latest("river", folder.parents[2]) == folder
        assert list_hidden(folder) == []
    assert load(folder).manifest.seconds == (8.0 if opened is save else 9.0)
    assert list_hidden(folder) == []


def test_two_processes_move_files_into_their_places_at_the_same_time(folder, monkeypatch):
    save(results(seconds=9.0), folder.with_name("new")).rename(folder / COMPLETE)
    true = os.replace

    def move_slowly(old, new):
        with monkeypatch.context() as other:
            other.setattr(atomic_write.os, "replace", true)
            atomic_write.complete_folder(folder)
        true(old, new)

    monkeypatch.setattr(atomic_write.os, "replace", move_slowly)
    assert load(folder).manifest.seconds == 9.0


def test_another_save_under_way_is_left_alone(folder):
    other = folder.with_name(f".{folder.name}.1-1.unfinished")
    other.mkdir()
    save(results(), folder)
    assert other.exists()


def test_replacing_drops_the_page_of_older_results_and_keeps_notes(folder):
    for name in ("report.html", "report.de.html"):
        (folder / name).write_text("old", encoding="utf-8")
    (folder / "notes.md").write_text("ask about week 12", encoding="utf-8")
    save(results(seconds=9.0), folder)
    assert sorted(path.name for path in folder.iterdir()) == sorted([*FILES, "notes.md"])
    assert load(folder).manifest.seconds == 9.0


def test_damaged_results_can_be_made_again(folder):
    (folder / "manifest.json").write_text("{", encoding="utf-8")
    assert same(load(save(results(), folder)), results())


def test_an_empty_folder_is_filled(tmp_path):
    (tmp_path / "results").mkdir()
    assert same(load(save(results(), tmp_path / "results")), results())


def test_permissions_are_the_usual_ones(folder):
    usual = folder.parent.stat().st_mode
    assert folder.stat().st_mode == usual


# --- what is refused -----------------------------------------------------------------------------------


def test_no_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    expected = "gone: there is no such folder of results; `zopa run` makes one"
    assert expect_error(load, tmp_path / "gone") == expected


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_missing(folder, name):
    (folder / name).unlink()
    assert expect_error(load, folder) == f"river/flood/{folder.name}/{name}: is missing; {AGAIN}"


@pytest.mark.parametrize("name", FILES[:3])
def test_a_changed_byte(folder, name):
    data = bytearray((folder / name).read_bytes())
    place = data.index(b"Shared") if name == "manifest.json" else data.index(b"0.5") if b"0.5" in data else 99
    data[place] ^= 1
    (folder / name).write_bytes(data)
    assert expect_error(load, folder) == f"river/flood/{folder.name}/{name}: has changed since it was written; {AGAIN}"


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("share", [0, 0.5, 0.99])
def test_a_truncated_file(folder, name, share):
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(data[: int((len(data) - 2) * share)])
    what = "has changed since it was written" if name in ("runs.npz", "summary.json") else "is damaged"
    assert expect_error(load, folder) == f"river/flood/{folder.name}/{name}: {what}; {AGAIN}"


@pytest.mark.parametrize("text", ["[]", "1", '"\\ud800', "[" * 100_000, "\xff"])
def test_a_manifest_that_is_something_else(folder, text):
    (folder / "manifest.json").write_text(text, encoding="latin-1")
    assert expect_error(load, folder) == f"river/flood/{folder.name}/manifest.json: is damaged; {AGAIN}"


def test_a_manifest_without_its_fields(folder):
    (folder / "manifest.json").write_text("{}", encoding="utf-8")
    reseal(folder)
    assert expect_error(load, folder) == (
        f"river/flood/{folder.name}/manifest.json: is not a manifest of results (scenario: Field required); {AGAIN}"
    )


def test_a_digest_that_does_not_fit(folder):
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    (folder / "manifest.json").write_text(text.replace('"seed": 7', '"seed": 8'), encoding="utf-8")
    reseal(folder)
    assert expect_error(load, folder) == (
        f"river/flood/{folder.name}/manifest.json:"
        f" does not fit its fingerprint: scenario, views, seed or runs were changed; {AGAIN}"
    )


def test_a_newer_form(folder):
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    newer = text.replace('"schema_version": 2', '"schema_version": 3, "unheard_of": 1')
    (folder / "manifest.json").write_text(newer, encoding="utf-8")
    assert expect_error(load, folder) == (
        f"river/flood/{folder.name}/manifest.json: a newer zopa made these results"
        " (form 3; this one reads up to 2); update zopa to read them"
    )


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip" * 99])
def test_runs_that_are_something_else(folder, content):
    (folder / "runs.npz").write_bytes(content)
    reseal(folder)
    assert expect_error(load, folder) == f"river/flood/{folder.name}/runs.npz: does not hold runs; {AGAIN}"


def test_runs_that_would_execute_something(folder):
    np.savez(folder / "runs.npz", views=np.array([threading.Event, None], dtype=object))
    reseal(folder)
    assert expect_error(load, folder) == (
        f"river/flood/{folder.name}/runs.npz: does not hold runs (views.npy holds neither numbers nor texts); {AGAIN}"
    )


LOST = {
    "views": "",
    "drawn": " (has more or fewer arrays than it should)",
    "runs/view": " (lacks a column that all results have)",
    "by_week/dry": "",
    "opening/dry": "",
    "opening_of/dry": "",
}


@pytest.mark.parametrize("lost", LOST)
def test_runs_without_one_of_their_arrays(folder, lost):
    found = read_arrays(folder / "runs.npz", MOST)
    del found[lost]
    write_arrays(folder / "runs.npz", found.items())
    reseal(folder)
    assert expect_error(load, folder) == f"river/flood/{folder.name}/runs.npz: does not hold runs{LOST[lost]}; {AGAIN}"


def test_a_folder_with_something_else_is_left_alone(folder):
    strange = folder.with_name("diary")
    strange.mkdir()
    (strange / "day-1.txt").write_text("rain", encoding="utf-8")
    other = results(seed=8)
    for place in (strange, folder, strange / "day-1.txt"):
        name = place.relative_to(folder.parents[2]).as_posix()
        assert expect_error(save, other, place) == (
            f"{name}: holds something else, which is left as it is; choose another folder with `out=`"
        )
    assert (strange / "day-1.txt").read_text(encoding="utf-8") == "rain"
    assert same(load(folder), results())
    assert list_hidden(folder) == []


# --- where results are kept ----------------------------------------------------------------------------


def test_a_folder_is_named_by_scenario_date_and_digest(tmp_path):
    manifest = make_manifest()
    assert choose_folder(manifest, tmp_path) == tmp_path / "river" / "flood" / f"2030-02-01-{manifest.fingerprint[:8]}"
    outside = make_manifest(scenario="../../etc")
    assert choose_folder(outside, tmp_path).parent == tmp_path / "etc"


def test_the_newest_folder_is_found(tmp_path):
    for seed, when in [(1, "2030-02-03T10:00"), (2, "2030-02-03T09:00"), (3, "2029-12-31T23:00")]:
        found = results(seed, made_at=when)
        save(found, choose_folder(found.manifest, tmp_path))
    dry = results(4, made_at="2030-02-02T08:00", scenario="river/drought")
    save(dry, choose_folder(dry.manifest, tmp_path))
    assert load(find_latest("river", tmp_path)).manifest.seed == 1
    assert load(find_latest("river/flood", tmp_path)).manifest.seed == 1
    assert load(find_latest("river/drought", tmp_path)).manifest.seed == 4


def test_no_results_of_a_case(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "outputs" / "river" / "2030-01-01-00000000").mkdir(parents=True)
    expected = "outputs/{0}: there are no results of '{0}'; make some with `zopa run {0}`"
    for case in ("river", "lake"):
        assert expect_error(find_latest, case, tmp_path / "outputs") == expected.format(case)


def test_a_folder_that_can_be_written_is_left_as_it_was(tmp_path):
    check_writable(tmp_path)
    check_writable(tmp_path / "new" / "folder")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_below_a_file_cannot_be_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("", encoding="utf-8")
    expected = "file/out: results cannot be written there (Not a directory); choose another folder with `out=`"
    assert expect_error(check_writable, tmp_path / "file" / "out") == expected
    below = expect_error(save, results(), tmp_path / "file" / "out" / "results")
    assert below == expected.replace("file/out", "file/out/results")


def test_results_that_cannot_be_written_point_to_the_blocks_on_disk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    kept = tmp_path / "out" / "results"
    (kept / "parts").mkdir(parents=True)
    (kept / "parts" / "base-000000.npz").write_bytes(b"")

    def fill_disk(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(results_folder, "write_arrays", fill_disk)
    told = "what is finished is kept: make room, then go on with"
    assert expect_error(save, results(), kept) == (
        f"out/results: results cannot be written there (No space left on device); {told} `resume('{kept}')`"
    )
    assert (kept / "parts" / "base-000000.npz").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to root")
def test_a_folder_that_is_closed_cannot_be_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    expected = "closed: results cannot be written there (Permission denied); choose another folder with `out=`"
    assert expect_error(check_writable, closed) == expected


# --- digest and versions -------------------------------------------------------------------------------


def test_the_digest_stands_for_the_inputs():
    views = {"a": {"x": 1.0}, "b": {}}
    base = compute_fingerprint(TEXT, views, 7, 52, 3)
    assert re.fullmatch("[0-9a-f]{64}", base)
    assert compute_fingerprint(TEXT, dict(reversed(views.items())), 7, 52, 3) == base
    turned = TEXT | {"outcomes": {"a": 2, "b": 1}}
    others = [(TEXT, {"a": {"x": 1.1}, "b": {}}, 7, 52, 3), (turned, views, 7, 52, 3)]
    others += [(TEXT, views, 8, 52, 3), (TEXT, views, 7, 53, 3), (TEXT, views, 7, 52, 4)]
    assert len({base, *(compute_fingerprint(*inputs) for inputs in others)}) == 6


def test_the_digest_does_not_depend_on_when_and_how():
    assert (
        recompute_fingerprint(make_manifest(made_at="2031-01-01", command="other", versions={}))
        == make_manifest().fingerprint
    )


def test_versions_are_found_without_an_import():
    found = find_library_versions()
    assert [name for name in found if name != "llvmlite"] == ["python", "numpy", "scipy", "mesa"]
    assert found["numpy"] == np.__version__


def test_folders_that_vanish_while_results_are_looked_for_have_none(tmp_path, monkeypatch):
    for name in ("gone", "here"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").touch()
    scan = os.scandir

    def lose(path):
        if Path(path).name == "gone":
            raise FileNotFoundError(path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", lose)
    assert find_manifests(tmp_path) == [tmp_path / "here" / "manifest.json"]
