"""Mirror: swapping the two sides' data and the sign of the balance mirrors every run, bit for bit."""

import numpy as np
import pytest

from sim.model.parameters import sample_quantities
from tests.theory.simulate import load_edited, play_weekly, scenario

SIGNED_DRAWS = ("contest.balance", "contest.drift", "contest.resting_point")
SIGNED = {
    "world": ("balance", "drift", "resting_point"),
    "actor": ("optimism_lean", "side_sign"),
    "lever": ("against", "balance_after"),
    "sequence": ("balance_then",),
    "breakdown_class": ("balance_broken", "shift"),
}
CROSSED = {"if_first": "if_second", "if_second": "if_first"}
OTHER = {"first": "second", "second": "first", "first_prevails": "second_prevails", "second_prevails": "first_prevails"}
WEEKS = 40


def mirror(text):
    contest = text["contest"]
    for one, other in (("first", "second"), ("first_prevails", "second_prevails")):
        contest[one], contest[other] = contest[other], contest[one]
    for actor in text["actors"].values():
        if favours := (actor.get("interests") or {}).get("optimism_favours"):
            actor["interests"]["optimism_favours"] = OTHER[favours]
    for shift in contest.get("shifts", {}).values():
        shift["favours"] = OTHER[shift["favours"]]
    _swap_ends(text["outcomes"])
    _swap_ends(text.get("run_up", {}))


def _swap_ends(part):
    for key, value in part.items() if isinstance(part, dict) else enumerate(part):
        if key == "ended":
            part[key] = OTHER.get(value, value)
        elif isinstance(value, dict | list):
            _swap_ends(value)


def read_mirrored(arrays, space, name):
    """A variable of the mirrored run as the run itself should have it."""
    array = arrays.state[space][CROSSED.get(name, name)]
    if space == "world" and name == "ended":
        return np.select([array == 1.0, array == 2.0], [2.0, 1.0], array)
    if space == "side_package":
        return np.concatenate([array[1::-1], array[2:]])
    return -array if name in SIGNED.get(space, ()) else array


def find_differences(one, other):
    found = []
    for space, table in one.state.items():
        keys, theirs = one.layout.spaces[space].keys, list(other.layout.spaces[space].keys)
        rows = [theirs.index(key) for key in keys] if space == "move" else list(range(len(keys)))
        for name, array in table.items():
            if not np.array_equal(array[: len(rows)], read_mirrored(other, space, name)[rows]):
                found.append(f"{space}.{name}")
    return found


CASES = [
    ("alaska-budapest", "wide"),
    ("textbook/two-towns", None),
    ("textbook/three-parties", None),
    ("textbook/empty-threat", None),
    ("textbook/logrolling", None),
    ("textbook/strike", None),
]


@pytest.mark.parametrize(("name", "view"), CASES, ids=str)
def test_swapping_the_sides_mirrors_every_run(name, view):
    found = scenario(name, view=view)
    drawn = sample_quantities(found, 1, np.arange(200))
    signed = {place: -array if place in SIGNED_DRAWS else array for place, array in drawn.items()}
    ways = (
        play_weekly(found, 200, WEEKS, drawn=drawn),
        play_weekly(load_edited(name, mirror, view), 200, WEEKS, drawn=signed),
    )
    for one, other in zip(*ways, strict=True):
        assert find_differences(one, other) == [], f"week {one.state['world']['week'][0][0]}"


def test_the_mirror_can_break():
    found = scenario("textbook/two-towns")
    drawn = sample_quantities(found, 1, np.arange(50))
    ways = (
        play_weekly(found, 50, 3, drawn=drawn),
        play_weekly(load_edited("textbook/two-towns", mirror), 50, 3, drawn=drawn),
    )
    assert any(find_differences(one, other) for one, other in zip(*ways, strict=True))
