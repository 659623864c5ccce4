"""Event shares: every column that is counted exists in the runs and has a name for readers."""

from dataclasses import replace

from analysis.methods.event_shares import EVENT_COUNTS, STRIKES, label_events
from sim.ensemble.block import simulate_block
from sim.i18n.messages import FIRST, load_catalogue
from sim.loading.loader import load_case
from tests.factories.results import results


def test_every_count_is_a_column_with_a_label():
    block = simulate_block(load_case("textbook/two-towns").scenario, 1, 0, 1, 1)
    assert set(EVENT_COUNTS) <= set(block.columns)
    labels = {key.removeprefix("report.event-") for key in load_catalogue(FIRST) if key.startswith("report.event-")}
    assert labels == {*EVENT_COUNTS, "executed"} - {STRIKES}


def test_a_hostile_act_has_the_word_of_its_case():
    found = results()
    found.views["wide"].columns[STRIKES] = found.views["wide"].columns["outcome"]
    alone = replace(found, views={"wide": found.views["wide"]})
    assert label_events(alone)[STRIKES] == "a hostile step"
    manifest = found.manifest.model_copy(update={"text": {"words": {"hostile_act": "ein Schlag | einen Schlag | x"}}})
    assert label_events(replace(alone, manifest=manifest))[STRIKES] == "ein Schlag"
