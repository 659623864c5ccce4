"""Discovery: where scenario files are, and what a short name stands for.

Read aloud
    A folder of the current folder that holds a case is listed first, as its name means it. Then scenarios are looked
    for in the folder that ZOPA_SCENARIOS names, in `scenarios` of the current folder, and among those that come with
    zopa. The first folder that knows a name has it; a name that is known twice is said.
"""

import os
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from sim.errors import ScenarioError, display_path, join_names, stop, suggest
from sim.loading.other_formats import IMPORTS, find_other_format
from sim.loading.strict_yaml import MAX_BYTES, parse_yaml

_HERE = Path(__file__).resolve()
_IN_PACKAGE, _IN_CHECKOUT = _HERE.parents[1] / "scenarios", _HERE.parents[2] / "scenarios"
SHIPPED = _IN_PACKAGE if _IN_PACKAGE.is_dir() else _IN_CHECKOUT
"""The folder of the scenarios that come with zopa: inside the installed package, or in a checkout."""

VARIABLE = "ZOPA_SCENARIOS"
"""Environment variable that names a folder of scenarios of the user's own."""

MAIN_FILES = ("base.yaml", "scenario.yaml")
OTHER_FILES = frozenset({"claims", "sources", "coders", "contradictions", "doubts", "history", "defaults"})
"""Files beside a scenario that are none; this module never opens them."""

_MARK = re.compile(r"^(format|extends):", re.MULTILINE)
_TITLE = re.compile(r"^(?:title|shows):.*(?:\n[ \t]+.*)*$", re.MULTILINE)
"""The lines of a file by which it is listed."""


class ScenarioListing(NamedTuple):
    """One scenario that can be loaded by its name."""

    name: str
    path: Path
    title: str
    shows: str = ""


class ShadowedScenario(NamedTuple):
    """A name that two folders of scenarios know; the first one has it."""

    name: str
    path: Path
    shadowed: Path

    def __str__(self) -> str:
        return f"{self.name}: {display_path(self.path)} is taken; it hides {display_path(self.shadowed)}"


def list_folders() -> tuple[Path, ...]:
    """Folders of scenarios, those of the user's own first.

    Raises:
        ScenarioError: ZOPA_SCENARIOS names something that is no folder.
    """
    asked, here = os.environ.get(VARIABLE, ""), Path.cwd() / "scenarios"
    if asked and not Path(asked).is_dir():
        raise stop(
            asked, 0, f"is named by {VARIABLE}, but there is no such folder", f"name another one or unset {VARIABLE}"
        )
    folders = (*([Path(asked)] if asked else []), *([here] if here.is_dir() else []), SHIPPED)
    unique = {folder.resolve(): folder for folder in reversed(folders)}
    return tuple(reversed(unique.values()))


def find_scenarios(root: Path | None = None) -> list[ScenarioListing]:
    """Every scenario of a folder, or of all folders: one of each name, textbook cases last, main files first."""
    found: dict[str, ScenarioListing] = {}
    for listings in [_list_folder(root)] if root else _list_everything():
        for listing in listings:
            found.setdefault(listing.name, listing)
    return sorted(found.values(), key=_sort_key)


def _list_everything() -> list[list[ScenarioListing]]:
    """What each folder holds, those of the user's own first."""
    folders = list_folders()
    return [*map(_list_case, _find_own_cases(folders)), *map(_list_folder, folders)]


def _find_own_cases(known: Iterable[Path]) -> list[Path]:
    """Folders of the current folder that hold a case; none where it cannot be read."""
    taken = [folder.resolve() for folder in known]
    try:
        beside = sorted(Path.cwd().iterdir())
    except OSError:
        return []
    return [
        folder
        for folder in beside
        if any(os.path.isfile(folder / name) for name in MAIN_FILES)
        and not any(folder.resolve().is_relative_to(root) for root in taken)
    ]


def _list_case(folder: Path) -> list[ScenarioListing]:
    """Scenario files of a case of the user's own; what lies deeper is none."""
    return _list_files(sorted(folder.glob("*.yaml")), folder.parent)


def find_shadowed() -> list[ShadowedScenario]:
    """Every scenario that hides one of the same name in a later folder."""
    first: dict[str, Path] = {}
    shadowed = []
    for listings in _list_everything():
        for name, path, *_ in listings:
            if name in first:
                shadowed.append(ShadowedScenario(name, first[name], path))
            first.setdefault(name, path)
    return shadowed


def find_hidden_by(paths: Iterable[Path]) -> list[ShadowedScenario]:
    """What these scenario files hide of the same name in a later folder; mostly nothing."""
    taken = {path.resolve() for path in paths}
    folders = list_folders()
    alone = len(folders) == 1 and not _find_own_cases(folders)
    return [] if alone else [one for one in find_shadowed() if one.path.resolve() in taken]


def find_default_case() -> str:
    """Name of the case that is meant where none is named: the first `DEFAULT` file says it.

    Raises:
        ScenarioError: there is no scenario at all.
    """
    for folder in list_folders():
        if (folder / "DEFAULT").is_file():
            return _read_default(folder / "DEFAULT")
    if found := find_scenarios():
        return found[0].name
    raise stop("scenarios", 0, "there is no scenario here", "name a scenario file")


