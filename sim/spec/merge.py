"""Merge: how a scenario file changes its base, and how a lens changes what is believed.

Read aloud
    Mappings are merged key by key; a text, a number, a list, a quantity or weights are replaced as a whole.
    A scenario file may change, add, and with `key: null` remove.
    A scenario file with `changes` leaves alone what is believed: quantities other than dates of levers and what
    buyers weigh.
    A lens may replace quantities and weights that exist, and nothing else; two themes never the same. What it
    believes of something that the scenario file has removed is left out.
    A quantity keeps its unit.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.spec.draft import Draft, Layer, is_believed, is_quantity, is_weights
from sim.spec.mistake import Mistake, Place, ScenarioError, nearest, spelled
from sim.spec.yaml_file import YamlFile

DATES_OF_LEVERS = ("deadline", "delay", "lasts", "works_alone")
"""Quantities of a lever that a scenario file may change: when and through whom it works, not how strongly."""


def changed(draft: Draft, file: YamlFile, changes: object, under: Place = (), *, only_done: bool = False) -> Draft:
    """Lay the changes, which stand under this place of the file, over the draft.

    With `only_done` they may change what is done, dated or possible, and not what is believed.
    """
    merge = _Merge(file, under, only_done=only_done)
    data = merge.change(draft.data, changes, ())
    return merge.finished(draft, data)


def believed(draft: Draft, file: YamlFile) -> Draft:
    """Lay what a lens assumes, and its reading of the run-up, over the draft."""
    written = frozenset(place for layer in draft.layers for place in layer.lines)
    merge = _Merge(file, (), only_believed=True, written=written)
    data: Any = draft.data
    themes = file.data.get("assumes") or {}
    for theme, places in themes.items() if isinstance(themes, dict) else ():
        merge.under = ("assumes", theme)
        data = merge.believe(data, places, ())
    silent = file.data.get("silent")
    for theme in set(themes) & set(silent) if isinstance(themes, dict) and isinstance(silent, dict) else ():
        merge.under = ("silent", theme)
        merge.note((), f"silent: the lens assumes something on {theme!r}, so it is not silent", "keep one of the two")
    if isinstance(reading := file.data.get("reading"), str) and reading:
        run_up = data.get("run_up") if isinstance(data.get("run_up"), dict) else {}
        data = data | {"run_up": run_up | {"reading": reading}}
        merge.lines[("run_up", "reading")] = file.line(("reading",))
    return merge.finished(draft, data)


@dataclass
class _Merge:
    """One file being laid over a draft."""

    file: YamlFile
    under: Place
    only_believed: bool = False
    only_done: bool = False
    written: frozenset[Place] = frozenset()
    lines: dict[Place, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    themes: dict[Place, str] = field(default_factory=dict)

    def finished(self, draft: Draft, data: Any) -> Draft:
        """The draft with this file on top, if the file made no mistake."""
        if self.mistakes:
            raise ScenarioError(self.mistakes)
        return Draft(data, (*draft.layers, Layer(self.file.name, self.lines, self.only_believed)))

    def note(self, place: Place, text: str, remedy: str) -> None:
        """Keep a mistake at a place of the changes."""
        self.mistakes.append(Mistake(self.file.name, self.file.line((*self.under, *place)), text, remedy))

    def change(self, base: object, new: object, place: Place) -> Any:
        """The base as the scenario file changes it."""
        if is_believed(base):
            self._only_what_is_done(place)
            self._replaces(base, new, place)
            return new
        if not isinstance(base, dict) or not isinstance(new, dict):
            self._touch(place, new)
            return new
        merged = dict(base)
        for key, value in new.items():
            inner = (*place, key)
            if value is not None:
                merged[key] = self.change(base[key], value, inner) if key in base else self._added(value, inner)
            elif key in base:
                if is_believed(base[key]):
                    self._only_what_is_done(inner)
                self._touch(inner, None)
                del merged[key]
            else:
                self.note(inner, f"{spelled(inner)}: cannot be removed, it does not exist", nearest(key, base))
        return merged

    def believe(self, base: object, new: object, place: Place) -> Any:
        """The base as one theme of a lens changes it."""
        if is_believed(base):
            self._replaces(base, new, place)
            self._claim(place)
            return new
        if not isinstance(base, dict):
            remedy = "a lens changes quantities and weights, never what exists"
            self.note(place, f"{spelled(place)}: is neither a quantity nor weights", remedy)
            return base
        if not isinstance(new, dict):
            self.note(place, f"{spelled(place) or 'assumes'}: a mapping stands here in the scenario", _inside(base))
            return base
        merged = dict(base)
        for key, value in new.items():
            if key in base:
                merged[key] = self.believe(base[key], value, (*place, key))
            elif (*place, key) not in self.written:
                inner = (*place, key)
                text = f"{spelled(inner)}: does not exist in the scenario, and a lens cannot add it"
                self.note(inner, text, nearest(key, base))
        return merged

    def _only_what_is_done(self, place: Place) -> None:
        """Note a belief that a scenario file changes."""
        dated = place[0] == "levers" and place[-1] in DATES_OF_LEVERS
        if self.only_done and not dated and place[2:3] != ("buyer",):
            text = f"{spelled(place)}: a scenario file changes what is done, dated or possible; this is believed"
            self.note(place, text, "put it into a lens, or set it on the command line")

    def _added(self, new: object, place: Place) -> object:
        self._touch(place, new)
        return new

    def _claim(self, place: Place) -> None:
        theme = str(self.under[-1])
        if place in self.themes:
            text = f"{spelled(place)}: both theme {self.themes[place]!r} and theme {theme!r} change it"
            self.note(place, text, "keep it in one of them")
        self.themes[place] = theme

    def _replaces(self, base: Any, new: object, place: Place) -> None:
        self._touch(place, new)
        name = spelled(place)
        if is_weights(base):
            if not isinstance(new, dict) or "shares" not in new:
                self.note(
                    place,
                    f"{name}: weights are replaced as a whole",
                    "give `shares`, `sharpness` and a reason",
                )
        elif not isinstance(new, dict):
            remedy = "give its numbers, `unit` and a reason, such as {value: 0.2, unit: worth, assumed: why}"
            self.note(place, f"{name}: a quantity is replaced as a whole", remedy)
        elif is_quantity(new) and new["unit"] != base["unit"]:
            text = f"{name}.unit: is {base['unit']!r} in the scenario and {new['unit']!r} here"
            self.note((*place, "unit"), text, "keep the unit")

    def _touch(self, place: Place, new: object) -> None:
        for inner in (place, *places_in(new, place)):
            full = (*self.under, *inner)
            self.lines[inner] = self.file.line(full)


def places_in(data: object, place: Place) -> Iterator[Place]:
    """Every place inside the data, which itself stands at the given place."""
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        yield (*place, key)
        yield from places_in(value, (*place, key))


def _inside(base: Mapping[str, object]) -> str:
    return f"go on with one of its keys: {', '.join(base)}"
