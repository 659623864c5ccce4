"""Translations: what a case says to readers, in another language, from texts/<language>.yaml beside its scenario files.

Read aloud
    The texts have the nesting of the scenario. What stands at their top belongs to the file that extends no other;
    `files: {name: …}` holds the texts of any one file, `views: {name: …}` those of a source view, `contradictions`
    those of the questions over which sources differ.
    A text stands for the words that the scenario file has at that place; where `--set`, or results stored before the
    file was changed, have other words, it is not used.
    What has no text in the language stays English, and its place is listed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from sim.errors import ErrorCollector, Place, Problem, format_place, suggest
from sim.i18n.messages import FIRST
from sim.loading.discovery import find_scenario
from sim.loading.extends import changes_another, resolve_extends
from sim.loading.layered_data import Layer, LayeredData, with_value_at
from sim.loading.resolve_questions import CONTRADICTIONS
from sim.loading.strict_yaml import YamlFile, read_yaml
from sim.loading.validation import validate
from sim.schema.loaded_case import LoadedCase
from sim.schema.open_question import Contradiction
from sim.schema.scenario import Scenario
from sim.schema.source_view import SourceView

READ = """
    title question shows expected.*.label try.*.label words.* run_up.accounts.*.label actors.*.label actors.*.name
    actors.*.about actors.*.interests.red_lines.*.label
    actors.*.interests.awaits.label
    issues.*.asks issues.*.label issues.*.options.*.label sequences.*.label contest.shifts.*.label menu.named.*.label
    levers.*.label levers.*.about outcomes.*.label patterns.*.label patterns.*.summary base_rates.*.label
    open_questions.*.label open_questions.*.answers.*.label
""".split()
"""Places of a scenario, or of a scenario file, that readers see."""

READ_OF_VIEW = "label summary silent.* expects.*.label".split()
"""Places of a source view that readers see."""

READ_OF_CONTRADICTIONS = "*.question *.sides.*.says *.no_difference".split()
"""Places of contradictions that readers see."""

APART = ("files", "views", "contradictions")
"""Keys of a file of texts that are not those of a scenario."""

Words = Mapping[Place, str]
"""What a file says to readers, by place."""

T = TypeVar("T")


@dataclass(frozen=True)
class Translation:
    """All that a case says to readers in one language."""

    language: str
    """Code of the language."""
    scenario: Mapping[tuple[Place, str], str] = field(default_factory=dict)
    """Texts of the scenario and of its open questions, by place and by the words that stand there in English."""
    views: Mapping[str, Mapping[tuple[Place, str], str]] = field(default_factory=dict)
    """The same for each source view."""
    contradictions: Mapping[tuple[Place, str], str] = field(default_factory=dict)
    """The same for the questions over which sources differ."""

    def translate(self, place: Place, words: str, view: str = "") -> str:
        """The words in the language; empty if there is no text for them."""
        if self.language == FIRST:
            return words
        return (self.views.get(view, {}) if view else self.scenario).get((place, words), "")


def load_translation(case: LoadedCase | str | Path, language: str) -> Translation:
    """What a case says in a language; nothing if its file is gone, as that of old results may be.

    Raises:
        ScenarioError: a file of texts has a problem, such as a place that the scenario does not have.
    """
    path = find_scenario(case.path if isinstance(case, LoadedCase) else case)
    if language == FIRST or not path.is_file():
        return Translation(language)
    seen = ErrorCollector()
    scenario: dict[tuple[Place, str], str] = {}
    views: dict[str, Mapping[tuple[Place, str], str]] = {}
    contradictions: dict[tuple[Place, str], str] = {}
    for file in reversed(resolve_extends(path)):
        texts = _read_sibling(file, language)
        if texts is not None:
            scenario |= _pair_file_texts(file, texts, seen)
            views |= _pair_view_texts(file, texts, seen)
            contradictions |= _pair_contradiction_texts(file, texts, seen)
    seen.stop_if_any()
    return Translation(language, scenario, views, contradictions)


def translate_data(
    data: Mapping[str, Any], texts: Translation, view: str = ""
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The plain data of a scenario (or of a source view) in a language, and the places that have no text in it."""
    said, lacking = dict(data), []
    for place, words in find_words(data, READ_OF_VIEW if view else READ).items():
        text = texts.translate(place, words, view)
        if text:
            said = with_value_at(said, place, text)
        else:
            lacking.append(format_place(("views", view, *place) if view else place))
    return said, tuple(lacking)


def translate_case(case: LoadedCase, language: str) -> tuple[LoadedCase, tuple[str, ...]]:
    """The case with its texts in a language, to be narrated; and the places that have no text in it."""
    if language == FIRST:
        return case, ()
    texts = load_translation(case, language)
    text, lacking = translate_data(case.text, texts)
    scenario, before = _revalidate(Scenario, text), case.run_up_text
    if before is not None:
        before, more = translate_data(before, texts)
        scenario, lacking = scenario.with_run_up(_revalidate(Scenario, before)), (*lacking, *more)
    view = case.view
    if view is not None:
        data, more = translate_data(view.model_dump(mode="json"), texts, view.view)
        view, lacking = _revalidate(SourceView, data), (*lacking, *more)
    translated = replace(case, scenario=scenario, text=text, run_up_text=before, view=view)
    return translated, tuple(dict.fromkeys(lacking))


