"""Side numbers: which source views have the numbers of a side of a contradiction, and which other sides set them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from typing import Any

from pydantic import BaseModel

from analysis.methods.side_numbers import SideNumbers, relate_sides
from sim.experiments.contradiction_flips import REASONS
from sim.loading.extends import resolve_extends
from sim.loading.loader import find_view_paths, load_case
from sim.loading.resolve_questions import list_side_overrides
from sim.schema.scenario import Scenario
from sim.workflows.flip_plan import AS_IS, FlipPlan


def find_side_numbers(plan: FlipPlan) -> dict[tuple[str, str], SideNumbers]:
    """What is known of the numbers of every side that is to be played, by question and side.

    Args:
        plan: What is to be played for a ranking.
    """
    path, home = plan.case.path, plan.files[0]
    chain = resolve_extends(path)
    views = find_view_paths(chain)

    def read(look: tuple[str, str], places: Iterable[str]) -> dict[str, str]:
        return dict(_read_numbers(plan.scenarios[plan.looks[home, *look]], places))

    places = {
        (key, side): [one.partition("=")[0] for one in list_side_overrides(contradiction.sides[side], chain, views)]
        for key, contradiction in plan.contradictions.items()
        for side in contradiction.sides
        if (home, key, side) in plan.looks
    }
    every = {place for some in places.values() for place in some}
    in_views = {view: dict(_read_numbers(load_case(path, view=view).scenario, every)) for view in views}
    return relate_sides({look: read(look, some) for look, some in places.items()}, read(AS_IS, every), in_views)


def _read_numbers(scenario: Scenario, places: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What stands at some places, as text, without its reasons; places where nothing stands are left out."""
    for place in places:
        found = reduce(_step, place.split("."), scenario)
        if found is not None:
            value = found.model_dump(mode="json", exclude={*REASONS}) if isinstance(found, BaseModel) else found
            yield place, json.dumps(value, sort_keys=True)


def _step(found: Any, word: str) -> Any:
    return found.get(word) if isinstance(found, Mapping) else getattr(found, word, None)
