"""Section: one part of the page - sentences first, then figures, then the numbers as tables.

Every text may come from a scenario file that somebody sent, so every text is escaped here and nowhere else.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import plotly.graph_objects as go
from plotly.io import to_html

from analysis.figures.figure_table import Table
from analysis.figures.style import CONFIG, mark_changed
from sim.i18n.messages import FIRST, get_language, message

COLLAPSED_FROM = 12
"""Tables with more rows than this are folded away."""


_COMMAND = re.compile("`([^`]+)`")
"""What is typed, between the signs that stand for it in texts."""


class English(str):
    """A text that is kept in English on every page; on a page in another language it is marked as English."""


class Cited(str):
    """A text with the numbers of the notes it rests on; each is a link to its note."""

    notes: tuple[int, ...]

    def __new__(cls, text: str, notes: tuple[int, ...]) -> "Cited":
        """The text, and the numbers of its notes."""
        made = super().__new__(cls, text)
        made.notes = notes
        return made


class Mixed(str):
    """A text of pieces, some of which are kept in English."""

    pieces: tuple[str, ...]

    def __new__(cls, *pieces: str) -> "Mixed":
        """The pieces as one text."""
        made = super().__new__(cls, "".join(pieces))
        made.pieces = pieces
        return made


class NoteNumber(str):
    """The number of a note, which links to the note lead to."""

    def __new__(cls, number: int) -> "NoteNumber":
        """The number as text."""
        return super().__new__(cls, number)


@dataclass(frozen=True)
class Filter:
    """What a reader may restrict a page to; without script all is shown, and no filter."""

    name: str
    """What is chosen: `actor`, `theme` or `pair`."""
    label: str
    """The same for readers."""
    choices: tuple[tuple[str, str], ...]
    """Keys and labels to choose from."""


@dataclass(frozen=True)
class Panel:
    """A figure and what it says to those who do not see it."""

    figure: go.Figure
    """The figure."""
    summary_text: str
    """The same in sentences."""
    title: str = ""
    """Title, where a section has several figures."""
    caption: str | None = None
    """What is printed below it, where that is less than a screen reader says; nothing if it is empty."""
    narrow: go.Figure | None = None
    """The same for a narrow page, where it has to be another one."""
    image: Mapping[str, Any] | None = None
    """How the picture differs once it is saved."""
    narrow_image: Mapping[str, Any] | None = None
    """The same for the narrow one."""
    changed: str = ""
    """What was changed; it stands in the picture, and is said with its sentence to those who do not see it."""


@dataclass(frozen=True)
class Collapsible:
    """A long text that is folded away, such as a run that is narrated."""

    title: str
    """What it is; always shown."""
    sentences: tuple[str, ...] = ()
    """What stands first inside."""
    parts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Headings with the lines under them."""
    panels: tuple[Panel, ...] = ()
    """Figures before the parts."""
    tables: tuple[Table, ...] = ()
    """Numbers of the figures, folded away under them."""
    theme: str = ""
    """Key of the theme it is about, where a page can be restricted to one."""
    part_actors: tuple[tuple[str, ...], ...] = ()
    """Keys of the actors that each part is about, likewise."""
    pair: str = ""
    """Key of the pair of source views it is about, likewise."""


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
    tables_open: bool = False
    """True if the tables are shown under figures, too."""
    points: tuple[tuple[str, str], ...] = ()
    """A list of points: what it is about, and what there is to say."""
    point_themes: tuple[str, ...] = ()
    """Keys of the themes that the points are about, where a page can be restricted to one."""
    collapsibles: tuple[Collapsible, ...] = ()
    """Long texts."""
    notes: tuple[str, ...] = ()
    """What stands below the figures."""
    pair: str = ""
    """Key of the pair of source views it is about, where a page can be restricted to one."""
    links: tuple[tuple[str, str, str], ...] = ()
    """Other pages: name, address from this page, and what is to be said of it."""


def mark_section(section: Section, changed: str) -> Section:
    """The section with what was changed in every figure and over every table; as it is if nothing was."""
    if not changed:
        return section
    folded = tuple(
        replace(one, panels=_mark_panels(one.panels, changed), tables=_mark_tables(one.tables, changed))
        for one in section.collapsibles
    )
    panels, tables = _mark_panels(section.panels, changed), _mark_tables(section.tables, changed)
    return replace(section, panels=panels, tables=tables, collapsibles=folded)


def _mark_tables(tables: tuple[Table, ...], changed: str) -> tuple[Table, ...]:
    """Tables with what was changed over them."""
    return tuple(
        table if changed in table.caption else replace(table, caption=f"{table.caption} ({changed})")
        for table in tables
    )


