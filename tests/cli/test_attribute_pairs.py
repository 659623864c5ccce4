"""The command that attributes the differences between every two source views."""

import csv
import json
from pathlib import Path

import pytest

from sim import attribute_pairs
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
    assert "account of the run-up" in repr(found)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["wyde", "wide"], "zopa: there is no source view 'wyde'; did you mean 'wide'?"),
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
