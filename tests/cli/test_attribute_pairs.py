"""The command that attributes the differences between every two source views."""

import csv
import json
from pathlib import Path

import pytest

from sim import attribute_pairs
from sim.experiments import theme_coalitions
from sim.workflows import attribute_views
from tests.cli.test_cli import expect_refusal, well, zopa  # noqa: F401 - the fixture

SMALL = ["--case", "well", "--draws", "40", "--horizon", "4", "--workers", "1", "--seed", "3", "--no-report"]
pytestmark = pytest.mark.usefixtures("well")


def test_every_pair_is_the_attribution_of_the_two_and_kept_as_a_table():
    found = json.loads(zopa("attribute-pairs", "wide", "okafor-2030", *SMALL, "--json").stdout)
    (pair,) = found["pairs"]
    lone = json.loads(zopa("attribute", "wide", "okafor-2030", *SMALL, "--json").stdout)
    assert pair["themes"] == lone["themes"]
    rows = csv.DictReader(Path(found["outputs"], "pairs.csv").read_text(encoding="utf-8").splitlines())
    assert {row["theme"]: float(row["value"]) for row in rows} == {
        name: one["value"] for name, one in lone["themes"].items()
    }


def test_the_result_is_rows_a_map_and_files():
    small = {"draws": 40, "horizon": 4, "workers": 1, "report": False}
    found = attribute_pairs(("wide", "okafor-2030"), case="well", **small)
    assert len(found.to_frame()) == 3
    assert found.figure().data[0].type == "heatmap"
    assert sorted(path.name for path in found.save("copy").iterdir()) == ["pairs.csv", "pairs.json"]
    assert found.page is None
    assert "account of the run-up" in repr(found)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["wide"], "zopa: it takes two source views to attribute a difference; there is wide"),
        ([], "zopa: it takes two source views to attribute a difference; there is okafor-2030"),
    ],
)
def test_a_slip_is_named(words, text):
    assert expect_refusal(2, "attribute-pairs", *words, *SMALL) == text


def test_wrong_draws_are_refused_before_anything_is_said(well):  # noqa: F811 - the fixture
    done = zopa("attribute-pairs", "--case", "well", "--draws", "1")
    assert done.exit_code == 2
    assert "--draws" in done.stderr
    assert "Pair" not in done.stderr


def test_the_page_has_the_map_and_the_waterfall_of_every_pair_in_both_languages():
    for lang, said in (("en", "pair by pair"), ("de", "Paar für Paar")):
        found = attribute_pairs(("wide", "okafor-2030"), case="well", draws=40, horizon=4, workers=1, lang=lang)
        page = found.page.read_text(encoding="utf-8")
        assert 'id="plot-attribution-pairs-1"' in page
        assert 'id="plot-waterfalls-folded-1-1"' in page
        assert said in page
        assert '<option value="pair-1">' in page
        assert '<details class="folded" data-pair="pair-1">' in page


def test_finished_pairs_are_not_played_again_after_an_interruption(monkeypatch):
    """Three pairs, stopped in the second: the first is kept, and the numbers are those of a run without a stop."""
    copy_view("okafor-2030", "late")
    how = {"case": "well", "draws": 40, "horizon": 4, "workers": 1, "seed": 3, "report": False}
    names = ("wide", "okafor-2030", "late")
    whole = attribute_pairs(names, **how, out="whole")
    simulate, played = attribute_views.simulate_coalitions, []

    def stop_at_second(design, *rest):
        if played:
            raise KeyboardInterrupt
        played.append(design)
        return simulate(design, *rest)

    monkeypatch.setattr(attribute_views, "simulate_coalitions", stop_at_second)
    with pytest.raises(KeyboardInterrupt, match="the same command goes on with what is left"):
        attribute_pairs(names, **how)
    monkeypatch.setattr(attribute_views, "simulate_coalitions", simulate)
    left = []
    tasks = theme_coalitions._simulate_tasks
    monkeypatch.setattr(theme_coalitions, "_simulate_tasks", lambda *a: (left.append(one) or one for one in tasks(*a)))
    again = attribute_pairs(names, **how)
    assert again.list_rows() == whole.list_rows()
    sets = [2 ** len(one.pair.themes) for one in again.pairs.values()]
    assert sum(len(task.sets) for task, _ in left) == sum(sets[1:])


def copy_view(view, name):
    """Another source view, which differs from the first in one number."""
    text = Path(f"well/views/{view}.yaml").read_text(encoding="utf-8")
    Path(f"well/views/{name}.yaml").write_text(text.replace(f"view: {view}", f"view: {name}").replace("0.01", "0.012"))
