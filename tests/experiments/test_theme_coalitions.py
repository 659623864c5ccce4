"""Coalitions: every set of themes is an ensemble of its own, played with the same draws, however it is shared out."""

from dataclasses import replace

import numpy as np
import pytest

from sim.ensemble.block import simulate_block
from sim.ensemble.dispatcher import NoMatchError
from sim.ensemble.plan import load_views
from sim.ensemble.process_pool import use_cluster
from sim.experiments import coupled_draws, theme_coalitions
from sim.experiments.coupled_draws import NOT_MATCHED
from sim.experiments.theme_coalitions import Design, simulate_coalitions, simulate_sets
from sim.experiments.theme_differences import ACCOUNT, find_theme_differences, replace_account
from sim.model import simulation
from sim.model.parameters import sample_quantities
from tests.architecture.tree import ROOT

WELL = ROOT / "tests" / "loading" / "cases" / "well"
FLAGSHIP = ROOT / "scenarios" / "alaska-budapest"
SMALL = {"seed": 3, "draws": 20, "horizon": 6}


def pair(path=WELL, first="wide", second="okafor-2030", **how):
    """A case through two views."""
    cases = load_views(path, [first, second], **how)
    return cases[first], cases[second]


def design(first, second, **how):
    """What is to be played of two views."""
    return Design(first.scenario, second.scenario, find_theme_differences(first, second), **(SMALL | how))


def play_sets(first, second, workers=1, progress=None, **how):
    """All sets of themes of two views."""
    return simulate_coalitions(design(first, second, **how), workers, progress)


def play_ordinary(scenario, how=SMALL):
    """How the same draws end in an ordinary ensemble."""
    block = simulate_block(scenario, how["seed"], 0, how["draws"], how["horizon"])
    found = np.full(how["draws"], NOT_MATCHED, dtype=np.uint8)
    found[block.columns["run"].astype(np.int64)] = block.columns["outcome"]
    return found


def test_themes_and_places_in_which_views_differ():
    found = find_theme_differences(*pair())
    assert [one.theme for one in found] == ["cost-and-patience", "lever-bite", ACCOUNT]
    cost, bite, account = found
    assert {place[-1] for place in cost.places} == {"conflict_cost", "weights"}
    hill = "actors.hill.interests"
    assert set(cost.draws) == {f"{hill}.conflict_cost", f"{hill}.weights.water", f"{hill}.weights.path"}
    assert bite.draws == ("levers.gate.effects.stress",)
    assert (account.places, account.draws) == ((), ())


def test_every_draw_that_differs_belongs_to_exactly_one_theme():
    for names in (("portnikov-2025", "fazi-2025"), ("abt-2025", "observador-2025")):
        first, second = pair(FLAGSHIP, *names)
        one, two = (sample_quantities(case.scenario, 3, np.arange(8)) for case in (first, second))
        themed = [place for theme in find_theme_differences(first, second) for place in theme.draws]
        assert len(themed) == len(set(themed))
        assert {place for place in one if not np.array_equal(one[place], two[place])} <= set(themed)
        assert [theme.theme for theme in find_theme_differences(second, first)] == [
            one.theme for one in find_theme_differences(first, second)
        ]


def test_a_place_set_on_the_command_line_differs_no_more():
    assert [one.theme for one in find_theme_differences(*pair(changes=["levers.gate.effects.stress=0.03"]))] == [
        "cost-and-patience",
        ACCOUNT,
    ]


def test_a_place_that_views_have_under_different_themes_belongs_to_the_first_of_them():
    first, second = pair()
    assert second.view is not None
    assumes = {"sequencing" if theme == "lever-bite" else theme: part for theme, part in second.view.assumes.items()}
    other = replace(second, view=second.view.model_copy(update={"assumes": assumes}))
    for one, two in ((second, other), (other, second)):
        same = replace(one, scenario=first.scenario)
        assert [found.theme for found in find_theme_differences(same, two)] == [
            "cost-and-patience",
            "lever-bite",
            ACCOUNT,
        ]


def test_a_view_does_not_differ_from_itself():
    case, _ = pair()
    assert find_theme_differences(case, case) == ()


@pytest.mark.parametrize(
    ("path", "first", "second"),
    [
        (WELL, "wide", "okafor-2030"),
        (WELL / "words-only.yaml", "wide", "okafor-2030"),
        (FLAGSHIP, "portnikov-2025", "fazi-2025"),
        (FLAGSHIP / "tomahawks-delivered.yaml", "abt-2025", "observador-2025"),
    ],
)
def test_no_theme_is_the_first_view_and_all_are_the_second(path, first, second):
    one, two = pair(path, first, second)
    found = simulate_sets(design(one, two), (0, 2 ** len(find_theme_differences(one, two)) - 1), 1)
    assert np.array_equal(found[0], play_ordinary(one.scenario))
    assert np.array_equal(found[1], play_ordinary(two.scenario))


def test_a_set_of_one_theme_is_as_if_the_first_view_said_so():
    first, second = pair()
    ends = play_sets(first, second).outcomes
    stress = "levers.gate.effects.stress=0.01"
    assert np.array_equal(ends[0b010], play_ordinary(pair(changes=[stress])[0].scenario))
    assert np.array_equal(ends[0b100], play_ordinary(replace_account(first.scenario, second.scenario)))
    assert not np.array_equal(ends[0], ends[0b001])


def test_neither_tasks_nor_workers_change_anything(monkeypatch):
    first, second = pair()
    whole = play_sets(first, second)
    assert whole.outcomes.shape == (8, 20)
    monkeypatch.setattr(theme_coalitions, "RUNS_A_TASK", 14)
    monkeypatch.setattr(theme_coalitions, "DRAWS_A_TASK", 7)
    monkeypatch.setattr(coupled_draws, "CHUNK", 5)
    assert np.array_equal(play_sets(first, second).outcomes, whole.outcomes)
    monkeypatch.undo()
    assert np.array_equal(play_sets(first, second, workers=2).outcomes, whole.outcomes)


def test_more_draws_leave_the_first_ones_as_they_are():
    first, second = pair()
    assert np.array_equal(play_sets(first, second, draws=7).outcomes, play_sets(first, second).outcomes[:, :7])


def test_progress_ends_at_all_runs():
    told = []
    play_sets(*pair(), progress=lambda *said: told.append(said))
    assert told[-1][1:] == (160, 160)


def test_a_set_without_matching_draws_is_reported(monkeypatch):
    monkeypatch.setattr(simulation.run_up, "matches_history", lambda layout, look: look("world", "stage", 0) * 0.0)
    with pytest.raises(NoMatchError, match=r"with nothing as the second source view has it, none of 20 draws"):
        play_sets(*pair())


def test_an_interruption_leaves_no_process(monkeypatch):
    import multiprocessing

    def interrupt(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        play_sets(*pair(), workers=2, progress=interrupt)
    for child in multiprocessing.active_children():
        child.join(10)
    assert multiprocessing.active_children() == []


def test_workers_of_a_cluster_leave_the_same_bits(tmp_path, monkeypatch):
    pytest.importorskip("distributed", reason="dask.distributed is not installed (the extra `cluster`)")
    from tests.ensemble.test_cluster import start_scheduler

    first, second = pair()
    here = play_sets(first, second).outcomes
    monkeypatch.setattr(theme_coalitions, "RUNS_A_TASK", 40)
    with start_scheduler(tmp_path) as scheduler, scheduler.workers(1), use_cluster(scheduler.address):
        assert np.array_equal(play_sets(first, second, workers=None).outcomes, here)
