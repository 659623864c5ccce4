"""Columns: the smallest type that holds numbers gives them back to the bit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.ensemble.columns import LazyColumns, append_columns, downcast_exact, drop_columns

NAN = float("nan")
numbers = st.one_of(
    st.sampled_from([0.0, -0.0, 1.0, -1.0, 63.0, 64.0, -128.0, 2.0**14, 2.0**31, 2.0**32, 2.0**53, 0.5, NAN]),
    st.integers(-(2**40), 2**40).map(float),
    st.floats(width=64),
)


@settings(max_examples=300, deadline=None)
@given(arrays(np.float64, st.integers(0, 6), elements=numbers))
def test_the_smallest_type_gives_the_numbers_back_to_the_bit(values):
    assert downcast_exact(values).astype(np.float64).tobytes() == values.tobytes()
    assert downcast_exact(values).nbytes <= values.nbytes


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([0, 1, 63], "i1"),
        ([-63, 63], "i1"),
        ([0, 64], "i2"),
        ([-16_383], "i2"),
        ([16_384], "i4"),
        ([2**30 - 1], "i4"),
        ([2**30], "f8"),
        ([0.5], "f8"),
        ([0.0, -0.0], "f8"),
        ([1.0, NAN], "f8"),
        ([1.0, -np.inf], "f8"),
    ],
)
def test_each_type_is_taken_as_far_as_it_goes(values, kind):
    assert downcast_exact(np.array(values, dtype=np.float64)).dtype == np.dtype(kind)


@settings(max_examples=300, deadline=None)
@given(arrays(np.float64, st.integers(1, 6), elements=st.integers(-(2**33), 2**33).map(float)))
def test_a_difference_or_a_sum_of_two_numbers_never_wraps_round(values):
    small = downcast_exact(values)
    assert (small[:, None] - small).tolist() == (values[:, None] - values).tolist()
    assert (small[:, None] + small).tolist() == (values[:, None] + values).tolist()


@pytest.mark.parametrize(
    "kind", [dict, lambda columns: LazyColumns(columns, columns.__getitem__)], ids=["there", "read"]
)
def test_columns_are_put_together_and_left_out_the_same_either_way(kind):
    columns = kind({"run": np.arange(3.0), "x/a": np.zeros(3)})
    both = append_columns(columns, {"more": np.ones(3)})
    assert list(both) == ["run", "x/a", "more"]
    assert both["more"].tolist() == [1.0, 1.0, 1.0]
    assert list(drop_columns(both, "x/")) == ["run", "more"]
    assert len(both) == 3
    assert both.get("none") is None


def test_only_what_is_asked_for_is_read():
    read = []
    columns = LazyColumns(("a", "b"), lambda name: read.append(name) or np.array([7], dtype=np.uint8))
    assert columns["b"].dtype == np.float64
    assert read == ["b"]
    with pytest.raises(KeyError):
        columns["c"]
