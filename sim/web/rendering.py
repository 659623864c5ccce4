"""Rendering: templates with everything escaped, and the words of the language in use."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from sim.i18n.messages import format_number, get_language, list_languages, message
from sim.web.charts import draw_chip, draw_mark
from sim.workflows.seat.wording import say

_environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def _say(key: str, **values: Any) -> str:
    return message(f"pages.{key}", **values)


def _say_in_class(key: str, **values: Any) -> str:
    return message(f"classroom.{key}", **values)


_environment.globals |= {
    "t": _say,
    "c": _say_in_class,
    "s": say,
    "number": format_number,
    "chip": draw_chip,
    "mark": draw_mark,
}


def render(template: str, values: Mapping[str, Any], status: int = 200) -> HTMLResponse:
    """A page in the language in use.

    Args:
        template: Name of the template.
        values: What it shows.
        status: Status of the answer.
    """
    known = {"language": get_language(), "languages": list_languages()}
    return HTMLResponse(_environment.get_template(template).render({**known, **values}), status)
