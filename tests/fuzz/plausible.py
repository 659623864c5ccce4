"""Plausible changes: such as an author makes, so that most pass `check` and the run behind it is tried as well."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

from tests.fuzz.draws import Draws
from tests.fuzz.values import Place, list_places

FACTORS = (0.1, 0.5, 0.9, 1.1, 2, 5)
TEXTS = (
    "Ö – “x” №7",
    "yes",
    "1",
    "=1+1",
    "<b>&amp;</b>",
    "{0} %s $x$",
    "[red]x[/red]",
    "名前",
    "x" * 79,
    "a | b\\",
    "😀 e\u0301",
)
TEXT_KEYS = ("label", "about", "title", "question", "shows", "assumed", "asks", "short")
"""Keys whose value is read by people only."""
REFERENCES = ("holder", "target", "actor", "unresolved", "ready_package", "tracked_terms", "beneficiary", "buyer")
"""Keys whose value names something else of the file."""


def change(data: Any, draws: Draws) -> tuple[Any, str]:
    """The data with one plausible change, and what it was; with none if the kind of change finds no place.

    Args:
        data: Plain data of a scenario or of a view.
        draws: Where the choices come from.
    """
    data = copy.deepcopy(data)
    places = [place for place in list_places(data) if place]
    return data, draws.pick(KINDS)(data, places, draws) or "nothing"


def _find(data: Any, place: Place) -> Any:
    for key in place:
        data = data[key]
    return data


def _put(data: Any, place: Place, value: Any) -> str:
    before = _find(data, place)
    _find(data, place[:-1])[place[-1]] = value
    return f"{'.'.join(map(str, place))} = {str(value)[:20]!r} (was {str(before)[:20]!r})"


def _list_numbers(data: Any, places: list[Place]) -> list[Place]:
    return [place for place in places if type(_find(data, place)) in (int, float)]


def _scale(data: Any, places: list[Place], draws: Draws) -> str:
    """A number larger or smaller by a factor; a whole one stays whole."""
    if not (numbers := _list_numbers(data, places)):
        return ""
    place, factor = draws.pick(numbers), draws.pick(FACTORS)
    if place[-1] in ("low", "high"):
        return "; ".join(_put(data, end, _times(_find(data, end), factor)) for end in _list_ends(data, place))
    if place[-2:-1] == ("shares",):
        return _shift_share(data, place)
    return _put(data, place, _times(_find(data, place), factor))


def _times(value: float, factor: float) -> float:
    return max(1, round(value * factor)) if type(value) is int and value > 1 else round(value * factor, 6)


def _list_ends(data: Any, place: Place) -> list[Place]:
    return [(*place[:-1], end) for end in ("low", "high") if end in _find(data, place[:-1])]


def _shift_share(data: Any, place: Place) -> str:
    """Half of a share goes to the first of the others, so that all still add up to 1."""
    shares = _find(data, place[:-1])
    half = round(shares[place[-1]] / 2, 6)
    first = next((key for key in shares if key != place[-1]), None)
    if first is None:
        return ""
    shares[first] = round(shares[first] + half, 6)
    return _put(data, place, round(shares[place[-1]] - half, 6))


def _move_to_bound(data: Any, places: list[Place], draws: Draws) -> str:
    """A number to one of the bounds of many ranges."""
    numbers = _list_numbers(data, places)
    return _put(data, draws.pick(numbers), draws.pick((0, 1, 0.5, 0.999, 1e-6))) if numbers else ""


def _exchange(data: Any, places: list[Place], draws: Draws) -> str:
    """Two neighbours of one kind change places: numbers, texts or whole entries."""
    pairs = list(_list_neighbours(data, places))
    if not pairs:
        return ""
    one, other = draws.pick(pairs)
    first, second = _find(data, one), _find(data, other)
    _put(data, one, second)
    return f"exchanged {other[-1]} and " + _put(data, other, first)


def _list_neighbours(data: Any, places: list[Place]) -> Iterator[tuple[Place, Place]]:
    previous: dict[Place, Place] = {}
    for place in places:
        if isinstance(_find(data, place), str) and place[-1] not in TEXT_KEYS:
            continue
        before = previous.get(place[:-1])
        if before is not None and type(_find(data, before)) is type(_find(data, place)):
            yield before, place
        previous[place[:-1]] = place


def _order(data: Any, places: list[Place], draws: Draws) -> str:
    """The entries of a mapping or list the other way round."""
    many = [place for place in places if isinstance(_find(data, place), dict | list) and len(_find(data, place)) > 1]
    if not many:
        return ""
    place = draws.pick(many)
    value = _find(data, place)
    turned = value[::-1] if isinstance(value, list) else dict(reversed(value.items()))
    return "turned " + _put(data, place, turned)


def _write(data: Any, places: list[Place], draws: Draws) -> str:
    """Another text for people."""
    texts = [place for place in places if place[-1] in TEXT_KEYS and isinstance(_find(data, place), str)]
    return _put(data, draws.pick(texts), draws.pick(TEXTS)) if texts else ""


def _refer(data: Any, places: list[Place], draws: Draws) -> str:
    """Another thing of the same kind that is named."""
    named = [place for place in places if place[-1] in REFERENCES and isinstance(_find(data, place), str)]
    if not named:
        return ""
    place = draws.pick(named)
    return _put(data, place, draws.pick([_find(data, one) for one in named if one[-1] == place[-1]]))


def _drop(data: Any, places: list[Place], draws: Draws) -> str:
    """An entry taken away; mostly one that has a label, so is whole."""
    whole = [place for place in places if isinstance(_find(data, place), dict) and "label" in _find(data, place)]
    place = draws.pick(places if draws.once_in(3) else whole or places)
    del _find(data, place[:-1])[place[-1]]
    return f"without {'.'.join(map(str, place))}"


def _double(data: Any, places: list[Place], draws: Draws) -> str:
    """An entry once more under another key, with a label of its own."""
    whole = [place for place in places if isinstance(_find(data, place), dict) and "label" in _find(data, place)]
    if not whole:
        return ""
    place = draws.pick(whole)
    again = copy.deepcopy(_find(data, place)) | {"label": "another one"}
    holder = _find(data, place[:-1])
    if isinstance(holder, list):
        holder.insert(0, again)
    else:
        last = holder.popitem()
        holder |= {f"{place[-1]}-2": again} | dict([last])
    return f"twice {'.'.join(map(str, place))}"


def _look_further(data: Any, places: list[Place], draws: Draws) -> str:
    """Another first day, horizon or list of horizons."""
    calendar = data.get("calendar") if isinstance(data, dict) else None
    if not isinstance(calendar, dict):
        return ""
    weeks = draws.pick((1, 2, 3, 13, 40, 104))
    calendar |= {"horizon": weeks, "horizons": [weeks]}
    return f"calendar.horizon = {weeks}"


KINDS: tuple[Callable[[Any, list[Place], Draws], str], ...] = (
    *(_scale, _scale, _scale, _move_to_bound, _exchange, _exchange, _order, _write, _write),
    *(_refer, _drop, _double, _look_further),
)
