"""Numbers of sides, on a case small enough to count: which views have them, and which other sides set them."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.methods.side_numbers import relate_sides, side_numbers_from_json

AS_IS = {"patience": "1", "cost": "1", "price": "1"}
VIEWS = {"wide": AS_IS, "okafor": {**AS_IS, "patience": "2", "cost": "3"}, "lund": {**AS_IS, "price": "5"}}
SIDES = {
    ("Q1", "okafor"): {"patience": "2", "cost": "3"},
    ("Q1", "none"): {"patience": "9"},
    ("Q2", "waits"): {"patience": "2", "price": "1"},
    ("Q3", "as-is"): {"price": "1"},
    ("Q4", "told"): {},
}


def test_a_side_has_view_by_the_views_that_have_all_its_numbers():
    found = relate_sides(SIDES, AS_IS, VIEWS)
    assert found["Q1", "okafor"].views == ("okafor",)
    assert found["Q2", "waits"].views == ("okafor",)
    assert found["Q3", "as-is"].views == ("wide", "okafor")
    assert [look for look, one in found.items() if not one.has_view] == [("Q1", "none")]


def test_numbers_that_two_questions_change_alike_are_counted():
    """What stands in the view already is no number that a side changes, so that it is not shared either."""
    found = relate_sides(SIDES, AS_IS, VIEWS)
    assert [one.n_changed for one in found.values()] == [2, 1, 1, 0, 0]
    assert found["Q1", "okafor"].shared == ((("Q2", "waits"), 1),)
    assert found["Q2", "waits"].shared == ((("Q1", "okafor"), 1),)
    assert found["Q1", "none"].shared == found["Q3", "as-is"].shared == ()


numbers = st.dictionaries(st.sampled_from("abc"), st.sampled_from("123"), max_size=3)
looks = st.dictionaries(st.tuples(st.sampled_from(["X", "Y", "Z"]), st.sampled_from("st")), numbers, max_size=6)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(looks, numbers, st.dictionaries(st.sampled_from(["v", "w"]), numbers))
def test_sharing_goes_both_ways_and_is_kept(sides, as_is, views):
    found = relate_sides(sides, as_is, views)
    shared = {(look, other): many for look, one in found.items() for other, many in one.shared}
    assert all(shared[other, look] == many for (look, other), many in shared.items())
    assert all(many <= found[look].n_changed for (look, _), many in shared.items())
    assert {look: side_numbers_from_json(one.as_json()) for look, one in found.items()} == found
