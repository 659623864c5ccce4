"""The pattern cache: what is kept comes back, and what cannot be used is nothing."""

import numpy as np
import pytest

from sim.experiments.pattern_matches import PatternMatches
from sim.storage.pattern_cache import PATTERNS_FILE, load_pattern_matches, save_pattern_matches

PLACEBO = ({"round": np.array([2, 0]), "a/b": np.array([0, 0])}, {"round": np.array([0]), "a/b": np.array([3])})
MATCHES = {
    "wide": PatternMatches(np.array([0, 3]), {"round": np.array([0, 7]), "a/b": np.array([1, 0])}, PLACEBO[0]),
    "okafor-2030": PatternMatches(np.array([2]), {"round": np.array([0]), "a/b": np.array([0])}, PLACEBO[1]),
}


def test_what_is_kept_comes_back(tmp_path):
    save_pattern_matches(tmp_path, "f1", MATCHES)
    found = load_pattern_matches(tmp_path, "f1")
    assert set(found) == set(MATCHES)
    for view, kept in MATCHES.items():
        assert found[view].runs.tolist() == kept.runs.tolist()
        assert {key: weeks.tolist() for key, weeks in found[view].weeks.items()} == {
            key: weeks.tolist() for key, weeks in kept.weeks.items()
        }
        assert {key: weeks.tolist() for key, weeks in found[view].shuffled_weeks.items()} == {
            key: weeks.tolist() for key, weeks in kept.shuffled_weeks.items()
        }


@pytest.mark.parametrize("content", [None, b"", b"nothing", "other"])
def test_what_cannot_be_used_is_nothing(tmp_path, content):
    if content == "other":
        save_pattern_matches(tmp_path, "f2", MATCHES)
    elif content is not None:
        (tmp_path / PATTERNS_FILE).write_bytes(content)
    assert load_pattern_matches(tmp_path, "f1") == {}
