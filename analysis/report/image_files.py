"""Image files: the figures of a page that is written, as PNG or SVG files, each with what it says of itself.

The page already says how each of its figures is saved (`image_text`), so that a file equals what its camera saves.
"""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from sim.errors import MissingPartError

SCALE = 2
"""Pixels of a PNG for each pixel of the page."""

NO_KALEIDO = "images need kaleido: `pip install 'zopa-simulator[images]'`; or save a figure with the camera above it"
NO_BROWSER = (
    "images need a browser: install Chromium or Chrome, or name one in ZOPA_BROWSER; or save a figure with the camera"
    " above it"
)


@dataclass(frozen=True)
class PageFigure:
    """A figure of a page, ready to be saved."""

    name: str
    """Name in addresses of the page, such as `outcome-shares-1`."""
    figure: dict[str, Any]
    """Data and layout, with the text that it carries once it has left the page."""

    @property
    def section(self) -> str:
        """Section of the page in which it stands, such as `outcome-shares`."""
        return self.name.rsplit("-", 1)[0].partition("-folded")[0]


def read_figures(page: str) -> list[PageFigure]:
    """Every figure of a page, in its order; of those that a narrow page draws otherwise, the wide ones.

    Args:
        page: The page as text.
    """
    reader = _FigureReader()
    reader.feed(page)
    return [one for one in reader.found if not one.name.endswith("-narrow")]


class _FigureReader(HTMLParser):
    """Reads what `section` writes for each figure: how it is saved, then the script that draws it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[PageFigure] = []
        self.saved: dict[str, Any] | None = None

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Take note of how the next figure is saved."""
        if text := dict(attrs).get("data-image"):
            self.saved = json.loads(text)

    def handle_data(self, data: str) -> None:
        """The next script that draws belongs to it."""
        if self.saved and (start := data.find("Plotly.newPlot(")) >= 0:
            name, traces, layout = _read_values(data[start + len("Plotly.newPlot(") :], 3)
            figure = {"data": traces, "layout": _lay_out(layout, self.saved)}
            self.found.append(PageFigure(name.removeprefix("plot-"), figure))
            self.saved = None


def _read_values(text: str, count: int) -> Iterator[Any]:
    """The first values of a list of JSON values."""
    decoder = json.JSONDecoder()
    for _ in range(count):
        text = text.lstrip(" \n,")
        value, end = decoder.raw_decode(text)
        text = text[end:]
        yield value


def _lay_out(layout: dict[str, Any], saved: dict[str, Any]) -> dict[str, Any]:
    """The layout of a saved figure, as the script of the page makes it."""
    margin = {**layout.get("margin", {}), **saved["margin"]}
    return {**layout, **saved["layout"], "width": saved["width"], "height": saved["height"], "margin": margin}


def write_images(figures: Sequence[PageFigure], folder: Path, form: str) -> list[Path]:
    """Draw figures in a browser without a window and write them; nothing is asked of the network.

    Args:
        figures: What to draw.
        folder: Folder that exists.
        form: `png` or `svg`.

    Returns:
        The files.

    Raises:
        MissingPartError: kaleido or a browser is missing.
    """
    try:
        import kaleido
        from kaleido.errors import BrowserFailedError, ChromeNotFoundError
    except ImportError as error:
        raise MissingPartError(NO_KALEIDO) from error
    paths = [folder / f"zopa-{one.name}.{form}" for one in figures]
    asked = [
        {"fig": one.figure, "path": path, "opts": {"format": form, "scale": SCALE if form == "png" else 1}}
        for one, path in zip(figures, paths, strict=True)
    ]
    browser = os.environ.get("ZOPA_BROWSER")
    options = {"mathjax": False} | ({"path": browser} if browser else {})
    try:
        kaleido.write_fig_from_object_sync(asked, kopts=options, cancel_on_error=True)
    except (ChromeNotFoundError, BrowserFailedError) as error:
        raise MissingPartError(NO_BROWSER) from error
    return paths
