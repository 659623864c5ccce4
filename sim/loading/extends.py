"""Extends: a scenario file and those it extends, and what they come to when laid over one another.

Read aloud
    A file that extends another lays itself over it. One with `changes` is a scenario file: it says why, it changes
    what is done, dated or possible, and its changes hold from week 1; before that, the file it extends is played. What
    it assumes is laid on top of the source view.
    Of two scenario files in one chain, neither takes back what the other says.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from sim.errors import ErrorCollector, Place, Problem, ScenarioError, display_path, format_place, stop
from sim.loading.layered_data import Layer, LayeredData, is_assumption, layer_from_file
from sim.loading.merge import apply_changes
from sim.loading.strict_yaml import YamlFile, read_yaml
from sim.loading.validation import validate
from sim.schema.loaded_case import ScenarioChange

Chain = Sequence[YamlFile]
"""A file, the one it extends, and so on."""


def resolve_extends(path: Path) -> list[YamlFile]:
    """The file and those it extends, one after the other."""
    chain = [read_yaml(path)]
    if "view" in chain[0].data and not {"format", "extends"} & set(chain[0].data):
        remedy = f"name its case, and the view with `view='{path.stem}'`"
        raise stop(chain[0].name, chain[0].find_line(("view",)), "this is a source view, not a scenario", remedy)
    while isinstance(base := chain[-1].data.get("extends"), str):
        file = chain[-1]
        following = file.path.parent / (base if Path(base).suffix else f"{base}.yaml")
        try:
            chain.append(read_yaml(following))
        except ScenarioError as error:
            if following.exists():
                raise
            remedy = error.problems[0].remedy
            raise stop(
                file.name, file.find_line(("extends",)), f"extends: no file {display_path(following)}", remedy
            ) from None
        resolved = [one.path.resolve() for one in chain]
        if len(set(resolved)) < len(resolved):
            circle = " → ".join(one.path.name for one in chain)
            raise stop(
                file.name, file.find_line(("extends",)), f"extends: goes round in a circle: {circle}", "break it"
            )
    return chain


def changes_another(file: YamlFile) -> bool:
    """True for a scenario file, which changes what another file says and gives a reason."""
    own = {"changes", "assume", "because", "assumed", "open_questions"}
    return "extends" in file.data and bool(own & set(file.data))


def find_scenario_changes(chain: Chain) -> list[YamlFile]:
    """The scenario files at the top of a chain, whose changes hold from week 1."""
    found: list[YamlFile] = []
    for file in chain:
        if not changes_another(file):
            break
        found.append(file)
    return found


def merge_chain(chain: Chain) -> LayeredData:
    """All files of a chain, laid over one another."""
    seen = ErrorCollector()
    layered = layer_from_file(chain[-1])
    for file in reversed(chain[:-1]):
        layered = seen.attempt(partial(_extend, layered, file), layered)
    seen.problems += _find_conflicting_changes(find_scenario_changes(chain))
    seen.stop_if_any()
    return layered


def validate_scenario_change(file: YamlFile) -> ScenarioChange:
    """A scenario file, checked."""
    return validate(ScenarioChange, file.data, layer_from_file(file))


def _extend(layered: LayeredData, file: YamlFile) -> LayeredData:
    """What a file makes of the one it extends."""
    own = {key: value for key, value in file.data.items() if key != "extends"}
    if not changes_another(file):
        return apply_changes(layered, file, own)
    change = validate_scenario_change(file)
    layered = apply_changes(layered, file, change.changes, ("changes",), only="decisions")
    apply_changes(layered, file, change.assume, ("assume",), only="assumptions")
    for key in ("title", "question"):
        if own.get(key):
            layer = Layer(file.name, {(key,): file.find_line((key,))})
            layered = LayeredData(layered.data | {key: own[key]}, (*layered.layers, layer))
    return layered


def _find_conflicting_changes(files: Sequence[YamlFile]) -> Iterator[Problem]:
    """Places of which two scenario files of one chain say different things."""
    said: dict[Place, tuple[object, str]] = {}
    for file in reversed(files):
        for part in ("changes", "assume"):
            for place, value in list_leaves(file.data.get(part), ()):
                if place in said and said[place][0] != value:
                    text = f"{format_place(place)}: {said[place][1]} changes it too, and differently"
                    remedy = "keep it in one of the two files, or make it an open question"
                    yield Problem(file.name, file.find_line((part, *place)), text, remedy)
                said[place] = (value, file.name)


def list_assumed(chain: Chain) -> Iterator[str]:
    """What the scenario files of a chain assume, each as path=value, the topmost file last."""
    for file in reversed(find_scenario_changes(chain)):
        for place, value in list_leaves(file.data.get("assume"), ()):
            yield f"{format_place(place)}={json.dumps(value)}"


def list_leaves(data: object, place: Place) -> Iterator[tuple[Place, object]]:
    """Every value among the changes, with its place; a quantity is one value."""
    if isinstance(data, Mapping) and not is_assumption(data):
        for key, value in data.items():
            yield from list_leaves(value, (*place, key))
    elif place:
        yield place, data


def find_sibling(chain: Chain, name: str, seen: ErrorCollector) -> YamlFile | None:
    """The file of this name in the folder of the scenario, or else of the one it extends."""
    for file in chain:
        if (file.path.parent / name).exists():
            return seen.attempt(partial(read_yaml, file.path.parent / name), None)
    return None
