"""Pages of solve and sensitivity: written where asked, with the figures, in both languages, or not at all."""

import json

import numpy as np
import pytest

import sim
from analysis.methods.bargaining import solve_bargaining
from analysis.methods.solved_pair import MOST_POINTS, pair_parties
from tests.cli.test_cli import expect_refusal, zopa

SMALL = {"draws": 16, "trajectories": 2, "repeats": 2, "horizon": 8, "workers": 1}


def test_solve_draws_every_two_parties_with_the_solutions(tmp_path):
    english = sim.solve("textbook/three-parties", to=tmp_path / "solve.html")
    page = english.page.read_text(encoding="utf-8")
    assert page.count('id="plot-') == len(english.pairs) == 6
    assert english.pairs[0].sides == ("Upton", "Loweton")
    names = {trace.name for trace in sim.solve("textbook/logrolling").figure().data}
    assert {"Nash", "Kalai–Smorodinsky", "Rubinstein"} <= names
    german = sim.solve("textbook/three-parties", to=tmp_path / "lösen.html", lang="de").page.read_text(encoding="utf-8")
    assert 'lang="de"' in german
    assert "Pakete und was Verhandlungstheorien wählen" in german


@pytest.mark.parametrize("command", ["solve", "sensitivity"])
def test_a_page_that_cannot_be_written_is_refused_before_anything_is_played(tmp_path, command):
    target = tmp_path / "none" / "page.html"
    said = expect_refusal(2, command, "textbook/logrolling", "--to", target)
    assert said.endswith("it is no file that can be written; name one in a folder that exists")


def test_what_is_drawn_of_many_packages_has_the_frontier_and_the_solutions():
    side = np.arange(60) / 59
    worths = np.array([[one, other, one * other] for one in side for other in side])
    found = solve_bargaining(worths, np.zeros(3), (0.9, 0.9, 0.9))
    pairs = pair_parties("x", "abc", [str(at) for at in range(len(worths))], found, {})
    assert len(pairs) == 3
    for pair in pairs:
        assert (len(pair.packages), pair.all_packages, pair.others) == (MOST_POINTS, 3600, 1)
        assert sum(one.efficient for one in pair.packages) == len(found.pareto)
        for name, at in pair.chosen.items():
            assert pair.packages[at].label == str(found.chosen[name])


def test_sensitivity_writes_both_figures(tmp_path):
    words = [f"--{name}={value}" for name, value in SMALL.items()]
    done = zopa("sensitivity", "textbook/split-the-pie", *words, "--to", tmp_path / "s.html", "--json")
    found = json.loads(done.stdout)
    page = (tmp_path / "s.html").read_text(encoding="utf-8")
    assert page.count('id="plot-') == 2
    assert all(one["place"] in page for one in found["quantities"][:3])
