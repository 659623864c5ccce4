"""Report: complete, honest first, safe with hostile texts, and silent on the network."""

import html
import os
import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest
from plotly.offline import get_plotlyjs

from analysis.questions.shares import shares
from analysis.report.report import Extras, page, write_report
from analysis.report.section import Section
from tests.questions.made import OUTCOMES, results

CLAIMS = {"dam-idle": ("okafor ¶7", "The dam stands idle.")}
EVIL = '<script>alert(1)</script><img src="http://evil">$title ${x} $$ \'&'


@pytest.fixture
def made():
    return results()


def own(text):
    """The page without the embedded plotly.js."""
    return text.replace(get_plotlyjs(), "")


class Outline(HTMLParser):
    """Tags of a page, with their attributes."""

    def __init__(self):
        super().__init__()
        self.tags = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def outline(text):
    parser = Outline()
    parser.feed(own(text))
    return parser.tags


def test_it_says_first_what_it_is_not(made):
    text = own(page(made, shares(made), Extras(claims=CLAIMS)))
    places = [text.index(part) for part in ("Not a forecast", "magnitudes are ours", "Monte Carlo error only")]
    assert max(places) < text.index("<figure>")
    for part in ("10 of 20 draws", "Agreements not on the menu", "Choice sharpness (λ)", "90, within a factor of 1.5"):
        assert part in text[: text.index("<figure>")]


def test_it_holds_everything(made):
    text = html.unescape(own(page(made, shares(made), Extras(claims=CLAIMS, claims_checked=(3, 9)))))
    for part in (*OUTCOMES.values(), "okafor ¶7: The dam stands idle.", "ours: ours", "1 to 2 weeks", "3 weeks"):
        assert part in text
    for part in ("zopa run two-towns", "0123456789abcdef", "python 3.11", "Upton about loweton: hope", "3 of 9 claims"):
        assert part in text


def test_every_figure_has_a_warning_a_description_and_a_table(made):
    text = own(page(made, shares(made), Extras()))
    tags = outline(text)
    plots = [attrs for tag, attrs in tags if attrs.get("role") == "img"]
    assert len(plots) == sum(1 for tag, _ in tags if tag == "figure") == 6
    assert all(attrs["aria-label"] for attrs in plots)
    for section in re.findall(r"<section.*?</section>", text, re.S):
        if "<figure>" in section:
            assert section.index("Not a forecast") < section.index("<figure>")
            assert "<details>" in section


def test_nothing_is_fetched(made):
    text = own(page(made, shares(made), Extras(claims=CLAIMS)))
    for tag, attrs in outline(text):
        for name in ("src", "href", "srcset", "action", "data", "poster"):
            assert attrs.get(name, "#").startswith("#"), (tag, attrs)
    assert "url(" not in text
    assert "@import" not in text
    assert "default-src 'none'" in text
    assert page(made, shares(made), Extras()).count(get_plotlyjs()) == 1


def test_texts_of_a_scenario_are_text(made):
    evil = dict.fromkeys(made.manifest.labels, EVIL)
    outcomes = dict.fromkeys(made.manifest.outcomes, EVIL)
    hostile = results(title=EVIL, question=EVIL, labels=evil, outcomes=outcomes, command=EVIL, notes=(EVIL,))
    more = Section("more", EVIL, (EVIL,), points=((EVIL, EVIL),))
    text = own(page(hostile, shares(hostile), Extras(claims={"dam-idle": (EVIL, EVIL)}, more=(more,))))
    assert "<script>alert" not in text
    assert not [attrs for tag, attrs in outline(text) if tag == "img" or "http" in str(attrs.get("src"))]
    assert "$title ${x} $$" in html.unescape(text)


@pytest.mark.parametrize("names", [("wide",), ("ito-2030",), ("wide", "ito-2030")])
def test_few_views(names):
    made = results(names=names)
    assert ("One view only" in page(made, shares(made), Extras())) is (len(names) == 1)


def test_interrupted_runs_and_notes_are_told(made):
    broken_off = results(complete=False, notes=("A lever comes too late.",))
    text = page(broken_off, shares(broken_off), Extras())
    assert "interrupted" in text
    assert "A lever comes too late." in text


def test_the_file_is_whole_small_and_the_same_each_time(made, tmp_path):
    path = write_report(made, shares(made), tmp_path / "report.html")
    first = path.read_bytes()
    assert write_report(made, shares(made), path).read_bytes() == first
    assert len(first) < 8_000_000
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]


@pytest.mark.browser
def test_a_browser_draws_every_figure(made, tmp_path):
    browser = os.environ.get("ZOPA_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    if not browser:
        required = os.environ.get("ZOPA_REQUIRE_BROWSER") == "1"
        (pytest.fail if required else pytest.skip)("no Chromium here; name one in ZOPA_BROWSER")
    path = write_report(made, shares(made), tmp_path / "report.html")
    quiet = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking".split()
    quiet += ["--disable-component-update", "--disable-sync", "--virtual-time-budget=8000", "--enable-logging=stderr"]
    command = [browser, *quiet, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", path.as_uri()]
    seen = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert seen.stdout.count('class="main-svg"') >= 6
    assert "Content Security Policy" not in seen.stderr
    assert "Uncaught" not in seen.stderr
    assert "agreement that broke" in seen.stdout
