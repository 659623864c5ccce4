"""Doubts: the choice of ours that decides most stands in the case's own file, and on the first screen of its page."""

import shlex

import pytest

from sim.i18n.messages import list_languages
from sim.loading.discovery import find_default_case, find_scenario
from sim.loading.doubts import describe_largest_doubt, read_doubts
from tests.cli.test_cli import well, zopa  # noqa: F401 - the fixture

OWN = """
gate-keeper:
  command: "zopa vary well --vary levers.gate.price=*0.5,*2"
  measured: "2030-01-01"
  said: {en: "Largest doubt: the price of the gate is our number."}
"""


def test_every_doubt_of_the_flagship_is_said_in_every_language_with_the_command_that_measured_it():
    for key, doubt in read_doubts(find_scenario(find_default_case())).items():
        assert doubt.said.keys() == {*list_languages()}, key
        assert shlex.split(doubt.command)[0] == "zopa"


@pytest.mark.parametrize("lang", ["en", "de"])
def test_the_first_doubt_is_said_in_the_language_or_in_the_first_there_is(well, lang):  # noqa: F811 - the fixture
    (well / "doubts.yaml").write_text(OWN, encoding="utf-8")
    assert describe_largest_doubt(well / "base.yaml", lang) == "Largest doubt: the price of the gate is our number."


def test_a_doubt_without_a_sentence_is_told_by_file_and_line(well):  # noqa: F811 - the fixture
    (well / "doubts.yaml").write_text("gate: {command: zopa run, measured: today}\n", encoding="utf-8")
    done = zopa("check", well / "base.yaml")
    assert done.exit_code == 3
    assert "doubts.yaml:1: gate.said" in done.output
