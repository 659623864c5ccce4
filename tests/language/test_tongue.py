"""Languages have the same keys and the same places, none empty; numbers follow the language."""

import re

import pytest

from sim.language.tongue import FIRST, languages, number, say, sentences, speaking

PLACE = re.compile(r"\{(\w+)")


@pytest.mark.parametrize("code", [code for code in languages() if code != FIRST])
def test_every_language_has_the_same_keys_and_places(code):
    ours, english = sentences(code), sentences(FIRST)
    assert sorted(ours) == sorted(english)
    for key, said in english.items():
        assert _places(said) == _places(ours[key]), key
        assert all(text.strip() for text in ours[key]), key


def _places(said):
    return {frozenset(PLACE.findall(text)) for text in said}


def test_numbers_follow_the_language():
    assert number(1234.5, 1) == "1,234.5"
    with speaking("de"):
        assert number(1234.5, 1) == "1.234,5"
        assert say("words.and") == "und"
    assert number(-0.25, 2) == "−0.25"


def test_an_unknown_language_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match="there is no language 'fr'; there are en, de"), speaking("fr"):
        pass
