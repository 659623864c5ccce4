"""Results folders: one file made hostile, its checksums made to fit in most trials, then read."""

import hashlib
import io
import json
import os
import shutil
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from sim.ensemble.fingerprint import recompute_fingerprint
from sim.ensemble.manifest import Manifest
from sim.workflows.run_scenario import run
from tests.fuzz.draws import Draws
from tests.fuzz.trial import Ending, Trial, attempt
from tests.fuzz.values import HOSTILE, list_places, replace_at

CASES = ("textbook/two-towns", "alaska-budapest")
SEALED = ("manifest.json", "runs.npz", "summary.json")
CACHES = ("weekly_series.npz", "sweeps.json")
JSON_FILES = ("manifest.json", "manifest.json", "checksums.json", "summary.json", "sweeps.json")
ARRAY_FILES = ("runs.npz", "runs.npz", "weekly_series.npz")


@cache
def make_base(home: Path, case: str) -> Path:
    """A small folder of results as it should be, with all its caches."""
    found = run(case, runs=24, horizon=6, out=home / "base", workers=1, sweeps=case.startswith("textbook"), seed=3)
    assert found.folder is not None
    (found.folder / "report.html").unlink()
    return found.folder


def try_one(seed: int, number: int, home: Path) -> tuple[Trial, Ending]:
    """Make a hostile folder and have it read."""
    draws = Draws(seed, "results", number)
    base = make_base(home, draws.pick(CASES))
    folder = home / f"results-{number}" / "hostile"
    shutil.rmtree(folder.parent, ignore_errors=True)
    shutil.copytree(base, folder)
    about = draws.pick(KINDS)(draws, folder)
    words = draws.pick(READERS)
    trial = Trial(folder, words, about)
    ending = attempt([word.replace("FOLDER", "hostile") for word in words], folder.parent)
    possible = about.startswith(POSSIBLE) and about.endswith(", sealed")
    if ending.verdict == "fine" and not possible and _digest(words, folder, ending) != _read_base(home, base, words):
        ending = replace(ending, verdict="accepted")
    return trial, ending


POSSIBLE = ("manifest.json precision (top) = '0.5'",)
"""Sealed again, they say how other results could have been made that have the same runs: no reader can tell."""

READERS = (
    ("export", "FOLDER", "--to", "tables", "--what", "runs,weeks,issues"),
    ("export", "FOLDER", "--to", "tables", "--what", "weekly_series", "--runs", "2"),
    ("replay", "FOLDER", "0", "--json"),
    ("report", "FOLDER", "--out", "page.html", "--workers", "1"),
)


@cache
def _read_base(home: Path, base: Path, words: tuple[str, ...]) -> str:
    folder = home / "unharmed" / base.parent.name / words[0] / words[-1] / "hostile"
    shutil.copytree(base, folder)
    ending = attempt([word.replace("FOLDER", "hostile") for word in words], folder.parent)
    assert ending.verdict == "fine", ending
    return _digest(words, folder, ending)


def _digest(words: tuple[str, ...], folder: Path, ending: Ending) -> str:
    """What a reader got to see; how the results were made (command, times, versions) may be said otherwise."""
    found = hashlib.sha256(ending.output.encode() if words[0] == "replay" else b"")
    for name in ("tables/runs.csv", "tables/weeks.csv", "tables/issues.csv", "tables/weekly_series.csv"):
        if (path := folder.parent / name).exists():
            found.update(path.read_bytes())
    if words[0] == "report":
        text = (folder.parent / "page.html").read_text(encoding="utf-8")
        found.update("".join(part.split("</script>")[0] for part in text.split("Plotly.newPlot(")[1:]).encode())
    return found.hexdigest()


# --- what is done to a folder ---------------------------------------------------------------------------


def _harm_bytes(draws: Draws, folder: Path) -> str:
    path = folder / draws.pick([*SEALED, "checksums.json", *CACHES])
    if not path.exists():
        path = folder / "runs.npz"
    data = bytearray(path.read_bytes())
    kind = draws.pick(("cut", "flip", "flip", "empty", "append", "zeros", "swap", "gone", "insert"))
    if kind == "cut":
        data = data[: draws.below(len(data))]
    elif kind == "flip":
        for _ in range(1 + draws.below(4)):
            data[draws.below(len(data))] ^= 1 << draws.below(8)
    elif kind == "empty":
        data = bytearray()
    elif kind == "append":
        data += b"\0" * 100 if draws.once_in(2) else b"PK\x05\x06" + b"\0" * 18
    elif kind == "zeros":
        data = bytearray(len(data))
    elif kind == "swap":
        data = bytearray((folder / draws.pick(SEALED)).read_bytes())
    elif kind == "insert":
        at = draws.below(len(data))
        data[at:at] = bytes(draws.below(256) for _ in range(8))
    path.unlink()
    if kind != "gone":
        path.write_bytes(data)
    return f"{kind} {path.name}" + _seal_or_not(draws, folder)


