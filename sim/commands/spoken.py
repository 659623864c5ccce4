"""Spoken: stored results with all their names and labels in one language, for pages that readers see."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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


def questions(manifest: "Manifest", texts: "Texts") -> "tuple[Question, ...]":
    """Questions that the scenario file of the results leaves open, as the file stands today."""
    from pathlib import Path

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
