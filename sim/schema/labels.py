"""Labels: keys and texts for readers, of which none is blank, and no label has more than one line."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator

_KEY = re.compile(r"[^\W_][\w-]*")
_UNSEEN = "ZCM"
"""First letters of Unicode's categories of signs that show nothing alone: separators, controls and formats, marks."""
LONGEST_KEY, LONGEST_LABEL = 80, 200
"""Most characters of a key and of a label."""

_TWINS = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаесорхуіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο’‘ʼ“”„–—−",
    "ABESIJKMHOPCTYXaecopxyijsABEZHIKMNOPTYXo'''\"\"\"---",
)
"""Cyrillic and Greek letters, quotes and dashes that cannot be told from a Latin letter or a plain sign by eye."""


def imitate(text: str) -> str:
    """The text as an eye reads it: two that look alike become equal.

    Source:
        The idea is that of Unicode's technical standard 39; of its table, only what is common is taken.
    """
    if text.isascii():
        return " ".join(text.split())
    plain = unicodedata.normalize("NFKC", text).translate(_TWINS)
    return " ".join("".join(sign for sign in plain if unicodedata.category(sign) != "Cf").split())


def check_key(key: str) -> str:
    """Refuse a key that paths, menus and tables could not name.

    Raises:
        ValueError: it has blanks or signs, or is too long.
    """
    if not _KEY.fullmatch(key):
        plain = re.sub(r"\W+", "-", key.strip().lower()).strip("-_")
        raise ValueError(
            f"a key is letters, digits, - and _; write {plain or 'a-word'!r} and put the rest into `label`"
        )
    if len(key) > LONGEST_KEY:
        raise ValueError(f"a key has at most {LONGEST_KEY} characters, this one {len(key):,}")
    return key


def check_text(text: str) -> str:
    """Refuse a text that says nothing.

    Raises:
        ValueError: it is blank.
    """
    if not any(unicodedata.category(sign)[0] not in _UNSEEN for sign in text):
        raise ValueError("is blank; say it in words")
    return text


def check_label(label: str) -> str:
    """Refuse a label that tables could not show.

    Raises:
        ValueError: it is blank, too long or has more than one line.
    """
    check_text(label)
    if len(label.splitlines()) > 1 or "\t" in label:
        raise ValueError("is a label and stands on one line, without tabs")
    if len(label) > LONGEST_LABEL:
        raise ValueError(f"is a label and has at most {LONGEST_LABEL} characters, this one {len(label):,}")
    return label


Key = Annotated[str, AfterValidator(check_key)]
"""Name of a piece of a scenario, by which other places call it."""
Text = Annotated[str, AfterValidator(check_text)]
"""A sentence for readers."""
Label = Annotated[str, AfterValidator(check_label)]
"""A name for readers, on one line."""
