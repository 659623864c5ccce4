"""Scenario files: which ones are meant by names, files and folders, the source views they share, their results."""

import os
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from sim.ensemble.plan import AS_WRITTEN, load_views
from sim.errors import ErrorCollector, ScenarioError, UsageError, display_path
from sim.loading.discovery import (
    MAIN_FILES,
    OTHER_FILES,
    derive_name,
    find_hidden_by,
    find_scenario,
    find_scenarios,
)
from sim.loading.extends import resolve_extends
from sim.loading.loader import list_views
from sim.loading.other_formats import find_other_format
from sim.loading.strict_yaml import YamlFile, read_yaml
from sim.schema.loaded_case import LoadedCase
from sim.storage.results_folder import MANIFEST, PARTS, ResultsError, find_latest
from sim.workflows.reporter import Reporter

HEAD = 4_000
"""Bytes of a file that tell what it is."""

NOT_RESULTS = "unpack an archive first, or name a folder that `zopa results` lists"
"""What to do with a file that was named as results."""

LATEST = "latest"
"""Stands for the newest results of all."""


def find_files(asked: Sequence[str]) -> list[Path]:
    """The scenario files that are meant; all of a folder that is written as a path, its main file first.

    A folder without a main file that holds cases, such as `scenarios/textbook`, means all of these cases.
    """
    found: list[Path] = []
    for name in asked:
        folder = Path(name)
        is_path = os.sep in name or "/" in name
        if is_path and folder.is_dir():
            found += find_collection(folder) or find_family(folder)
        else:
            found.append(find_scenario(name))
    unique = {path.resolve(): path for path in found}
    return list(unique.values())


def note_hidden(files: Iterable[Path], reporter: Reporter) -> None:
    """Say what the scenario files hide: a folder of the user's own comes before those that come with zopa."""
    for hidden in find_hidden_by(files):
        reporter.note(str(hidden))


def find_collection(folder: Path) -> list[Path]:
    """The cases of a folder that has no main file, one in each of its files; none where there is a main file."""
    if any((folder / name).is_file() for name in MAIN_FILES):
        return []
    return [one.path for one in find_scenarios(folder) if one.path.parent == folder]


def find_family(folder: Path) -> list[Path]:
    """The main file of a folder and all scenario files beside it that extend it."""
    main, seen = find_scenario(folder), ErrorCollector()
    others = []
    for path in sorted(folder.glob("*.yaml")):
        if path.stem in OTHER_FILES or path.resolve() == main.resolve():
            continue
        file = seen.attempt(partial(read_yaml, path), None)
        if file is not None and isinstance(file.data.get("extends"), str):
            chain = seen.attempt(partial(resolve_extends, path), list[YamlFile]())
            others += [path] if any(one.path.resolve() == main.resolve() for one in chain) else []
    seen.stop_if_any()
    return [main, *others]


def find_common_views(
    files: Sequence[Path],
    asked: Sequence[str] | None,
    changes: Sequence[str],
    answers: Sequence[str],
    *,
    same: bool = True,
) -> list[str]:
    """The source views that all scenarios have, in fixed order; every mistake in any of them at once.

    Args:
        files: The scenario files.
        asked: Source views that are wanted; all of them without one.
        changes: Values to set, each as path=value.
        answers: Answers to open questions, each as name=answer.
        same: False if it is enough that they have some outcomes in common.

    Returns:
        Names of views; none if the scenarios have no views.

    Raises:
        UsageError: they share no source view, or not all outcomes; or none.
    """
    seen = ErrorCollector()
    loaded = [
        seen.attempt(partial(load_views, path, asked, changes, answers), dict[str, LoadedCase]()) for path in files
    ]
    seen.stop_if_any()
    order = list_views(files[0])
    common = [view for view in (order or [AS_WRITTEN]) if all(view in views for views in loaded)]
    outcomes = {frozenset(case.scenario.outcomes) for views in loaded for case in views.values()}
    names = ", ".join(derive_name(path) for path in files)
    if not same and not frozenset.intersection(*outcomes):
        raise UsageError(f"{names} have no outcome in common; compare cases whose outcomes have the same keys")
    if not same and not common:
        raise UsageError(f"{names} have no source view in common, so that there is nothing to compare view by view")
    if not common or (same and len(outcomes) > 1):
        raise UsageError(f"{names} are not of one case: they share no source view, or not all outcomes")
    return common if order else []


def find_results(folder: str | Path = LATEST, out: Path = Path("outputs")) -> Path:
    """The folder of results that is meant.

    Args:
        folder: The folder itself, a case whose newest results are meant, or `latest` for the newest of all.
        out: Folder in which results are kept.

    Raises:
        ResultsError: there are none.
    """
    place = Path(folder)
    if folder == LATEST:
        return find_latest("", out)
    if (place / MANIFEST).exists() or (place / PARTS).exists():
        return place
    if place.is_file() and (kind := find_other_format(place.read_bytes()[:HEAD])):
        raise ResultsError(f"{display_path(place)}: this is {kind}, not a folder of results; {NOT_RESULTS}")
    try:
        return find_latest(derive_name(find_scenario(str(folder))), out)
    except ScenarioError:
        return find_latest(str(folder), out) if (out / place).is_dir() else place
