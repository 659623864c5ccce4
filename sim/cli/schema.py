"""Schema: what editors need to help while a scenario file is written."""

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.console import print_note, print_result
from sim.errors import UsageError


def schema(
    out: Annotated[Path | None, typer.Option("--out", help="Write it to this file instead of stdout.")] = None,
) -> None:
    """Print the JSON schema of scenario files."""
    from sim.loading.json_schema import format_json_schema

    text = format_json_schema()
    if out is None:
        print_result(text.rstrip("\n"))
        return
    try:
        out.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{out}: cannot be written ({error.strerror}); choose another file with --out") from error
    print_note(f"written to {out}")