def _mark_panels(panels: tuple[Panel, ...], changed: str) -> tuple[Panel, ...]:
    """Figures with what was changed."""
    return tuple(_mark_panel(panel, changed) for panel in panels)


def _mark_panel(panel: Panel, changed: str) -> Panel:
    """A figure with what was changed; the sentence printed below it need not say so again."""
    narrow = panel.narrow and mark_changed(panel.narrow, changed)
    return replace(panel, figure=mark_changed(panel.figure, changed), narrow=narrow, changed=changed)


def render_section(section: Section, *, collapsed: bool = False) -> str:
    """The section as HTML; one that is collapsed opens by its heading or by a link to it."""
    key = escape(section.key)
    heading = f'<h2 id="{key}-title">{_render_text(section.title)}</h2>'
    body = _render_body(section)
    inside = f"<details><summary>{heading}</summary>\n{body}</details>" if collapsed else f"{heading}\n{body}"
    return f'<section id="{key}"{_mark_pair(section.pair)} aria-labelledby="{key}-title">{inside}</section>'


def _mark_pair(pair: str) -> str:
    """An attribute that says to which pair of source views something belongs; nothing where to none."""
    return f' data-pair="{escape(pair)}"' if pair else ""


def _render_body(section: Section) -> str:
    """What stands under the heading."""
    parts = [f"<p>{_render_text(sentence)}</p>" for sentence in section.sentences]
    parts.append(_render_points(section.points, section.point_themes))
    parts.append(_render_links(section.links))
    if section.panels:
        parts.append(_render_legend(section.legend))
        parts.append(_render_panels(section.panels, section.key, section.title))
    parts += [f'<p class="note">{_render_text(note)}</p>' for note in section.notes]
    folded = bool(section.panels) and not section.tables_open
    parts += [
        _render_collapsible(one, f"{section.key}-folded-{n}") for n, one in enumerate(section.collapsibles, start=1)
    ]
    parts += [_render_table(table, folded or len(table.rows) > COLLAPSED_FROM) for table in section.tables]
    return "\n".join(part for part in parts if part)


def _render_text(text: str) -> str:
    """A text, marked where it is English on a page that is not, with links to its notes."""
    if isinstance(text, Mixed):
        return "".join(map(_render_text, text.pieces))
    if isinstance(text, English) and get_language() != FIRST:
        return f'<span lang="{FIRST}">{escape(text)}</span>'
    if isinstance(text, NoteNumber):
        return f'<span id="note-{text}">{text}</span>'
    if isinstance(text, Cited) and text.notes:
        marks = ",".join(f'<a href="#note-{number}">{number}</a>' for number in text.notes)
        return f"{escape(text)} <sup>{marks}</sup>"
    return _COMMAND.sub(r"<code>\1</code>", escape(text))


def render_filters(filters: Sequence[Filter]) -> str:
    """Lists to choose from, hidden until the script of the page shows them; nothing without filters."""
    if not filters:
        return ""
    lists = ""
    for one in filters:
        rows = "".join(f'<option value="{escape(key)}">{escape(label)}</option>' for key, label in one.choices)
        every = f'<option value="">{escape(message("report.filter-all"))}</option>'
        lists += f'<label>{escape(one.label)} <select name="{escape(one.name)}">{every}{rows}</select></label>'
    said = escape(message("report.filter-shown", shown="{shown}", all="{all}"))
    name = escape(message("report.filter-numbers"))
    lists += f'<output data-said="{said}"></output>'
    return f'<div class="choices" role="group" aria-label="{name}" hidden>{lists}</div>'


def _render_points(points: tuple[tuple[str, str], ...], themes: tuple[str, ...]) -> str:
    if not points:
        return ""
    marks = [f' data-theme="{escape(theme)}"' for theme in themes] or [""] * len(points)
    rows = "".join(
        f"<div{mark}><dt>{_render_text(name)}</dt><dd>{_render_text(text)}</dd></div>"
        for mark, (name, text) in zip(marks, points, strict=True)
    )
    return f"<dl>{rows}</dl>"


def _render_links(links: tuple[tuple[str, str, str], ...]) -> str:
    if not links:
        return ""
    rows = "".join(
        f'<div><dt><a href="{escape(address)}">{_render_text(name)}</a></dt><dd>{_render_text(text)}</dd></div>'
        for name, address, text in links
    )
    return f"<dl>{rows}</dl>"


