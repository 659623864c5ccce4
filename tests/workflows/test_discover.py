"""Discovery: planted corners are found and counted on unseen draws, luck alone gives none, and the command says it."""

import json

import numpy as np
import pytest

import sim
from analysis.methods import discovery
from analysis.methods.discovery import discover_boxes
from sim.errors import MissingPartError
from sim.model import random_streams
from tests.cli.test_cli import expect_refusal, zopa

PLACES = [f"quantity-{number}" for number in range(12)]
DRAWS = 4000


@pytest.fixture(scope="module")
def uniforms():
    """Independent places in the spreads of twelve quantities."""
    keys = np.array([random_streams.stream_key(3, "discovery", place) for place in (*PLACES, "luck")], dtype=np.uint64)
    return random_streams.uniform(random_streams.hash_run(keys[:, np.newaxis], np.arange(DRAWS)[np.newaxis]))


def test_a_planted_corner_is_found_with_its_density_and_coverage(uniforms):
    """In the corner 80%, elsewhere 5%; n 2,000 unseen draws, tolerance of four standard errors."""
    inside = (uniforms[2] > 0.6) & (uniforms[7] < 0.5)
    hits = uniforms[-1] < np.where(inside, 0.8, 0.05)
    found = discover_boxes(PLACES, uniforms[:-1], hits, 2)
    densest = found.more[0]
    bounds = {one.place: (one.low, one.high) for one in densest.bounds}
    assert bounds["quantity-2"] == pytest.approx((0.6, 1.0), abs=0.03)
    assert bounds["quantity-7"] == pytest.approx((0.0, 0.5), abs=0.03)
    assert densest.density.share == pytest.approx(0.8, abs=0.08)
    assert densest.coverage == pytest.approx(0.2 * 0.8 / (0.2 * 0.8 + 0.8 * 0.05), abs=0.08)
    assert found.less


def test_corners_stand_in_order_and_none_is_small(uniforms):
    """Four corners of known density, and a deep tree on luck; a leaf has 5 of 100 of the draws it grew on."""
    chance = 0.1 + 0.2 * (uniforms[2] > 0.5) + 0.5 * (uniforms[7] > 0.5)
    found = discover_boxes(PLACES, uniforms[:-1], uniforms[-1] < chance, 2)
    densities = [[box.density.share for box in boxes] for boxes in (found.more, found.less)]
    assert [len(one) for one in densities] == [2, 2]
    assert densities == [sorted(densities[0], reverse=True), sorted(densities[1])]
    deep = discover_boxes(PLACES, uniforms[:-1], uniforms[-1] < chance, 12)
    assert min(box.draws for box in (*deep.more, *deep.less)) > 0.03 * deep.draws


def test_luck_alone_gives_no_corner(uniforms):
    """A leaf misses its interval by luck in 5 of 100; of at most 8 leaves here none does, at this address."""
    found = discover_boxes(PLACES, uniforms[:-1], uniforms[-1] < 0.3, 2)
    assert found.more == found.less == ()


def test_a_quantity_that_is_split_twice_has_one_bound(uniforms):
    hits = (uniforms[4] > 0.3) & (uniforms[4] < 0.6)
    (box,) = discover_boxes(PLACES, uniforms[:-1], hits, 2).more
    assert [one.place for one in box.bounds] == ["quantity-4"]
    assert (box.bounds[0].low, box.bounds[0].high) == pytest.approx((0.3, 0.6), abs=0.02)
    assert box.density.share == box.coverage == pytest.approx(1.0, abs=0.02)


def test_the_command_says_corners_in_both_languages():
    words = ("discover", "textbook/two-towns", "--draws", 200, "--splits", 1, "--horizon", 4, "--workers", 1)
    found = json.loads(zopa(*words, "--json").stdout)
    assert (found["draws"], found["horizon_weeks"]) == (200, 4)
    assert all(0 <= box["coverage"] <= 1 for box in found["more"] + found["less"])
    german = sim.discover("textbook/two-towns", draws=200, splits=1, horizon=4, workers=1, lang="de")
    assert "Keine Vorhersage: Ecken der Annahmen" in repr(german)


def test_wrong_questions_have_one_message(monkeypatch):
    assert expect_refusal(2, "discover", "textbook/no-zone", "--draws", 40, "--horizon", 2, "--workers", 1) == (
        "zopa: the outcome is the same in every run; ask about another one, or about another horizon"
    )
    assert expect_refusal(2, "discover", "textbook/strike", "--draws", 3).startswith("zopa: --draws is 3; it must be")

    def refuse(name):
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(discovery, "import_module", refuse)
    with pytest.raises(MissingPartError, match="scenario discovery needs the library scikit-learn; install it with"):
        discover_boxes(PLACES, np.zeros((12, 40)), np.arange(40) % 3 == 0, 2)
