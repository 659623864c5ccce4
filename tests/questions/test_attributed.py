"""Attributed: what two views say at the places at which they differ, with the reasons, or whose number it is."""

from analysis.questions.attributed import Says, Stated, View, stated, stated_as_json
from sim.ensemble.differing import ACCOUNT, Differing

PATIENCE = ("actors", "upton", "patience")
READINGS = {"dry": {"label": "it was dry"}, "wet": {"label": "it rained"}}


def view(quantity=None, reading="", places=()):
    """The scenario as a view sees it, with this quantity."""
    text = {"actors": {"upton": {"patience": quantity} if quantity else {}}}
    return View(text | {"run_up": {"readings": READINGS, "reading": reading}}, places)


def test_numbers_come_with_what_they_rest_on():
    one = view({"value": 2, "unit": "weeks", "because": ["dam-idle"]}, places=[PATIENCE])
    other = view({"low": 1, "high": 3, "unit": "weeks", "assumed": "ours"})
    (found,) = stated(Differing("aims", (PATIENCE,), ("actors.upton.patience",)), one, other)
    assert found == Stated(
        "actors · upton · patience",
        Says("2 weeks", ("dam-idle",), "", own=True),
        Says("1 to 3 weeks", (), "ours", own=False),
    )
    assert stated_as_json(found)["second"] == {"says": "1 to 3 weeks", "because": [], "assumed": "ours", "own": False}


def test_a_place_that_a_scenario_file_has_taken_out_says_nothing():
    (found,) = stated(Differing("aims", (PATIENCE,), ()), view(), view(places=[PATIENCE]))
    assert (found.first, found.second) == (Says("–", own=False), Says("–"))


def test_an_account_of_the_run_up_is_told_by_its_label():
    (found,) = stated(Differing(ACCOUNT), view(), view(reading="wet"))
    assert (found.first.number, found.second.number) == ("it was dry", "it rained")
