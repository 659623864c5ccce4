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
    import json

    from sim.cli.documents import schema_page

    text = json.dumps(schema_page.build_json_schema(), indent=2, ensure_ascii=False, sort_keys=True)
    if out is None:
        print_result(text)
        return
    try:
        out.write_text(text + "\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{out}: cannot be written ({error.strerror}); choose another file with --out") from error
    print_note(f"written to {out}")
