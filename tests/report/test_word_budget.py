"""Word budget: the flagship's page stays short, because a thing is said once and found again by its number."""

from collections import Counter
from html.parser import HTMLParser

import pytest

import sim
from analysis.methods.shares import compute_shares
from analysis.methods.view_names import shorten_view_names
from analysis.report.coders import tell_claims
from analysis.report.scenario_page import Extras, build_scenario_page
from sim.loading.loader import load_case
from sim.storage.rebuild import rebuild_view

FLAGSHIP = "alaska-budapest"
MOST = 17_250
"""Words without what is replayed: about 7,700 more are in typical runs, packages, beliefs, zones and sweeps."""

MOST_OPEN, MOST_REPEATED = 350, 300
"""Words outside all folds, and words of texts that stand there before."""

LONG = 8
"""Words of a text that need not stand twice."""

BLOCKS = {"p", "td", "th", "dd", "dt", "figcaption", "caption", "summary", "li"}
SILENT = {"script", "style", "svg"}


class Reader(HTMLParser):
    """What a page says, text by text, and how much of it stands outside folds."""

    def __init__(self, page):
        super().__init__()
        self.texts, self.open_words = [], 0
        self._part, self._silent, self._folds = "", 0, 0
        self.feed(page)
        self._end_text()

    def handle_starttag(self, tag, attrs):
        self._silent += tag in SILENT
        self._folds += tag == "details"
        if tag in BLOCKS:
            self._end_text()

    def handle_endtag(self, tag):
        self._silent -= tag in SILENT
        self._folds -= tag == "details"
        if tag in BLOCKS:
            self._end_text()

    def handle_data(self, data):
        if not self._silent:
            self._part += data
            self.open_words += 0 if self._folds else len(data.split())

    def _end_text(self):
        self.texts += [self._part.split()] if self._part.strip() else []
        self._part = ""


@pytest.fixture(scope="module")
def said():
    """The page of a small run."""
    results = sim.run(FLAGSHIP, runs=2, horizon=13, workers=1, report=False, sweeps=False).results
    scenarios = {name: rebuild_view(results.manifest, name).scenario for name in results.views}
    claims = tell_claims(load_case(results.manifest.source).claims)
    short = shorten_view_names(results)
    return Reader(build_scenario_page(short, compute_shares(short), Extras(claims=claims, scenarios=scenarios)))


def test_the_page_has_at_most_half_the_words_it_had(said):
    assert sum(map(len, said.texts)) < MOST
    assert said.open_words < MOST_OPEN


def test_no_long_text_is_said_again_and_again(said):
    seen = Counter(" ".join(text) for text in said.texts if len(text) >= LONG)
    again = {text: (count - 1) * len(text.split()) for text, count in seen.items() if count > 1}
    assert sum(again.values()) < MOST_REPEATED, sorted(again, key=again.get)[-5:]
