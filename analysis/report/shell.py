"""Shell: what every page is put into - one file that opens without a network, in the language in use."""

import json
import os
from collections.abc import Collection, Sequence
from html import escape
from pathlib import Path
from string import Template

from plotly.offline import get_plotlyjs

from analysis.report.section import Section, html_of
from sim.language.tongue import FIRST, language, say

PAGE = Path(__file__).with_name("page.html")


def shell(title: str, question: str, sections: Sequence[Section], said: Sequence[str] = ()) -> str:
    """The page; `said` stands under its title."""
    return Template(PAGE.read_text(encoding="utf-8")).substitute(
        language=language(),
        title=escape(title),
        question=escape(question),
        said="".join(f'<p class="note">{escape(text)}</p>' for text in said),
        contents_title=escape(say("report.contents")),
        contents="".join(f'<li><a href="#{escape(one.key)}">{escape(one.title)}</a></li>' for one in sections),
        no_script=escape(say("report.no-script")),
        plotly=get_plotlyjs(),
        locale=_locale(),
        sections="\n".join(html_of(one) for one in sections),
        footer=escape(say("report.footer")),
    )


def write(path: Path, text: str) -> Path:
    """Write a file; the old one stays until the new one is whole."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.write_text(text, encoding="utf-8", newline="")
    os.replace(unfinished, path)
    return path


def lacking(places: Collection[str]) -> tuple[str, ...]:
    """What a page says first about its language: what stays English by design, and what fell back to it."""
    if language() == FIRST:
        return ()
    found = (say("report.english"),)
    return (*found, say("report.fell-back", count=len(places))) if places else found


def _locale() -> str:
    """The words on the buttons of the figures, for a language that the drawing library does not bring along."""
    if language() == FIRST:
        return ""
    words = {"Download plot as a PNG": say("report.download"), "Download plot as a png": say("report.download")}
    told = {"moduleType": "locale", "name": language(), "dictionary": words, "format": {}}
    return f"<script>Plotly.register({json.dumps(told, ensure_ascii=True)})</script>"
