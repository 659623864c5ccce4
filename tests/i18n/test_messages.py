"""Messages: languages have the same keys and the same places, none empty; numbers follow the language."""

import re

import pytest

from sim.i18n.messages import FIRST, format_number, list_languages, load_catalogue, message, use_language

PLACE = re.compile(r"\{(\w+)")


@pytest.mark.parametrize("code", [code for code in list_languages() if code != FIRST])
def test_every_language_has_the_same_keys_and_places(code):
    ours, english = load_catalogue(code), load_catalogue(FIRST)
    assert sorted(ours) == sorted(english)
    for key, said in english.items():
        assert _places(said) == _places(ours[key]), key
        assert all(text.strip() for text in ours[key]), key


def _places(said):
    return {frozenset(PLACE.findall(text)) for text in said}


def test_numbers_follow_the_language():
    assert format_number(1234.5, 1) == "1,234.5"
    with use_language("de"):
        assert format_number(1234.5, 1) == "1.234,5"
        assert message("words.and") == "und"
    assert format_number(-0.25, 2) == "−0.25"


def test_an_unknown_language_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match="there is no language 'fr'; there are en, de"), use_language("fr"):
        pass
