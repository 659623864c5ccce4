"""Direct labels: names beside the dots they belong to, so that no legend is needed; near ones share a label."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.figures.number_text import shorten

LETTER = 6.2
"""Width in pixels of a letter of a label."""

NEAR, APART = 9.0, 8.0
"""Dots nearer than this share a label; labels keep this distance, in pixels."""


MOST_LETTERS = 4
"""Letters of an initial, at most."""


@dataclass(frozen=True)
class Label:
    """A name at its place."""

    text: str
    """The name or names."""
    left: float
    """Left edge in pixels from the start of the axis."""
    above: bool
    """True above the dots, false below."""


def make_short_names(labels: Mapping[str, str]) -> dict[str, str]:
    """Short names of source views: the last name, before a comma or where the key begins with it; else the label."""
    short = {key: shorten(_find_last_name(key, label) or label, 18) for key, label in labels.items()}
    return {key: name if list(short.values()).count(name) == 1 else key for key, name in short.items()}


def _find_last_name(key: str, label: str) -> str:
    """The last name of whom a source view reads; empty where there is none."""
    name, comma, _ = label.partition(",")
    last = name.split()[-1] if name.split() else ""
    return last if comma or (key != label and last[:1].isupper() and key.startswith(last.casefold())) else ""


def make_initials(names: Mapping[str, str]) -> dict[str, str]:
    """Shortest beginnings of short names that are no other's, else of their last words; numbers where both are long."""
    last = {key: (name.split() or [name])[-1] for key, name in names.items()}
    for some in (names, last):
        found = {key: _cut(name, [one for other, one in some.items() if other != key]) for key, name in some.items()}
        if all(found.values()):
            return found
    return {key: str(n) for n, key in enumerate(names, start=1)}


def _cut(name: str, others: Sequence[str]) -> str:
    """The shortest beginning of a name with which no other one begins; empty if a few letters are not enough."""
    known = [other.casefold() for other in others]
    lengths = range(1, min(len(name), MOST_LETTERS) + 1)
    found = (name[:n] for n in lengths if not any(one.startswith(name[:n].casefold()) for one in known))
    short = next(found, "")
    return short[:1].upper() + short[1:]


def place_labels(dots: Sequence[tuple[float, str]], all_of_them: str, joint: str = ", ") -> list[Label]:
    """Labels of the dots of a line.

    Args:
        dots: Place in pixels and name of each dot.
        all_of_them: What is said where all dots share a label.
        joint: What stands between names that share a label.
    """
    ordered = sorted(dots)
    groups = [[ordered[0]]] if ordered else []
    for one in ordered[1:]:
        if one[0] - groups[-1][-1][0] < NEAR:
            groups[-1].append(one)
        else:
            groups.append([one])
    while True:
        found, crowded = _try_places(groups, all_of_them if len(ordered) > 1 else "", joint)
        if crowded is None:
            return found
        groups[crowded - 1 : crowded + 1] = [groups[crowded - 1] + groups[crowded]]


def _try_places(groups: list[list[tuple[float, str]]], all_of_them: str, joint: str) -> tuple[list[Label], int | None]:
    """Labels above or below; and the first group that finds no room."""
    found: list[Label] = []
    ends = {True: -1e9, False: -1e9}
    for n, group in enumerate(groups):
        text = all_of_them if all_of_them and len(groups) == 1 else joint.join(name for _, name in group)
        width = LETTER * len(text)
        left = max(0.0, sum(place for place, _ in group) / len(group) - width / 2)
        above = next((side for side in (True, False) if left >= ends[side] + APART), None)
        if above is None:
            return found, n
        ends[above] = left + width
        found.append(Label(text, left, above))
    return found, None
