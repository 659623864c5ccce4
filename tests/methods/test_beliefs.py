"""Beliefs: every belief of the scenario once, by kind, with the percentiles of the runs."""

from analysis.methods.beliefs import compute_beliefs
from tests.factories.weekly_series import made, scenario


def test_every_belief_stands_once_under_its_kind():
    known = scenario()
    found = compute_beliefs(made(), known, "View")
    assert sum(len(ledgers) for ledgers in found.kinds.values()) == len(known.beliefs)
    assert set(found.kinds) == {belief.kind for belief in known.beliefs.values()}
    for kind, ledgers in found.kinds.items():
        held = [belief for belief in known.beliefs.values() if belief.kind == kind]
        assert [ledger.holder for ledger in ledgers] == [known.actors[belief.holder].label for belief in held]


def test_bands_hold_the_middle_of_the_runs():
    ledgers = next(iter(compute_beliefs(made(), scenario(), "View").kinds.values()))
    assert ledgers[0].chance.low.tolist() == [0.1, 0.2, 0.5]
    assert ledgers[0].chance.middle.tolist() == [0.3, 0.2, 0.5]
    assert ledgers[0].chance.high.tolist() == [0.5, 0.2, 0.5]
