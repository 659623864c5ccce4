"""No case names: no name of the flagship case occurs in sim/ or analysis/.

The names are read from the case itself, so that a new actor, lever or source is covered at once.
"""

import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.architecture.tree import PACKAGES, ROOT, format_path

CASE = ROOT / "scenarios" / "alaska-budapest"
KEYED = {"actors", "issues", "levers", "sources"}
TEXT = {".py", ".html", ".css", ".js", ".json", ".md", ".yaml", ".yml", ".toml", ".txt", ".tcss"}

ALWAYS = """
    russia ukraine moscow kyiv kremlin washington trump putin zelensky europe nato tomahawk donbas crimea
    budapest alaska hungary india china portnikov abt fazi observador
""".split()

# Keys of the case that are ordinary words; the engine may use them in their ordinary sense.
ORDINARY = set(
    """
    aid alliance arms army assistance attack balance border buyers call cap cease-fire ceasefire cession
    concession contents control date deadline exchange force forces freeze front full guarantee guarantees
    information land limits line lobbying mediation mediator missiles money monitoring neutral neutrality none
    oil open order orders pact path peace phone-call pledge politics pool prize recognition sanctions security sequence
    settlement signal signalling size status strike strikes summit symbolic-step tariff tariffs territory text
    threat timing trade treaty troops truce visit walk-away war weapons wide withdrawal words
    """.split()
)


@cache
def case_names() -> frozenset[str]:
    """Names of the case: keys of its actors, issues, levers and sources, and its source views."""
    names = set(ALWAYS)
    for path in CASE.rglob("*.yaml"):
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        names |= list_keys(data)
        if path.stem == "sources":
            names |= entries(data.get("sources", data) if isinstance(data, dict) else data)
        if path.parent.name == "views":
            names.add(path.stem)
    return frozenset(name for name in names if len(name) > 2 and name.lower() not in ORDINARY)


def list_keys(data: object) -> set[str]:
    """The entries under every key in KEYED, at the top of a file."""
    found = data if isinstance(data, dict) else {}
    return {name for key in KEYED & found.keys() for name in entries(found[key])}


def entries(data: object) -> set[str]:
    """The names in a mapping of name to thing, or in a list of things that name themselves."""
    if isinstance(data, dict):
        return {str(key) for key in data}
    things = data if isinstance(data, list) else []
    return {str(thing.get("id") or thing.get("name") or "") for thing in things if isinstance(thing, dict)} - {""}


def make_finder(names: frozenset[str]) -> re.Pattern[str]:
    """Finds a whole name, however its words are joined: a-b, a_b, a b."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    spelled = [r"[-_ ]".join(map(re.escape, re.split(r"[-_ ]", name))) for name in longest_first]
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(spelled)})(?![a-z0-9])", re.IGNORECASE)


def split_words(text: str) -> str:
    """Camel case taken apart, so that a name inside a class name is found too."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)


def engine_files() -> list[Path]:
    """Every file with text in the packages."""
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*")]
    return sorted(path for path in files if path.suffix in TEXT and not path.name.endswith(".min.js"))


def test_no_name_of_the_case():
    """Line 0 is the file's name."""
    pattern = make_finder(case_names())
    found = [
        f"{format_path(path)}:{number}: {hit}"
        for path in engine_files()
        for number, line in enumerate([format_path(path), *path.read_text(encoding="utf-8").splitlines()])
        for hit in pattern.findall(split_words(line))
    ]
    assert not found, "\n".join(found)


def test_the_case_is_read():
    assert len(case_names()) > len(ALWAYS), "no name was found in the case: has its form changed?"


@pytest.mark.parametrize("line", ["cost_to_moscow = 1", "class KyivAgent:", "# Abt 2025", "oil_for_abt"])
def test_a_name_is_found(line):
    assert make_finder(frozenset(ALWAYS)).search(split_words(line))


@pytest.mark.parametrize("line", ["about the European", "habt", "an abbreviation", "machinate"])
def test_part_of_a_word_is_not_a_name(line):
    assert not make_finder(frozenset(ALWAYS)).search(split_words(line))
