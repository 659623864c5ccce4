"""The finished example: a report whose figures are pictures, so that it is small enough to travel with the project.

A report carries the library that draws its figures (4.8 MB). Here a browser draws them once, and the page is kept
without the library and without anything that only the library needs.

    .venv/bin/python -m docs.generators.example_report outputs/alaska-budapest/DATE-DIGEST/report.html
"""

import os
import re
import subprocess
import sys
import tempfile
from html import unescape
from pathlib import Path

TARGET = Path(__file__).resolve().parents[2] / "outputs" / "example" / "report.html"
BROWSER = ("--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=30000", "--window-size=1100,2000")
LAYERED = ".main-svg{position:absolute;top:0;left:0;pointer-events:none}"
"""What the library would say of how its drawings lie on one another."""
OPENED = '<script>document.querySelectorAll("details").forEach(each => { each.open = true })</script></body>'
"""What is folded is opened while figures are drawn, as none is drawn where it has no room."""
_SCRIPT = re.compile(r'<script\b.*?</script>|<style id="(?:plotly|[0-9a-f]{40})[^>]*>.*?</style>', re.DOTALL)
_PICTURE = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_PLACES = re.compile(r'\b(?:d|transform|x|y|width|height|cx|cy|r)="[^"]*"')
_NOTHING = re.compile(r'<path [^>]*\bd="M-?0,0(?:A0,0|-?[HL]-?0)[^"]*"[^>]*></path>|<(g|defs)(?: [^>]*)?></\1>')


def draw_figures(report: Path) -> str:
    """The page as a browser shows it, with its figures drawn."""
    opened = report.read_text(encoding="utf-8").replace("</body>", OPENED)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / report.name
        page.write_text(opened, encoding="utf-8")
        words = [os.environ.get("ZOPA_BROWSER", "chromium"), *BROWSER, "--dump-dom", page.as_uri()]
        return subprocess.run(words, capture_output=True, text=True, check=True, timeout=300).stdout


def keep_pictures(drawn: str) -> str:
    """A drawn page without scripts, each picture without what does not show."""
    styles: dict[str, str] = {}
    folded = re.sub(r'(<details\b[^>]*?) open=""', r"\1", _SCRIPT.sub("", drawn))
    page = _PICTURE.sub(lambda found: _shorten(found[0], styles), folded)
    page = re.sub(r'<div class="modebar.*?</div>(?=<svg|</div>)', "", page, flags=re.DOTALL)
    rules = LAYERED + "".join(f".{name}{{{unescape(style)}}}" for style, name in styles.items())
    return page.replace("</head>", f"<style>{rules}</style></head>", 1)


def _shorten(picture: str, styles: dict[str, str]) -> str:
    """A picture with rounded places, equal styles named once, and no empty parts."""
    text = _PLACES.sub(lambda found: re.sub(r"-?\d+\.\d{2,}", _round, found[0]), picture)
    text = re.sub(r' data-[\w-]+="[^"]*"| class="(?!main-svg)[^"]*"', "", text)
    text = re.sub(r'(<\w+[^>]*?)( class="[^"]*")?([^>]*?) style="([^"]*)"', lambda found: _name(found, styles), text)
    while (shorter := _NOTHING.sub("", text)) != text:
        text = shorter
    used = set(re.findall(r"url\(&quot;#([\w-]+)|url\(['\"]?#([\w-]+)", text + "".join(styles)))
    named = {name for pair in used for name in pair}
    return re.sub(
        r'<clipPath id="([^"]+)">.*?</clipPath>',
        lambda found: found[0] if found[1] in named else "",
        text,
        flags=re.DOTALL,
    )


def _round(number: re.Match[str]) -> str:
    return f"{float(number[0]):.1f}".rstrip("0").rstrip(".")


def _name(found: re.Match[str], styles: dict[str, str]) -> str:
    """An element whose style is named instead of said."""
    head, own, rest, style = found.groups()
    if not style:
        return f"{head}{own or ''}{rest}"
    name = styles.setdefault(style, f"s{len(styles)}")
    return f'{head} class="{own.split(chr(34))[1]} {name}"{rest}' if own else f'{head}{rest} class="{name}"'


if __name__ == "__main__":
    TARGET.write_text(keep_pictures(draw_figures(Path(sys.argv[1]))), encoding="utf-8", newline="\n")
    print(f"{TARGET}: {TARGET.stat().st_size:,} bytes")
