"""Inert quantities: every number of the flagship changes something in some view, or stands here with the reason.

No false alarm is possible: the draws are fixed. A quantity that moves nothing in 256 draws may move something in more.
"""

import pytest

from sim.ensemble.plan import load_views
from sim.experiments.inert_quantities import find_inert_quantities, vary_quantities
from tests.architecture.tree import ROOT
from tests.theory.simulate import load_edited, scenario

BASE = ROOT / "scenarios/alaska-budapest/base.yaml"
SEED, DRAWS, WEEKS = 20250804, 256, 52

EXPECTED = {
    "actors.russia.interests.red_lines.gives-up-held-land.price": "a withdrawal is hardly ever near; 3 of 5,120 runs "
    "in 178 weeks; Kyiv's counterpart matters",
    "actors.russia.interests.red_lines.gives-up-crimea.price": "a withdrawal to the borders of 1991 is never near",
    "actors.ukraine.interests.red_lines.cedes-land-beyond-donbas.price": "since the sides foresee the drift, "
    "terms with four oblasts are not near within 52 weeks; kept as the counterpart of gives-up-crimea",
    "actors.russia.disputant.aid": "no lever changes it; 1 of 5,120 runs in 178 weeks; Kyiv's counterpart matters",
    "actors.ukraine.interests.red_lines.end-of-statehood.price": "a mark for never: one half is as much as never",
    "actors.russia.interests.red_lines.nato-path.price": "such terms are hardly ever near; 1 of 1,280",
    "actors.ukraine.disputant.ready_margin": "Kyiv is taken to be ready early; 2 of 1,280; its counterpart matters",
    "levers.long-range-missiles.delay": "needs a delivery by choice; 2 of 1,280 runs",
    "beliefs.washington-believes-kyiv.chance": "28 weeks of run-up outweigh it; 15 of 5,120; its counterpart matters",
    "beliefs.washington-believes-kyiv.weight": "1 of 1,280; its counterpart matters",
    "levers.long-range-missiles.effects.clash": "needs a delivery and a clash; 4 of 5,120 runs in 178 weeks",
    "beliefs.washington-hopes-in-kyiv.chance": "28 weeks of run-up outweigh it; its counterpart matters",
    "beliefs.moscow-hopes-in-kyiv.chance": "28 weeks of run-up outweigh it; its counterpart matters",
    "beliefs.moscow-credits-europe.weight": "Europe's levers are not threatened, so nothing moves this belief",
    "beliefs.kyiv-credits-europe.weight": "Europe's levers are not threatened, so nothing moves this belief",
    "beliefs.moscow-trusts-the-guarantor.weight": "its counterpart, Kyiv's trust, matters",
    "beliefs.europe-trusts-the-guarantor.weight": "its counterpart, Kyiv's trust, matters",
}
"""Numbers that may change nothing at this size, and why they are kept."""


@pytest.mark.slow
def test_every_quantity_of_the_flagship_matters_in_some_view_or_has_an_excuse():
    views = {name: case.scenario for name, case in load_views(BASE).items()}
    found = find_inert_quantities(views, SEED, DRAWS, WEEKS)
    assert {*found} - {*EXPECTED} == set(), (
        "these numbers change nothing: wire them in, drop them, or say why they stay"
    )


def test_excuses_are_for_numbers_that_exist():
    text = scenario("alaska-budapest", view="wide").model_dump()
    for place in EXPECTED:
        part = text
        for key in place.split("."):
            part = part[key]
        assert part["unit"]


def test_what_matters_is_told_from_what_does_not():
    places = ("actors.north.interests.conflict_cost", "actors.north.disputant.yields_to_leaning", "contest.balance")
    found = {one.place: one for one in vary_quantities(scenario("textbook/two-towns"), 1, 64, 20, places)}
    assert found["contest.balance"].changed > 32
    assert "actors.north.disputant.yields_to_leaning" not in found, "a fixed 0 has no ends"
    assert 0 < found["actors.north.interests.conflict_cost"].changed <= 64
    assert all(one.other_outcome <= one.changed for one in found.values())


def test_a_number_that_nothing_reads_is_inert():
    def add(text):
        price = {"low": 0.1, "high": 0.9, "unit": "worth", "assumed": "on purpose"}
        when = {"issue": "flow", "at_least": "all"}  # nothing on the menu says so
        text["actors"]["north"]["interests"]["red_lines"] = {"never": {"label": "Never", "when": when, "price": price}}

    edited = load_edited("textbook/two-towns", add)
    place = "actors.north.interests.red_lines.never.price"
    assert place in find_inert_quantities({"": edited}, 1, 32, 10)


def test_shares_make_room_and_runs_are_the_same_each_time():
    case, place = scenario("textbook/two-towns"), "actors.north.interests.weights.line"
    one, other = (vary_quantities(case, 1, 32, 10, (place,)) for _ in range(2))
    assert one == other
    assert (one[0].place, one[0].runs) == (place, 32)
