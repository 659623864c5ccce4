"""Registered forecast: shares of events that nobody could know yet, sealed with their date and what they rest on."""

from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, ValidationError

from sim.errors import UsageError, display_path
from sim.schema.base import Model
from sim.storage.sealed_json import ChangedFileError, load_sealed_json, save_sealed_json

FORM = "zopa registered forecast"
"""By what the file is known."""

SCHEMA = 1
"""Version of the form of the file."""


def _as_tuple(given: object) -> object:
    """A list of JSON as the tuple that it was."""
    return tuple(given) if isinstance(given, list) else given


Counts = Annotated[tuple[int, ...], BeforeValidator(_as_tuple)]


class RegisteredForecast(Model):
    """Runs on each rung of each event, and how they were made."""

    model_config = ConfigDict(strict=True)

    form: str = Field(default=FORM, pattern=f"^{FORM}$")
    """What the file is."""
    schema_version: int = Field(default=SCHEMA, ge=1, le=SCHEMA)
    """Version of its form."""
    registered_on: str
    """Day on which it was registered."""
    scenario: str
    """Name of the scenario."""
    title: str
    """Its title."""
    source: str
    """Path of the scenario file, as it was given."""
    inputs: str
    """SHA-256 of scenario, source views, seed, horizon and number of runs."""
    code: str
    """SHA-256 of the code that played."""
    seed: int
    """Seed of all luck."""
    horizon_weeks: int
    """Weeks played."""
    runs_asked: int
    """Matching runs asked for, for each source view."""
    changed: str = ""
    """What was set and answered, in words; empty if nothing was."""
    last_text: str
    """Date of the last text from which the case was coded; empty without texts."""
    labels: dict[str, str]
    """Names of the source views."""
    authors: dict[str, str]
    """Author whose texts each source view reads, empty for views of ours."""
    events: dict[str, dict[str, Any]]
    """What each event means: period, rungs, condition and what others say of it."""
    counts: dict[str, dict[str, Counts]]
    """Runs in which nothing of it happens, then those on each rung, by source view and event."""

    def list_changed(self) -> tuple[str, ...]:
        """What was set and answered as a line, if anything was."""
        return (self.changed,) if self.changed else ()


def save_forecast(path: Path, forecast: RegisteredForecast) -> None:
    """Write the file.

    Raises:
        UsageError: there is a file already, or it cannot be written.
    """
    if path.exists():
        raise UsageError(
            f"{display_path(path)} is there already, and what is registered is never replaced; name another file"
        )
    try:
        save_sealed_json(path, forecast.model_dump(mode="json"))
    except OSError as error:
        raise UsageError(f"{display_path(path)} cannot be written: {error.strerror}") from error


def load_forecast(path: Path) -> RegisteredForecast:
    """What was registered.

    Raises:
        UsageError: there is no such file, it holds something else, or it has changed since it was registered.
    """
    name = display_path(path)
    try:
        return RegisteredForecast.model_validate(load_sealed_json(path))
    except FileNotFoundError as error:
        raise UsageError(f"there is no file {name}; `zopa forecast register` makes one") from error
    except ChangedFileError as error:
        raise UsageError(
            f"{name} is no registered forecast, or has changed since; take the file as it was registered"
        ) from error
    except (OSError, ValueError, ValidationError) as error:
        raise UsageError(f"{name} is no registered forecast; `zopa forecast register` makes one") from error
