"""Merge: how a scenario file changes its base, and how a source view changes what is believed.

Read aloud
    Mappings are merged key by key; a text, a number, a list, a quantity or weights are replaced as a whole.
    A scenario file may change, add, and with `key: null` remove.
    The `changes` of a scenario file leave alone what is believed: quantities other than dates of levers and what
    compliers weigh. What it assumes changes nothing else.
    A source view may replace quantities and weights that exist, and nothing else; two themes never the same. What it
    believes of something that the scenario file has removed is left out.
    A quantity keeps its unit.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sim.errors import Place, Problem, ScenarioError, format_place, suggest
from sim.loading.layered_data import Layer, LayeredData, is_assumption, is_quantity, is_weights
from sim.loading.strict_yaml import YamlFile

Only = Literal["", "decisions", "assumptions"]
"""Of which kind changes must be; empty for either."""

_MOST_EXPLAINED = 100
"""Problems of one file whose remedies are looked for."""

DATES_OF_LEVERS = ("deadline", "delay", "lasts", "share_without_compliers")
"""Quantities of a lever that a scenario file may change: when and through whom it works, not how strongly."""


def apply_changes(
    layered: LayeredData, file: YamlFile, changes: object, under: Place = (), *, only: Only = ""
) -> LayeredData:
    """Lay the changes, which stand under this place of the file, over the data.

    Where they hold only decisions, they may change what is done, dated or possible, and not what is believed; where
    they hold only assumptions, the other way round.
    """
    merge = _Merge(file, under, only=only)
    data = merge.change(layered.data, changes, ())
    return merge.finish(layered, data)


def apply_source_view(layered: LayeredData, file: YamlFile) -> LayeredData:
    """Lay what a source view assumes, and its account of the run-up, over the data."""
    written = frozenset(place for layer in layered.layers for place in layer.lines)
    merge = _Merge(file, (), only_assumptions=True, written=written)
    data: Any = layered.data
    themes = file.data.get("assumes") or {}
    for theme, places in themes.items() if isinstance(themes, dict) else ():
        merge.under = ("assumes", theme)
        data = merge.assume(data, places, ())
    silent = file.data.get("silent")
    for theme in set(themes) & set(silent) if isinstance(themes, dict) and isinstance(silent, dict) else ():
        merge.under = ("silent", theme)
        merge.note(
            (), f"silent: the source view assumes something on {theme!r}, so it is not silent", "keep one of the two"
        )
    if isinstance(account := file.data.get("account"), str) and account:
        run_up = data.get("run_up") if isinstance(data.get("run_up"), dict) else {}
        data = data | {"run_up": run_up | {"account": account}}
        merge.lines[("run_up", "account")] = file.find_line(("account",))
    return merge.finish(layered, data)


def leave_out_sequences(layered: LayeredData) -> LayeredData:
    """The data without the sequences that nobody proposes."""
    sequences = layered.data.get("sequences")
    if not isinstance(sequences, dict):
        return layered
    kept = {key: one for key, one in sequences.items() if not isinstance(one, dict) or one.get("proposed") is not False}
    return LayeredData(layered.data | {"sequences": kept}, layered.layers)


@dataclass
class _Merge:
    """One file being laid over the data."""

    file: YamlFile
    under: Place
    only_assumptions: bool = False
    only: Only = ""
    written: frozenset[Place] = frozenset()
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    themes: dict[Place, str] = field(default_factory=dict)

    def finish(self, layered: LayeredData, data: Any) -> LayeredData:
        """The data with this file on top, if there is no problem in it."""
        if self.problems:
            raise ScenarioError(self.problems)
        return LayeredData(data, (*layered.layers, Layer(self.file.name, self.lines, self.only_assumptions)))

    def note(self, place: Place, text: str, remedy: str) -> None:
        """Keep a problem at a place of the changes."""
        self.problems.append(Problem(self.file.name, self.file.find_line((*self.under, *place)), text, remedy))

    def change(self, base: object, new: object, place: Place) -> Any:
        """The base as the scenario file changes it."""
        if is_assumption(base):
            self._refuse_other_kind(place, is_believed=True)
            self._check_replacement(base, new, place)
            return new
        if not isinstance(base, dict) or not isinstance(new, dict):
            self._refuse_other_kind(place, is_believed=False)
            self._touch(place, new)
            return new
        merged = dict(base)
        for key, value in new.items():
            inner = (*place, key)
            if value is not None:
                merged[key] = self.change(base[key], value, inner) if key in base else self._add(value, inner, base)
            elif key in base:
                self._refuse_other_kind(inner, is_believed=is_assumption(base[key]), is_removed=True)
                self._touch(inner, None)
                del merged[key]
            else:
                self.note(
                    inner, f"{format_place(inner)}: cannot be removed, it does not exist", self._suggest(key, base)
                )
        return merged

    def assume(self, base: object, new: object, place: Place) -> Any:
        """The base as one theme of a source view changes it."""
        if is_assumption(base):
            self._check_replacement(base, new, place)
            self._claim_theme(place)
            return new
        if not isinstance(base, dict):
            remedy = "a source view changes quantities and weights, never what exists"
            self.note(place, f"{format_place(place)}: is neither a quantity nor weights", remedy)
            return base
        if not isinstance(new, dict):
            self.note(
                place, f"{format_place(place) or 'assumes'}: a mapping stands here in the scenario", _suggest_keys(base)
            )
            return base
        merged = dict(base)
        for key, value in new.items():
            if key in base:
                merged[key] = self.assume(base[key], value, (*place, key))
            elif (*place, key) not in self.written:
                inner = (*place, key)
                text = f"{format_place(inner)}: does not exist in the scenario, and a source view cannot add it"
                self.note(inner, text, self._suggest(key, base))
        return merged

    def _suggest(self, key: str, known: Iterable[str]) -> str:
        """The nearest keys, as long as there are not too many problems to look for them."""
        return suggest(key, known) if len(self.problems) < _MOST_EXPLAINED else ""

    def _refuse_other_kind(self, place: Place, *, is_believed: bool, is_removed: bool = False) -> None:
        """Note an assumption among the decisions of a scenario file, or a decision among its assumptions."""
        if self.only == "assumptions" and (is_removed or not is_believed or is_dated(place)):
            text = f"{format_place(place)}: `assume` changes what is believed; this is done, dated or possible"
            self.note(place, text, "put it under `changes`")
        if self.only == "decisions" and is_believed and not is_dated(place):
            text = f"{format_place(place)}: a scenario file changes what is done, dated or possible; this is believed"
            self.note(place, text, "put it under `assume` or into a source view")

    def _add(self, new: object, place: Place, base: Iterable[str]) -> object:
        if self.only == "assumptions":
            text = f"{format_place(place)}: does not exist in the scenario, and an assumption cannot add it"
            self.note(place, text, self._suggest(str(place[-1]), base))
        self._touch(place, new)
        return new

    def _claim_theme(self, place: Place) -> None:
        theme = str(self.under[-1])
        if place in self.themes:
            text = f"{format_place(place)}: both theme {self.themes[place]!r} and theme {theme!r} change it"
            self.note(place, text, "keep it in one of them")
        self.themes[place] = theme

    def _check_replacement(self, base: Any, new: object, place: Place) -> None:
        self._touch(place, new)
        name = format_place(place)
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
        for inner in (place, *list_places(new, place)):
            full = (*self.under, *inner)
            self.lines[inner] = self.file.find_line(full)


def is_dated(place: Place) -> bool:
    """True for a quantity that says when and through whom a lever works: what is done, not what is believed."""
    return (place[:1] == ("levers",) and place[-1] in DATES_OF_LEVERS) or place[2:3] == ("complier",)


def list_places(data: object, place: Place) -> Iterator[Place]:
    """Every place inside the data, which itself stands at the given place."""
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        yield (*place, key)
        yield from list_places(value, (*place, key))


def _suggest_keys(base: Mapping[str, object]) -> str:
    return f"go on with one of its keys: {', '.join(base)}"
