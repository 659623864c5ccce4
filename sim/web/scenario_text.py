"""Scenario text: what a page has set as a scenario file, and a scenario file back as a page."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from analysis.methods.change_words import is_decision
from sim.i18n.said_error import SaidError
from sim.loading.discovery import find_scenarios
from sim.loading.layered_data import is_assumption
from sim.loading.strict_yaml import parse_yaml
from sim.web.page_state import MOST, PageState, check_changes

WHY = "set on a page of zopa, to see what it moves"
HEAD = "# Made on a page of zopa. Put it beside {case}.yaml, or open it on the page again.\n"


def write_scenario(state: PageState, title: str, text: Mapping[str, Any]) -> str:
    """A scenario file with what the page has set.

    Args:
        state: The page.
        title: Name of the case.
        text: The case with what was set, as plain data.
    """
    parts: dict[str, dict[str, Any]] = {}
    for change in state.changes:
        part = "changes" if is_decision(text, change) else "assume"
        _put(parts.setdefault(part, {}), change.partition("=")[0].strip().split("."), text)
    base = state.case.rsplit("/", 1)[-1]
    seed = f"# seed {state.seed}\n" if state.seed is not None else ""
    data = {"extends": base, "title": f"{title} *"[:100], "assumed": WHY, **(parts or {"changes": {}})}
    return HEAD.format(case=base) + seed + yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)


def _put(changes: dict[str, Any], words: Sequence[str], text: Mapping[str, Any]) -> None:
    """One place with what stands there now."""
    value: Any = text
    for number, word in enumerate(words, start=1):
        value = value.get(word) if isinstance(value, Mapping) else None
        if is_assumption(value):
            words = words[:number]
            break
    for word in words[:-1]:
        changes = changes.setdefault(word, {})
    changes[words[-1]] = value


def read_scenario(body: bytes, lang: str) -> PageState:
    """The page that a scenario file describes.

    Args:
        body: The file.
        lang: Language of the page.

    Raises:
        UsageError: it changes no case that is known here, or more than a page can show.
        ScenarioError: it is no YAML that zopa reads.
    """
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SaidError("pages.refused-text") from error
    data = parse_yaml(text, "scenario.yaml").data
    found = data if isinstance(data, dict) else {}
    base = str(found.get("extends", "")).removesuffix(".yaml").rsplit("/", 1)[-1]
    names = [one.name for one in find_scenarios() if base and one.name.rsplit("/", 1)[-1] == base]
    if not names:
        raise SaidError("pages.refused-base", base=base[:60])
    changes = [
        f"{'.'.join(place)}={_format(value)}"
        for part in ("changes", "assume")
        for place, value in _list_leaves(found.get(part), ())
    ]
    if len(changes) > MOST:
        raise SaidError("pages.refused-many", most=MOST)
    return PageState(names[0], lang, changes=tuple(check_changes(changes)))


def _list_leaves(part: Any, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(part, dict) and part and not is_assumption(part):
        for key, inner in part.items():
            yield from _list_leaves(inner, (*place, str(key)))
    elif place:
        yield place, part


def _format(value: Any) -> str:
    """A value on one line, as it stands behind an equals sign; a page says itself that it was set."""
    kept = (
        {key: one for key, one in value.items() if key not in ("assumed", "because")}
        if isinstance(value, dict)
        else value
    )
    said = yaml.safe_dump(kept, default_flow_style=True, width=10_000, allow_unicode=True).strip()
    return said.removesuffix("...").strip()
