"""Assumptions: what does each source view change, by how much, and on which claims?

Read aloud
    A source view replaces quantities of the scenario, theme by theme. Each replaced quantity is set beside
    the scenario's own, with the claims it rests on, or with our admission that no text gives it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sim.ensemble.results import Results
from sim.language.tongue import FIRST, POINT, language, say

FORMS = {"uniform": ("low", "high"), "normal": ("mean", "sd"), "lognormal": ("median", "spread")}
"""Names of the two numbers of every spread."""


@dataclass(frozen=True)
class Assumption:
    """One quantity that a source view changes."""

    theme: str
    """Theme it belongs to."""
    place: str
    """Its place in the scenario."""
    here: str
    """What the source view sets."""
    otherwise: str
    """What the scenario has; empty if that is unknown."""
    because: tuple[str, ...]
    """Claims it rests on."""
    assumed: str
    """Why we set it ourselves, where no claim supports it."""


@dataclass(frozen=True)
class View:
    """One source view as its file states it."""

    lens: str
    """Name of the source view."""
    label: str
    """Name for readers."""
    author: str
    """The author it reads; empty for a view of ours."""
    in_a_sentence: str
    """The view in one sentence of ours."""
    reading: str
    """Its account of the run-up, if it gives one."""
    changed: tuple[Assumption, ...]
    """Every quantity it changes."""
    silent: Mapping[str, str]
    """Themes on which it says nothing usable."""


def views(results: Results) -> dict[str, View]:
    """Every source view of the results, as its file states it."""
    return {name: _view(results, name) for name in results.lenses}


def of_the_scenario(results: Results) -> tuple[Assumption, ...]:
    """Every quantity of the scenario itself that gives a reason, in file order; it belongs to no theme."""
    return tuple(
        Assumption(
            theme="",
            place=" · ".join(place),
            here=in_words(quantity),
            otherwise="",
            because=tuple(quantity.get("because") or ()),
            assumed=str(quantity.get("assumed") or ""),
        )
        for place, quantity in _quantities(results.manifest.text, ())
        if "unit" in quantity or "shares" in quantity
    )


def in_words(quantity: Any) -> str:
    """A quantity as a reader would say it, in the language in use."""
    if not isinstance(quantity, Mapping):
        return str(quantity)
    if isinstance(shares := quantity.get("shares"), Mapping):
        parts = ", ".join(f"{name} {_plain(share)}" for name, share in shares.items())
        return say("report.spread-weights", parts=parts, sharpness=_plain(quantity.get("sharpness", 0)))
    if quantity.get("value") is not None:
        return _with_unit(_plain(quantity["value"]), quantity)
    for form, names in FORMS.items():
        if quantity.get(names[0]) is not None:
            numbers: dict[str, Any] = {name: _plain(quantity[name]) for name in names}
            return _with_unit(say(f"report.spread-{form}", **numbers), quantity)
    return ", ".join(f"{name} {value}" for name, value in quantity.items() if name not in ("because", "assumed"))


def _plain(value: float) -> str:
    """A number with as many digits as it was given, with the decimal sign of the language."""
    return f"{value:g}".replace(".", POINT.get(language(), POINT[FIRST])[1])


def _with_unit(text: str, quantity: Mapping[str, Any]) -> str:
    unit = quantity.get("unit")
    return text if unit is None else say(f"report.unit-{unit}", number=text)


def _view(results: Results, name: str) -> View:
    text = results.manifest.lens_texts.get(name, {})
    changed = [
        Assumption(
            theme=theme,
            place=" · ".join(place),
            here=in_words(quantity),
            otherwise=in_words(known) if (known := _at(results.manifest.text, place)) is not None else "",
            because=tuple(quantity.get("because") or ()),
            assumed=str(quantity.get("assumed") or ""),
        )
        for theme, part in (text.get("assumes") or {}).items()
        for place, quantity in _quantities(part, ())
    ]
    return View(
        lens=name,
        label=results.manifest.labels.get(name, name),
        author=results.manifest.authors.get(name, ""),
        in_a_sentence=str(text.get("in_a_sentence") or ""),
        reading=_reading(results, str(text.get("reading") or "")),
        changed=tuple(changed),
        silent=dict(text.get("silent") or {}),
    )


def _quantities(part: Any, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """Everything that gives a reason, with its place; an issue that does, or a piece like it, has quantities inside."""
    if not isinstance(part, Mapping):
        return
    if part.get("because") or part.get("assumed"):
        yield place, part
    for key, inner in part.items():
        yield from _quantities(inner, (*place, str(key)))


def _at(text: Any, place: tuple[str, ...]) -> Any:
    """What stands at a place of the scenario, or None."""
    for key in place:
        text = text.get(key) if isinstance(text, Mapping) else None
    return text


def _reading(results: Results, key: str) -> str:
    """Label of an account of the run-up."""
    label = _at(results.manifest.text, ("run_up", "readings", key, "label")) if key else ""
    return str(label or key)
