"""Section: one part of the page - sentences first, then figures, then the numbers as tables.

Every text may come from a scenario file that somebody sent, so every text is escaped here and nowhere else.
"""

from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go
from plotly.io import to_html

from analysis.figures.style import CONFIG
from analysis.figures.table import Table

ABOVE_FIGURES = (
    "Not a forecast: the texts give directions, the magnitudes are ours, and the ranking of source views by share "
    "follows from them."
)
"""Stands above every figure."""


@dataclass(frozen=True)
class Panel:
    """A figure and what it says to those who do not see it."""

    figure: go.Figure
    """The figure."""
    in_words: str
    """The same in sentences."""
    title: str = ""
    """Title, where a section has several figures."""


@dataclass(frozen=True)
class Section:
    """A part of the page."""

    key: str
    """Name in addresses: letters, digits and hyphens."""
    title: str
    """Heading."""
    sentences: tuple[str, ...] = ()
    """What stands first."""
    panels: tuple[Panel, ...] = ()
    """Figures, side by side where the page is wide enough."""
    legend: tuple[tuple[str, str], ...] = ()
    """Colours and names shared by the figures."""
    tables: tuple[Table, ...] = ()
    """Numbers, folded away under figures."""
    points: tuple[tuple[str, str], ...] = ()
    """A list of points: what it is about, and what there is to say."""


def html_of(section: Section) -> str:
    """The section as HTML."""
    folded = bool(section.panels)
    parts = [f'<section id="{escape(section.key)}" aria-labelledby="{escape(section.key)}-title">']
    parts.append(f'<h2 id="{escape(section.key)}-title">{escape(section.title)}</h2>')
    parts += [f"<p>{escape(sentence)}</p>" for sentence in section.sentences]
    parts.append(_points(section.points))
    if section.panels:
        parts.append(f'<p class="note">{escape(ABOVE_FIGURES)}</p>')
        parts.append(_legend(section.legend))
        several = " several" if len(section.panels) > 1 else ""
        inside = "".join(_panel(panel, f"{section.key}-{n}") for n, panel in enumerate(section.panels, start=1))
        parts.append(f'<div class="panels{several}">{inside}</div>')
    parts += [_table(table, folded or len(table.rows) > 12) for table in section.tables]
    parts.append("</section>")
    return "\n".join(part for part in parts if part)


def _points(points: tuple[tuple[str, str], ...]) -> str:
    if not points:
        return ""
    rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(text)}</dd></div>" for name, text in points)
    return f"<dl>{rows}</dl>"


def _legend(legend: tuple[tuple[str, str], ...]) -> str:
    if not legend:
        return ""
    rows = "".join(
        f'<li><span class="chip" style="background:{escape(colour)}"></span>{escape(name)}</li>'
        for colour, name in legend
    )
    return f'<ul class="legend">{rows}</ul>'


def _panel(panel: Panel, key: str) -> str:
    """A figure with its sentence, which is also what a screen reader says of the picture."""
    drawn = to_html(panel.figure, config=CONFIG, include_plotlyjs=False, full_html=False, div_id=f"plot-{key}")
    title = f"<h3>{escape(panel.title)}</h3>" if panel.title else ""
    return (
        f'<figure>{title}<div class="plot" role="img" aria-label="{escape(panel.in_words)}">{drawn}</div>'
        f"<figcaption>{escape(panel.in_words)}</figcaption></figure>"
    )


def _table(table: Table, folded: bool) -> str:
    """A table that scrolls by itself where the page is narrow."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.head)
    rows = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in row[1:])}</tr>'
        for row in table.rows
    )
    name, hidden = escape(table.caption), ' class="hidden"' if folded else ""
    whole = (
        f'<div class="scroll" role="region" aria-label="{name}" tabindex="0"><table><caption{hidden}>{name}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
    return f"<details><summary>Table: {name}</summary>{whole}</details>" if folded else whole
