"""Wording: what a player reads, in the language in use; the sentences are in sim/i18n/<code>/seat.json."""

import datetime
from typing import Any

from sim.i18n import messages
from sim.narrative.wording import begin

__all__ = ["begin", "format_gain", "format_points", "say"]


SENTENCE_ENDS = (".", "?", ":")
"""Signs that end a sentence, which begins with a capital letter."""


def say(key: str, **words: Any) -> str:
    """The sentence for a key; days are written in the words of the language.

    Args:
        key: Its key in the area `seat`.
        words: What stands in its places.
    """
    shown: dict[str, Any] = {
        name: messages.format_date(word) if isinstance(word, datetime.date) else word for name, word in words.items()
    }
    said = messages.message(f"seat.{key}", **shown)
    return begin(said) if said.endswith(SENTENCE_ENDS) else said


def format_points(points: float) -> str:
    """Points with one decimal, in the form of the language: `12.3`, `−4.0`."""
    return messages.format_number(round(points, 1) + 0.0, 1)


def format_gain(points: float) -> str:
    """Points with their sign: `+12.3`."""
    return messages.format_number(round(points, 1) + 0.0, 1, signed=True)
