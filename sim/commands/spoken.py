"""Spoken: stored results with all their names and labels in one language, for pages that readers see."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analysis.report.evidence import Change
    from analysis.report.switches import Question
    from sim.ensemble.manifest import Manifest
    from sim.ensemble.results import Results
    from sim.spec.case import Case
    from sim.spec.texts import Texts


@dataclass(frozen=True)
class Spoken:
    """Results in a language."""

    results: "Results"
    """The results, with translated names."""
    texts: "Texts"
    """What the case says in the language."""
    lacking: frozenset[str]
    """Places that have no text in the language."""


def spoken(results: "Results", lang: str) -> Spoken:
    """The results with everything that readers see in a language; what has no text stays as it is."""
    from sim.spec.texts import said_in, texts_of

    manifest = results.manifest
    texts = texts_of(manifest.source, lang)
    text, lacking = said_in(manifest.text, texts)
    lens_texts: dict[str, dict[str, Any]] = {}
    for name, own in manifest.lens_texts.items():
        lens_texts[name], more = said_in(own, texts, name)
        lacking = (*lacking, *more)
    update = _names(manifest, text, lens_texts) | {"text": text, "lens_texts": lens_texts}
    return Spoken(replace(results, manifest=manifest.model_copy(update=update)), texts, frozenset(lacking))


def _names(manifest: "Manifest", text: dict[str, Any], lens_texts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Title, question and labels, from the translated texts."""
    outcomes = text.get("outcomes", {})
    title = str(text.get("title", manifest.title))
    return {
        "title": title,
        "question": str(text.get("question", manifest.question)),
        "outcomes": {key: str(outcomes.get(key, {}).get("label", label)) for key, label in manifest.outcomes.items()},
        "labels": {
            name: str(lens_texts.get(name, {}).get("label", title if label == manifest.title else label))
            for name, label in manifest.labels.items()
        },
    }


def view_in(manifest: "Manifest", lens: str, lang: str) -> "Case":
    """One source view of stored results, with its texts in a language, to be played and told."""
    from sim.ensemble.stored import view_of
    from sim.spec.texts import case_in

    return case_in(view_of(manifest, lens), lang)[0]


def change_of(manifest: "Manifest") -> "Change | None":
    """What the scenario file of the results changes, as the file stands today; none if it changes no other."""
    from analysis.report.evidence import Change
    from sim.spec.chain import chain_of, is_variation, variation_of

    path = Path(manifest.source)
    file = chain_of(path)[0] if path.is_file() else None
    if file is None or not is_variation(file):
        return None
    found = variation_of(file)
    return Change(tuple(_leaves(found.changes, ())), found.because, found.assumed)


def _leaves(part: Any, place: tuple[str, ...]) -> "Iterator[tuple[str, str]]":
    """Every changed place with what it is set to, in words."""
    from analysis.questions.assumptions import in_words
    from sim.spec.draft import is_believed

    if isinstance(part, dict) and not is_believed(part):
        for key, inner in part.items():
            yield from _leaves(inner, (*place, str(key)))
    else:
        yield " · ".join(place), _in_words(part) if not is_believed(part) else in_words(part)


def _in_words(value: Any) -> str:
    """A plain value as it would be written in the file."""
    import json

    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def questions(manifest: "Manifest", texts: "Texts") -> "tuple[Question, ...]":
    """Questions that the scenario file of the results leaves open, as the file stands today."""
    from analysis.report.switches import Question
    from sim.spec.chain import chain_of
    from sim.spec.switching import switches_of

    path = Path(manifest.source)
    found = switches_of(chain_of(path)) if path.is_file() else {}
    taken = dict(switch.split("=", 1) for switch in manifest.switches)
    return tuple(
        Question(
            name,
            texts.said(("switches", name, "label"), switch.label) or switch.label,
            tuple(
                (key, texts.said(("switches", name, "answers", key, "label"), answer.label) or answer.label)
                for key, answer in switch.answers.items()
            ),
            taken.get(name, ""),
        )
        for name, (_, switch) in found.items()
    )
