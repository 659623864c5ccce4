"""The README's example of a changed assumption: its numbers are ours, and its parts add up."""

import re

import pytest

import sim
from analysis.figures.number_text import format_share
from analysis.figures.share_change_text import format_fine_share, format_part
from tests.architecture.tree import ROOT

CASE, VIEW, CHANGE = "alaska-budapest", "wide", "levers.oil-sanctions.price=*0.25"
README = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
SPAN = r"(\S+ \(\S+ to \S+\))"


def play(holds_from):
    found = sim.run(CASE, view=VIEW, runs=1000, changes=CHANGE, holds_from=holds_from, report=False)
    return found.change.views[VIEW]


@pytest.mark.parametrize("holds_from", ["week-1", "always"])
def test_the_example_is_true(holds_from):
    assert f"./zopa run --set {CHANGE}" in README
    view = play(holds_from)
    if holds_from == "week-1":
        (told,) = re.findall(rf"move agreements in force by {SPAN} points from week 1 on", README)
        assert told == format_part(view.agreement.difference)
        assert view.is_same_selection
        return
    (shares,) = re.findall(r"Always, they stand at (\S+) instead of (\S+), and", README)
    assert shares == (format_fine_share(view.agreement.changed), format_fine_share(view.agreement.unchanged))
    (parts,) = re.findall(rf"{SPAN} of it is effect, {SPAN} is selection", README)
    assert parts == (format_part(view.agreement.effect), format_part(view.agreement.selection))
    (match,) = re.findall(r"as (\S+) of draws match instead of (\S+)\. zopa", README)
    assert match == tuple(format_share(count / view.draws) for count in (view.n_changed, view.n_unchanged))
    assert view.matches_few
