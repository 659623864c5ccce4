"""Sides of contradictions: a side that takes the numbers of a source view takes every one that its claims carry there.

What it leaves stands below with the reason: a claim often says more than the question asks. A number that a claim comes
to carry later is taken, or is put on this list.
"""

import pytest

from sim.evidence.register import read_register
from sim.loading.discovery import find_scenario
from sim.loading.extends import resolve_extends
from sim.loading.loader import list_views, load_case
from sim.schema.quantity import find_quantities
from tests.theory.simulate import FLAGSHIP

LISTED = read_register(resolve_extends(find_scenario(FLAGSHIP)))
TAKING = {
    (key, name): side
    for key, one in LISTED.contradictions.items()
    for name, side in one.sides.items()
    if side.take_from not in ("", "base")
}
EVERY_PATH = ("sequence=framework",)
AIMS = "actors.russia.interests.weights"
DRAFT = "actors.united-states.mediator.envoy_ahead"
BEYOND_THE_QUESTION = {
    "what leaning costs Washington": {
        ("X01", "abt"): ["actors.united-states.mediator.lean_price"],
        ("X01", "allies"): ["actors.united-states.mediator.lean_price"],
    },
    "how far an envoy drafts ahead": {
        ("X04", "abt"): [DRAFT],
        ("X07", "abt"): [DRAFT],
        ("X25", "abt"): [DRAFT],
        ("X65", "abt"): [DRAFT],
    },
    "what Moscow wants, where the question is whether it bargains, waits, consents or gains": {
        ("X04", "abt"): [AIMS],
        ("X25", "portnikov"): [AIMS],
        ("X37", "portnikov"): [AIMS],
        ("X55", "fazi"): [AIMS],
        ("X62", "portnikov"): [AIMS],
        ("X63", "fazi"): [AIMS],
        ("X64", "fazi"): [AIMS],
        ("X65", "abt"): [AIMS],
    },
    "what a concession costs, or what is believed of the front, where the question is what is wanted": {
        ("X06", "abt"): ["actors.russia.disputant.concession_price"],
        ("X06", "portnikov"): ["actors.russia.interests.optimism"],
    },
    "what Moscow believes it will win": {
        ("X32", "abt"): ["actors.russia.interests.optimism"],
        ("X33", "portnikov"): ["actors.russia.interests.optimism"],
        ("X38", "portnikov"): ["actors.russia.interests.optimism"],
    },
    "what a call does to Washington, where the question is Moscow or deeds": {
        ("X10", "portnikov"): [
            "beliefs.washington-believes-moscow.chance",
            "beliefs.washington-believes-moscow.weight",
        ],
        ("X29", "portnikov"): ["beliefs.washington-believes-moscow.chance"],
        ("X20", "portnikov"): ["beliefs.washington-believes-moscow.weight"],
        ("X21", "portnikov"): ["beliefs.washington-believes-moscow.weight"],
        ("X42", "portnikov"): ["beliefs.washington-believes-moscow.weight"],
        ("X25", "observador"): ["actors.russia.disputant.words_credibility"],
    },
    "what a call costs Moscow, where the question is Trump": {
        ("X40", "compliments"): ["actors.russia.disputant.call_price"],
        ("X41", "before-22-october"): ["actors.russia.disputant.call_price"],
    },
    "another country, another actor or another lever than the one asked about": {
        ("X11", "fazi"): ["actors.china.complier.tie"],
        ("X12", "fazi"): ["actors.china.complier.tie"],
        ("X12", "observador"): ["beliefs.moscow-credits-washington.chance"],
        ("X13", "fazi"): ["actors.china.complier.fear", "actors.china.complier.tie"],
        ("X14", "fazi"): ["actors.india.complier.fear", "actors.india.complier.tie"],
        ("X14", "portnikov"): ["levers.secondary-tariffs.price"],
        ("X16", "portnikov"): ["contest.aid_moves"],
        ("X37", "fazi"): ["actors.united-states.interests.red_lines.binding-guarantee.price"],
        ("X38", "portnikov"): ["levers.secondary-tariffs.price"],
        ("X64", "abt"): ["levers.long-range-substitute.effects.clash"],
        ("X64", "portnikov"): ["levers.aid-package.price"],
        ("X66", "portnikov"): ["actors.europe.veto_player.lobby_push"],
        ("X67", "portnikov"): ["levers.aid-package.price"],
        ("portnikov-sanctions", "before-22-october"): ["levers.long-range-missiles.price"],
    },
    "the war as it runs, where the question is what a deed or a threat does": {
        ("X11", "fazi"): ["actors.russia.interests.conflict_cost"],
        ("X16", "abt"): ["contest.clash_hazard"],
        ("X29", "abt"): ["contest.clash_hazard"],
    },
    "whether deeds change a mind, which X11 asks, beside leverage": {
        ("X38", "portnikov"): ["actors.russia.disputant.hardens_by_executions"],
    },
    "what neutrality or land costs and yields, where the claim names it beside what is asked": {
        ("X04", "portnikov"): ["actors.ukraine.interests.red_lines.cedes-held-land.price"],
        ("X37", "portnikov"): [
            "actors.ukraine.interests.red_lines.neutrality.price",
            "contest.shifts.fortified.size",
        ],
        ("X62", "portnikov"): [
            "actors.russia.interests.red_lines.western-guarantee.price",
            "actors.ukraine.interests.red_lines.cedes-held-land.price",
            "actors.ukraine.interests.red_lines.neutrality.price",
        ],
    },
    "how Kyiv yields and how long peace lasts, where the question is why it refuses or whom a pause favours": {
        ("X22", "portnikov"): ["agreement_durability.slow_scale"],
        ("X63", "portnikov"): [
            "agreement_durability.slow_scale",
            "beliefs.kyiv-trusts-moscow-to-keep-a-truce.chance",
        ],
    },
    "how long a treaty takes, where the question is who waits and why": {
        ("X23", "portnikov"): ["sequences.treaty-first.weeks"],
        ("X65", "portnikov"): ["sequences.treaty-first.weeks"],
    },
    "what Washington pays for the alliance, where the question is with whom peace is made": {
        ("X27", "west"): ["actors.united-states.interests.red_lines.roll-back.price"],
    },
    "doubts long held, where the question is what the failure of Alaska did": {
        ("X42", "abt"): ["beliefs.moscow-relies-on-washington.chance"],
        ("X66", "abt"): ["beliefs.moscow-relies-on-washington.chance"],
    },
}
LEFT = sorted((*side, place) for sides in BEYOND_THE_QUESTION.values() for side in sides for place in sides[side])


