"""Manifest: how a folder of results was made, so that anybody can make it again to the bit."""

import hashlib
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field

from sim.schema.base import Model
from sim.schema.loaded_case import ALWAYS, HoldsFrom
from sim.schema.numbers import MOST_WEEKS

SCHEMA = 2
"""Version of the results folder's form."""

MOST_RUNS = 10_000_000
MOST_OUTCOMES = 256
END_OF_SEEDS = 2**63
"""Bounds of what can be asked for."""


def _require_printable(text: str) -> str:
    """The text, if a terminal shows it as it is."""
    if any((ord(sign) < ord(" ") and sign not in "\t\n") or "\x7f" <= sign <= "\x9f" for sign in text):
        raise ValueError("holds a control character")
    return text


def _as_tuple(given: object) -> object:
    """A list of JSON as the tuple that it was."""
    return tuple(given) if isinstance(given, list) else given


Text = Annotated[str, AfterValidator(_require_printable)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_as_tuple)]


class Manifest(Model):
    """Everything needed to repeat an ensemble, and the names needed to read it."""

    model_config = ConfigDict(strict=True)

    schema_version: int = Field(default=SCHEMA, ge=1, le=SCHEMA)
    """Version of the form of this folder."""
    scenario: Text
    """Name of the scenario."""
    title: Text
    """Title of the scenario."""
    question: Text
    """The question it asks."""
    source: Text
    """Path of the scenario file, relative to the folder in which the command was given where possible."""
    fingerprint: Text
    """SHA-256 of scenario, source views, seed, horizon and number of runs."""
    text: dict[str, Any]
    """The merged scenario itself, before any source view."""
    run_up_text: dict[str, Any] | None = None
    """The same for the run-up, where a scenario file's changes do not hold yet; none if they are the same."""
    view_texts: dict[Text, dict[str, Any]]
    """The source views themselves."""
    authors: dict[Text, Text]
    """Author whose texts each source view reads, empty for views of ours."""
    labels: dict[Text, Text]
    """Label of each source view."""
    outcomes: Annotated[dict[Text, Text], Field(max_length=MOST_OUTCOMES)]
    """Keys and labels of the outcomes, in order."""
    agreements: Texts
    """Outcomes in which an agreement is in force."""
    changes: Texts = ()
    """What scenario files assume, what sides of contradictions believe, and what the command line set."""
    set_changes: Texts = ()
    """Changes given on the command line alone."""
    assumed: Texts = ()
    """Changes that scenario files assume."""
    answers: Texts = ()
    """Answers that were taken, each as name=answer."""
    holds_from: HoldsFrom = ALWAYS
    """From when the changes hold."""
    seed: int = Field(ge=0, lt=END_OF_SEEDS)
    """Seed of all luck."""
    horizon_weeks: int = Field(ge=1, le=MOST_WEEKS)
    """Weeks played."""
    run_up_weeks: int = Field(ge=0, le=MOST_WEEKS)
    """Weeks of run-up before week 1."""
    runs_asked: int = Field(ge=1, le=MOST_RUNS)
    """Matching runs asked for, for each source view."""
    precision: float | None = Field(default=None, gt=0, lt=1)
    """Half-width at which runs end early; none for a planned number of runs."""
    looks: Annotated[tuple[int, ...], BeforeValidator(_as_tuple)] = ()
    """Matching runs at which it is looked whether shares are known so closely; after every block if left out."""
    starts: Text
    """First day of week 1."""
    command: Text
    """Command as given."""
    versions: dict[Text, Text]
    """Versions of Python and the libraries that matter."""
    code: Text = ""
    """SHA-256 of the code that played; empty if that was not put on record."""
    made_at: Text
    """Date and time, not part of the fingerprint."""
    seconds: float = Field(default=0.0, ge=0)
    """Wall time of the simulation."""
    complete: bool = True
    """False if it was interrupted; then the runs present are still a fair sample."""
    supplements: Annotated[tuple[Literal["sweeps.json", "change.json"], ...], BeforeValidator(_as_tuple)] | None = None
    """Files of what is played besides the runs: other magnitudes, the unchanged case; none in older results."""
    notes: Texts = ()
    """What whoever reads the results must know, such as levers that cannot take effect before the horizon."""


def combine_fingerprints(manifests: Iterable[Manifest]) -> str:
    """Stands for the inputs of several scenarios that are played together, in their order."""
    return hashlib.sha256(" ".join(manifest.fingerprint for manifest in manifests).encode()).hexdigest()
