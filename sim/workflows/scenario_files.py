"""Scenario files: which ones are meant by names, files and folders, and which source views they share."""

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from sim.ensemble.plan import AS_WRITTEN, load_views
from sim.errors import ErrorCollector, UsageError
from sim.loading.discovery import OTHER_FILES, derive_name, find_scenario
from sim.loading.extends import resolve_extends
from sim.loading.loader import list_views
from sim.loading.strict_yaml import YamlFile, read_yaml
from sim.schema.loaded_case import LoadedCase


def find_files(asked: Sequence[str]) -> list[Path]:
    """The scenario files that are meant; all of a folder that is written as a path, its main file first."""
    found: list[Path] = []
    for name in asked:
        folder = Path(name)
        is_path = os.sep in name or "/" in name
        found += find_family(folder) if is_path and folder.is_dir() else [find_scenario(name)]
    unique = {path.resolve(): path for path in found}
    return list(unique.values())


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
    files: Sequence[Path], asked: Sequence[str] | None, changes: Sequence[str], answers: Sequence[str]
) -> list[str]:
    """The source views that all scenarios have, in fixed order; every mistake in any of them at once.

    Args:
        files: The scenario files.
        asked: Source views that are wanted; all of them without one.
        changes: Values to set, each as path=value.
        answers: Answers to open questions, each as name=answer.

    Returns:
        Names of views; none if the scenarios have no views.

    Raises:
        UsageError: they share no source view, or not all outcomes.
    """
    seen = ErrorCollector()
    loaded = [
        seen.attempt(partial(load_views, path, asked, changes, answers), dict[str, LoadedCase]()) for path in files
    ]
    seen.stop_if_any()
    order = list_views(files[0])
    common = [view for view in (order or [AS_WRITTEN]) if all(view in views for views in loaded)]
    outcomes = {frozenset(case.scenario.outcomes) for views in loaded for case in views.values()}
    if not common or len(outcomes) > 1:
        names = ", ".join(derive_name(path) for path in files)
        raise UsageError(f"{names} are not of one case: they share no source view, or not all outcomes")
    return common if order else []
