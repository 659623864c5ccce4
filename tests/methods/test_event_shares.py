"""Event shares: every column that is counted exists in the runs and has a name for readers."""

from analysis.methods.event_shares import EVENT_COUNTS
from sim.ensemble.block import simulate_block
from sim.i18n.messages import FIRST, load_catalogue
from sim.loading.loader import load_case


def test_every_count_is_a_column_with_a_label():
    block = simulate_block(load_case("textbook/two-towns").scenario, 1, 0, 1, 1)
    assert set(EVENT_COUNTS) <= set(block.columns)
    labels = {key.removeprefix("report.event-") for key in load_catalogue(FIRST) if key.startswith("report.event-")}
    assert labels == {*EVENT_COUNTS, "executed"}