def _harm_kind_of_file(draws: Draws, folder: Path) -> str:
    path = folder / draws.pick([*SEALED, "checksums.json", *CACHES, "parts", ".complete"])
    if path.name in CACHES and not path.exists():  # its being there would ask for it
        path = folder / "runs.npz"
    kind = draws.pick(("fifo", "folder", "loop", "zero", "out", "gone link", "full", "random"))
    if path.exists():
        (folder.parent / "aside").mkdir(exist_ok=True)
        path.rename(folder.parent / "aside" / path.name)
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        (path / "inside").mkdir(parents=True)
    else:
        to = {
            "loop": path,
            "zero": Path("/dev/zero"),
            "full": Path("/dev/full"),
            "random": Path("/dev/urandom"),
            "out": folder.parent / "aside" / path.name,
            "gone link": folder / "nowhere",
        }[kind]
        path.symlink_to(to)
    return f"{path.name} is a {kind}"


def _harm_json(draws: Draws, folder: Path) -> str:
    path = folder / draws.pick(JSON_FILES)
    if not path.exists():
        path = folder / "manifest.json"
    data = json.loads(path.read_bytes())
    place = draws.pick(list_places(data))
    value = draws.pick(HOSTILE)
    data, about = replace_at(data, place, value, draws)
    path.write_text(json.dumps(data), encoding="utf-8", errors="surrogatepass")
    return f"{path.name} {about}" + _seal_or_not(draws, folder)


def _harm_manifest_head(draws: Draws, folder: Path) -> str:
    """The fields that are not the scenario's own text, which is most of the file."""
    path = folder / "manifest.json"
    data = json.loads(path.read_bytes())
    name = draws.pick(sorted(set(data) - {"text", "run_up_text"}))
    value = draws.pick(HOSTILE)
    inner = [place for place in list_places(data[name]) if len(place) < 3]
    data[name], about = replace_at(data[name], draws.pick(inner), value, draws)
    path.write_text(json.dumps(data), encoding="utf-8", errors="surrogatepass")
    return f"manifest.json {name} {about}" + _seal_or_not(draws, folder)


def _harm_arrays(draws: Draws, folder: Path) -> str:
    path = folder / draws.pick(ARRAY_FILES)
    with np.load(path, allow_pickle=False) as file:
        arrays = dict(file)
    name = draws.pick(sorted(arrays))
    about = draws.pick(ARRAY_HARMS)(draws, arrays, name)
    _write_arrays(path, arrays)
    return f"{path.name} {name}: {about}" + _seal_or_not(draws, folder)


def _retype(draws: Draws, arrays: dict[str, Any], name: str) -> str:
    kind = draws.pick(("object", "<U9", "complex128", "f2", "u8", "bool", ">f8", "S3", "datetime64[s]", "structured"))
    found = np.zeros(arrays[name].shape, "i4,f8") if kind == "structured" else _cast(arrays[name], kind)
    arrays[name] = found
    return f"type {kind}"


def _cast(array: Any, kind: str) -> Any:
    try:
        return array.astype(kind)
    except (ValueError, TypeError):
        return np.zeros(array.shape, kind)


def _reshape(draws: Draws, arrays: dict[str, Any], name: str) -> str:
    array = arrays[name]
    kind = draws.pick(("row less", "row more", "transposed", "one more axis", "no axis", "empty", "doubled"))
    arrays[name] = {
        "row less": lambda: array[:-1] if array.ndim else array,
        "row more": lambda: np.concatenate([array, array[-1:]]) if array.ndim else array[None],
        "transposed": lambda: np.ascontiguousarray(array.T) if array.ndim > 1 else array[::-1].copy(),
        "one more axis": lambda: array[None],
        "no axis": lambda: array.ravel()[:1].reshape(()) if array.size else array,
        "empty": lambda: array[:0] if array.ndim else array,
        "doubled": lambda: np.concatenate([array, array]) if array.ndim else array,
    }[kind]()
    return f"shape {kind}"


