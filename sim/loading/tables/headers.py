"""Headers: the words by which columns of positions, salience and power are known."""

import re

ACTOR = frozenset({"actor", "name", "actors", "player", "stakeholder", "group", "akteur"})
POWER = frozenset(
    {"capability", "capabilities", "influence", "power", "resources", "clout", "strength", "weight", "cap", "macht"}
)
POSITION = frozenset({"position", "pstn", "pos", "preference", "stance"})
SALIENCE = frozenset({"salience", "sal", "importance", "priority", "salienz", "wichtigkeit"})
ISSUE = frozenset({"issue", "issues", "topic", "question", "dimension", "frage"})
LOW, HIGH = frozenset({"low", "minimum", "min"}), frozenset({"high", "maximum", "max"})
OUTCOME = frozenset({"outcome", "out", "result"})
DESCRIPTION = frozenset({"description", "desc", "about", "label"})

_KINDS = {
    "actor": ACTOR,
    "power": POWER,
    "position": POSITION,
    "salience": SALIENCE,
    "issue": ISSUE,
    "low": LOW,
    "high": HIGH,
    "outcome": OUTCOME,
    "description": DESCRIPTION,
}


def recognise(header: str) -> tuple[str, str]:
    """What a column is, and of which issue: ("position", "policy") for `Policy Position`, ("", "") for others."""
    words = re.findall(r"[^\W\d_]+|\d+", header.lower())
    for kind, known in _KINDS.items():
        for word in words:
            if word in known:
                rest = [other for other in words if other != word]
                return kind, " ".join(rest)
    return "", ""
