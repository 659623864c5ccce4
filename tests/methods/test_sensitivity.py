"""Sensitivity: indices and effects of functions whose answers are known, and what is said of a scenario."""

import numpy as np
import pytest

import sim
from analysis.methods import sensitivity as method
from analysis.methods.sensitivity import LUCK, analyze_groups, analyze_screening
from sim.errors import MissingPartError, UsageError
from sim.experiments.quantity_groups import group_places
from sim.experiments.sensitivity_designs import LEVELS, list_varied_places, make_group_design, make_screening
from sim.experiments.sensitivity_runs import simulate_design
from sim.loading.loader import load_case
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
    """Total index of luck against analysis of variance: 1,500 draws, 8 lots of luck each, two-sided at 4 s.e."""
    found, draws, repeats = scenario(TOWNS), 1500, 8
    groups = {"all": list_varied_places(found)}
    hits = simulate_design(found, 3, make_group_design(found, 3, draws, groups), 15, 1) == 0
    luck = {one.group: one for one in analyze_groups(("all", LUCK), hits.astype(float))}[LUCK]
    design = make_group_design(found, 3, draws, groups)
    own = design.uniforms[:, ::4].repeat(repeats, axis=1)
    nested = type(design)(design.places, own, np.arange(draws * repeats))
    ends = (simulate_design(found, 3, nested, 15, 1) == 0).reshape(draws, repeats)
    within = ends.var(axis=1, ddof=1).mean()
    assert 0.05 < hits.mean() < 0.95
    assert luck.total == pytest.approx(within / ends.var(), abs=0.02 + 2 * luck.total_error)


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
        repr(sim.sensitivity(TOWNS, lang=lang, **(SMALL | {"trajectories": 0}))) for lang in ("en", "de")
    )
    assert "Not a forecast: shares of the variance" in english
    assert "Keine Vorhersage: Anteile an der Varianz" in german
    assert "Screening" not in english


def test_the_command_prints_json():
    asked = ["--draws", "16", "--trajectories", "0", "--horizon", "12", "--workers", "1", "--json", "--quiet"]
    done = zopa("sensitivity", TOWNS, *asked)
    assert '"aleatory"' in done.stdout


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"trajectories": 1}, "trajectories is 1; it must be from 2 to 1,000"),
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
