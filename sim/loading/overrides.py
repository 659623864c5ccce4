"""Overrides: what `path=value` under `changes` (`--set` on the command line) does to a scenario.

Read aloud
    `actors.a.interests.conflict_cost=0.3` makes the quantity a single number; its unit stays, its reason becomes
    `assumed: set for this run`.
    `actors.a.interests.conflict_cost=*0.5` multiplies all numbers of the quantity (value, low, high, mean, sd); of
    a log-normal quantity only the median, as its spread is a factor already.
    `actors.a.interests.conflict_cost={low: 0.1, high: 0.4}` replaces it; unit and reason may be left out.
    `levers.embargo.executes=false` sets anything else that exists or that the format knows; `=null` removes.
"""

from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from sim.errors import Place, ScenarioError, format_place, name_argument, stop, suggest
from sim.loading.layered_data import Layer, LayeredData, is_assumption, is_quantity, with_value_at
from sim.loading.merge import apply_changes, list_places
from sim.loading.schema_lookup import list_keys
from sim.loading.strict_yaml import YamlFile, parse_yaml
from sim.schema.scenario import Scenario

FOR_THIS_RUN = "set for this run"
_SCALED = ("value", "low", "high", "mean", "sd", "median")


def apply_override(layered: LayeredData, change: str) -> LayeredData:
    """The data with one value set, such as `calendar.horizon=17`."""
    name = name_argument("changes", change)
    path, equals, text = change.partition("=")
    if not equals or not path.strip() or not text.strip():
        raise stop(name, 0, "is not of the form path=value", "for example calendar.horizon=17")
    place = _find_place(layered, path.strip(), name)
    old = _get_current(layered, place)
    if text.strip().startswith("*"):
        new = _scale(old, text.strip()[1:], place, name)
    else:
        new = _complete(old, _parse(text, name))
    return _mark_assumed(_lay_over(layered, place, new, name), place, new, name)


def _parse(text: str, name: str) -> object:
    """The value that a piece of YAML stands for; messages need no line, as there is only one."""
    try:
        return parse_yaml(text, name).data
    except ScenarioError as error:
        raise ScenarioError([replace(problem, line=0) for problem in error.problems]) from error


def _find_place(layered: LayeredData, path: str, name: str) -> Place:
    """The place that a dotted path names."""
    place: Place = ()
    data: Any = layered.data
    words = path.split(".")
    for count, word in enumerate(words, start=1):
        if isinstance(data, list) and word.isdecimal() and int(word) < len(data):
            place, data = (*place, int(word)), data[int(word)]
            continue
        known = dict.fromkeys(data) if isinstance(data, dict) else {}
        format_knows = list_keys(Scenario, place) if isinstance(data, dict) and not is_assumption(data) else []
        if word in known:
            place, data = (*place, word), data[word]
        elif word in format_knows and count == len(words):
            place = (*place, word)
        else:
            level = [*known, *(key for key in format_knows if key not in known)]
            raise _explain_unknown_place(layered, place, words, level, name)
    return place


def _explain_unknown_place(
    layered: LayeredData, place: Place, words: list[str], level: list[str], name: str
) -> ScenarioError:
    """The message for a path that leads nowhere: the nearest key there, or else places that end alike."""
    path = ".".join([*map(str, place), words[len(place)]])
    paths = [".".join([*map(str, place), key]) for key in level]
    alike = [".".join(map(str, at)) for at in list_places(layered.data, ()) if at[-1] == words[-1]]
    if path in paths:
        return stop(name, 0, f"there is no {'.'.join(words)} in the scenario", f"it gives no {path}")
    near = bool(get_close_matches(path, paths, n=1, cutoff=0.7))
    remedy = suggest(path, paths) if near or not alike else f"did you mean {' or '.join(alike[:3])}?"
    return stop(name, 0, f"there is no {path} in the scenario", remedy)


def _get_current(layered: LayeredData, place: Place) -> Any:
    """What stands at the place; nothing, if only the format knows it."""
    holder, last = layered.get_value(place[:-1]), place[-1]
    return holder.get(last) if isinstance(holder, dict) else holder[last]


def _complete(old: object, new: object) -> object:
    """What is to stand there: a quantity keeps its unit and is owned up to as ours."""
    if not is_quantity(old) or not isinstance(old, dict) or new is None:
        return new
    if not isinstance(new, dict):
        return {"value": new, "unit": old["unit"], "assumed": FOR_THIS_RUN}
    reason = {} if new.get("because") or new.get("assumed") else {"assumed": FOR_THIS_RUN}
    return {"unit": old["unit"]} | new | reason


def _scale(old: object, text: str, place: Place, name: str) -> object:
    """A number or a quantity times a factor."""
    factor = _parse(text, name)
    if isinstance(factor, bool) or not isinstance(factor, int | float):
        raise stop(name, 0, f"{text.strip()!r} is not a factor", "for example path=*0.5")
    if is_quantity(old) and isinstance(old, dict):
        return _scale_quantity(old, factor)
    if isinstance(old, bool) or not isinstance(old, int | float):
        raise stop(name, 0, f"{format_place(place)} is not a number and cannot be multiplied", "set a value instead")
    return old * factor


def _scale_quantity(old: dict[str, Any], factor: float) -> dict[str, Any]:
    new = {key: value for key, value in old.items() if key not in ("because", "assumed")}
    for key in _SCALED:
        if isinstance(new.get(key), int | float):
            new[key] = new[key] * (abs(factor) if key == "sd" else factor)
    if factor < 0 and "low" in new and "high" in new:
        new["low"], new["high"] = new["high"], new["low"]
    return new | {"assumed": f"{factor:g} times what the scenario says, {FOR_THIS_RUN}"}


def _lay_over(layered: LayeredData, place: Place, new: object, name: str) -> LayeredData:
    """The data with the new value in it, by the rules of a scenario file where only keys lie on the way."""
    if any(isinstance(key, int) for key in place) or any(
        is_assumption(layered.get_value(place[:n])) for n in range(len(place))
    ):
        return LayeredData(with_value_at(layered.data, place, new), (*layered.layers, Layer(name, {place: 0})))
    changes = new
    for key in reversed(place):
        changes = {key: changes}
    try:
        return apply_changes(layered, YamlFile(name, changes, {(): 0}), changes)
    except ScenarioError as error:
        raise stop(name, 0, error.problems[0].text, error.problems[0].remedy) from error


def _mark_assumed(layered: LayeredData, place: Place, new: object, name: str) -> LayeredData:
    """A number set inside something that gives a reason no longer rests on the claims it named."""
    if isinstance(new, bool) or not isinstance(new, int | float):
        return layered
    for length in range(len(place) - 1, 0, -1):
        holder = layered.get_value(place[:length])
        if isinstance(holder, dict) and ("because" in holder or "assumed" in holder):
            rest = {key: value for key, value in holder.items() if key not in ("because", "assumed")}
            data = with_value_at(layered.data, place[:length], rest | {"assumed": FOR_THIS_RUN})
            return LayeredData(data, (*layered.layers, Layer(name, {place[:length]: 0})))
    return layered
