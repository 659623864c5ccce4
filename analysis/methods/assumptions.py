"""Assumptions: what does each source view change, by how much, and on which claims?

Read aloud
    A source view replaces quantities of the scenario, theme by theme. Each replaced quantity is set beside
    the scenario's own, with the claims it rests on, or with our admission that no text gives it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.methods.view_names import find_full_name
from sim.ensemble.results import Results
from sim.i18n.messages import FIRST, POINT, get_language, message

FORMS = {"uniform": ("low", "high"), "normal": ("mean", "sd"), "lognormal": ("median", "spread")}
"""Names of the two numbers of every spread."""


@dataclass(frozen=True)
class Assumption:
    """One quantity that a source view changes."""

    theme: str
    """Theme it belongs to."""
    place: str
    """Its place in the scenario, as values to set name it."""
    here: str
    """What the source view sets."""
    otherwise: str
    """What the scenario has; empty if that is unknown."""
    because: tuple[str, ...]
    """Claims it rests on."""
    assumed: str
    """Why we set it ourselves, where no claim supports it."""


@dataclass(frozen=True)
class ViewAssumptions:
    """One source view as its file states it."""

    name: str
    """Name of the source view."""
    label: str
    """Name for readers."""
    author: str
    """The author it reads; empty for a view of ours."""
    summary: str
    """The view in one sentence of ours."""
    account: str
    """Its account of the run-up, if it gives one."""
    changed: tuple[Assumption, ...]
    """Every quantity it changes."""
    silent: Mapping[str, str]
    """Themes on which it says nothing usable."""


def list_view_assumptions(results: Results) -> dict[str, ViewAssumptions]:
    """Every source view of the results, as its file states it."""
    return {name: _read_view(results, name) for name in results.views}


def list_scenario_assumptions(results: Results) -> tuple[Assumption, ...]:
    """Every quantity of the scenario itself that gives a reason, in file order; it belongs to no theme."""
    return tuple(
        Assumption(
            theme="",
            place=".".join(place),
            here=format_quantity(quantity),
            otherwise="",
            because=tuple(quantity.get("because") or ()),
            assumed=str(quantity.get("assumed") or ""),
        )
        for place, quantity in _find_reasoned(results.manifest.text, ())
        if "unit" in quantity or "shares" in quantity
    )


def format_quantity(quantity: Any) -> str:
    """A quantity as a reader would say it, in the language in use."""
    if not isinstance(quantity, Mapping):
        return str(quantity)
    if isinstance(shares := quantity.get("shares"), Mapping):
        parts = ", ".join(f"{name} {_format_number(share)}" for name, share in shares.items())
        return message("report.spread-weights", parts=parts, sharpness=_format_number(quantity.get("sharpness", 0)))
    if quantity.get("value") is not None:
        return _add_unit(_format_number(quantity["value"]), quantity)
    for form, names in FORMS.items():
        if quantity.get(names[0]) is not None:
            numbers: dict[str, Any] = {name: _format_number(quantity[name]) for name in names}
            return _add_unit(message(f"report.spread-{form}", **numbers), quantity)
    return ", ".join(f"{name} {value}" for name, value in quantity.items() if name not in ("because", "assumed"))


def _format_number(value: float) -> str:
    """A number with as many digits as it was given, with the decimal sign of the language."""
    return f"{value:g}".replace(".", POINT.get(get_language(), POINT[FIRST])[1])


def _add_unit(text: str, quantity: Mapping[str, Any]) -> str:
    unit = quantity.get("unit")
    return text if unit is None else message(f"report.unit-{unit}", number=text)


def _read_view(results: Results, name: str) -> ViewAssumptions:
    text = results.manifest.view_texts.get(name, {})
    changed = [
        Assumption(
            theme=theme,
            place=".".join(place),
            here=format_quantity(quantity),
            otherwise=format_quantity(known) if (known := _get_value(results.manifest.text, place)) is not None else "",
            because=tuple(quantity.get("because") or ()),
            assumed=str(quantity.get("assumed") or ""),
        )
        for theme, part in (text.get("assumes") or {}).items()
        for place, quantity in _find_reasoned(part, ())
    ]
    return ViewAssumptions(
        name=name,
        label=find_full_name(results.manifest, name),
        author=results.manifest.authors.get(name, ""),
        summary=str(text.get("summary") or ""),
        account=_find_account_label(results, str(text.get("account") or "")),
        changed=tuple(changed),
        silent=dict(text.get("silent") or {}),
    )


def _find_reasoned(part: Any, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """Everything that gives a reason, with its place; an issue that does, or a piece like it, has quantities inside."""
    if not isinstance(part, Mapping):
        return
    if part.get("because") or part.get("assumed"):
        yield place, part
    for key, inner in part.items():
        yield from _find_reasoned(inner, (*place, str(key)))


def _get_value(text: Any, place: tuple[str, ...]) -> Any:
    """What stands at a place of the scenario, or None."""
    for key in place:
        text = text.get(key) if isinstance(text, Mapping) else None
    return text


def _find_account_label(results: Results, key: str) -> str:
    """Label of an account of the run-up."""
    label = _get_value(results.manifest.text, ("run_up", "accounts", key, "label")) if key else ""
    return str(label or key)
