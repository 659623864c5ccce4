"""Schema: what editors need to help while a scenario file is written."""

from pathlib import Path
from typing import Annotated

import typer

from sim.commands.speech import WrongUse, note, result


def schema(
    out: Annotated[Path | None, typer.Option("--out", help="Write it to this file instead of stdout.")] = None,
) -> None:
    """Print the JSON schema of scenario files."""
    import json

    from sim.spec import codebook

    text = json.dumps(codebook.schema(), indent=2, ensure_ascii=False, sort_keys=True)
    if out is None:
        result(text)
        return
    try:
        out.write_text(text + "\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise WrongUse(f"{out}: cannot be written ({error.strerror}); choose another file with --out") from error
    note(f"written to {out}")
