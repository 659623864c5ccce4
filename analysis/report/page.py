"""Page: what every page is put into - one file that opens without a network, in the language in use."""

import json
from collections.abc import Collection, Sequence
from html import escape
from pathlib import Path
from string import Template

from plotly.offline import get_plotlyjs

from analysis.report.image_text import ImageText, add_image_text
from analysis.report.section import Filter, Section, mark_section, render_filters, render_section
from sim.i18n.messages import FIRST, get_language, message
from sim.storage.atomic_write import write_file

TEMPLATE_FILE = Path(__file__).with_name("page.html")


def render_page(
    title: str,
    question: str,
    opening: Sequence[Section],
    sections: Sequence[Section],
    notes: Sequence[str] = (),
    changed: str = "",
    made: str = "",
    filters: Sequence[Filter] = (),
) -> str:
    """The page.

    Args:
        title: Its title.
        question: What it answers.
        opening: Sections that stand open before the table of contents.
        sections: Sections that are folded away; a link to one opens it.
        notes: What is said of the page's language.
        changed: What was changed; it stands under the title, in every figure and over every table.
        made: How many weeks and runs it is about; saved pictures say it.
        filters: What the folded sections can be restricted to.
    """
    text = ImageText(title, changed, made)
    return Template(TEMPLATE_FILE.read_text(encoding="utf-8")).substitute(
        language=get_language(),
        title=escape(title),
        question=escape(question),
        changed=f'<p class="changed"><strong>{escape(changed)}</strong></p>' if changed else "",
        said="".join(f'<p class="note">{escape(text)}</p>' for text in notes),
        contents=_render_contents(sections),
        filters=render_filters(filters),
        filter=escape(message("report.filter")),
        print_all=escape(message("report.print-all")),
        no_script=escape(message("report.no-script")),
        plotly=get_plotlyjs(),
        locale=_render_locale(),
        opening="\n".join(render_section(one) for one in _mark(opening, text)),
        sections="\n".join(render_section(one, collapsed=True) for one in _mark(sections, text)),
        footer=escape(message("report.footer")),
    )


def _mark(sections: Sequence[Section], text: ImageText) -> list[Section]:
    """Sections with what was changed, and pictures with what they say once they are saved."""
    return [mark_section(add_image_text(one, text), text.changed) for one in sections]


def _render_contents(sections: Sequence[Section]) -> str:
    """Links to all that is folded away; nothing where nothing is."""
    if not sections:
        return ""
    title = escape(message("report.contents"))
    links = "".join(f'<li><a href="#{escape(one.key)}">{escape(one.title)}</a></li>' for one in sections)
    return f'<nav aria-label="{title}"><h2>{title}</h2><ul>{links}</ul></nav>'


def write_page(path: Path, text: str) -> Path:
    """Write a file; the old one stays until the new one is whole."""
    with write_file(path) as unfinished:
        unfinished.write_text(text, encoding="utf-8", newline="")
    return path


def name_page(name: str, language: str) -> str:
    """Name of a page's file: no language takes another's place.

    English has the plain name; any other language stands before the ending (`views.de.html`).

    Args:
        name: The name in English.
        language: Code of the language.
    """
    stem, dot, ending = name.rpartition(".")
    return name if language == FIRST else f"{stem}.{language}{dot}{ending}"


def list_language_notes(places: Collection[str]) -> tuple[str, ...]:
    """What a page says first about its language: what stays English by design, and what fell back to it."""
    if get_language() == FIRST:
        return ()
    found = (message("report.english"),)
    return (*found, message("report.fell-back", count=len(places))) if places else found


def _render_locale() -> str:
    """The words on the buttons of the figures, for a language that the drawing library does not bring along."""
    if get_language() == FIRST:
        return ""
    words = {"Download plot as a PNG": message("report.download"), "Download plot as a png": message("report.download")}
    locale = {"moduleType": "locale", "name": get_language(), "dictionary": words, "format": {}}
    return f"<script>Plotly.register({json.dumps(locale, ensure_ascii=True)})</script>"
