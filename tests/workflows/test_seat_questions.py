"""Seat questions: what each move does is said, answers stand first, and why somebody is asked is told apart."""

import re

import pytest

from sim.web.seat_page import name_shortly
from sim.workflows.seat.debrief import debrief_seat
from sim.workflows.seat.game import make_move, open_seat

THREE = "textbook/three-parties"


@pytest.mark.parametrize(("lang", "said"), [("en", "You propose a pause"), ("de", "Sie schlagen eine Pause vor")])
def test_every_move_says_what_it_does(lang, said):
    for actor in ("north", "county"):
        options = open_seat(THREE, actor=actor, lang=lang).question.options
        assert all(one.does for one in options if one.move != "a")
        assert len({one.does for one in options}) == len(options)
    assert any(said in one.does for one in open_seat(THREE, actor="north", lang=lang).question.options)


def test_signing_stands_first_with_its_gain_and_is_not_asked_twice_without_a_reason():
    position = open_seat("textbook/two-towns", actor="north", moves="w")
    yes, no, *_ = position.question.options
    gain = next(one.gain for one in position.packages if one.number == int(re.search(r"\d+", yes.label)[0]))
    assert [yes.move, no.move] == ["y", "n"]
    assert f"a gain of {gain:+.1f} points" in yes.does
    assert make_move(position, "w").question.why.startswith("Your move of this week is made")
    assert make_move(position, "n").question.kind == "move"


def test_news_come_week_by_week_and_are_there_where_something_has_happened():
    position = open_seat(THREE, actor="south")
    for _ in range(12):
        weeks = [one.week for one in position.news]
        assert weeks == sorted(weeks)
        assert position.news or position.question.why != "Something has happened."
        position = make_move(position, "w" if position.question.kind == "move" else "n")


def test_a_game_begins_where_there_is_a_zone_or_says_that_there_is_none():
    begun = open_seat("alaska-budapest", actor="ukraine", view="wide", teacher=True)
    assert begun.question.why == "The game begins."
    first = open_seat("alaska-budapest", actor="ukraine", view="wide", run=3, teacher=True)
    assert begun.game.run > first.game.run
    for without in (first, open_seat("textbook/no-zone", actor="north")):
        assert "no package is better for both sides" in without.question.why


def test_packages_have_short_names_that_tell_them_apart():
    packages = open_seat("alaska-budapest", actor="ukraine", view="wide", run=3, teacher=True).packages
    names = name_shortly(packages)
    assert len(set(names.values())) == len(packages)
    assert max(map(len, names.values())) < 180 < max(len(one.label) for one in packages)
    assert names[29] == "as 1, but Forces: Caps"


def test_who_signs_at_a_loss_is_asked_why_and_not_whether_it_was_fair():
    debrief = debrief_seat(open_seat("textbook/split-the-pie", actor="south", moves="op7-op7-w2"), branches=2)
    assert min(debrief.agreed.gains) < 0.0
    assert debrief.questions[0].endswith("yet one side signed at a loss. Why?")
    assert not any("fair" in one for one in debrief.questions)
