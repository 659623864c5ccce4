"""History: what happened, for comparison with runs afterwards; the one module that opens its file.

Read aloud
    No run may know what happened. This module alone names the file. `zopa check` and `zopa coverage` look whether it is
    well written, and the comparison with what happened reads it; nothing that loads a scenario, plays a run or makes a
    page of results does. A test holds it.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.errors import ErrorCollector, Problem
from sim.evidence.usage import list_named_claims
from sim.loading.layered_data import layer_from_file
from sim.loading.strict_yaml import YamlFile, read_yaml
from sim.loading.validation import validate
from sim.schema.consistency import check_pattern_event, describe_unknown
from sim.schema.evidence_row import HistoricalEvent
from sim.schema.loaded_case import LoadedCase
from sim.schema.numbers import MOST_WEEKS
from sim.schema.scored_event import ScoredEvent, ScoredPart

HISTORY, SCORED = "history.yaml", "scored"


def read_history_file(folder: Path, seen: ErrorCollector) -> YamlFile | None:
    """The file of a case's folder; none if there is none."""
    path = folder / HISTORY
    return seen.attempt(lambda: read_yaml(path), None) if path.exists() else None


def read_history(file: YamlFile | None) -> dict[str, HistoricalEvent]:
    """The dated events of a case, by id."""
    if file is None:
        return {}
    events = {key: one for key, one in file.data.items() if key != SCORED}
    return validate(dict[str, HistoricalEvent], numbers_to_text(events), layer_from_file(file))


def read_scored_events(file: YamlFile | None) -> dict[str, ScoredEvent]:
    """Events that forecasts are scored on, and open ones, by key."""
    if file is None or SCORED not in file.data:
        return {}
    return validate(ScoredPart, {SCORED: file.data[SCORED]}, layer_from_file(file)).scored


def check_scored_events(
    file: YamlFile | None, events: Mapping[str, ScoredEvent], case: LoadedCase
) -> Iterator[Problem]:
    """Periods outside the calendar, claims that are not there, and names of things that the scenario does not have."""
    if file is None:
        return
    starts = case.scenario.calendar.starts
    for key, event in events.items():
        if event.days[0] < starts:
            text = f"{SCORED}.{key}.date: {event.days[0]} is before the scenario begins ({starts})"
            remedy = f"name days from {starts} on; what happened before stands above with `stands: before`"
            yield Problem(file.name, file.find_line((SCORED, key, "date")), text, remedy)
        if event.find_weeks(starts)[1] > MOST_WEEKS:
            text = f"{SCORED}.{key}.date: {event.days[1]} is more than {MOST_WEEKS} weeks after the scenario begins"
            remedy = f"name days within {MOST_WEEKS} weeks of {starts}"
            yield Problem(file.name, file.find_line((SCORED, key, "date")), text, remedy)
        for step in event.list_steps():
            for one in (step, *step.without):
                for text in check_pattern_event(case.scenario, f"{SCORED}.{key}", one):
                    yield Problem(file.name, file.find_line((SCORED, key)), text)
    for place, claim in list_named_claims(file.data.get(SCORED, {}), (SCORED,)):
        if claim not in case.claims:
            name = ".".join(str(one) for one in place[:-1])
            yield Problem(file.name, file.find_line(place), describe_unknown(name, claim, case.claims, "claim"))


def numbers_to_text(data: Any) -> Any:
    """The data, with a bare number under `at` or `date` (a paragraph, a year) taken as text."""
    if isinstance(data, list):
        return [numbers_to_text(one) for one in data]
    if not isinstance(data, dict):
        return data
    return {
        key: str(value) if key in ("at", "date") and type(value) is int else numbers_to_text(value)
        for key, value in data.items()
    }
