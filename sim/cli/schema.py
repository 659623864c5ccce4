"""Schema: what editors need to help while a scenario file is written."""

import json
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.console import print_note, print_result


def schema(
    out: Annotated[Path | None, typer.Option("--out", help="Write it to this file instead of stdout.")] = None,
) -> None:
    """Print the JSON schema of scenario files."""
    from sim.workflows.json_schema import build_json_schema

    found = build_json_schema(out)
    if out is None:
        print_result(json.dumps(found, indent=2, ensure_ascii=False, sort_keys=True))
    else:
        print_note(f"written to {out}")
