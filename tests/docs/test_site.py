"""The site: it is built without a warning, its links lead somewhere, and it asks nothing of the network."""

import re
import threading
import urllib.request
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest

import sim
from docs.generators.commands_page import commands_markdown, list_options
from docs.generators.example_report import keep_pictures
from docs.generators.hooks import write_equations
from docs.generators.layers import END, START, draw_layers
from docs.generators.site import build, main, make_server
from tests.architecture.tree import ROOT

FETCHED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href", "video": "src"}
PAGES_OUTSIDE = ["README.md", "CONTRIBUTING.md", "outputs/README.md"]


class Page(HTMLParser):
    """What a page fetches, where it links to, and the places in it."""

    def __init__(self, text):
        super().__init__()
        self.fetched, self.links, self.places = [], [], set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.places |= {given[name] for name in ("id", "name") if given.get(name)}
        if tag in FETCHED and given.get(FETCHED[tag]):
            self.fetched.append(given[FETCHED[tag]])
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    assert build(folder) == 0
    return folder


@pytest.fixture(scope="module")
def pages(site):
    return {path: Page(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}


def test_nothing_is_fetched_from_outside(site, pages):
    for path, page in pages.items():
        assert not [word for word in page.fetched if urlparse(word).netloc], path.name
    for path in site.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert not re.findall(r"@import[^;]*//|url\([\"']?(?:https?:)?//", text), path.name


def test_links_lead_somewhere(site, pages):
    lost = []
    for path, page in pages.items():
        for link in page.links if path.name != "404.html" else ():
            found = urlparse(link)
            if found.scheme or found.netloc:
                continue
            target = (path.parent / unquote(found.path)).resolve() if found.path else path
            place = unquote(found.fragment)
            if not target.exists() or (place and target in pages and place not in pages[target].places | {"__"}):
                lost.append(f"{path.relative_to(site)}: {link}")
    assert not lost


def test_every_rule_has_equations_that_need_no_script(site):
    text = (site / "model" / "rules.html").read_text(encoding="utf-8")
    assert text.count("<math") > 300
    assert "$$" not in text
    assert "mathjax" not in text.lower()


def test_the_pages_made_from_the_program_name_everything(site):
    commands = (site / "reference" / "commands.html").read_text(encoding="utf-8")
    assert not [option for option in list_options() if option not in commands]
    python = Page((site / "reference" / "python.html").read_text(encoding="utf-8"))
    assert not [name for name in sim.__all__ if not any(place.endswith(f".{name}") for place in python.places)]


def test_every_page_is_in_the_navigation(site):
    start = Page((site / "index.html").read_text(encoding="utf-8"))
    there = {path.relative_to(site).as_posix() for path in site.rglob("*.html")} - {"404.html", "gallery/report.html"}
    assert there <= {urlparse(link).path for link in start.links} | {"index.html"}


def test_it_is_served_on_this_computer_only(site):
    with make_server(site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        assert server.server_address[0] == "127.0.0.1"
        with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/model/rules.html", timeout=10) as answer:
            assert b"<math" in answer.read()
        server.shutdown()


def test_wrong_words_are_refused(capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["--bild"])
    assert "--build" in capsys.readouterr().err


@pytest.mark.parametrize("name", PAGES_OUTSIDE)
def test_links_of_pages_outside_the_site(name):
    path = ROOT / name
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    assert not [link for link in links if not urlparse(link).scheme and not (path.parent / link).exists()]


def test_the_picture_of_the_layers_is_todays():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert text.partition(START)[2].partition(END)[0].strip() == draw_layers(ROOT)


def test_dollars_that_are_no_equation_stay():
    assert write_equations("costs $5 and `$x$`") == "costs $5 and `$x$`"
    assert write_equations("so $b$ is").startswith("so <math ")


def test_tables_of_commands_are_tables():
    rows = [line for line in commands_markdown().splitlines() if line.startswith("| ")]
    assert len(rows) > 100
    assert {re.sub(r"\\\|", "", row).count("|") for row in rows} == {4}


def test_a_report_is_saved_as_pictures():
    drawn = (
        '<html><head></head><body><script>draw()</script><svg class="main-svg" style="fill: url(&quot;#p&quot;);">'
        '<g class="empty"></g><path d="M1.2345,2L3,4" class="line" style="fill: none;"></path></svg></body></html>'
    )
    assert keep_pictures(drawn).endswith(
        '.s0{fill: url("#p");}.s1{fill: none;}</style></head><body><svg class="main-svg s0">'
        '<path d="M1.2,2L3,4" class="s1"></path></svg></body></html>'
    )


def test_the_finished_report_is_small_and_complete():
    path = Path(ROOT / "outputs" / "example" / "report.html")
    text = path.read_text(encoding="utf-8")
    assert path.stat().st_size < 1_600_000
    assert "<script" not in text
    assert text.count('<svg class="main-svg') > 20
