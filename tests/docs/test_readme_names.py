"""Names in the commands of the first page: every outcome, source view and case that it names is there."""

import re
import shlex
from itertools import pairwise

import pytest

from sim.cli.app import app
from sim.loading.discovery import find_default_case, find_scenario
from sim.loading.loader import list_views, load_case
from tests.architecture.tree import ROOT

COMMANDS = [
    shlex.split(words) for words in re.findall(r"`\./zopa ([^`]+)`", (ROOT / "README.md").read_text(encoding="utf-8"))
]
CASES = ("run", "play", "compare", "zone", "solve", "baselines", "vary", "attribute")
"""Commands whose words are scenarios or source views."""


@pytest.fixture(scope="module")
def flagship():
    return load_case(find_default_case())


def list_values(words, option):
    """What stands behind an option."""
    return [value for name, value in pairwise(words) if name == option]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_name_in_a_command_of_the_readme_is_there(words, flagship):
    known = {group.name for group in app.registered_groups} | {
        one.name or one.callback.__name__.removesuffix("_command").replace("_", "-") for one in app.registered_commands
    }
    assert words[0].startswith("--") or words[0] in known | {"docs", "test", "compare"}, words[0]
    views = list_views(find_default_case())
    assert {*list_values(words, "--outcome")} <= flagship.scenario.outcomes.keys()
    named = [one.removeprefix("view=") for one in list_values(words, "--with") if one.startswith("view=")]
    assert {*list_values(words, "--view"), *named} <= {*views}
    if words[0] in CASES:
        options = {at + 1 for at, word in enumerate(words) if word.startswith("--")}
        plain = [word for at, word in enumerate(words) if at and at not in options and not word.startswith("--")]
        for word in plain:
            beside = find_scenario(find_default_case()).parent / f"{word}.yaml" if "/" not in word else None
            if word not in (*views, "views") and "…" not in word and not (beside and beside.is_file()):
                folder = ROOT / word
                assert folder.is_dir() or find_scenario(word)
