"""Find: where scenario files are, and what a short name stands for."""

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from sim.errors import ScenarioError, display_path, stop, suggest
from sim.loading.strict_yaml import MAX_BYTES, parse_yaml

ROOT = Path(__file__).resolve().parents[2] / "scenarios"
"""The folder of scenarios in a checkout."""

MAIN_FILES = ("base.yaml", "scenario.yaml")
OTHER_FILES = frozenset({"claims", "sources", "contradictions", "history", "defaults"})
"""Files beside a scenario that are none; this module never opens them."""

_MARK = re.compile(r"^(format|extends):", re.MULTILINE)
_TITLE = re.compile(r"^title:.*$", re.MULTILINE)


class ScenarioListing(NamedTuple):
    """One scenario that can be loaded by its name."""

    name: str
    path: Path
    title: str


def find_scenarios(root: Path | None = None) -> list[ScenarioListing]:
    """Every scenario file under the folder of scenarios, textbook cases last, main files before changes."""
    folder = root or _find_root()
    files = [path for path in folder.rglob("*.yaml") if path.parent.name != "views" and path.stem not in OTHER_FILES]
    found = []
    for path in files:
        known = path.stat()
        if known.st_size <= MAX_BYTES and (title := _read_title(path.absolute(), known.st_mtime_ns)) is not None:
            found.append(ScenarioListing(derive_name(path, folder), path, title or path.stem))
    return sorted(found, key=_sort_key)


def derive_name(path: Path, root: Path | None = None) -> str:
    """Folder and file without its ending; the main file of a folder is called like the folder."""
    folder = (root or _find_root()).resolve()
    whole = path.resolve()
    inside = whole.relative_to(folder) if whole.is_relative_to(folder) else Path(whole.parent.name, whole.name)
    named = inside.parent if path.name in MAIN_FILES and inside.parent != Path() else inside.with_suffix("")
    return named.as_posix()


def find_scenario(asked: str | Path, root: Path | None = None) -> Path:
    """The scenario file that a path, a folder or a name stands for."""
    path = Path(asked)
    if path.is_dir():
        return _find_main_file(path)
    if path.exists() or path.suffix in (".yaml", ".yml"):
        inside = (root or _find_root()) / path
        path = inside if inside.is_file() and not path.exists() else path
        if path.stem in OTHER_FILES:
            raise stop(display_path(path), 0, "is not a scenario file", "name a scenario file or its folder")
        return path
    return _find_in_folder(asked, path, root or _find_root())


def _find_in_folder(asked: str | Path, path: Path, folder: Path) -> Path:
    """The scenario file that a name stands for in the folder of scenarios."""
    if (folder / path).is_dir():
        return _find_main_file(folder / path)
    if (folder / path).with_suffix(".yaml").is_file() and path.name not in OTHER_FILES:
        return (folder / path).with_suffix(".yaml")
    return _find_by_last_word(str(asked), find_scenarios(folder))


def _find_by_last_word(asked: str, known: list[ScenarioListing]) -> Path:
    """The one scenario whose name ends like this."""
    short = [found for found in known if found.name.split("/")[-1] == asked]
    if len(short) == 1:
        return short[0].path
    if short:
        raise stop(asked, 0, "stands for several scenarios", f"choose {' or '.join(found.name for found in short)}")
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
    inside = ", ".join(sorted(path.name for path in folder.glob("*.yaml"))) or "no .yaml file at all"
    raise stop(display_path(folder), 0, "is a folder without base.yaml or scenario.yaml", f"it holds {inside}")


def _find_root() -> Path:
    here = Path.cwd() / "scenarios"
    return ROOT if ROOT.is_dir() or not here.is_dir() else here


def _sort_key(found: ScenarioListing) -> tuple[bool, str, bool, str]:
    return (
        found.name.startswith("textbook"),
        found.path.parent.as_posix(),
        found.path.name not in MAIN_FILES,
        found.name,
    )


@lru_cache(maxsize=512)
def _read_title(path: Path, changed: int) -> str | None:
    """Title of a scenario file, which may be empty; None if the file is no scenario."""
    text = path.read_text(encoding="utf-8", errors="replace")
    if not _MARK.search(text):
        return None
    line = _TITLE.search(text)
    try:
        data = parse_yaml(line.group(), "title").data if line else {}
    except ScenarioError:
        return ""
    return str(data.get("title") or "")
