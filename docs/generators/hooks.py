"""Hooks: what mkdocs asks while it builds - pages made from the program, equations, files from outside docs/."""

import re
from html import escape
from pathlib import Path
from typing import Any

from latex2mathml.converter import convert
from mkdocs.structure.files import File, Files

from docs.generators.commands_page import commands_markdown
from docs.generators.python_page import python_markdown

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "outputs" / "example"
MADE = {"reference/commands.md": commands_markdown, "reference/python.md": python_markdown}
PLACE = "<!-- made when the site is built -->"
_DISPLAYED = re.compile(r"^\$\$(.+?)\$\$$", flags=re.MULTILINE)
_INLINE = re.compile(r"(?<![\w$\\`])\$([^$\n`]+?)\$(?![\w$])")


def on_files(files: Files, config: Any) -> Files:
    """Take the finished report and its picture into the gallery."""
    for path in (EXAMPLE / "report.html", EXAMPLE / "outcome-shares.png"):
        files.append(File.generated(config, f"gallery/{path.name}", abs_src_path=str(path)))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Files) -> str:
    """Fill in what is made from the program, and write equations as MathML, which needs no script."""
    place = page.file.src_uri
    if place in MADE:
        markdown = markdown.replace(PLACE, MADE[place]())
    return write_equations(markdown) if place.startswith("model/rules") else markdown


def write_equations(markdown: str) -> str:
    """LaTeX between dollars becomes MathML."""
    shown = _DISPLAYED.sub(lambda found: f'<div class="equation">{_convert(found[1], "block")}</div>', markdown)
    return _INLINE.sub(lambda found: _convert(found[1], "inline"), shown)


def _convert(latex: str, display: str) -> str:
    """One equation, with its LaTeX for those who copy it."""
    made = convert(latex, display=display)
    return made.replace("<math ", f'<math aria-label="{escape(latex)}" ', 1)
