"""Sensitivity: indices and effects of functions whose answers are known, and what is said of a scenario."""

import numpy as np
import pytest
from scipy.special import betaincinv

import sim
from analysis.methods import sensitivity as method
from analysis.methods.nested_shares import analyze_nested
from analysis.methods.sensitivity import LUCK, analyze_groups, analyze_screening
from sim.ensemble.block import simulate_runs
from sim.errors import MissingPartError, UsageError
from sim.experiments.quantity_groups import group_places
from sim.experiments.sensitivity_designs import (
    LEVELS,
    list_varied_places,
    make_group_design,
    make_nested_design,
    make_plain_design,
    make_screening,
)
from sim.experiments.sensitivity_runs import find_matching_draws, simulate_design
from sim.loading.loader import load_case
from sim.model import random_streams
from tests.cli.test_cli import zopa
from tests.theory.simulate import FLAGSHIP, load_edited, play_runs, scenario, world

TOWNS = "textbook/two-towns"
SMALL = {"draws": 64, "trajectories": 2, "repeats": 2, "horizon": 12, "workers": 1}


def test_indices_of_a_sum_are_the_shares_of_its_variance():
    """3x + 2y + z of independent uniforms: 9, 4 and 1 fourteenths; n 4,000, tolerance of four standard errors."""
    places = list_varied_places(scenario(TOWNS))
    groups = {"x": places[:1], "y": places[1:2], "z": places[2:3], "rest": places[3:]}
    design = make_group_design(scenario(TOWNS), 5, 4000, groups)
    found = analyze_groups((*groups, LUCK), np.array([3.0, 2.0, 1.0]) @ design.uniforms[:3])
    assert [one.group for one in found][:3] == ["x", "y", "z"]
    for one, wanted in zip(found, [9 / 14, 4 / 14, 1 / 14, 0, 0], strict=True):
        assert one.first == pytest.approx(wanted, abs=2 * one.first_error + 0.01)
        assert one.total == pytest.approx(wanted, abs=2 * one.total_error + 1e-9)
    assert {one.group: one.total for one in found}[LUCK] == 0.0


def test_effects_of_a_sum_are_its_slopes_and_nothing_else_moves():
    design, points = make_screening(scenario(TOWNS), 5, 6, 1)
    found = analyze_screening(design.places, points, points @ np.arange(len(design.places), dtype=float), LEVELS)
    assert [one.mean for one in found] == pytest.approx(list(range(len(design.places)))[::-1], abs=1e-9)
    assert all(one.spread == pytest.approx(0.0, abs=1e-9) for one in found)
    still = analyze_screening(design.places, points, points[:, 0] ** 2, LEVELS)
    assert [one.place for one in still if one.size] == [design.places[0]]


def test_a_trajectory_moves_each_quantity_once_and_keeps_its_luck():
    design, points = make_screening(scenario(TOWNS), 5, 3, 2)
    steps = np.diff(points.reshape(3, -1, len(design.places)), axis=1)
    assert (np.count_nonzero(steps, axis=2) == 1).all()
    assert (np.count_nonzero(steps, axis=1) == 1).all()
    assert np.abs(steps[steps != 0.0]) == pytest.approx(2 / 3)
    assert (design.runs.reshape(3, -1, 2) == design.runs.reshape(3, -1, 2)[:, :1]).all()
    more, _ = make_screening(scenario(TOWNS), 5, 5, 2)
    assert np.array_equal(more.uniforms[:, : design.runs.size], design.uniforms)


@pytest.mark.parametrize(("name", "view"), [(TOWNS, None), (FLAGSHIP, "wide"), (f"{FLAGSHIP}/words-only", "wide")])
def test_a_draw_is_the_run_of_the_same_number(name, view):
    """The first and the last row of a draw are ordinary runs, and luck alone makes one from the other's quantities."""
    found = scenario(name, view=view)
    groups = group_places(list_varied_places(found), [load_case(name, view=view)])
    design = make_group_design(found, 1, 6, groups)
    ends = simulate_design(found, 1, design, 10, 1).reshape(6, -1)
    ordinary = world(play_runs(found, 12, 10), "outcome")
    matching = simulate_runs(found, 1, np.arange(12), 1).columns["run"]
    assert find_matching_draws(found, 1, 12).tolist() == matching.tolist()
    assert ends[:, 0].tolist() == ordinary[:6].tolist()
    assert ends[:, -1].tolist() == ordinary[6:].tolist()


