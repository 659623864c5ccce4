"""Change words: what was changed in a case, as one would say it - `price of an embargo × 0.25`.

Read aloud
    A change names a place, with dots between the words. The last thing on the way that has a label is what it is about;
    the last word that is a number of ours says which of its numbers it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from analysis.methods.assumptions import format_quantity
from sim.ensemble.manifest import Manifest
from sim.errors import ScenarioError
from sim.i18n.messages import FIRST, POINT, get_language, load_catalogue, message
from sim.loading.layered_data import is_assumption
from sim.loading.merge import is_dated
from sim.loading.strict_yaml import parse_yaml
from sim.schema.loaded_case import ALWAYS, LoadedCase

LABELLED = ("actors", "issues", "levers", "sequences", "outcomes")
"""Parts of a scenario whose keys have labels."""


def describe_changes(manifest: Manifest) -> str:
    """What was set and answered, in one line in the language in use; empty if nothing was.

    Args:
        manifest: How the results were made; with its texts in the language, labels are in it, too.

    Returns:
        Such as `changed: price of an embargo × 0.25`.
    """
    always = bool(manifest.changes) and manifest.holds_from == ALWAYS and manifest.run_up_weeks > 0
    return _describe(manifest.text, manifest.answers, (*manifest.assumed, *manifest.set_changes), always=always)


def describe_view_change(others: Iterable[str], own: Iterable[str], *, in_run_up: bool) -> str:
    """Another source view, in words: `view: an author's instead of a wide one, in the run-up too`.

    Args:
        others: Labels of the source views that a scenario is seen through.
        own: Labels of those of the reference.
        in_run_up: True if there are weeks before week 1, which are seen through it, too.
    """
    said = message("changes.view", other=", ".join(dict.fromkeys(others)), own=", ".join(dict.fromkeys(own)))
    return message("changes.view-always", view=said) if in_run_up else said


def describe_changes_of_case(case: LoadedCase, *, played: bool = True) -> str:
    """The same of a loaded scenario, whose texts are in the language in use.

    Args:
        case: The scenario.
        played: False where no week is played, so that it does not matter from when a value holds.
    """
    always = played and bool(case.changes) and case.holds_from == ALWAYS and case.scenario.run_up.weeks > 0
    return _describe(case.text, case.answers, case.changes, always=always)


def _describe(text: Mapping[str, Any], answers: Sequence[str], values: Sequence[str], *, always: bool) -> str:
    """Answers and values in one line; empty without any."""
    found = [*_list_answers(text, answers), *(describe_change(text, change) for change in values)]
    if not found:
        return ""
    words = "; ".join(found)
    return message("changes.changed", changes=message("changes.always", changes=words) if always else words)


def _list_answers(text: Mapping[str, Any], answers: Sequence[str]) -> Iterator[str]:
    """Answers that were taken, with the question's words where the case has them."""
    questions = text.get("open_questions") or {}
    for taken in answers:
        name, _, answer = taken.partition("=")
        question = questions.get(name) or {}
        said = ((question.get("answers") or {}).get(answer) or {}).get("label", answer)
        yield message("changes.answer", name=question.get("label", name), answer=said)


def describe_change(text: Mapping[str, Any], change: str) -> str:
    """One change, given as path=value, in words.

    Args:
        text: The scenario as plain data.
        change: The change.
    """
    path, _, value = (part.strip() for part in change.partition("="))
    what = describe_place(text, path.split("."))
    if value.startswith("*"):
        return message("changes.times", what=what, factor=format_value(value[1:]))
    return message("changes.removed", what=what) if value == "null" else _describe_new_value(what, value)


def is_decision(text: Mapping[str, Any], change: str) -> bool:
    """True if a change, given as path=value, is about what is done, dated or possible, and not about what is believed.

    Args:
        text: The scenario as plain data.
        change: The change.
    """
    words = change.partition("=")[0].strip().split(".")
    data: Any = text
    for number, word in enumerate(words):
        data = data.get(word) if isinstance(data, Mapping) else None
        if is_assumption(data):
            return is_dated(tuple(words[: number + 1]))
    return True


def _describe_new_value(what: str, value: str) -> str:
    return message("changes.set", what=what, value=format_value(value))


def describe_place(text: Mapping[str, Any], words: Sequence[str]) -> str:
    """A place of a scenario in words: the number, and what it is a number of.

    Args:
        text: The scenario as plain data.
        words: The place, such as `levers`, `embargo`, `price`.
    """
    labels = {key: one["label"] for part in LABELLED for key, one in _list_labelled(text.get(part))}
    data: Any = text
    about, rest = "", list[str]()
    for word in words:
        data = data.get(word) if isinstance(data, Mapping) else None
        if isinstance(data, Mapping) and isinstance(data.get("label"), str):
            about, rest = data["label"], []
        else:
            rest.append(word)
    what = ", ".join(str(labels.get(word, _describe_field(word))) for word in _drop_containers(rest))
    if not what:
        return about
    return message("changes.of", what=what, whom=about) if about else what


def _list_labelled(part: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Entries of a part of a scenario that have a label."""
    for key, one in part.items() if isinstance(part, Mapping) else ():
        if isinstance(one, Mapping) and isinstance(one.get("label"), str):
            yield key, one


def _drop_containers(words: Sequence[str]) -> list[str]:
    """The words that say which number it is: from the first that is known as one, or else all."""
    known = [number for number, word in enumerate(words) if f"changes.field-{word}" in load_catalogue(FIRST)]
    return list(words[known[0] :]) if known else list(words)


def _describe_field(word: str) -> str:
    key = f"changes.field-{word}"
    return message(key) if key in load_catalogue(FIRST) else word.replace("_", " ").replace("-", " ")


def format_value(value: str) -> str:
    """A value as a reader would say it.

    Args:
        value: The value as one writes it behind the equals sign.
    """
    try:
        found = parse_yaml(value, "").data
    except ScenarioError:
        return value
    if is_assumption(found) or isinstance(found, dict):
        return format_quantity(found)
    if isinstance(found, int | float) and not isinstance(found, bool):
        return f"{found:g}".replace(".", POINT.get(get_language(), POINT[FIRST])[1])
    return value
