"""Line names: names beside the right ends of lines or areas, moved apart where they would touch."""

from collections.abc import Sequence

from analysis.figures.style import GREY, INK

LINE, LEAD, APART = 13, 14, 2
"""Height of a line of text, width of the thin line to a name, and least distance of two names, in pixels."""


def place_line_names(ends: Sequence[tuple[str, float, float]], high: float, body: int) -> list[dict[str, object]]:
    """Annotations with the names.

    Args:
        ends: Name, already broken into lines, week and value of every end.
        high: The value at the top of the axis, which starts at 0.
        body: Height of the axis in pixels.
    """
    ordered = sorted(ends, key=lambda end: end[2])
    heights = [LINE * (1 + name.count("<br>")) for name, _, _ in ordered]
    middles = [body * value / high for _, _, value in ordered]
    places = space_apart(middles, heights, body)
    return [
        _make_name(name, week, value, middle - place)
        for (name, week, value), middle, place in zip(ordered, middles, places, strict=True)
    ]


def space_apart(middles: Sequence[float], heights: Sequence[int], body: int) -> list[float]:
    """Middles of names in pixels from the bottom: raised where they would touch, lowered where they pass the top."""
    found: list[float] = []
    floor = 0.0
    for middle, height in zip(middles, heights, strict=True):
        found.append(max(middle, floor + height / 2))
        floor = found[-1] + height / 2 + APART
    ceiling = float(body)
    for n in reversed(range(len(found))):
        found[n] = min(found[n], ceiling - heights[n] / 2)
        ceiling = found[n] - heights[n] / 2 - APART
    return found


def _make_name(text: str, week: float, value: float, lift: float) -> dict[str, object]:
    """A name, with a thin line from its end."""
    return {
        "text": text,
        "x": week,
        "y": value,
        "ax": LEAD,
        "ay": lift,
        "xanchor": "left",
        "yanchor": "middle",
        "align": "left",
        "showarrow": True,
        "arrowhead": 0,
        "arrowwidth": 0.8,
        "arrowcolor": GREY,
        "standoff": 0,
        "font": {"size": 11, "color": INK},
        "borderpad": 0,
    }
