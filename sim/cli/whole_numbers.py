"""Whole numbers: an option takes digits alone, since 1.000 is one run to some and a thousand to others."""

import re
from typing import Any

_WHOLE = re.compile(r"\s*[-+]?[0-9]+\s*")

MUST_BE_WHOLE = "it must be a whole number, in digits alone"


def read_whole_numbers(command: Any) -> None:
    """Let a command read its whole numbers so, and the commands of a group theirs.

    Args:
        command: The command.
    """
    for one in command.params:
        kind = getattr(one, "type_descriptor", None)
        if kind is not None and kind.annotation is int:
            kind.parameter_info.parser = _parse
    for inner in getattr(command, "commands", {}).values():
        read_whole_numbers(inner)


def _parse(said: object) -> int:
    """The number; what stands as default is one already."""
    if not isinstance(said, int) and not _WHOLE.fullmatch(str(said)):
        raise ValueError(MUST_BE_WHOLE)
    return int(str(said))
