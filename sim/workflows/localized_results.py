"""Localized results: stored results with all their names and labels in one language, for pages that readers see."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.methods import change_words
from analysis.methods.assumptions import format_quantity
from analysis.report.assumptions import Change
from analysis.report.open_questions import Question
from sim.ensemble.manifest import Manifest
from sim.ensemble.results import Results
from sim.i18n.messages import message
from sim.loading.extends import changes_another, resolve_extends, validate_scenario_change
from sim.loading.layered_data import is_assumption
from sim.loading.resolve_questions import find_open_questions
from sim.loading.translations import Translation, load_translation, translate_case, translate_data
from sim.schema.loaded_case import LoadedCase
from sim.storage.rebuild import rebuild_view

BETWEEN = " · "
"""Between the words of a place that readers see."""


@dataclass(frozen=True)
class LocalizedResults:
    """Results in a language."""

    results: Results
    """The results, with translated names."""
    texts: Translation
    """What the case says in the language."""
    untranslated: frozenset[str]
    """Places that have no text in the language."""


def localize(results: Results, lang: str) -> LocalizedResults:
    """The results with everything that readers see in a language; what has no text stays as it is."""
    manifest = results.manifest
    texts = load_translation(manifest.source, lang)
    text, lacking = translate_data(manifest.text, texts)
    view_texts: dict[str, dict[str, Any]] = {}
    for name, own in manifest.view_texts.items():
        view_texts[name], more = translate_data(own, texts, name)
        lacking = (*lacking, *more)
    update = _translate_names(manifest, text, view_texts) | {"text": text, "view_texts": view_texts}
    return LocalizedResults(replace(results, manifest=manifest.model_copy(update=update)), texts, frozenset(lacking))


def _translate_names(manifest: Manifest, text: dict[str, Any], view_texts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Title, question and labels, from the translated texts."""
    outcomes = text.get("outcomes", {})
    title = str(text.get("title", manifest.title))
    return {
        "title": title,
        "question": str(text.get("question", manifest.question)),
        "outcomes": {key: str(outcomes.get(key, {}).get("label", label)) for key, label in manifest.outcomes.items()},
        "labels": {
            name: str(view_texts.get(name, {}).get("label", title if label == manifest.title else label))
            for name, label in manifest.labels.items()
        },
    }


def rebuild_view_in(manifest: Manifest, view_name: str, lang: str) -> LoadedCase:
    """One source view of stored results, with its texts in a language, to be played and told."""
    return translate_case(rebuild_view(manifest, view_name), lang)[0]


def describe_change(manifest: Manifest) -> Change | None:
    """What the scenario file of the results changes, as the file stands today; none if it changes no other."""
    path = Path(manifest.source)
    file = resolve_extends(path)[0] if path.is_file() else None
    if file is None or not changes_another(file):
        return None
    found = validate_scenario_change(file)
    decided = tuple(_list_leaves(found.changes, ()))
    believed = ((message("changes.assumption", place=place), to) for place, to in _list_leaves(found.assume, ()))
    words = tuple(
        change_words.describe_change(manifest.text, f"{place.replace(BETWEEN, '.')}={to}") for place, to in decided
    )
    return Change((*decided, *believed), found.because, found.assumed, words)


def _list_leaves(part: Any, place: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Every changed place with what it is set to, in words."""
    if isinstance(part, dict) and not is_assumption(part):
        for key, inner in part.items():
            yield from _list_leaves(inner, (*place, str(key)))
    else:
        yield BETWEEN.join(place), _describe_value(part) if not is_assumption(part) else format_quantity(part)


def _describe_value(value: Any) -> str:
    """A plain value as it would be written in the file."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def list_open_questions(manifest: Manifest, texts: Translation) -> tuple[Question, ...]:
    """Questions that the scenario file of the results leaves open, as the file stands today."""
    path = Path(manifest.source)
    found = find_open_questions(resolve_extends(path)) if path.is_file() else {}
    taken = dict(answer.split("=", 1) for answer in manifest.answers)
    return tuple(
        Question(
            name,
            texts.translate(("open_questions", name, "label"), question.label) or question.label,
            tuple(
                (key, texts.translate(("open_questions", name, "answers", key, "label"), answer.label) or answer.label)
                for key, answer in question.answers.items()
            ),
            taken.get(name, ""),
        )
        for name, (_, question) in found.items()
    )
