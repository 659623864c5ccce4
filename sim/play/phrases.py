"""Phrases: how a story says a thing, in the language in use; the sentences are in sim/language/<code>/stories.json.

Which of several wordings is used depends on the address of the event, so the same run is always told alike. Sentences
are in the past tense and say what happened, by which rule, without judging it.
"""

import math
from collections.abc import Sequence
from typing import Any

from sim.language import tongue
from sim.play import luck

AREA = "stories"

WITH_ARTICLE = frozenset("council board union states nations alliance county league court company".split())
"""Last words of names that take an article inside a sentence, where the language has one for them."""


def say(key: str, address: str = "", **words: Any) -> str:
    """The sentence for a key; the address picks the wording."""
    count = len(tongue.wordings(f"{AREA}.{key}"))
    wording = luck.address(0, address, key) % count if count > 1 else 0
    said = tongue.say(f"{AREA}.{key}", wording=wording, **words)
    return said[:1].upper() + said[1:] if said.endswith(".") else said


def rule_words(rule: str) -> str:
    """Name of a rule in words: `moves.call` is `move: call`."""
    parts = rule.removeprefix("moves.").split(".")
    name = ": ".join(say(f"rule-{part}") for part in parts)
    return say("of-move" if rule.startswith("moves.") else "of-rule", name=name)


def named(label: str) -> str:
    """Name of an actor as it stands inside a sentence."""
    takes = label.split(" ")[-1].lower() in WITH_ARTICLE and not label.lower().startswith("the ")
    return say("with-article", name=label) if takes else label


def listed(names: Sequence[str]) -> str:
    """Names as a list in words."""
    *others, last = names
    return f"{', '.join(others)} {tongue.say('words.and')} {last}" if others else last


def number(value: float, digits: int = 3) -> str:
    """A number as readers see it, in English: .051, −.004, 0, 1.2."""
    rounded = round(value, digits) + 0.0
    if rounded == 0.0:
        return "0"
    decimals = f"{abs(rounded):.{digits}f}".partition(".")[2]
    if abs(rounded) < 1.0:
        return ("−" if rounded < 0.0 else "") + say("below-one", digits=decimals)
    return tongue.number(rounded, len(decimals.rstrip("0")))


def weeks(count: float) -> str:
    """A number of weeks in words, begun weeks counted in full."""
    return tongue.say(f"{AREA}.weeks", count=math.ceil(count))