def _read_default(path: Path) -> str:
    """The name in a file `DEFAULT`."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except ValueError as error:
        raise stop(display_path(path), 0, "is not text in UTF-8", "write the name of a case into it") from error


def _list_folder(folder: Path) -> list[ScenarioListing]:
    files = (path for path in folder.rglob("*.yaml") if path.parent.name != "views")
    return _list_files(files, folder)


def _list_files(files: Iterable[Path], root: Path) -> list[ScenarioListing]:
    """Those of some files that are scenarios, with their names below a folder."""
    found = []
    for path in files:
        if path.stem in OTHER_FILES:
            continue
        known = path.stat()
        if (
            S_ISREG(known.st_mode)
            and known.st_size <= MAX_BYTES
            and (said := _read_title(path.absolute(), known.st_mtime_ns)) is not None
        ):
            title, shows = said
            found.append(ScenarioListing(derive_name(path, root), path, title or path.stem, shows))
    return sorted(found, key=_sort_key)


def derive_name(path: Path, root: Path | None = None) -> str:
    """Folder and file without its ending; the main file of a folder is called like the folder."""
    whole = path.resolve()
    folders = [folder.resolve() for folder in ([root] if root else list_folders())]
    inside = next(
        (whole.relative_to(folder) for folder in folders if whole.is_relative_to(folder)),
        Path(whole.parent.name, whole.name),
    )
    named = inside.parent if path.name in MAIN_FILES and inside.parent != Path() else inside.with_suffix("")
    return named.as_posix()


def find_scenario(asked: str | Path, root: Path | None = None) -> Path:
    """The scenario file that a path, a folder or a name stands for.

    Args:
        asked: A path, or a name as `zopa list` gives it, or its last word.
        root: The only folder in which a name is looked up; all folders of scenarios without one.

    Raises:
        ScenarioError: nothing, or more than one scenario, is called so.
    """
    if not str(asked).strip():
        raise stop(repr(str(asked)), 0, "the name of a scenario is empty", "leave it out for the default case")
    path, folders = Path(asked), [root] if root else list_folders()
    if path.is_dir():
        return _find_main_file(path)
    if path.exists() or path.suffix in (".yaml", ".yml"):
        inside = next((folder / path for folder in folders if (folder / path).is_file()), path)
        path = path if path.exists() else inside
        if path.stem in OTHER_FILES:
            raise stop(display_path(path), 0, "is not a scenario file", "name a scenario file or its folder")
        return path
    if path.parent != Path() and os.path.isfile(f"{path}.yaml") and path.name not in OTHER_FILES:
        return Path(f"{path}.yaml")
    for folder in folders:
        if (folder / path).is_dir() and any((folder / path / name).is_file() for name in MAIN_FILES):
            return _find_main_file(folder / path)
        if (folder / path).with_suffix(".yaml").is_file() and path.name not in OTHER_FILES:
            return (folder / path).with_suffix(".yaml")
    if known := next((folder / path for folder in folders if (folder / path).is_dir()), None):
        return _find_main_file(known)
    if str(asked).startswith((".", "/")) and path.parent.is_dir():
        beside = sorted(one.name for one in path.parent.iterdir() if one.is_dir() or one.suffix == ".yaml")
        raise stop(display_path(path), 0, "there is no such file or folder", suggest(path.name, beside))
    return _find_by_last_word(str(asked), find_scenarios(root))


def _find_by_last_word(asked: str, known: list[ScenarioListing]) -> Path:
    """The one scenario whose name ends like this."""
    short = [found for found in known if found.name.split("/")[-1] == asked]
    if len(short) == 1:
        return short[0].path
    if short:
        raise stop(
            asked, 0, "stands for several scenarios", f"choose {join_names([found.name for found in short], ' or ')}"
        )
    raise stop(asked, 0, "there is no scenario of this name", suggest(asked, _list_short_names(asked, known)))


def _list_short_names(asked: str, known: list[ScenarioListing]) -> list[str]:
    """The shortest name by which each scenario can be asked for; whole names if the asked one has a folder."""
    last = Counter(found.name.split("/")[-1] for found in known)
    short = {found.name: found.name.split("/")[-1] for found in known}
    return [name if "/" in asked or last[end] > 1 else end for name, end in short.items()]


def _find_main_file(folder: Path) -> Path:
    for name in MAIN_FILES:
        if (folder / name).is_file():
            return folder / name
    for path in [*sorted(folder.glob("*.xml"))[:1], *sorted(folder.glob("table.csv"))]:
        if path.is_file() and (kind := find_other_format(_read_head(path))) in IMPORTS:
            raise stop(display_path(folder), 0, f"is no scenario: {path.name} is {kind}", IMPORTS[kind])
    inside = join_names(sorted(path.name for path in folder.glob("*.yaml"))) or "no .yaml file at all"
    raise stop(display_path(folder), 0, "is a folder without base.yaml or scenario.yaml", f"it holds {inside}")


def _read_head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4_000)


def _sort_key(found: ScenarioListing) -> tuple[bool, str, bool, str]:
    return (
        found.name.startswith("textbook"),
        found.path.parent.as_posix(),
        found.path.name not in MAIN_FILES,
        found.name,
    )


@lru_cache(maxsize=512)
def _read_title(path: Path, changed: int) -> tuple[str, str] | None:
    """Title of a scenario file and what it shows, which may be empty; None if the file is no scenario."""
    text = path.read_text(encoding="utf-8", errors="replace")
    if not _MARK.search(text):
        return None
    lines = [line.group() for line in _TITLE.finditer(text)]
    try:
        data = parse_yaml("\n".join(lines), "title").data if lines else {}
    except ScenarioError:
        return "", ""
    return str(data.get("title") or ""), str(data.get("shows") or "")
