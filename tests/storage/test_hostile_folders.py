"""Hostile folders: what is no file, too large, a bomb or elsewhere is refused at once, and named."""

import os
import stat
import struct
import zipfile

import numpy as np
import pytest

from sim.storage.array_file import open_arrays, read_arrays, write_arrays
from sim.storage.atomic_write import write_file
from sim.storage.bounded_read import UnfitFileError, open_plain, read_json_object
from sim.storage.results_folder import ResultsError, load, save
from tests.storage.test_results_folder import reseal, results

POSIX = pytest.mark.skipif(os.name == "nt", reason="pipes, devices and links are POSIX's")
FILES = ("manifest.json", "runs.npz", "summary.json", "checksums.json")


@POSIX
@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("pipe", "is a pipe or a device, not a file"),
        ("folder", "is a folder, not a file"),
        ("/dev/zero", "is a link that leads out of its folder"),
        ("circle", "cannot be read (Too many levels of symbolic links)"),
    ],
)
def test_what_is_no_file_is_refused(tmp_path, name, kind, what):
    folder = save(results(), tmp_path / "results")
    path = folder / name
    path.unlink()
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(path if kind == "circle" else kind)
    with pytest.raises(ResultsError) as caught:
        load(folder)
    assert f"/{name}: {what}; make the results again" in str(caught.value)


def write_claim(path, shape, filling=b"\0" * 80):
    """A file of one array whose head claims a shape."""
    head = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}".encode().ljust(117) + b"\n"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("some.npy", b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head + filling)


@pytest.mark.parametrize("shape", ["(10**18,)", "(1000000000000000000,)", "(-1,)", "(9,)", "('a',)", "(10, 2)"])
def test_a_head_that_claims_more_than_there_is(tmp_path, shape):
    write_claim(tmp_path / "one.npz", shape)
    with pytest.raises(ValueError, match=r"."):
        read_arrays(tmp_path / "one.npz", 1_000_000)


def test_an_array_that_unpacks_to_more_than_belongs_there(tmp_path):
    write_claim(tmp_path / "one.npz", "(1000000,)", bytes(8_000_000))
    assert (tmp_path / "one.npz").stat().st_size < 20_000
    with (
        pytest.raises(ValueError, match="holds more than belongs there"),
        open_arrays(tmp_path / "one.npz", 1_000_000),
    ):
        pass


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_packed_otherwise(tmp_path, method):
    with zipfile.ZipFile(tmp_path / "one.npz", "w", method) as file:
        file.writestr("some.npy", b"")
    with pytest.raises(ValueError, match="packed in a way that is not ours"):
        read_arrays(tmp_path / "one.npz", 1_000_000)


@pytest.mark.parametrize("kind", ["c16", "f2", "u8", "?", ">f8", "S3", "M8[s]", "i4,f8"])
def test_other_types_than_ours(tmp_path, kind):
    write_arrays(tmp_path / "one.npz", [("some", np.zeros(3, kind))])
    with pytest.raises(ValueError, match="holds neither numbers nor texts"):
        read_arrays(tmp_path / "one.npz", 1_000_000)


def test_a_file_that_is_too_large(tmp_path):
    (tmp_path / "large").write_bytes(bytes(2_000_001))
    with pytest.raises(UnfitFileError, match=r"is too large \(2\.0 MB; at most 1\.0 MB are read\)"):
        open_plain(tmp_path / "large", 1_000_000)


@pytest.mark.parametrize("text", ['{"a": NaN}', '{"a": Infinity}', "[]", "{" * 5000, '{"a": "\\ud800"}'])
def test_json_that_is_none(tmp_path, text):
    (tmp_path / "one.json").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"."):
        read_json_object(tmp_path / "one.json", 1_000_000)


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("runs/load", np.array([np.nan, 0, 0, 0]), "runs/load has a number that is none"),
        ("runs/run", np.array([0, 8, 4, 1]), "runs are not in the order of their numbers"),
        ("runs/run", np.array([0, 4, 9, 1]), "has a run that was never drawn"),
        ("runs/outcome", np.array([0, 1, 2, 0]), "has an outcome that there is not"),
        ("runs/outcome", np.array([0, 0, 1, 0]), "ends otherwise than its last week counts"),
        ("runs/week", np.array([3, 0, 53, 0]), "has a week that was never played"),
        ("drawn", np.array([2, 2]), "has more matching runs than were drawn"),
        ("views", np.array(["dry", "dry"]), "has no source view, or one twice"),
        ("outcomes", np.array(["shared", "won"]), "has other outcomes than the manifest"),
    ],
)
def test_numbers_that_cannot_be(tmp_path, name, value, what):
    folder = save(results(), tmp_path / "results")
    found = read_arrays(folder / "runs.npz", 1_000_000)
    write_arrays(folder / "runs.npz", (found | {name: value}).items())
    reseal(folder)
    with pytest.raises(ResultsError) as caught:
        load(folder)
    assert f"runs.npz: does not hold runs ({what})" in str(caught.value)


@POSIX
def test_a_pipe_is_never_replaced_by_a_file(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="there is something that is no file"), write_file(tmp_path / "pipe") as new:
        new.write_text("a sentence", encoding="utf-8")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    assert [one.name for one in tmp_path.iterdir()] == ["pipe"]
