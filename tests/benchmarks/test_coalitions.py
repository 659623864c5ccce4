"""Coalitions: a run of a set of themes has the draws of the second view in those themes, else those of the first."""

import numpy as np
import pytest

from sim.play.draws import draw
from sim.spec.load import load_case
from tests.benchmarks import measure_coalitions
from tests.benchmarks.measure_coalitions import CASE, LENSES, SEED, SETS, THEMES, Game, as_ordinary, counted, themes_of


@pytest.fixture(scope="module")
def game():
    cases = tuple(load_case(CASE, lens=lens) for lens in LENSES)
    themes = themes_of(cases, draw(cases[0].scenario, SEED, np.arange(1)))
    return Game(tuple(case.scenario for case in cases), themes, draws=24, weeks=6, chunk=20)


def test_every_place_in_which_the_views_differ_has_a_theme(game):
    first, second = game.drawn
    differing = {place for place in first if not np.array_equal(first[place], second[place])}
    assert differing
    assert differing <= set(game.themes)


def test_a_theme_in_the_set_is_as_the_second_view_has_it_and_no_other(game):
    first, second = game.drawn
    aims, runs = THEMES.index("aims"), np.arange(game.draws)
    mixed = game.mixed(np.full(game.draws, 1 << aims), runs)
    for place, values in mixed.items():
        wanted = second if game.themes.get(place) == aims else first
        assert np.array_equal(values, wanted[place]), place


def test_the_empty_and_the_full_set_are_ordinary_ensembles(game, monkeypatch):
    monkeypatch.setattr(measure_coalitions, "_games", [game])
    sets = np.array([0, 3, SETS - 1])
    counts, _ = counted(sets)
    assert as_ordinary(game, dict(zip(sets.tolist(), counts, strict=True))) == {"empty": True, "full": True}