def test_places_of_groups_are_all_places_once():
    cases = [load_case(FLAGSHIP, view=view) for view in ("portnikov-2025", "fazi-2025")]
    places = list_varied_places(cases[0].scenario)
    groups = group_places(places, cases)
    assert sorted(place for members in groups.values() for place in members) == sorted(places)
    assert {"battlefield", "contest", "actors.ukraine"} <= set(groups)


def test_the_number_of_workers_changes_nothing():
    design, _ = make_screening(scenario(TOWNS), 5, 2, 8)
    one, two = (simulate_design(scenario(TOWNS), 5, design, 6, workers) for workers in (1, 2))
    assert np.array_equal(one, two)


@pytest.mark.slow
def test_the_aleatory_share_is_that_of_a_nested_design():
    """Total index of luck against the nested design: 1,500 draws, 8 runs each; both within their intervals."""
    found, draws, repeats = scenario(TOWNS), 1500, 8
    groups = {"all": list_varied_places(found)}
    hits = simulate_design(found, 3, make_group_design(found, 3, draws, groups), 15, 1) == 0
    luck = {one.group: one for one in analyze_groups(("all", LUCK), hits.astype(float))}[LUCK]
    ends = simulate_design(found, 3, make_nested_design(found, 3, draws, repeats), 15, 1) == 0
    nested = analyze_nested(ends.astype(float).reshape(draws, repeats))
    assert 0.05 < hits.mean() < 0.95
    assert 1.0 - nested.low > luck.total - 2 * luck.total_error
    assert 1.0 - nested.high < luck.total + 2 * luck.total_error


def draw_luck(number, what, count):
    return random_streams.uniform(random_streams.hash_run(random_streams.stream_key(number, "nested", what), count))


def play_coins(number, draws, replicates, first, second):
    """Coins whose chance of heads is drawn from Beta(first, second), each thrown several times."""
    chances = betaincinv(first, second, draw_luck(number, "chance", np.arange(draws)))
    luck = draw_luck(number, "luck", np.arange(draws * replicates)).reshape(draws, replicates)
    return (luck < chances[:, np.newaxis]).astype(float)


@pytest.mark.parametrize(("first", "second"), [(1.0, 1.0), (0.5, 0.5), (2.0, 6.0)])
def test_a_nested_design_finds_what_a_beta_decides(first, second):
    """Of coins from Beta(a, b) the chance decides 1 / (a + b + 1) of the variance; 4,000 coins, at 4 s.e."""
    found = analyze_nested(play_coins(11, 4000, 3, first, second))
    spread, mean = 1.0 / (first + second + 1.0), first / (first + second)
    assert found.epistemic == pytest.approx(spread, abs=4 * (found.high - found.low) / 3.92)
    assert found.high - found.low < 0.06
    assert found.epistemic_variance == pytest.approx(mean * (1 - mean) * spread, abs=0.012)
    assert found.replicate_noise == pytest.approx(found.aleatory_variance / 3)


def test_intervals_of_a_nested_design_hold_the_share():
    """95% intervals of 100 experiments of 150 coins, 4 throws: 88 or more hold a third (false alarm 0.2%)."""
    found = [analyze_nested(play_coins(number, 150, 4, 1.0, 1.0)) for number in range(100)]
    assert sum(one.low <= 1 / 3 <= one.high for one in found) >= 88
    assert np.mean([one.epistemic for one in found]) == pytest.approx(1 / 3, abs=0.02)


def test_without_assumptions_or_without_luck_the_other_decides_all():
    same = (draw_luck(3, "luck", np.arange(4000)).reshape(1000, 4) < 0.4).astype(float)
    alike = analyze_nested(same)
    assert alike.low < 0.0 < alike.high < 0.05
    assert alike.epistemic == pytest.approx(0.0, abs=0.03)
    certain = analyze_nested(same[:, :1].repeat(4, axis=1))
    assert (certain.epistemic, certain.replicate_noise) == (1.0, 0.0)


