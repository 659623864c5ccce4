"""Hostile values, and where they are put into plain data."""

import copy
from collections.abc import Iterator
from typing import Any

from tests.fuzz.draws import Draws

Place = tuple[str | int, ...]


def _nest(depth: int) -> Any:
    found: Any = []
    for _ in range(depth):
        found = [found]
    return found


HOSTILE: tuple[Any, ...] = (
    *(None, True, False, -1, 0, 1, 2**31, 2**63, -(2**63) - 1, 10**400, 0.5, -0.0, 1e300, -1e9, 1e-320),
    *(float("nan"), float("inf"), -float("inf")),
    *(
        "",
        " ",
        "x",
        "x" * 1_000_000,
        "\x1b[2J",
        "a\x00b",
        "\ud800",
        "\u202eab",
        "\u00a0",
        "=1+1",
        "a\nb",
        "../../x",
        "<b>",
    ),
    *("/dev/zero", "/etc/passwd", "1", "nan", "1e9", "9999-12-31", "0001-01-01", "{0}", "%s"),
    *([], {}, [1], {"": 1}, {"a": {"b": []}}, [[]] * 1000, {str(n): n for n in range(3000)}),
    *(_nest(150), "REMOVE", "RENAME", "ADD", "REMOVE"),
)
"""Values that stand where others should; the last words stand for what is done to the key instead."""


def list_places(data: Any) -> list[Place]:
    """Every place in plain data, the top included."""
    return [(), *_list_below(data, ())]


def _list_below(data: Any, place: Place) -> Iterator[Place]:
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        yield (*place, key)
        yield from _list_below(value, (*place, key))


def replace_at(data: Any, place: Place, value: Any, draws: Draws) -> tuple[Any, str]:
    """The data with a hostile value at a place, and what was done."""
    where = ".".join(map(str, place)) or "(top)"
    if not place:
        return (
            (value, f"{where} = {str(value)[:20]!r}")
            if value not in ("REMOVE", "RENAME", "ADD")
            else ([], "(top) = []")
        )
    data = copy.deepcopy(data)
    inner = data
    for key in place[:-1]:
        inner = inner[key]
    last: Any = place[-1]
    if value == "REMOVE":
        del inner[last]
    elif value in ("RENAME", "ADD") and isinstance(inner, dict):
        kept = inner[last] if value == "ADD" else inner.pop(last)
        inner[draws.pick((f"{last}x", "", "\x1b[1m", "__class__", "a b", "1", "x" * 5000, "\u00a0"))] = kept
    else:
        inner[last] = copy.deepcopy(value)
    return data, f"{where} = {str(value)[:20]!r}"
