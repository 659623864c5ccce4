"""Decided outcomes: which outcomes does a scenario file decide itself, so that their shares move by definition?

Read aloud
    An outcome may ask whether a lever has been executed or whether the mediator has gone. Where a file dates or bars
    just that lever, or dates the leaving, such a share says nothing but what the file did. The outcome that is left
    over when no other holds moves the other way, and is counted with them.
"""

from collections.abc import Mapping
from typing import Any

DATED = ("scheduled_week", "executes")
"""What dates a lever or bars it."""


def find_decided_outcomes(reference: Mapping[str, Any], text: Mapping[str, Any]) -> frozenset[str]:
    """Keys of the outcomes that a scenario decides.

    Args:
        reference: The reference as written out in full.
        text: The scenario as written out in full.
    """
    levers = _find_decided_levers(reference, text)
    leaving = [(one.get("schedule") or {}).get("mediator_leaves_in_week") for one in (reference, text)]
    found = set()
    for key, outcome in (text.get("outcomes") or {}).items():
        when = outcome.get("when") or {}
        by_lever = any(name in levers for name in when.get("executed") or ())
        if by_lever or (when.get("mediator_gone") and leaving[0] != leaving[1]):
            found.add(key)
    if found:
        found |= {key for key, one in text["outcomes"].items() if (one.get("when") or {}).get("otherwise")}
    return frozenset(found)


def _find_decided_levers(reference: Mapping[str, Any], text: Mapping[str, Any]) -> set[str]:
    """Levers that the scenario dates or bars and the reference does not, and `major` if one of them is."""
    before = reference.get("levers") or {}
    found = set()
    for name, lever in (text.get("levers") or {}).items():
        known = before.get(name) or {}
        if any(lever.get(field) != known.get(field) for field in DATED):
            found |= {name, "major"} if lever.get("major") else {name}
    return found
