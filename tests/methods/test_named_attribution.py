"""Named attribution: what two views say at the places at which they differ, with the reasons, or whose number it is."""

from analysis.methods.named_attribution import (
    PlaceDifference,
    Statement,
    ViewScenario,
    compare_statements,
    place_difference_as_json,
)
from sim.experiments.theme_differences import ACCOUNT, ThemeDifference

PATIENCE = ("actors", "upton", "patience")
ACCOUNTS = {"dry": {"label": "it was dry"}, "wet": {"label": "it rained"}}


def view(quantity=None, account="", places=()):
    """The scenario as a view sees it, with this quantity."""
    text = {"actors": {"upton": {"patience": quantity} if quantity else {}}}
    return ViewScenario(text | {"run_up": {"accounts": ACCOUNTS, "account": account}}, places)


def test_numbers_come_with_what_they_rest_on():
    one = view({"value": 2, "unit": "weeks", "because": ["dam-idle"]}, places=[PATIENCE])
    other = view({"low": 1, "high": 3, "unit": "weeks", "assumed": "ours"})
    (found,) = compare_statements(ThemeDifference("aims", (PATIENCE,), ("actors.upton.patience",)), one, other)
    assert found == PlaceDifference(
        PATIENCE,
        Statement("2 weeks", ("dam-idle",), "", own=True),
        Statement("1 to 3 weeks", (), "ours", own=False),
    )
    assert place_difference_as_json(found)["second"] == {
        "says": "1 to 3 weeks",
        "because": [],
        "assumed": "ours",
        "own": False,
    }


def test_a_place_that_a_scenario_file_has_taken_out_says_nothing():
    (found,) = compare_statements(ThemeDifference("aims", (PATIENCE,), ()), view(), view(places=[PATIENCE]))
    assert (found.first, found.second) == (Statement("–", own=False), Statement("–"))


def test_an_account_of_the_run_up_is_named_by_its_label():
    (found,) = compare_statements(ThemeDifference(ACCOUNT), view(), view(account="wet"))
    assert (found.first.number, found.second.number) == ("it was dry", "it rained")
