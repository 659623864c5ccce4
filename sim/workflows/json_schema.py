"""JSON schema: what editors need to help while a scenario file is written."""

from pathlib import Path
from typing import Any

from sim.errors import OptionError
from sim.loading import json_schema


def build_json_schema(out: str | Path | None = None) -> dict[str, Any]:
    """Build the JSON schema of a scenario file: whole, changing another one, or laid over common defaults.

    Args:
        out: A file to write it to; nothing is written if left out.

    Returns:
        The schema as plain mappings, for editors and validators.

    Raises:
        OptionError: the file cannot be written.
    """
    if out is not None:
        try:
            Path(out).write_text(json_schema.format_json_schema(), encoding="utf-8", newline="\n")
        except OSError as error:
            raise OptionError("out", f"{out}: cannot be written ({error.strerror}); choose another file") from error
    return json_schema.build_json_schema()
