"""Open signs: a quote or bracket that is not closed is told where it was opened, however far below YAML stops."""

import pytest

from sim.errors import ScenarioError
from sim.loading.strict_yaml import parse_yaml

QUOTE = "; close it there, or write a quote inside a text twice"
FURTHER = "b: 1\nc: 2\nd: 3\n"
OPEN = {
    "never closed": ('x: 1\na: "open\n' + FURTHER, "2: a quote is opened here and never closed" + QUOTE),
    "closed by the next": (
        f'a: "open\n{FURTHER}e: "f"\n',
        "1: a quote is opened here and closed only in line 5" + QUOTE,
    ),
    "closed by the next, and that by another": (
        f'a: "open\n{FURTHER}e: "\ng: 2\n',
        "1: a: a quote is opened here and closed only in line 5" + QUOTE,
    ),
    "in a list": ('k:\n  - "open\n  - "b"\n', "2: a quote is opened here and closed only in line 3" + QUOTE),
    "in a bracket": ('k:\n  t: [a, "b, c]\n  u: "w"\n', "2: a quote is opened here and closed only in line 3" + QUOTE),
    "single": ("a: 'open\n" + FURTHER, "1: a quote is opened here and never closed" + QUOTE),
    "apostrophe": ("a: 'it's fine'\n", "1: text follows a closing '; write a ' inside a text twice, or put the whole"),
    "backslash": ('a: "C:\\Users"\n', "1: a text in double quotes holds a \\ that means nothing; write \\\\, or use"),
    "bracket": (
        "a: [1, 2\n" + FURTHER,
        "1: a [ is opened here and not closed; close it with ]; a text with : , [ or ]",
    ),
    "bracket at the end": ("x: 1\na: [1, 2\n", "2: a [ is opened here and not closed"),
    "brace": (
        "k:\n  t: {a: 1\n  u: {a: 1}\n",
        "2: a { is opened here and not closed; close it with }; a text with : ,",
    ),
    "brace closed by a bracket": ("a: [1, {b: 2]\nc: 1\n", "1: a { is opened here and not closed"),
    "bracket before a block": ("a: [1, 2\nb: |\n  text\n", "1: a [ is opened here and not closed"),
    "too many": ("a: [1]]\nb: 2\n", "1: a ] closes nothing; leave it out; a text with ] goes in quotes"),
}
WELL = (
    'a: "x\n  y"\n',
    "a: [1,\n  2\n]\nb: {\n  c: 1\n}\n",
    "a:\n- 'b\n  c'\n- d\n",
    'a: "b\n\n\tc\n"\n',
    "a: don't\n",
)


@pytest.mark.parametrize("kind", OPEN)
def test_what_is_left_open_is_told_where_it_was_opened(kind):
    text, said = OPEN[kind]
    with pytest.raises(ScenarioError) as stopped:
        parse_yaml(text, "base.yaml")
    assert str(stopped.value).startswith(f"base.yaml:{said}")


@pytest.mark.parametrize("text", WELL)
def test_what_goes_on_over_lines_and_is_closed_is_fine(text):
    assert parse_yaml(text, "base.yaml").data
