"""Messages: says a sentence by its key in the language in use; what a language lacks is said in English, and noted.

Read aloud
    `en/` and `de/` hold the sentences, one JSON file for each area: `report.json` holds the keys `report.…`.
    A sentence has named places in braces. It may be a list of variants, of which the caller picks one.
    A key that ends in `_one` or `_other` is found by the key without the ending and a `count`.
    `with use_language("de"):` sets the language for what is said inside; outside it is English.
"""

import datetime
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).parent
FIRST = "en"
"""The language that has every sentence."""

POINT = {"en": (",", "."), "de": (".", ",")}
"""Sign between thousands, and sign before decimals."""

Variants = tuple[str, ...]


@dataclass(frozen=True)
class _LanguageInUse:
    """The language in use, and the keys it lacked so far."""

    code: str
    lacking: set[str] = field(default_factory=set)


_in_use: ContextVar[_LanguageInUse | None] = ContextVar("language", default=None)


def list_languages() -> tuple[str, ...]:
    """Codes of all languages, English first."""
    return tuple(sorted((path.name for path in HERE.iterdir() if (path / "words.json").is_file()), key=_sort_key))


def _sort_key(code: str) -> tuple[bool, str]:
    return code != FIRST, code


def get_language() -> str:
    """Code of the language in use."""
    spoken = _in_use.get()
    return spoken.code if spoken else FIRST


@contextmanager
def use_language(code: str) -> Iterator[set[str]]:
    """Say everything inside in this language; gives the set of keys that fell back to English.

    Raises:
        ValueError: there is no such language.
    """
    if code not in list_languages():
        raise ValueError(f"there is no language {code!r}; there are {', '.join(list_languages())}")
    spoken = _LanguageInUse(code)
    token = _in_use.set(spoken)
    try:
        yield spoken.lacking
    finally:
        _in_use.reset(token)


@lru_cache(maxsize=8)
def load_catalogue(code: str) -> Mapping[str, Variants]:
    """All sentences of a language by key, each with its variants."""
    found: dict[str, Variants] = {}
    for path in sorted((HERE / code).glob("*.json")):
        for key, said in json.loads(path.read_text(encoding="utf-8")).items():
            found[f"{path.stem}.{key}"] = (said,) if isinstance(said, str) else tuple(said)
    return found


def find_variants(key: str) -> Variants:
    """All variants of a sentence in the language in use.

    Raises:
        KeyError: English does not have the key.
    """
    spoken = _in_use.get()
    if spoken is not None and spoken.code != FIRST:
        found = load_catalogue(spoken.code).get(key)
        if found is not None:
            return found
        spoken.lacking.add(key)
    return load_catalogue(FIRST)[key]


def message(key: str, *, wording: int = 0, count: float | None = None, **values: object) -> str:
    """A sentence with its places filled; `wording` picks one of several, `count` singular or plural."""
    if count is not None:
        key = f"{key}_{'one' if count == 1 else 'other'}"
        values = {"count": format_number(count)} | values
    found = find_variants(key)
    return found[wording % len(found)].format_map(values)


def format_number(value: float, places: int = 0, *, signed: bool = False) -> str:
    """A number in the form of the language: `1,234.5` or `1.234,5`; a proper minus."""
    thousands, decimal = POINT.get(get_language(), POINT[FIRST])
    text = f"{value:{'+' if signed else ''},.{places}f}"
    swapped = text.replace(",", "\0").replace(".", decimal).replace("\0", thousands)
    return swapped.replace("-", "−")


def format_percent(value: float, places: int = 0) -> str:
    """So many hundredths, with the sign where the language has it: `7%`, or after a narrow space that never breaks."""
    return message("words.percent", number=format_number(value, places))


def format_date(day: datetime.date) -> str:
    """A day in the words of the language: `4 August 2025` or `4. August 2025`."""
    month = message("words.months", wording=day.month - 1)
    return message("words.date", day=day.day, month=month, year=day.year)
