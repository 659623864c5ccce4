"""Checkpoints: blocks come back from their files to the bit, whether they are read or mapped."""

import shutil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.ensemble.block import Block
from sim.ensemble.block_store import MemoryStore
from sim.storage.checkpoints import DiskStore, pack_columns, unpack_columns
from sim.storage.results_folder import ResultsError

numbers = st.one_of(
    st.sampled_from([0.0, -0.0, 1.0, -1.0, 63.0, 64.0, 2.0**14, 2.0**31, 2.0**53, 0.5, float("nan")]),
    st.integers(-(2**40), 2**40).map(float),
    st.floats(width=64),
)
names = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=5)
tables = st.integers(0, 6).flatmap(
    lambda runs: st.dictionaries(names, arrays(np.float64, runs, elements=numbers), min_size=1)
)


def bits(columns):
    """Names and bytes, in order."""
    return [(name, np.asarray(column, dtype=np.float64).tobytes()) for name, column in columns.items()]


@settings(max_examples=150, deadline=None)
@given(tables)
def test_packed_columns_come_back_in_their_order(columns):
    assert bits(unpack_columns(pack_columns(columns))) == bits(columns)


def block(runs, scale):
    """A block of so many runs, its numbers of a type that depends on the scale."""
    order = np.arange(runs, dtype=np.float64)
    states = np.arange(3 * runs, dtype=np.uint8).reshape(3, runs) % 4
    return Block({"run": order * scale, "half": order / 2.0 - 1.0}, states, {"hope": order / 7.0})


@pytest.fixture
def stores(tmp_path):
    """The same four blocks of one view, in memory and on the disk; one of them has no runs."""
    both = MemoryStore(), DiskStore({"view": (tmp_path / "parts", "inputs", "name/of")})
    (tmp_path / "parts" / "name").mkdir(parents=True)
    for store in both:
        for number, (runs, scale) in enumerate([(5, 1.0), (0, 1.0), (7, 5000.0), (4, 2.0**40)]):
            store.put("view", number, block(runs, scale))
    return both


@pytest.mark.parametrize("wanted", [0, 3, 5, 9, 16])
def test_blocks_are_put_together_the_same_in_memory_and_on_the_disk(stores, wanted):
    memory, disk = (store.concatenate("view", range(4), wanted) for store in stores)
    assert bits(disk.columns) == bits(memory.columns)
    assert np.array_equal(disk.by_week, memory.by_week)
    assert disk.columns["run"].size == wanted


def test_a_block_is_read_back_as_it_was(stores):
    memory, disk = (store.get("view", 2) for store in stores)
    assert bits(disk.columns) == bits(memory.columns)
    assert bits(disk.opening) == bits(memory.opening)
    assert np.array_equal(disk.states, memory.states)


@pytest.mark.skipif(not hasattr(shutil.os, "fork"), reason="Windows keeps files that are mapped")
def test_columns_can_be_read_after_the_files_are_gone(stores, tmp_path):
    memory, disk = (store.concatenate("view", range(4), 16) for store in stores)
    shutil.rmtree(tmp_path / "parts")
    assert bits(disk.columns) == bits(memory.columns)


def test_a_block_that_was_damaged_meanwhile_is_said(stores, tmp_path):
    (tmp_path / "parts" / "name" / "of-000002.npz").write_bytes(b"")
    with pytest.raises(ResultsError, match="was damaged meanwhile; run again"):
        stores[1].concatenate("view", range(4), 16)
