"""Wording: how a story says a thing, in the language in use; the sentences are in sim/i18n/<code>/stories.json.

Which of several variants is used depends on the address of the event, so the same run is always narrated alike.
Sentences are in the past tense and say what happened, by which rule, without judging it.
"""

import math
from dataclasses import dataclass
from typing import Any

from sim.i18n import messages
from sim.model import random_streams
from sim.narrative.names import Name, parse_name
from sim.schema.words import CaseWords

AREA = "stories"

WITH_ARTICLE = frozenset("council board union states nations alliance county league court company".split())
"""Last words of names that take an article inside a sentence, where the language has one for them."""


def message(key: str, address: str = "", **words: Any) -> str:
    """The sentence for a key; the address picks the variant."""
    count = len(messages.find_variants(f"{AREA}.{key}"))
    wording = random_streams.stream_key(0, address, key) % count if count > 1 else 0
    said = messages.message(f"{AREA}.{key}", wording=wording, **words)
    return begin(said) if said.endswith(".") else said


def begin(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def format_rule(rule: str) -> str:
    """Name of a rule in words: `moves.call` is `move: call`."""
    parts = rule.removeprefix("moves.").split(".")
    name = ": ".join(message(f"rule-{part}") for part in parts)
    return message("of-move" if rule.startswith("moves.") else "of-rule", name=name)


def with_article(label: str) -> str:
    """Name of an actor as it stands inside a sentence."""
    takes = label.split(" ")[-1].lower() in WITH_ARTICLE and not label.lower().startswith("the ")
    return message("with-article", name=label) if takes else label


@dataclass(frozen=True)
class Things:
    """What a case calls its contest, its meetings and its moves."""

    contest: Name
    meeting: Name
    summit: Name
    truce: Name
    the_truce: Name
    hostile_act: Name
    strike: str
    """A clause with places."""


def name_things(words: CaseWords) -> Things:
    """What the case calls a thing, or the usual word for it in the language in use."""
    usual = {key: messages.find_variants(f"case.{key}")[0] for key in CaseWords.model_fields}
    said: dict[str, Any] = {key: getattr(words, key) or text for key, text in usual.items()}
    clause = said.pop("strike")
    return Things(**{key: parse_name(text) for key, text in said.items()}, strike=clause)


def name_hostile_act(said: str | None) -> str:
    """The move that hurts the other side, as a case calls it, or the usual word for it in the language in use.

    Args:
        said: What stands under `words.hostile_act` of the case; none if nothing does.
    """
    return str(parse_name(said or messages.find_variants("case.hostile_act")[0]))


def format_rounded(value: float, digits: int = 3) -> str:
    """A number as readers see it, in English: .051, −.004, 0, 1.2."""
    rounded = round(value, digits) + 0.0
    if rounded == 0.0:
        return "0"
    decimals = f"{abs(rounded):.{digits}f}".partition(".")[2]
    if abs(rounded) < 1.0:
        return ("−" if rounded < 0.0 else "") + message("below-one", digits=decimals)
    return messages.format_number(rounded, len(decimals.rstrip("0")))


def format_duration(count: float) -> str:
    """A number of weeks in words, begun weeks counted in full."""
    return messages.message(f"{AREA}.weeks", count=math.ceil(count))
