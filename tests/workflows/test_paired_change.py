"""Paired change: a changed assumption against the same draws without it, effect and selection apart."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

import sim
from analysis.report.paired_change import describe_moved, list_paired_change_notes
from analysis.report.varied_shares import list_varied_notes
from sim.cli.app import app
from sim.storage.results_folder import ResultsError

CASE, VIEW, CHANGE = "alaska-budapest", "wide", "levers.oil-sanctions.price=*0.25"
NUMBERS = {"view": VIEW, "runs": 150, "horizon": 26, "workers": 1, "report": False}


def run(holds_from, **more):
    """The case with the change."""
    return sim.run(CASE, changes=CHANGE, holds_from=holds_from, **NUMBERS, **more)


@pytest.fixture(scope="module")
def unchanged():
    return sim.run(CASE, **NUMBERS)


@pytest.fixture(scope="module")
def from_week_1():
    return run("week-1")


@pytest.fixture(scope="module")
def always():
    return run("always")


def test_from_week_1_the_same_draws_match(unchanged, from_week_1):
    assert sim.run(CASE, changes=CHANGE, **NUMBERS).manifest.fingerprint == from_week_1.manifest.fingerprint
    one, two = unchanged.views[VIEW], from_week_1.views[VIEW]
    assert two.n_drawn == one.n_drawn
    assert np.array_equal(two.columns["run"], one.columns["run"])
    assert two.opening == one.opening
    assert not np.array_equal(two.columns["outcome"], one.columns["outcome"])


def test_what_is_not_read_from_week_1_on_is_said_to_show_nothing():
    """A starting value that the run-up carries on; the same number always, and one that is read, are no such thing."""
    few = NUMBERS | {"runs": 40, "horizon": 8}
    told = {}
    for change, since in (
        ("contest.balance=2", "week-1"),
        ("contest.balance=2", "always"),
        ("contest.noise=0.3", "week-1"),
    ):
        found = sim.run(CASE, changes=change, holds_from=since, **few)
        told[change, since] = found.change.is_inert
        assert ("Not one run differs" in next(notes(found))) == told[change, since]
    assert list(told.values()) == [True, False, False]


def test_its_own_value_is_no_change(tmp_path):
    asked = {"runs": 5, "horizon": 4, "report": False, "workers": 1, "out": tmp_path}
    same = sim.run("textbook/two-towns", changes="contest.noise=*1", **asked)
    assert same.change.is_same_case
    assert "what the case has already" in next(notes(same))
    said = list(list_varied_notes(sim.vary("textbook/two-towns", "contest.noise=*1,*2", **asked).varied))
    assert [text.startswith("× 1: what the case has already") for text in said].count(True) == 1
    assert not any("× 2: what the case has already" in text for text in said)


def test_a_setting_that_moves_no_share_is_named(tmp_path):
    """A starting value beside a number that is read: the note names the setting, not the whole table."""
    asked = {"view": VIEW, "runs": 20, "horizon": 8, "report": False, "workers": 1, "out": tmp_path}
    found = sim.vary(CASE, ["contest.balance=2", "contest.noise=*1,*9"], **asked)
    said = "\n".join(list_varied_notes(found.varied))
    assert "no share moves. A starting value" in said
    assert "Not one run differs" not in said


def notes(found):
    return list_paired_change_notes(found.manifest, found.change)


def test_from_week_1_the_whole_difference_is_effect(unchanged, from_week_1):
    view = from_week_1.change.views[VIEW]
    assert view.is_same_selection
    assert view.n_both == NUMBERS["runs"]
    for key, one in view.outcomes.items():
        assert one.unchanged == unchanged.shares.views[VIEW].outcomes[key].share
        assert one.changed == from_week_1.shares.views[VIEW].outcomes[key].share
        assert one.effect == one.difference
        assert (one.selection.value, one.selection.low, one.selection.high) == (0.0, 0.0, 0.0)


def test_always_selects_other_runs_and_the_parts_add_up(always):
    view = always.change.views[VIEW]
    assert not view.is_same_selection
    assert view.matches_few
    for one in (view.agreement, *view.outcomes.values()):
        assert one.difference.value == pytest.approx(one.changed - one.unchanged, abs=1e-15)
        assert one.effect.value + one.selection.value == pytest.approx(one.difference.value, abs=1e-15)
        for part in (one.difference, one.effect, one.selection):
            assert part.low <= part.value <= part.high


def test_how_far_it_moves_agreements_is_said_in_a_sentence(from_week_1, always):
    """Both shares and the difference; where other runs match, its two parts; and what cannot be told from 0."""
    for found in (from_week_1, always):
        one = found.change.views[VIEW].agreement
        said = describe_moved(found.change, found.manifest.labels)
        assert said.startswith(
            f"An agreement in force: {100 * one.changed:.1f}% instead of {100 * one.unchanged:.1f}%, "
        )
        assert ("selection of other runs" in said) == (found is always)
        told = one.effect if found is always else one.difference
        assert ("cannot tell" in said) == (told.low <= 0 <= told.high)


def test_the_effect_is_counted_on_draws_that_match_in_both(unchanged, always):
    view = always.change.views[VIEW]
    ends = [
        {int(run): int(end) for run, end in zip(found.columns["run"], found.columns["outcome"], strict=True)}
        for found in (unchanged.views[VIEW], always.views[VIEW])
    ]
    both = [run for run in ends[0] if run in ends[1] and run < view.draws]
    assert len(both) == view.n_both
    for number, one in enumerate(view.outcomes.values()):
        share_a, share_b = (sum(found[run] == number for run in both) / len(both) for found in ends)
        assert one.effect.value == pytest.approx(share_b - share_a, abs=1e-12)


def test_without_a_change_nothing_is_played_twice(unchanged):
    assert unchanged.change is None
    assert sim.run("textbook/two-towns", changes="calendar.horizon=9", runs=5, report=False, workers=1).change is None


def test_a_case_without_run_up_has_no_past_in_which_a_change_could_hold():
    how = {"changes": "contest.noise=*2", "runs": 20, "horizon": 8, "report": False, "workers": 1}
    one, two = (sim.run("textbook/two-towns", holds_from=since, **how) for since in ("week-1", "always"))
    assert one.manifest == two.manifest.model_copy(update={"seconds": one.manifest.seconds, **_story(one)})
    assert all(view.is_same_selection for view in one.change.views.values())


def _story(found):
    """What a manifest says of the moment at which it was made, and the command."""
    return {name: getattr(found.manifest, name) for name in ("made_at", "command")}


def test_a_side_of_a_contradiction_holds_from_week_1_too(unchanged):
    found = sim.run(CASE, answers="X12=fazi", **NUMBERS)
    assert np.array_equal(found.views[VIEW].columns["run"], unchanged.views[VIEW].columns["run"])
    assert found.change.views[VIEW].is_same_selection


def test_what_a_change_moves_is_kept_with_the_results(tmp_path):
    found = run("always", out=tmp_path)
    assert sim.load_results(found.folder).change == found.change
    assert sim.load_results(found.folder).manifest.holds_from == "always"
    kept = found.folder / "change.json"
    kept.write_text(kept.read_text(encoding="utf-8").replace('"drawn": ', '"drawn": 1'), encoding="utf-8")
    where = found.folder.as_posix()
    for harm, said in ((lambda: None, "has changed since it was written"), (kept.unlink, "is missing")):
        harm()
        with pytest.raises(ResultsError) as refused:
            sim.load_results(found.folder)
        assert str(refused.value) == f"{where}/change.json: {said}; `zopa report {where}` makes it again"
    sim.report(found.folder, workers=1)
    assert sim.load_results(found.folder).change == found.change
    again = sim.load_results(sim.load_results(found.folder).save(tmp_path / "copy"))
    assert (again.change, again.manifest.supplements) == (found.change, ("change.json",))


def test_stored_results_are_told_as_they_were_played(tmp_path, from_week_1):
    found = run("week-1", out=tmp_path)
    assert found.manifest.holds_from == "week-1"
    number = int(found.views[VIEW].columns["run"][0])
    told = sim.replay(found.folder, number)
    assert not told.differs


def invoke(tmp_path, *more):
    """What `zopa run` says with the change."""
    words = ["run", CASE, "--view", VIEW, "--runs", "60", "--horizon", "26", "--workers", "1", "--no-report"]
    done = CliRunner().invoke(app, [*words, "--out", str(tmp_path), "--set", CHANGE, *more])
    assert done.exit_code == 0, done.output
    return done


def test_the_terminal_says_what_is_effect_and_what_is_selection(tmp_path):
    said = " ".join(invoke(tmp_path).stdout.split())
    assert "the whole difference is what the change does within the same runs" in said
    assert "(selection)" not in said
    assert "Warning" not in said
    said = " ".join(invoke(tmp_path, "--from", "always").stdout.split())
    assert "(effect)" in said
    assert "(selection)" in said
    assert "Warning, Wide spreads: " in said


def test_machines_are_told_the_same(tmp_path):
    found = json.loads(invoke(tmp_path, "--json").stdout)["paired_change"]
    assert found["holds_from"] == "week-1"
    agreement = found["views"][VIEW]["agreement"]
    assert agreement["effect"] == agreement["difference"]


def test_from_is_week_1_or_always(tmp_path):
    done = CliRunner().invoke(app, ["run", "--from", "week-2", "--out", str(tmp_path)])
    assert done.exit_code == 2
    assert "--from is week-2; it must be week-1 or always" in " ".join(done.output.split())
