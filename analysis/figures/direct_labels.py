"""Direct labels: names beside the dots they belong to, so that no legend is needed; near ones share a label."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.figures.number_text import shorten

LETTER = 6.2
"""Width in pixels of a letter of a label."""

NEAR, APART = 9.0, 5.0
"""Dots nearer than this share a label; labels keep this distance, in pixels."""


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
    """Short names of source views: the last name before a comma, or the whole label where that is not unique."""
    short = {}
    for key, label in labels.items():
        name, comma, _ = label.partition(",")
        short[key] = shorten(name.split()[-1] if comma and name.split() else label, 18)
    return {key: name if list(short.values()).count(name) == 1 else key for key, name in short.items()}


def make_initials(names: Mapping[str, str]) -> dict[str, str]:
    """First letters of short names, or numbers where these are not unique."""
    first = {key: name[:1].upper() for key, name in names.items()}
    alike = len(set(first.values())) < len(first)
    return {key: str(n) if alike else first[key] for n, key in enumerate(first, start=1)}


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
