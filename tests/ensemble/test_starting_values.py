"""Starting values: changed from week 1 on, what only starts the run-up changes nothing, and the results say so."""

import numpy as np

import sim

CASE, VIEW, HOPE = "alaska-budapest", "wide", "beliefs.washington-hopes-in-moscow.chance"
NUMBERS = {"view": VIEW, "runs": 60, "horizon": 20, "workers": 1, "report": False}
SAID = f"{HOPE}: the run-up starts from it and has moved on by week 1, so that this change changes nothing"


def run(*changes, **more):
    return sim.run(CASE, changes=changes, **NUMBERS, **more)


def list_ends(found):
    return found.views[VIEW].columns["outcome"]


def test_a_belief_at_the_start_is_said_to_change_nothing_from_week_1():
    plain, changed = run(), run(f"{HOPE}=0.99")
    assert any(note.startswith(SAID) for note in changed.manifest.notes)
    assert np.array_equal(list_ends(plain), list_ends(changed))


def test_what_works_from_week_1_or_holds_always_is_not_spoken_of():
    priced = run("levers.oil-sanctions.price=*0.25")
    assert not any("changes nothing" in note for note in priced.manifest.notes)
    always = run(f"{HOPE}=0.99", holds_from="always")
    assert not any("changes nothing" in note for note in always.manifest.notes)
    assert always.change.views[VIEW].n_changed > 0
