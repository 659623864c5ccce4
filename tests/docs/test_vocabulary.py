"""Vocabulary: the glossary says which words there are, and names in the project keep to it."""

import ast
import json
import re
from functools import cache
from importlib import import_module

import pytest

from docs.generators.commands_page import list_options
from sim.loading.json_schema import build_json_schema
from sim.rules.week import WEEK
from sim.rules.week.steps import Rule
from tests.architecture.tree import ROOT, modules, parse_file

TEXT = (ROOT / "docs" / "reference" / "glossary.md").read_text(encoding="utf-8")
TERMS_TEXT, _, REFUSED_TEXT = TEXT.partition("## Words that are not used")
FILES = modules("sim", "analysis", "docs/generators")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def rows(text, columns):
    """The rows of the tables in a text, without their heads."""
    cells = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in text.splitlines() if line[:2] == "| "]
    assert {len(row) for row in cells} == {columns}
    return [row for row in cells if row[0] not in ("term", "not")]


TERMS = rows(TERMS_TEXT, 5)
REFUSED_ROWS = rows(REFUSED_TEXT, 4)
REFUSED = [(word.strip(), row[1], row[2]) for row in REFUSED_ROWS for word in row[0].split(",")]
REFUSED_IN_GERMAN = [word.strip() for row in REFUSED_ROWS if row[3] != "–" for word in row[3].split(",")]


@cache
def keys():
    """Keys of every file of a case, and the words that a choice in them can take."""
    found = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/reference/schema.md").read_text("utf-8"), re.MULTILINE))
    return frozenset(found | set(json.loads(json.dumps(build_json_schema()))["$defs"]))


@cache
def variables():
    """Names that the rules read and set."""
    sets = (line.sets for line in WEEK if isinstance(line, Rule))
    return frozenset(name for one in sets for name in ((one,) if isinstance(one, str) else one))


@cache
def names():
    """Modules, classes, functions and arguments of the code, each with the file it stands in."""
    found = {path.stem: path.name for path in FILES}
    for path in FILES:
        for node in ast.walk(parse_file(path)):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                found[node.name] = path.name
            elif isinstance(node, ast.arg):
                found[node.arg] = path.name
    return found


def split(name):
    """A name as its words: `OpenQuestion` and `open_question` are the same two."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().replace("-", "_").strip("_").split("_")


def has(name, refused):
    """True if a name has the refused words next to one another."""
    words, wanted = split(name), split(refused)
    return any(words[place : place + len(wanted)] == wanted for place in range(len(words)))


def prose():
    """Texts that people read, by name, with what belongs to the past or to the list itself left out."""
    past = ("decisions.md", "changes.md", "claims.md")
    for path in PAGES:
        if path.name not in past:
            text = path.read_text(encoding="utf-8")
            yield path.name, text.replace(REFUSED_TEXT, "") if path.name == "glossary.md" else text
    for path in sorted((ROOT / "sim" / "i18n" / "en").glob("*.json")):
        yield path.name, path.read_text(encoding="utf-8")


@cache
def german():
    """Texts in German, of the program and of the cases, by their place under the root."""
    files = [*(ROOT / "sim" / "i18n" / "de").glob("*.json"), *(ROOT / "scenarios").glob("*/texts/de.yaml")]
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in sorted(files)}


def find_compounds(word, text):
    """Every word of a text that holds a word, alone, inflected or in a compound."""
    return re.findall(rf"\w*{word}\w*", text, re.IGNORECASE)


def test_a_term_stands_once():
    terms = [row[0].lower() for row in TERMS]
    assert len(terms) == len(set(terms)) > 70
    assert not {word for word, _, _ in REFUSED} & set(terms)


@pytest.mark.parametrize("row", TERMS, ids=lambda row: row[0])
def test_a_term_has_one_sentence_and_a_source(row):
    _, meaning, source, _, _ = row
    assert meaning
    assert meaning[-1] not in ".;,"
    assert source == "Own" or all(re.fullmatch(r"\D+ \d{4}", one.strip()) for one in source.split(";"))


@pytest.mark.parametrize("row", TERMS, ids=lambda row: row[0])
def test_what_a_term_is_called_in_code_and_files_exists(row):
    code, place = row[3].strip("`"), row[4].strip("`")
    if code != "–":
        assert resolve(code)
    if place.startswith("--"):
        assert place in list_options()
    elif place != "–":
        assert place in keys() | variables()


def resolve(dotted):
    """True if a module, or a name in a module, is called so."""
    try:
        import_module(dotted)
    except ModuleNotFoundError:
        home, _, name = dotted.rpartition(".")
        return hasattr(import_module(home), name)
    return True


def test_one_name_in_code_has_one_term_unless_both_are_the_same_thing():
    same = {"reservation value", "BATNA", "stalemate", "optimism"}
    rest = [row for row in TERMS if row[0] not in same and row[3].rpartition(".")[2][:1].isupper()]
    assert len({row[3] for row in rest}) == len(rest)


@pytest.mark.parametrize(("refused", "instead", "where"), REFUSED, ids=[word for word, _, _ in REFUSED])
def test_a_word_that_was_given_up_stays_away(refused, instead, where):
    assert where in ("everywhere", "names", "keys", "modules")
    looked_at = {
        "keys": keys() | variables(),
        "modules": {path.stem for path in FILES} | {path.parent.name for path in FILES},
    }.get(where, set(names()) | keys() | variables() | {option.strip("-") for option in list_options()})
    found = sorted(f"{name} ({names().get(name, 'a key')})" for name in looked_at if has(name, refused))
    assert not found, f"say {instead}, not {refused}: {', '.join(found)}"
    if where == "everywhere":
        phrase = re.compile(rf"\b{'[ _-]'.join(split(refused))}\b", re.IGNORECASE)
        found = [f"{name}: {hit[0]}" for name, text in prose() for hit in phrase.finditer(text)]
        assert not found, f"say {instead}, not {refused}: {found}"


@pytest.mark.parametrize("word", REFUSED_IN_GERMAN)
def test_german_texts_do_without_words_that_were_given_up(word):
    assert len(german()) > 6
    found = [f"{name}: {hit}" for name, text in german().items() for hit in find_compounds(word, text)]
    assert not found, f"the glossary gives up {word}: {found}"


def test_german_words_are_found_in_any_form():
    assert find_compounds("Linse", "Unter zwei Linsen, einer Quellenlinse") == ["Linsen", "Quellenlinse"]
    assert not find_compounds("Schalter", "eine offene Frage")


def test_the_words_of_a_name():
    assert split("OpenQuestion") == split("open_question") == ["open", "question"]
    assert has("WalkAwayValue", "walk_away")
    assert has("--on-scheduler".strip("-"), "on_scheduler")
    assert not has("retold_story", "told")