def translate_contradictions(
    known: Mapping[str, Contradiction], texts: Translation, keep: Callable[[str], str] = str
) -> dict[str, Contradiction]:
    """Questions over which sources differ, with the words of their sides, in a language.

    Args:
        known: The questions, by key.
        texts: What the case says in the language.
        keep: What is made of words that have no text in it.
    """

    def tell(words: str, *place: str) -> str:
        return texts.contradictions.get((place, words)) or (keep(words) if words else words)

    found = {}
    for key, one in known.items():
        sides = {
            name: side.model_copy(update={"says": tell(side.says, key, "sides", name, "says")})
            for name, side in one.sides.items()
        }
        said = {"question": tell(one.question, key, "question")}
        said["no_difference"] = tell(one.no_difference, key, "no_difference")
        found[key] = one.model_copy(update={**said, "sides": sides})
    return found


def find_words(data: object, patterns: Iterable[str]) -> dict[Place, str]:
    """What stands at places of these patterns, `*` being any key."""
    return {place: text for pattern in patterns for place, text in _match_pattern(data, pattern.split("."), ())}


def list_words(file: YamlFile) -> Words:
    """What a scenario file itself says to readers, by place."""
    own = file.data | file.data.get("changes", {}) if changes_another(file) else file.data
    return find_words(own, READ)


def _match_pattern(data: object, pattern: list[str], place: Place) -> Iterator[tuple[Place, str]]:
    if not pattern and isinstance(data, str) and data:
        yield place, data
    elif pattern and isinstance(data, dict):
        for key in data if pattern[0] == "*" else {pattern[0]} & data.keys():
            yield from _match_pattern(data[key], pattern[1:], (*place, key))


def _revalidate(model: type[T], data: Mapping[str, Any]) -> T:
    """The translated data, checked like any other."""
    return validate(model, data, LayeredData(dict(data), (Layer("texts", {(): 0}),)))


def _read_sibling(file: YamlFile, language: str) -> YamlFile | None:
    path = file.path.parent / "texts" / f"{language}.yaml"
    return read_yaml(path) if path.exists() else None


def _pair_file_texts(file: YamlFile, texts: YamlFile, seen: ErrorCollector) -> dict[tuple[Place, str], str]:
    """Texts of one scenario file."""
    words = list_words(file)
    seen.problems += _find_unknown_names(texts, "files", [path.stem for path in file.path.parent.glob("*.yaml")])
    found = {} if "extends" in file.data else _pair_texts(texts, (), words, file.name, seen)
    return found | _pair_texts(texts, ("files", file.path.stem), words, file.name, seen)


def _pair_view_texts(
    file: YamlFile, texts: YamlFile, seen: ErrorCollector
) -> dict[str, Mapping[tuple[Place, str], str]]:
    """Texts of the source views beside a scenario file."""
    views = {path.stem: read_yaml(path) for path in sorted((file.path.parent / "views").glob("*.yaml"))}
    seen.problems += _find_unknown_names(texts, "views", views)
    return {
        name: _pair_texts(texts, ("views", name), find_words(view.data, READ_OF_VIEW), view.name, seen)
        for name, view in views.items()
    }


def _pair_contradiction_texts(file: YamlFile, texts: YamlFile, seen: ErrorCollector) -> dict[tuple[Place, str], str]:
    """Texts of the questions over which sources differ, which stand beside a scenario file."""
    path = file.path.parent / CONTRADICTIONS
    words = find_words(read_yaml(path).data, READ_OF_CONTRADICTIONS) if path.exists() else {}
    return _pair_texts(texts, ("contradictions",), words, CONTRADICTIONS, seen)


def _pair_texts(
    texts: YamlFile, under: Place, words: Words, name: str, seen: ErrorCollector
) -> dict[tuple[Place, str], str]:
    """The texts under a key, each for the words of the file of that name."""
    found = {}
    for place, text in _list_leaves(_get_value(texts.data, under), ()):
        where = (*under, *place)
        if not under and place[0] in APART:
            continue
        if place not in words:
            seen.problems.append(_explain_unknown_place(texts, where, place, words, name))
        elif not isinstance(text, str) or not text:
            seen.problems.append(
                Problem(texts.name, texts.find_line(where), f"{format_place(where)}: is no text", "write it")
            )
        else:
            found[place, words[place]] = text
    return found


def _explain_unknown_place(texts: YamlFile, where: Place, place: Place, words: Words, name: str) -> Problem:
    """A place of the texts at which the scenario says nothing to readers; the nearest key that it has."""
    depth = sum(any(one[:end] == place[:end] for one in words) for end in range(1, len(place)))
    keys = [str(one[depth]) for one in words if one[:depth] == place[:depth] and len(one) > depth]
    text = f"{format_place(where)}: {name} says nothing to readers there"
    return Problem(texts.name, texts.find_line(where), text, suggest(str(place[depth]) if place else "", keys))


def _find_unknown_names(texts: YamlFile, key: str, names: Iterable[str]) -> list[Problem]:
    """Files or source views that the texts name and that do not exist."""
    known = list(names)
    asked = _get_value(texts.data, (key,))
    return [
        Problem(texts.name, texts.find_line((key, name)), f"{key}.{name}: there is no such file", suggest(name, known))
        for name in (asked if isinstance(asked, dict) else ())
        if name not in known
    ]


def _get_value(data: Any, place: Place) -> Any:
    for key in place:
        data = data.get(key, {}) if isinstance(data, dict) else {}
    return data


def _list_leaves(data: object, place: Place) -> Iterator[tuple[Place, object]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _list_leaves(value, (*place, key))
    else:
        yield place, data
