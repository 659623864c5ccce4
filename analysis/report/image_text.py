"""Image text: what a picture says once it has left its page - what it shows, of which case, and how it was made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import plotly.graph_objects as go

from analysis.figures.number_text import WIDE, break_lines
from analysis.figures.style import INK, PAPER
from analysis.methods.view_names import find_full_name
from analysis.report.section import Panel, Section
from sim.ensemble.manifest import Manifest
from sim.i18n.messages import format_number, message

WIDTH, NARROW_WIDTH = 960, 400
"""Width in pixels of a saved picture, and of one for a narrow page."""

LETTERS = 110
"""Letters of a line that a saved picture holds."""

LINE, SIZE, EDGE = 17, 13, 18
"""Height of a line and of its letters, and white space at the edge, in pixels."""


@dataclass(frozen=True)
class ImageText:
    """What every picture of a page says of itself."""

    case: str
    """Title of the page."""
    changed: str
    """What was changed; empty if nothing was."""
    made: str
    """Weeks and runs; empty on a page of several."""


def describe_runs(manifest: Manifest) -> str:
    """Weeks, runs and whose assumptions, as a picture says them."""
    return message(
        "report.image-made",
        weeks=format_number(manifest.horizon_weeks),
        runs=format_number(manifest.runs_asked),
        seed=str(manifest.seed),
        views=", ".join(find_full_name(manifest, name) for name in manifest.labels),
    )


def add_image_text(section: Section, text: ImageText) -> Section:
    """The section with what each of its pictures says once it is saved."""
    folded = tuple(
        replace(one, panels=_add_to_panels(one.panels, f"{section.title}: {one.title}", section.legend, text))
        for one in section.collapsibles
    )
    shown = _add_to_panels(section.panels, section.title, section.legend, text)
    return replace(section, panels=shown, collapsibles=folded)


def _add_to_panels(
    panels: Sequence[Panel], title: str, legend: Sequence[tuple[str, str]], text: ImageText
) -> tuple[Panel, ...]:
    """Panels with the changes of layout that a saved picture needs."""
    found = []
    for panel in panels:
        heading = f"{title}: {panel.title}" if panel.title else title
        wide = plan_image(panel.figure, heading, legend, text, (WIDTH, LETTERS))
        narrow = panel.narrow and plan_image(panel.narrow, heading, legend, text, (NARROW_WIDTH, WIDE))
        found.append(replace(panel, image=wide, narrow_image=narrow))
    return tuple(found)


def plan_image(
    figure: go.Figure, heading: str, legend: Sequence[tuple[str, str]], text: ImageText, room: tuple[int, int]
) -> dict[str, Any]:
    """Width and changes of layout of a saved picture: its text above it, on a white ground.

    Args:
        figure: The figure, before what was changed stands in it.
        heading: What it shows.
        legend: Colours and names that stand above it on the page.
        text: What every picture of the page says.
        room: Width in pixels, and letters of a line.
    """
    width, letters = room
    said = [text.case, text.changed, text.made, message("report.footer")]
    lines = [f"<b>{break_lines(heading, letters, None)}</b>"]
    lines += [break_lines(one, letters, None) for one in said if one]
    lines += [f'<span style="color:{colour}">■</span> {break_lines(name, letters, 1)}' for colour, name in legend]
    whole = "<br>".join(lines)
    added = LINE * (whole.count("<br>") + 1) + EDGE
    margin = figure.layout.margin
    title = {"text": whole, "font": {"size": SIZE, "color": INK}, "x": 0, "xref": "container", "y": 1}
    title |= {"yref": "container", "xanchor": "left", "yanchor": "top", "pad": {"t": EDGE, "l": EDGE}}
    return {
        "width": width + 2 * EDGE,
        "height": figure.layout.height + added,
        "margin": {"t": (margin.t or 0) + added, "l": (margin.l or 0) + EDGE, "r": (margin.r or 0) + EDGE},
        "layout": {"title": title, "paper_bgcolor": PAPER, "plot_bgcolor": PAPER},
    }
