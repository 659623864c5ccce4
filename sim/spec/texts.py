"""Texts: what a case says to readers, in another language, from texts/<language>.yaml beside its scenario files.

Read aloud
    The texts have the nesting of the scenario. What stands at their top belongs to the file that extends no other;
    `files: {name: …}` holds the texts of any one file, `lenses: {name: …}` those of a source view.
    A text stands for the words that the scenario file has at that place; where `--set`, or results stored before the
    file was changed, have other words, it is not used.
    What has no text in the language stays English, and its place is listed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from sim.language.tongue import FIRST
from sim.spec.case import Case
from sim.spec.chain import chain_of, is_variation
from sim.spec.complaint import checked
from sim.spec.draft import Draft, Layer, replaced
from sim.spec.find import find_scenario
from sim.spec.lens import Lens
from sim.spec.mistake import Collector, Mistake, Place, nearest, spelled
from sim.spec.scenario import Scenario
from sim.spec.yaml_file import YamlFile, read_yaml

READ = """
    title question run_up.readings.*.label actors.*.label actors.*.about actors.*.interests.red_lines.*.label
    issues.*.asks issues.*.label issues.*.options.*.label paths.*.label contest.shifts.*.label menu.focal.*.label
    levers.*.label levers.*.about outcomes.*.label switches.*.label switches.*.answers.*.label
