"""Whatever prints a table or draws a figure says what was changed: above the table, under the title, in each figure."""

import html
import re
from pathlib import Path

import pytest

from sim.workflows import forecast as workflow
from tests.cli.test_cli import well, zopa  # noqa: F401 - the fixture
from tests.cli.test_contradictions import CONTRADICTIONS
from tests.workflows.test_forecast import DAY, OPEN

SET, SAID = ("--set", "contest.noise=*0.5"), "changed: noise × 0.5"
FEW = ("--runs", "20", "--horizon", "4", "--workers", "1")
VIEWS = ("wide", "okafor-2030")
PATTERN = """
  refused:
    label: A plan refused
    summary: A plan is put forward, and somebody refuses.
    assumed: invented for a test
    within_weeks: 4
    steps: [{event: plan-refused}]
"""
ASSUMED = """
extends: base
title: "The well, with less noise"
assume:
  contest:
    noise: {value: 0.02, unit: logits/week, assumed: invented for a test}
assumed: invented for a test
"""

TABLES = {
    "play": ("play", "well"),
    "vary": ("vary", "well", "--vary", "levers.gate.price=*0.5,*2", *FEW, "--no-report"),
    "compare": ("compare", "well", "--with", "levers.gate.price=*2", *FEW),
    "compare views": ("compare", "views", *VIEWS, "--case", "well", *FEW, "--no-report"),
    "attribute": ("attribute", *VIEWS, "--case", "well", "--draws", "60", "--horizon", "4", "--workers", "1"),
    "contradictions rank": ("contradictions", "rank", "wide", "--case", "well", *FEW, "--no-report"),
    "discover": ("discover", "well", "--draws", "200", "--horizon", "4", "--workers", "1"),
    "patterns": ("patterns", "well", *FEW),
    "solve": ("solve", "well"),
    "baselines": ("baselines", "well"),
    "zone": ("zone", "well", *FEW),
    "forecast": ("forecast", "register", "well", "--to", "forecast.json", "--runs", "20", "--workers", "1"),
}


@pytest.fixture(autouse=True)
def case(well, monkeypatch):  # noqa: F811 - the fixture
    """The small case, with everything that some command asks for."""
    base = well / "base.yaml"
    base.write_text(f"{base.read_text(encoding='utf-8')}\npatterns:{PATTERN}", encoding="utf-8")
    (well / "contradictions.yaml").write_text(CONTRADICTIONS, encoding="utf-8")
    (well / "history.yaml").write_text(OPEN, encoding="utf-8")
    (well / "quieter.yaml").write_text(ASSUMED, encoding="utf-8")
    monkeypatch.setattr(workflow, "find_today", lambda: DAY)
    monkeypatch.setenv("COLUMNS", "200")
    return well


@pytest.mark.parametrize("words", TABLES.values(), ids=TABLES)
def test_what_was_changed_stands_above_the_table(words):
    done = zopa(*words, *SET)
    assert done.exit_code == 0, done.output
    assert SAID in done.stdout


def test_a_registered_forecast_keeps_what_was_changed():
    zopa(*TABLES["forecast"], *SET)
    done = zopa("forecast", "score", "forecast.json")
    assert SAID in done.output or "nothing is entered yet" in done.output
    assert SAID in Path("forecast.json").read_text(encoding="utf-8")


def expect_said_everywhere(text, said):
    """A page whose title, tables and figures, also once they are saved, say it; sentences need not say it again."""
    assert f'<p class="changed"><strong>{html.escape(said)}' in text
    tables = re.findall(r"<summary>Table: (.*?)</summary>|<caption>(.*?)</caption>", text, re.S)
    assert tables
    assert [one for one in map("".join, tables) if html.escape(said) not in one] == []
    assert f"({html.escape(said)})" not in "".join(re.findall(r"<figcaption>(.*?)</figcaption>", text, re.S))
    figures = re.findall(r'<div class="plot[^>]*aria-label="([^"]*)" data-image=\'([^\']*)\'', text)
    assert figures
    for label, image in figures:
        assert said in html.unescape(label)
        assert said in html.unescape(image).replace("\\u00a0", " ").replace("\u00a0", " ").replace("<br>", " ")


@pytest.mark.parametrize(
    "words",
    [
        ("vary", "well", "--vary", "levers.gate.price=*0.5,*2", *FEW),
        ("compare", "well", "--with", "levers.gate.price=*2", *FEW),
        ("zone", "well", *FEW, "--to", "zone.html"),
        ("solve", "well", "--to", "solve.html"),
    ],
    ids=lambda words: words[0],
)
def test_what_was_changed_stands_everywhere_on_the_page(words, tmp_path):
    done = zopa(*words, *SET)
    assert done.exit_code == 0, done.output
    (page,) = tmp_path.rglob("*.html")
    expect_said_everywhere(page.read_text(encoding="utf-8"), SAID)


def test_what_a_file_assumes_stands_everywhere_as_well(tmp_path):
    done = zopa("run", "well/quieter", *FEW, "--no-sweeps")
    assert done.exit_code == 0, done.output
    assert "changed: noise = 0.02 logits/week" in done.stdout
    (page,) = tmp_path.rglob("*.html")
    expect_said_everywhere(page.read_text(encoding="utf-8"), "changed: noise = 0.02 logits/week")
