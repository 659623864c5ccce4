"""Fingerprint: one short text that stands for the inputs of an ensemble, and the versions it was made with."""

import hashlib
import json
import platform
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pydantic_core import to_jsonable_python

from sim.ensemble.manifest import Manifest
from sim.schema.loaded_case import ALWAYS, HoldsFrom

LIBRARIES = ("numpy", "scipy", "mesa", "llvmlite")
"""Libraries whose version whoever reads results may need."""

SIMULATION_PACKAGES = ("rules", "model", "engines", "ensemble", "schema", "loading", "evidence", "experiments")
"""Packages whose code makes a run what it is."""

RUN_UP = "played in the run-up"
"""Key under which the fingerprint has what is played before a scenario file's changes hold."""

HELD = "its changes hold"
"""Key under which the fingerprint has from when the changes hold, if not always."""

LOOKS = "looked at after"
"""Key under which the fingerprint has the numbers of runs at which it is looked whether they are enough."""

UNTIL = "played until shares are known to"
"""Key under which the fingerprint has the half-width at which runs end early."""


def compute_fingerprint(
    text: Mapping[str, Any], view_texts: Mapping[str, Any], seed: int, horizon: int, runs: int
) -> str:
    """SHA-256 of the inputs as JSON without blanks; equal inputs, equal fingerprint.

    Keys keep their order, since the first outcome that fits is the outcome; only source views, which do not touch one
    another, are sorted.

    Args:
        text: The merged scenario, before any source view.
        view_texts: The source views, by name.
        seed: Seed of all luck.
        horizon: Weeks to play.
        runs: Matching runs asked for, for each view.

    Returns:
        64 hexadecimal digits.
    """
    views = dict(sorted(view_texts.items()))
    inputs = {"scenario": text, "views": views, "seed": seed, "horizon": horizon, "runs": runs}
    canonical = json.dumps(inputs, separators=(",", ":"), allow_nan=False, default=to_jsonable_python)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def mark_past(text: Mapping[str, Any], run_up: Mapping[str, Any] | None, holds_from: HoldsFrom) -> dict[str, Any]:
    """The text of a scenario with what is played before its changes hold.

    Args:
        text: The merged scenario, before any source view.
        run_up: The same for the run-up; none if they are the same.
        holds_from: From when the changes hold.
    """
    past = {} if run_up is None else {RUN_UP: run_up}
    return {**text, **past, **({} if holds_from == ALWAYS else {HELD: holds_from})}


def recompute_fingerprint(manifest: Manifest) -> str:
    """The fingerprint that the inputs in a manifest give."""
    text = mark_past(manifest.text, manifest.run_up_text, manifest.holds_from)
    text |= {} if manifest.precision is None else {UNTIL: manifest.precision}
    text |= {LOOKS: list(manifest.looks)} if manifest.looks else {}
    return compute_fingerprint(text, manifest.view_texts, manifest.seed, manifest.horizon_weeks, manifest.runs_asked)


def find_library_versions() -> dict[str, str]:
    """Version of Python and of the libraries that are installed; none of them is imported."""
    return dict(_find_versions())


@cache
def _find_versions() -> Mapping[str, str]:
    found = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


@cache
def compute_code_fingerprint() -> str:
    """SHA-256 of the code that plays: equal code, equal runs.

    Raises:
        FileNotFoundError: one of the packages is not where it should be, so that its code would go unnoticed.
    """
    root, found = Path(__file__).parent.parent, hashlib.sha256()
    for package in SIMULATION_PACKAGES:
        if not (root / package / "__init__.py").is_file():
            raise FileNotFoundError(f"there is no package sim.{package}, whose code decides what a run is")
    for path in sorted(path for package in SIMULATION_PACKAGES for path in (root / package).rglob("*.py")):
        found.update(path.relative_to(root).as_posix().encode())
        found.update(path.read_bytes())
    return found.hexdigest()
