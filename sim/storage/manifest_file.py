"""Manifest file: how a folder of results was made, read and checked before anything else there is looked at."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sim.ensemble.fingerprint import recompute_fingerprint
from sim.ensemble.manifest import SCHEMA, Manifest
from sim.errors import format_place
from sim.storage.bounded_read import MEGABYTE, read_json_object

MANIFEST_BYTES = 16 * MEGABYTE
"""Bytes that are read of a manifest at most."""


class UnfitManifestError(ValueError):
    """A file that is no manifest; the text says what is wrong with it."""


class OtherFormError(ValueError):
    """A manifest of a form that this zopa does not read; the text says which, and what to do."""


def read_manifest(path: Path) -> Manifest:
    """The manifest in a file.

    Raises:
        OSError: it is not there, or cannot be read.
        OtherFormError: another version of zopa wrote it.
        ValueError: it is no manifest.
    """
    known = read_json_object(path, MANIFEST_BYTES)
    refuse_other_form(known)
    try:
        manifest = Manifest.model_validate(known)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = format_place(first["loc"])[:80]
        raise UnfitManifestError(f"is not a manifest of results ({where}: {first['msg']})") from error
    if said := _find_contradiction(manifest):
        raise UnfitManifestError(f"is not a manifest of results ({said})")
    if manifest.fingerprint != _recompute(manifest):
        raise UnfitManifestError("does not fit its fingerprint: scenario, views, seed or runs were changed")
    return manifest


def refuse_other_form(known: dict[str, Any]) -> None:
    """Stop at a manifest of another version.

    Raises:
        OtherFormError: a newer zopa wrote it.
    """
    form = known.get("schema_version")
    if type(form) is int and form > SCHEMA:
        text = f"a newer zopa made these results (form {str(form)[:20]}; this one reads up to {SCHEMA})"
        raise OtherFormError(f"{text}; update zopa to read them")


def _recompute(manifest: Manifest) -> str:
    """The fingerprint that the manifest's inputs give; empty if they are no inputs."""
    try:
        return recompute_fingerprint(manifest)
    except (ValueError, TypeError, RecursionError):
        return ""


def _find_contradiction(manifest: Manifest) -> str:
    """What in a manifest does not belong together; empty if everything does."""
    views = set(manifest.view_texts)
    if not views or set(manifest.authors) != views or set(manifest.labels) != views:
        return "views, authors and labels have other names"
    if not manifest.outcomes or not set(manifest.agreements) <= set(manifest.outcomes):
        return "an agreement is none of its outcomes"
    try:
        date.fromisoformat(manifest.starts) + timedelta(weeks=manifest.horizon_weeks)
        date.fromisoformat(manifest.starts) - timedelta(weeks=manifest.run_up_weeks)
        datetime.fromisoformat(manifest.made_at)
    except (ValueError, OverflowError):
        return "a date that there is not"
    return ""
