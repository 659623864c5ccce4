"""An actor's `id`: its luck stays where it is when its key is renamed; without one, a new key is a new draw."""

import re

import numpy as np
import pytest

import sim
from sim.workflows.new_case.case_folder import new_case


def play(folder, text):
    path = folder / "base.yaml"
    path.write_text(text, encoding="utf-8")
    found = sim.run(path, runs=40, horizon=12, workers=1, report=False)
    return found.views["as-written"].columns


@pytest.fixture(scope="module")
def text(tmp_path_factory):
    folder = tmp_path_factory.mktemp("case")
    new_case("quarrel", source="two-towns", folder=folder)
    return (folder / "quarrel" / "base.yaml").read_text(encoding="utf-8")


def test_an_id_keeps_the_luck_of_a_renamed_actor(tmp_path, text):
    named = play(tmp_path, text)
    renamed = re.sub(r"(?<![\w-])north(?![\w-])", "upton", text)
    kept = play(tmp_path, re.sub(r"^  upton:\n", "  upton:\n    id: north\n", renamed, count=1, flags=re.MULTILINE))
    anew = play(tmp_path, renamed)
    assert list(named) == list(anew)
    assert all(np.array_equal(named[name], kept[name]) for name in named if "north" not in name)
    assert any(not np.array_equal(named[name], anew[name]) for name in named)
