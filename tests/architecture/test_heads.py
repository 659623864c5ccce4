"""Heads: the first words of a file's docstring are the name of the file, so that one finds what one reads about."""

import ast
import re

import pytest

from tests.architecture.tree import format_path, modules, parse_file

FILES = modules("sim", "analysis", "docs/generators", "tests")
SHORT = {"a", "an", "and", "in", "of", "no", "the", "up", "with"}
"""Words that name nothing."""

OTHER_HEADS = {
    "analysis/__init__": "What we make of the runs",
    "sim/__init__": "The machine",
    "sim/cli/__init__": "Command line",
    "sim/cli/app": "Zopa on the command line",
    "sim/engines/base": "Engines",
    "sim/rules/week/contest": "The week, part 1",
    "sim/rules/week/prospects": "The week, part 2",
    "sim/rules/week/choices": "The week, part 3",
    "sim/rules/week/talks": "The week, part 4",
    "sim/rules/week/agreements_and_beliefs": "The week, part 5",
    "sim/rules/week/event_counts": "The week, part 6",
    "tests/cli/test_cli": "The command line",
    "tests/fuzz/__main__": "Try for some minutes",
}
"""Packages whose name is an abbreviation or an image, and parts that are read as one text."""


def split_words(text: str) -> set[str]:
    """Words of a text in small letters, without those that name nothing."""
    return set(re.findall(r"[a-z0-9]+", text.lower())) - SHORT


def read_head(docstring: str) -> str:
    """What stands before the first colon, full stop, question mark or dash; the first line if there is none."""
    return re.split(r"[:.?]| - ", docstring.partition("\n")[0])[0]


def have_one_stem(first: str, second: str) -> bool:
    """True for two forms of a word, such as `narrator` and `narrators`, `coupled` and `coupling`."""
    shorter, longer = sorted((first, second), key=len)
    kept = max(min(4, len(shorter)), len(shorter) - 3)
    return longer.startswith(shorter[:kept]) and len(longer) - kept <= 4


def is_named(stem: str, head: str) -> bool:
    """True if a head has a word of the name of its file."""
    return any(have_one_stem(mine, its) for mine in split_words(stem.replace("_", " ")) for its in split_words(head))


def find_stem(name: str) -> str:
    """The name of a file, or of the package whose first file it is."""
    *_, package, stem = name.split("/")
    return package if stem in ("__init__", "__main__") else stem.removeprefix("test_")


def read_heads() -> dict[str, str]:
    """Heads of all files that have a docstring."""
    docstrings = {format_path(path).removesuffix(".py"): ast.get_docstring(parse_file(path)) for path in FILES}
    return {name: read_head(text) for name, text in docstrings.items() if text}


HEADS = read_heads()


def test_a_docstring_begins_with_the_name_of_its_file():
    assert len(HEADS) > 500
    others = {name: head for name, head in HEADS.items() if not is_named(find_stem(name), head)}
    assert others == OTHER_HEADS, "begin with the name of the file"


@pytest.mark.parametrize(
    ("stem", "head", "named"),
    [
        ("weekly_series", "Weekly series", True),
        ("votes", "Votes, told in short", True),
        ("take_seat", "Take a seat", True),
        ("coverage", "Entries", False),
        ("usage", "Uses", False),
        ("localized_results", "Spoken", False),
        ("citation", "Cited", False),
        ("statements", "State", False),
    ],
)
def test_names_are_found(stem, head, named):
    assert is_named(stem, head) is named


def test_a_head_ends_where_the_sentence_begins():
    assert read_head("Signing: when does a party sign?\n\nMore: no.") == "Signing"
    assert read_head("Levers, narrated - what ends") == "Levers, narrated"