def test_a_nested_draw_keeps_its_quantities_and_changes_its_luck():
    found = scenario(TOWNS)
    nested, plain = make_nested_design(found, 5, 6, 3), make_plain_design(found, 5, 6)
    assert np.array_equal(nested.uniforms, plain.uniforms.repeat(3, axis=1))
    assert len(set(nested.runs.tolist())) == 18


def test_a_number_that_nothing_reads_is_inert():
    def edit(text):
        text["levers"] = {}
        text["choice"]["memory"] = {"low": 0.9, "high": 1.0, "unit": "share", "assumed": "test"}

    quiet = load_edited("textbook/split-the-pie", edit)
    design, points = make_screening(quiet, 1, 4, 4)
    shares = (simulate_design(quiet, 1, design, 8, 1) == 0).reshape(-1, 4).mean(axis=1)
    effects = {one.place: one.size for one in analyze_screening(design.places, points, shares, LEVELS)}
    assert effects["choice.memory"] == 0.0


def test_luck_is_a_group_and_rows_are_groups():
    found = sim.sensitivity(TOWNS, **(SMALL | {"trajectories": 4, "repeats": 8}))
    assert found.luck.total > 0.0
    assert found.as_json()["aleatory"] + found.as_json()["epistemic"] == 1.0
    assert set(found.inert) <= {one.place for one in found.screening}
    assert sum(one.size > 0.0 for one in found.screening) > 0
    assert len(found.to_frame()) == len(found.groups)


def test_it_is_said_in_both_languages():
    english, german = (
        repr(sim.sensitivity(TOWNS, lang=lang, **(SMALL | {"trajectories": 0, "nested": 40}))) for lang in ("en", "de")
    )
    assert "Nested design (40 draws of the assumptions, 8 runs each)" in english
    assert "Geschachtelter Entwurf (40 Ziehungen der Annahmen, je 8 Läufe)" in german
    assert "Not a forecast: shares of the variance" in english
    assert "Keine Vorhersage: Anteile an der Varianz" in german
    assert "Screening" not in english


def test_the_head_says_both_shares_where_not_every_draw_matches():
    found = sim.sensitivity(FLAGSHIP, view="wide", draws=32, trajectories=0, horizon=10, seed=1, workers=1)
    there = simulate_runs(scenario(FLAGSHIP, view="wide"), 1, np.arange(32), 10).columns
    agreed = [number for number, one in enumerate(found.case.scenario.outcomes.values()) if one.agreement]
    assert (found.matching, found.matching_share) == (there["run"].size, np.isin(there["outcome"], agreed).mean())
    assert f"of all draws; 0% (under 39%) of the {found.matching} that match" in found.format_title()
    assert "about all draws, not about those that match" in str(found)
    towns = sim.sensitivity(TOWNS, **(SMALL | {"trajectories": 0}))
    assert towns.format_title().endswith("% of all draws)")
    assert "those that match" not in str(towns)


def test_the_command_prints_json():
    asked = ["--draws", "16", "--trajectories", "0", "--horizon", "12", "--workers", "1", "--json", "--quiet"]
    done = zopa("sensitivity", TOWNS, *asked)
    assert '"aleatory"' in done.stdout


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"trajectories": 1}, "trajectories is 1; it must be from 2 to 1,000"),
        ({"nested": 1}, "nested is 1; it must be from 2 to 100,000"),
        ({"nested": 9, "replicates": 1}, "replicates is 1; it must be from 2 to 1,000"),
        ({"outcome": "piece"}, "there is no outcome 'piece'"),
        ({"view": "nobody"}, "there is no view 'nobody'"),
        ({"changes": ["actors.north.disputant.offer_price=1000", "actors.south.disputant.offer_price=1000",
                      "actors.north.disputant.concession_price=1000", "actors.south.disputant.concession_price=1000"]},
         "the outcome is the same in every run"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked(asked, words):
    with pytest.raises(UsageError, match=words):
        sim.sensitivity(TOWNS, **(SMALL | asked))


def test_without_salib_it_says_what_to_install(monkeypatch):
    def missing(name):
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(method, "import_module", missing)
    with pytest.raises(MissingPartError, match=r"zopa-simulator\[sensitivity\]"):
        sim.sensitivity(TOWNS, **SMALL)