def _revalue(draws: Draws, arrays: dict[str, Any], name: str) -> str:
    array = arrays[name]
    if array.dtype.kind == "U":
        text = draws.pick(("", "\x1b[2J", "other", "a" * 10_000, "../../x", "\u202e", "a/b"))
        arrays[name] = np.where(np.arange(max(array.size, 1)).reshape(array.shape or ()) == 0, text, array)
        return f"text {text[:9]!r}"
    own = (-1.0, 0.5, 2.0**33) if not any(word in name for word in FREE) and "runs/" in name else ()
    value = draws.pick((float("nan"), float("inf"), -float("inf"), 1e300, 2.0**63, *own))
    wide = array.astype(np.float64)
    if wide.size:
        wide.reshape(-1)[draws.below(wide.size)] = value
    fits = abs(value) < 2.0**33 and value == int(value) and np.array_equal(wide, wide.astype(array.dtype))
    arrays[name] = wide.astype(array.dtype) if fits else wide
    return f"value {value}"


def _drop(draws: Draws, arrays: dict[str, Any], name: str) -> str:
    kept = arrays.pop(name)
    kind = draws.pick(("gone", "renamed", "twice as many"))
    if kind == "renamed":
        arrays[draws.pick((f"{name}x", "runs/", "/etc/passwd", "../../up", "by_week", "runs/=1+1", "x" * 60_000))] = (
            kept
        )
    elif kind == "twice as many":
        arrays.update({name: kept} | {f"runs/more-{number}": kept for number in range(len(arrays))})
    return kind


FREE = (
    "reservation",
    "resilience",
    "aid",
    "stress",
    "hardening",
    "flow_cost",
    "balance",
    "truce_left",
    "zone",
    "threats_believed",
)
"""Columns in which almost any number may stand."""

ARRAY_HARMS: tuple[Callable[[Draws, dict[str, Any], str], str], ...] = (_retype, _reshape, _revalue, _revalue, _drop)


def _write_arrays(path: Path, arrays: dict[str, Any], method: int = zipfile.ZIP_DEFLATED) -> None:
    with zipfile.ZipFile(path, "w", method) as file:
        for name, array in arrays.items():
            member = io.BytesIO()
            np.lib.format.write_array(member, np.asanyarray(array), allow_pickle=True)
            file.writestr(f"{name}.npy", member.getvalue())


def _harm_zip(draws: Draws, folder: Path) -> str:
    path = folder / draws.pick(ARRAY_FILES)
    with np.load(path, allow_pickle=False) as file:
        arrays = dict(file)
    name = draws.pick(sorted(arrays))
    kind = draws.pick(tuple(ZIP_HARMS))
    ZIP_HARMS[kind](path, arrays, name)
    return f"{path.name} {kind}" + _seal_or_not(draws, folder)


def _claim_size(path: Path, arrays: dict[str, Any], name: str, shape: str) -> None:
    """A header that claims more than there is."""
    _write_arrays(path, {key: array for key, array in arrays.items() if key != name})
    head = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}".encode().ljust(117) + b"\n"
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr(f"{name}.npy", b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head + b"\0" * 80)


def _bomb(path: Path, arrays: dict[str, Any], name: str) -> None:
    """Two gigabytes of zeros in two megabytes."""
    _write_arrays(path, {key: array for key, array in arrays.items() if key != name})
    head = b"{'descr': '<f8', 'fortran_order': False, 'shape': (250000000,), }".ljust(117) + b"\n"
    file = zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1)
    with file, file.open(f"{name}.npy", "w", force_zip64=True) as member:
        member.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head)
        block = bytes(1 << 24)
        for _ in range(119):
            member.write(block)
        member.write(bytes(250_000_000 * 8 - 119 * (1 << 24)))


def _patch(path: Path, old: bytes, new: bytes) -> None:
    data = path.read_bytes()
    at = data.rfind(old)
    path.write_bytes(data[:at] + new + data[at + len(new) :] if at >= 0 else data + new)


def _encrypt(path: Path, arrays: dict[str, Any], name: str) -> None:
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)


def _other_method(path: Path, arrays: dict[str, Any], name: str) -> None:
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    data[at + 10] = 99
    path.write_bytes(data)