""".split()
"""Places of a scenario, or of a scenario file, that readers see."""

READ_OF_LENS = "label in_a_sentence silent.*".split()
"""Places of a source view that readers see."""

APART = ("files", "lenses")
"""Keys of a file of texts that are not those of a scenario."""

Words = Mapping[Place, str]
"""What a file says to readers, by place."""

T = TypeVar("T")


@dataclass(frozen=True)
class Texts:
    """All that a case says to readers in one language."""

    language: str
    """Code of the language."""
    scenario: Mapping[tuple[Place, str], str] = field(default_factory=dict)
    """Texts of the scenario and of its switches, by place and by the words that stand there in English."""
    lenses: Mapping[str, Mapping[tuple[Place, str], str]] = field(default_factory=dict)
    """The same for each source view."""

    def said(self, place: Place, words: str, lens: str = "") -> str:
        """The words in the language; empty if there is no text for them."""
        if self.language == FIRST:
            return words
        return (self.lenses.get(lens, {}) if lens else self.scenario).get((place, words), "")


def texts_of(case: Case | str | Path, language: str) -> Texts:
    """What a case says in a language; nothing if its file is gone, as that of old results may be.

    Raises:
        ScenarioError: a file of texts has a mistake, such as a place that the scenario does not have.
    """
    path = find_scenario(case.path if isinstance(case, Case) else case)
    if language == FIRST or not path.is_file():
        return Texts(language)
    seen = Collector()
    scenario: dict[tuple[Place, str], str] = {}
    lenses: dict[str, Mapping[tuple[Place, str], str]] = {}
    for file in reversed(chain_of(path)):
        texts = _beside(file, language)
        if texts is not None:
            scenario |= _of_file(file, texts, seen)
            lenses |= _of_lenses(file, texts, seen)
    seen.stop_if_any()
    return Texts(language, scenario, lenses)


def said_in(data: Mapping[str, Any], texts: Texts, lens: str = "") -> tuple[dict[str, Any], tuple[str, ...]]:
    """The plain data of a scenario (or of a source view) in a language, and the places that have no text in it."""
    said, lacking = dict(data), []
    for place, words in words_in(data, READ_OF_LENS if lens else READ).items():
        text = texts.said(place, words, lens)
        if text:
            said = replaced(said, place, text)
        else:
            lacking.append(spelled(("lenses", lens, *place) if lens else place))
    return said, tuple(lacking)


def case_in(case: Case, language: str) -> tuple[Case, tuple[str, ...]]:
    """The case with its texts in a language, to be told; and the places that have no text in it."""
    if language == FIRST:
        return case, ()
    texts = texts_of(case, language)
    text, lacking = said_in(case.text, texts)
    scenario, before = _again(Scenario, text), case.run_up_text
    if before is not None:
        before, more = said_in(before, texts)
        scenario, lacking = scenario.after(_again(Scenario, before)), (*lacking, *more)
    lens = case.lens
    if lens is not None:
        view, more = said_in(lens.model_dump(mode="json"), texts, lens.lens)
        lens, lacking = _again(Lens, view), (*lacking, *more)
    told = replace(case, scenario=scenario, text=text, run_up_text=before, lens=lens)
    return told, tuple(dict.fromkeys(lacking))


def words_in(data: object, patterns: Iterable[str]) -> dict[Place, str]:
    """What stands at places of these patterns, `*` being any key."""
    return {place: text for pattern in patterns for place, text in _matching(data, pattern.split("."), ())}


def words_of(file: YamlFile) -> Words:
    """What a scenario file itself says to readers, by place."""
    own = file.data | file.data.get("changes", {}) if is_variation(file) else file.data
    return words_in(own, READ)


def _matching(data: object, pattern: list[str], place: Place) -> Iterator[tuple[Place, str]]:
    if not pattern and isinstance(data, str) and data:
        yield place, data
    elif pattern and isinstance(data, dict):
        for key in data if pattern[0] == "*" else {pattern[0]} & data.keys():
            yield from _matching(data[key], pattern[1:], (*place, key))


def _again(model: type[T], data: Mapping[str, Any]) -> T:
    """The translated data, checked like any other."""
    return checked(model, data, Draft(dict(data), (Layer("texts", {(): 0}),)))


def _beside(file: YamlFile, language: str) -> YamlFile | None:
    path = file.path.parent / "texts" / f"{language}.yaml"
    return read_yaml(path) if path.exists() else None


def _of_file(file: YamlFile, texts: YamlFile, seen: Collector) -> dict[tuple[Place, str], str]:
    """Texts of one scenario file."""
    words = words_of(file)
    seen.mistakes += _unknown(texts, "files", [path.stem for path in file.path.parent.glob("*.yaml")])
    found = {} if "extends" in file.data else _stands_for(texts, (), words, file.name, seen)
    return found | _stands_for(texts, ("files", file.path.stem), words, file.name, seen)


def _of_lenses(file: YamlFile, texts: YamlFile, seen: Collector) -> dict[str, Mapping[tuple[Place, str], str]]:
    """Texts of the source views beside a scenario file."""
    views = {path.stem: read_yaml(path) for path in sorted((file.path.parent / "lenses").glob("*.yaml"))}
    seen.mistakes += _unknown(texts, "lenses", views)
    return {
        name: _stands_for(texts, ("lenses", name), words_in(view.data, READ_OF_LENS), view.name, seen)
        for name, view in views.items()
    }


def _stands_for(
    texts: YamlFile, under: Place, words: Words, name: str, seen: Collector
) -> dict[tuple[Place, str], str]:
    """The texts under a key, each for the words of the file of that name."""
    found = {}
    for place, text in _leaves(_at(texts.data, under), ()):
        where = (*under, *place)
        if not under and place[0] in APART:
            continue
        if place not in words:
            seen.mistakes.append(_without_words(texts, where, place, words, name))
        elif not isinstance(text, str) or not text:
            seen.mistakes.append(Mistake(texts.name, texts.line(where), f"{spelled(where)}: is no text", "write it"))
        else:
            found[place, words[place]] = text
    return found


def _without_words(texts: YamlFile, where: Place, place: Place, words: Words, name: str) -> Mistake:
    """A place of the texts at which the scenario says nothing to readers; the nearest key that it has."""
    depth = sum(any(one[:end] == place[:end] for one in words) for end in range(1, len(place)))
    keys = [str(one[depth]) for one in words if one[:depth] == place[:depth] and len(one) > depth]
    text = f"{spelled(where)}: {name} says nothing to readers there"
    return Mistake(texts.name, texts.line(where), text, nearest(str(place[depth]) if place else "", keys))


def _unknown(texts: YamlFile, key: str, names: Iterable[str]) -> list[Mistake]:
    """Files or source views that the texts name and that do not exist."""
    known = list(names)
    asked = _at(texts.data, (key,))
    return [
        Mistake(texts.name, texts.line((key, name)), f"{key}.{name}: there is no such file", nearest(name, known))
        for name in (asked if isinstance(asked, dict) else ())
        if name not in known
    ]


def _at(data: Any, place: Place) -> Any:
    for key in place:
        data = data.get(key, {}) if isinstance(data, dict) else {}
    return data


def _leaves(data: object, place: Place) -> Iterator[tuple[Place, object]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, (*place, key))
    else:
        yield place, data