@pytest.fixture(scope="module")
def carried():
    """Of each source view, the places whose numbers differ from the base, and the claims that carry them."""
    base = dict(find_quantities(load_case(FLAGSHIP, answers=EVERY_PATH).scenario))
    return {
        view: {
            place: {*quantity.because}
            for place, quantity in find_quantities(load_case(FLAGSHIP, view=view, answers=EVERY_PATH).scenario)
            if quantity != base.get(place)
        }
        for view in list_views(FLAGSHIP)
    }


def test_a_side_takes_every_number_that_its_claims_carry(carried):
    missed = sorted(
        (*key, place)
        for key, side in TAKING.items()
        for place, claims in carried[side.take_from].items()
        if claims & {*side.claims} and place not in side.places
    )
    assert [one for one in missed if one not in LEFT] == [], "take them, or say here why the question leaves them"
    assert [one for one in LEFT if one not in missed] == [], "taken, or carried no longer: strike them here"


def test_a_side_takes_only_numbers_that_its_claims_carry(carried):
    """A passage that says why the number differs stands at the side itself, and not only in the source view."""
    bare = [
        (key, place)
        for key, side in TAKING.items()
        for place in side.places
        if not carried[side.take_from].get(place, set()) & {*side.claims}
    ]
    assert bare == [], "name a claim of the source view that carries it, or do not take it"


def test_a_side_takes_only_numbers_that_its_view_moves(carried):
    taken = [(key, side.take_from, place) for key, side in TAKING.items() for place in side.places]
    assert [one for one in taken if one[2] not in carried[one[1]]] == []
