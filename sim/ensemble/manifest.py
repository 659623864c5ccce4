"""Manifest: how a folder of results was made, so that anybody can make it again to the bit."""

import hashlib
from collections.abc import Iterable
from typing import Any

from pydantic import Field

from sim.schema.base import Model

SCHEMA = 1
"""Version of the results folder's form."""


class Manifest(Model):
    """Everything needed to repeat an ensemble, and the names needed to read it."""

    schema_version: int = SCHEMA
    """Version of the form of this folder."""
    scenario: str
    """Name of the scenario."""
    title: str
    """Title of the scenario."""
    question: str
    """The question it asks."""
    source: str
    """Path of the scenario file, relative to the folder in which the command was given where possible."""
    fingerprint: str
    """SHA-256 of scenario, source views, seed, horizon and number of runs."""
    text: dict[str, Any]
    """The merged scenario itself, before any source view."""
    run_up_text: dict[str, Any] | None = None
    """The same for the run-up, where a scenario file's changes do not hold yet; none if they are the same."""
    view_texts: dict[str, dict[str, Any]]
    """The source views themselves."""
    authors: dict[str, str]
    """Author whose texts each source view reads, empty for views of ours."""
    labels: dict[str, str]
    """Label of each source view."""
    outcomes: dict[str, str]
    """Keys and labels of the outcomes, in order."""
    agreements: tuple[str, ...]
    """Outcomes in which an agreement is in force."""
    changes: tuple[str, ...] = ()
    """Changes given on the command line, and those of contradictions' sides."""
    set_changes: tuple[str, ...] = ()
    """Changes given on the command line alone."""
    answers: tuple[str, ...] = ()
    """Answers that were taken, each as name=answer."""
    seed: int
    """Seed of all luck."""
    horizon_weeks: int
    """Weeks played."""
    run_up_weeks: int
    """Weeks of run-up before week 1."""
    runs_asked: int
    """Matching runs asked for, for each source view."""
    precision: float | None = None
    """Half-width of the confidence sequence at which runs end early; none for a planned number of runs."""
    starts: str
    """First day of week 1."""
    command: str
    """Command as given."""
    versions: dict[str, str]
    """Versions of Python and the libraries that matter."""
    made_at: str
    """Date and time, not part of the fingerprint."""
    seconds: float = 0.0
    """Wall time of the simulation."""
    complete: bool = True
    """False if it was interrupted; then the runs present are still a fair sample."""
    notes: tuple[str, ...] = Field(default=())
    """What whoever reads the results must know, such as levers that cannot take effect before the horizon."""


def combine_fingerprints(manifests: Iterable[Manifest]) -> str:
    """Stands for the inputs of several scenarios that are played together, in their order."""
    return hashlib.sha256(" ".join(manifest.fingerprint for manifest in manifests).encode()).hexdigest()
