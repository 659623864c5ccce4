"""Asymmetries: a case that equals its mirror image has none, and every difference that is put in is found."""

import pytest

from analysis.methods.asymmetries import list_asymmetries
from sim.ensemble.plan import load_views
from tests.architecture.tree import ROOT
from tests.theory.simulate import load_edited

OURS = {"assumed": "for this test"}
EVEN = {"none": (0, 1), "half": (0.5, 0.5), "all": (1, 0)}


def make_even(text):
    """Two sides that trade places without anybody noticing."""
    north, south = (text["actors"][key] for key in ("north", "south"))
    north["interests"]["conflict_cost"] = south["interests"]["conflict_cost"]
    text["issues"]["pie"]["options"] = {
        key: {"label": key, "worth": {"north": one, "south": other}} for key, (one, other) in EVEN.items()
    }
    text["issues"]["pie"]["unresolved"] = "half"
    text["contest"]["balance"] = {"mean": 0, "sd": 0.3, "unit": "logits", **OURS}
    text["contest"] |= {name: {"pie": key} for name, key in ENDS.items()}
    text["menu"]["named"] = {"six": {"label": "half", "options": {"pie": "half"}}}


ENDS = {"first_prevails": "all", "stalemate": "half", "second_prevails": "none"}


def ratify(text):
    text["actors"]["south"]["interests"]["ratifies"] = {"issue": "pie", "at_least": "half", **OURS}


def draw_line(text):
    price = {"value": 0.1, "unit": "worth", **OURS}
    when = {"issue": "pie", "at_most": "none"}
    text["actors"]["north"]["interests"]["red_lines"] = {"all": {"label": "All", "when": when, "price": price}}


def draw_both_lines(text):
    draw_line(text)
    line = text["actors"]["north"]["interests"]["red_lines"]["all"]
    other = line | {"when": {"issue": "pie", "at_least": "all"}}
    text["actors"]["south"]["interests"]["red_lines"] = {"nothing": other}


def believe(text):
    text["beliefs"]["honour-north"]["chance"] = {"value": 0.9, "unit": "chance", **OURS}


def name_outcome(text):
    text["menu"]["named"]["all"] = {"label": "all of it", "options": {"pie": "all"}}
    kept = text["outcomes"].pop("contest")
    when = {"in_force": True, "terms": {"issue": "pie", "at_least": "all"}}
    text["outcomes"] = {
        "all": {"label": "all of it", "when": when, "agreement": True},
        **text["outcomes"],
        "contest": kept,
    }


def lean(text):
    text["contest"]["drift"] = {"value": 0.01, "unit": "logits/week", **OURS}


def wait(text):
    text["actors"]["north"]["interests"]["weekly_discount"] = {"value": 0.9, "unit": "factor", **OURS}


def load(edit=lambda text: None):
    return load_edited("textbook/split-the-pie", lambda text: (make_even(text), edit(text)))


def test_what_equals_its_mirror_image_has_none():
    assert list_asymmetries(load()) == ()
    assert list_asymmetries(load(draw_both_lines)) == ()


@pytest.mark.parametrize(
    ("edit", "places"),
    [
        (ratify, ["interests.ratifies"]),
        (draw_line, ["actors.north.interests.red_lines.all"]),
        (believe, ["beliefs.honour-north", "beliefs.honour-south"]),
        (name_outcome, ["outcomes.all"]),
        (lean, ["contest.drift"]),
        (wait, ["interests.weekly_discount"]),
    ],
)
def test_every_difference_is_found(edit, places):
    assert [one.place for one in list_asymmetries(load(edit))] == places


def test_it_says_whose_it_is_and_why():
    (one,) = list_asymmetries(load(draw_line))
    assert (one.first, one.second) == ("All: 0.1 worth", "–")
    assert (one.because, one.assumed) == ((), "for this test")
    (other,) = list_asymmetries(load(name_outcome))
    assert not other.has_reason


def test_every_difference_of_the_flagship_has_a_reason_in_every_view():
    for name, case in load_views(ROOT / "scenarios/alaska-budapest/base.yaml").items():
        found = list_asymmetries(case.scenario)
        assert [one.place for one in found if not one.has_reason] == [], name
        assert {*case.scenario.asymmetries} <= {one.place for one in found}, "a reason for a difference that is none"
        excuses = [one.place for one in found if one.assumed.endswith("the same for both")]
        assert excuses == [], "what is the same for both cannot explain a difference"
