"""Side numbers: which source view has the numbers that a side of a contradiction sets, and which other sides set them?

Read aloud
    A side lays numbers over a source view. A view that has every one of them already takes that side; a side that no
    view takes is ours to be careful with, since no author's assumptions are played with it. Of the numbers that a side
    changes in the view at hand, some may be set alike by sides of other questions: such questions are partly one, and
    what they move must not be counted twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Look = tuple[str, str]
"""A question and one of its sides."""

Numbers = Mapping[str, str]
"""Numbers as text, by their place."""


@dataclass(frozen=True)
class SideNumbers:
    """What is known of the numbers that a side sets."""

    n_changed: int
    """Numbers that it changes in the view at hand."""
    views: tuple[str, ...]
    """Source views that have all numbers it sets."""
    shared: tuple[tuple[Look, int], ...]
    """Sides of other questions that change some of these numbers alike, and how many, the most first."""

    @property
    def has_view(self) -> bool:
        """True if some source view takes this side, or if it sets no number."""
        return bool(self.views) or not self.n_changed

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        shares = [{"with": "=".join(look), "numbers": many} for look, many in self.shared]
        return {"views": [*self.views], "changes": self.n_changed, "shares": shares}


def side_numbers_from_json(data: Mapping[str, Any]) -> SideNumbers | None:
    """What was kept of a side's numbers, read back; None if nothing was.

    Raises:
        KeyError, TypeError, ValueError: it is of another form.
    """
    if "changes" not in data:
        return None
    shared = tuple((_read_look(one["with"]), int(one["numbers"])) for one in data["shares"])
    return SideNumbers(int(data["changes"]), tuple(map(str, data["views"])), shared)


def _read_look(text: str) -> Look:
    key, _, side = text.partition("=")
    return key, side


def relate_sides(
    sides: Mapping[Look, Numbers], as_is: Numbers, views: Mapping[str, Numbers]
) -> dict[Look, SideNumbers]:
    """Say of every side which views have its numbers and with which sides of other questions it shares them.

    Args:
        sides: What each side sets, by question and side.
        as_is: The numbers of the view over which sides are laid.
        views: The numbers of every source view, by its name.
    """
    changed = {look: {*some.items()} - {*as_is.items()} for look, some in sides.items()}
    return {
        look: SideNumbers(
            len(changed[look]),
            tuple(view for view, has in views.items() if some and some.items() <= has.items()),
            _find_shared(look, changed),
        )
        for look, some in sides.items()
    }


def _find_shared(look: Look, changed: Mapping[Look, set[tuple[str, str]]]) -> tuple[tuple[Look, int], ...]:
    """Sides of other questions that change some of the same numbers, the most first, in the order given."""
    many = {other: len(changed[look] & some) for other, some in changed.items() if other[0] != look[0]}
    return tuple(sorted(((other, count) for other, count in many.items() if count), key=lambda pair: -pair[1]))
