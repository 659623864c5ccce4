"""Scenario files and source views: plain data made hostile at one or two places, checked, and played if it is fine."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from sim.loading.discovery import OTHER_FILES
from tests.architecture.tree import ROOT
from tests.fuzz.draws import Draws
from tests.fuzz.plausible import change
from tests.fuzz.trial import Ending, Trial, attempt
from tests.fuzz.values import HOSTILE, list_places, replace_at

HOME = ROOT / "scenarios"
FLAGSHIP = "alaska-budapest"
TEXTBOOK = tuple(sorted(path.name for path in (HOME / "textbook").glob("*.yaml") if path.stem not in OTHER_FILES))


def try_scenario(seed: int, number: int, home: Path) -> tuple[Trial, Ending]:
    """A scenario file."""
    draws = Draws(seed, "scenario", number)
    if draws.once_in(4):
        name = draws.pick(sorted(path.name for path in (HOME / FLAGSHIP).glob("*.yaml")))
        return _try(draws, home / f"scenario-{number}", FLAGSHIP, Path(name))
    return _try(draws, home / f"scenario-{number}", "textbook", Path(draws.pick(TEXTBOOK)))


def try_view(seed: int, number: int, home: Path) -> tuple[Trial, Ending]:
    """A source view."""
    draws = Draws(seed, "view", number)
    name = draws.pick(sorted(path.name for path in (HOME / FLAGSHIP / "views").glob("*.yaml")))
    return _try(draws, home / f"view-{number}", FLAGSHIP, Path("views") / name)


def _try(draws: Draws, place: Path, case: str, file: Path) -> tuple[Trial, Ending]:
    folder = copy_case(place, case)
    path = folder / file
    about = draws.pick(KINDS)(draws, path)
    asked = "base.yaml" if file.parent.name == "views" or file.stem in OTHER_FILES else str(file)
    words: tuple[str, ...] = ("check", f"case/{asked}")
    ending = attempt(words, place)
    if ending.verdict == "fine":
        view = ("--view", file.stem) if file.parent.name == "views" else ()
        words = ("run", f"case/{asked}", "--runs", "4", "--workers", "1", "--no-report", "--out", "out", *view)
        words += ("--horizon", "8") if draws.once_in(2) else ()
        ending = attempt(words, place)
        if ending.verdict == "refused":
            fair = "hardly any draw" in ending.errors
            ending = replace(ending, verdict="refused" if fair else "accepted")
    return Trial(folder, words, f"{file}: {about}"), ending


def copy_case(place: Path, case: str) -> Path:
    """A case with everything that its files extend, as it should be."""
    shutil.rmtree(place, ignore_errors=True)
    return Path(shutil.copytree(HOME / case, place / "case"))


def _harm_data(draws: Draws, path: Path) -> str:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    told = []
    for _ in range(1 + draws.once_in(3)):
        data, about = replace_at(data, draws.pick(list_places(data)), draws.pick(HOSTILE), draws)
        told.append(about)
    path.write_text(_write(data), encoding="utf-8", errors="surrogatepass")
    return "; ".join(told)


def _change_data(draws: Draws, path: Path) -> str:
    """One to three changes that could be meant."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    told = []
    for _ in range(1 + draws.below(3)):
        data, about = change(data, draws)
        told.append(about)
    path.write_text(_write(data), encoding="utf-8")
    return "; ".join(told)


def _write(data: Any) -> str:
    class Plain(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    return yaml.dump(data, Dumper=Plain, sort_keys=False, allow_unicode=True)


_LINES = (
    "a: b: c",
    "\ta: 1",
    "- x",
    "&a b: *a",
    "!!python/object/apply:os.system ['x']",
    "<<: {a: 1}",
    "? x",
    "key: 1,5",
    "'",
)


def _harm_text(draws: Draws, path: Path) -> str:
    data = bytearray(path.read_bytes())
    kind = draws.pick(
        ("flip", "cut", "line", "line", "no-break", "bom", "utf-16", "csv", "xml", "twice", "crlf", "nul", "empty")
    )
    if kind == "flip":
        for _ in range(1 + draws.below(3)):
            data[draws.below(len(data))] ^= 1 << draws.below(8)
    elif kind == "cut":
        data = data[: draws.below(len(data))]
    elif kind == "line":
        lines = data.split(b"\n")
        lines.insert(draws.below(len(lines)), draws.pick(_LINES).encode())
        data = bytearray(b"\n".join(lines))
    elif kind == "no-break":
        data = bytearray(data.replace(b": ", b":\xc2\xa0", 1 + draws.below(3)))
    elif kind == "twice":
        data = data * 2
    else:
        data = bytearray(
            {
                "bom": b"\xef\xbb\xbf" + data,
                "utf-16": data.decode().encode("utf-16"),
                "csv": b"actor,worth\nA,0.5\nB,0.2\n",
                "xml": b"<?xml version='1.0'?><case/>",
                "crlf": bytes(data.replace(b"\n", b"\r\n")),
                "nul": bytes(data.replace(b"e", b"\0", 1)),
                "empty": b"",
            }[kind]
        )
    path.write_bytes(data)
    return kind


KINDS = (_harm_text, _harm_data, _change_data, _change_data)
"""Half of all are plausible: a fuzzer that meets `check` only would try little."""