def _render_legend(legend: tuple[tuple[str, str], ...]) -> str:
    if not legend:
        return ""
    rows = "".join(
        f'<li><span class="chip" style="background:{escape(colour)}"></span>{_render_text(name)}</li>'
        for colour, name in legend
    )
    return f'<ul class="legend">{rows}</ul>'


def _render_panels(panels: tuple[Panel, ...], key: str, under: str = "") -> str:
    inside = "".join(_render_panel(panel, f"{key}-{n}", under) for n, panel in enumerate(panels, start=1))
    return f'<div class="panels{" several" if len(panels) > 1 else ""}">{inside}</div>'


def _render_panel(panel: Panel, key: str, under: str) -> str:
    """A figure with its sentence, which is also what a screen reader says of the picture."""
    title = f"<h3>{_render_text(panel.title)}</h3>" if panel.title else ""
    said = _cut_heading(panel.summary_text, panel.title or under) if panel.caption is None else panel.caption
    drawn = _render_plot(panel.figure, panel, key, "wide" if panel.narrow else "")
    if panel.narrow:
        drawn += _render_plot(panel.narrow, panel, f"{key}-narrow", "narrow")
    below = f"<figcaption>{_render_text(said)}</figcaption>" if said else ""
    return f"<figure>{title}{drawn}{below}</figure>"


def _cut_heading(text: str, heading: str) -> str:
    """A sentence without the heading it stands under, where it begins with it."""
    rest = text.removeprefix(heading) if heading else ""
    cut = rest.lstrip(",:. ")
    return f"{cut[0].upper()}{cut[1:]}" if cut and rest[:1] in (",", ":", ".") and len(rest) < len(text) else text


def _render_plot(figure: go.Figure, panel: Panel, key: str, width: str) -> str:
    """A picture of a panel; `width` says on which pages it is shown, if not on all."""
    config = CONFIG | {"locale": get_language()}
    drawn = to_html(figure, config=config, include_plotlyjs=False, full_html=False, div_id=f"plot-{key}")
    kind = f"plot {width}".rstrip()
    saved = _render_json(panel.narrow_image if width == "narrow" else panel.image)
    said = escape(panel.summary_text + (f" ({panel.changed})" if panel.changed else ""))
    return f'<div class="{kind}" role="img" aria-label="{said}" data-image=\'{saved}\'>{drawn}</div>'


def _render_json(data: Any) -> str:
    """Data for an attribute between apostrophes, which are rarer in it than quotation marks."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#39;")


def _render_table(table: Table, collapsed: bool) -> str:
    """A table that scrolls by itself where the page is narrow; one that is folded is named by what unfolds it."""
    head = "".join(f'<th scope="col">{_render_text(name)}</th>' for name in table.head)
    rows = "".join(
        f'<tr><th scope="row">{_render_text(row[0])}</th>'
        + "".join(f"<td>{_render_text(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in table.rows
    )
    named = f'aria-label="{escape(table.caption)}"'
    caption = "" if collapsed else f"<caption>{_render_text(table.caption)}</caption>"
    opened = f"<table {named}>" if collapsed else "<table>"
    whole = (
        f'<div class="scroll" role="region" {named} tabindex="0">'
        f"{opened}{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
    summary = _render_text(message("report.table", name=table.caption))
    return f"<details><summary>{summary}</summary>{whole}</details>" if collapsed else whole


def _render_collapsible(collapsible: Collapsible, key: str) -> str:
    """A long text behind its title."""
    said = "".join(f"<p>{_render_text(sentence)}</p>" for sentence in collapsible.sentences)
    drawn = _render_panels(collapsible.panels, key, collapsible.title) if collapsible.panels else ""
    marks = [f' data-actors="{escape(" ".join(keys))}"' for keys in collapsible.part_actors]
    parts = "".join(
        f'<div class="part"{mark}><p><strong>{_render_text(heading)}</strong></p>'
        f"<ul>{''.join(f'<li>{_render_text(line)}</li>' for line in lines)}</ul></div>"
        for mark, (heading, lines) in zip(marks or [""] * len(collapsible.parts), collapsible.parts, strict=True)
    )
    shorter = (replace(table, caption=_cut_heading(table.caption, collapsible.title)) for table in collapsible.tables)
    tables = "".join(_render_table(table, collapsed=True) for table in shorter)
    inside = f"{said}{drawn}{parts}{tables}"
    theme = f' data-theme="{escape(collapsible.theme)}"' if collapsible.theme else ""
    theme += _mark_pair(collapsible.pair)
    return f'<details class="folded"{theme}><summary>{_render_text(collapsible.title)}</summary>{inside}</details>'