def _add_twice(path: Path, arrays: dict[str, Any], name: str) -> None:
    with zipfile.ZipFile(path, "a") as file, np.errstate(all="ignore"):
        member = io.BytesIO()
        np.lib.format.write_array(member, np.zeros(arrays[name].shape), allow_pickle=False)
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            file.writestr(f"{name}.npy", member.getvalue())


def _many_members(path: Path, arrays: dict[str, Any], name: str) -> None:
    with zipfile.ZipFile(path, "a") as file:
        for number in range(30_000):
            file.writestr(f"{number}.npy", b"")


ZIP_HARMS: dict[str, Callable[[Path, dict[str, Any], str], None]] = {
    "lzma": lambda path, arrays, name: _write_arrays(path, arrays, zipfile.ZIP_LZMA),
    "bzip2": lambda path, arrays, name: _write_arrays(path, arrays, zipfile.ZIP_BZIP2),
    "stored": lambda path, arrays, name: _write_arrays(path, arrays, zipfile.ZIP_STORED),
    "claims 8 EB": lambda path, arrays, name: _claim_size(path, arrays, name, "(1000000000000000000,)"),
    "claims 3 GB": lambda path, arrays, name: _claim_size(path, arrays, name, "(400000000,)"),
    "claims less than none": lambda path, arrays, name: _claim_size(path, arrays, name, "(-1,)"),
    "claims odd": lambda path, arrays, name: _claim_size(path, arrays, name, "('a', None)"),
    "claims code": lambda path, arrays, name: _claim_size(path, arrays, name, "__import__('os')"),
    "bomb": _bomb,
    "encrypted": _encrypt,
    "unknown method": _other_method,
    "twice": _add_twice,
    "many": _many_members,
    "no directory": lambda path, arrays, name: _patch(path, b"PK\x05\x06", b"PK\x05\x07"),
    "directory of 4 GB": lambda path, arrays, name: _patch(
        path, b"PK\x05\x06", b"PK\x05\x06\0\0\0\0\1\0\1\0\xf0\xff\xff\xff"
    ),
}


def _harm_several(draws: Draws, folder: Path) -> str:
    """The folder itself: nothing in it, a file in its place, or strangers beside the results."""
    kind = draws.pick(("empty", "file", "fifo", "strangers", "loop", "zip in it", "parts left", "long name"))
    if kind in ("empty", "file", "fifo", "loop"):
        shutil.rmtree(folder)
    if kind == "empty":
        folder.mkdir()
    elif kind == "file":
        folder.write_text("no folder", encoding="utf-8")
    elif kind == "fifo":
        os.mkfifo(folder)
    elif kind == "loop":
        folder.symlink_to(folder)
    elif kind == "strangers":
        (folder / "notes.md").write_text("ask about week 12", encoding="utf-8")
    elif kind == "zip in it":
        shutil.copy(folder / "runs.npz", folder / "again.zip")
    elif kind == "parts left":
        (folder / "parts").mkdir()
        (folder / "parts" / "begun.json").write_text("{", encoding="utf-8")
    elif kind == "long name":
        (folder / ("n" * 250)).write_text("", encoding="utf-8")
    return f"folder: {kind}"


KINDS: tuple[Callable[[Draws, Path], str], ...] = (
    _harm_bytes,
    _harm_kind_of_file,
    _harm_json,
    _harm_manifest_head,
    _harm_manifest_head,
    _harm_arrays,
    _harm_arrays,
    _harm_arrays,
    _harm_zip,
    _harm_zip,
    _harm_several,
)


def _seal_or_not(draws: Draws, folder: Path) -> str:
    """Make fingerprint and checksums fit, four times in five."""
    if draws.once_in(5):
        return ""
    try:
        path = folder / "manifest.json"
        data = json.loads(path.read_bytes())
        known = Manifest.model_validate(data)
        data["fingerprint"] = recompute_fingerprint(known)
        if data["fingerprint"] != known.fingerprint:
            path.write_text(json.dumps(data), encoding="utf-8")
    except (ValueError, TypeError, OSError, RecursionError):
        pass
    sums = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in SEALED if (folder / name).exists()
    }
    if not (folder / "checksums.json").exists() or (folder / "checksums.json").stat().st_size > 9:
        (folder / "checksums.json").write_text(json.dumps(sums), encoding="utf-8")
    return ", sealed"
