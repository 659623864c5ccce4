"""Chain: a scenario file and those it extends, and what they come to when laid over one another.

Read aloud
    A file that extends another lays itself over it. One with `changes` is a scenario file: it says why, it changes
    what is done, dated or possible, and its changes hold from week 1; before that, the file it extends is played.
    Of two scenario files in one chain, neither takes back what the other says.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from sim.spec.case import Variation
from sim.spec.complaint import checked
from sim.spec.draft import Draft, Layer, drafted, is_believed
from sim.spec.merge import changed
from sim.spec.mistake import Collector, Mistake, Place, ScenarioError, shown, spelled, stop
from sim.spec.yaml_file import YamlFile, read_yaml

Chain = Sequence[YamlFile]
"""A file, the one it extends, and so on."""


def chain_of(path: Path) -> list[YamlFile]:
    """The file and those it extends, one after the other."""
    chain = [read_yaml(path)]
    while isinstance(base := chain[-1].data.get("extends"), str):
        file = chain[-1]
        following = file.path.parent / (base if Path(base).suffix else f"{base}.yaml")
        try:
            chain.append(read_yaml(following))
        except ScenarioError as error:
            if following.exists():
                raise
            remedy = error.mistakes[0].remedy
            raise stop(file.name, file.line(("extends",)), f"extends: no file {shown(following)}", remedy) from None
        resolved = [one.path.resolve() for one in chain]
        if len(set(resolved)) < len(resolved):
            circle = " → ".join(one.path.name for one in chain)
            raise stop(file.name, file.line(("extends",)), f"extends: goes round in a circle: {circle}", "break it")
    return chain


def is_variation(file: YamlFile) -> bool:
    """True for a scenario file, which changes what another file says and gives a reason."""
    return "extends" in file.data and bool({"changes", "because", "assumed", "switches"} & set(file.data))


def variations(chain: Chain) -> list[YamlFile]:
    """The scenario files at the top of a chain, whose changes hold from week 1."""
    found: list[YamlFile] = []
    for file in chain:
        if not is_variation(file):
            break
        found.append(file)
    return found


def merged(chain: Chain) -> Draft:
    """All files of a chain, laid over one another."""
    seen = Collector()
    draft = drafted(chain[-1])
    for file in reversed(chain[:-1]):
        draft = seen.attempt(partial(_extended, draft, file), draft)
    seen.mistakes += _taken_back(variations(chain))
    seen.stop_if_any()
    return draft


def variation_of(file: YamlFile) -> Variation:
    """A scenario file, checked."""
    return checked(Variation, file.data, drafted(file))


def _extended(draft: Draft, file: YamlFile) -> Draft:
    """What a file makes of the one it extends."""
    own = {key: value for key, value in file.data.items() if key != "extends"}
    if not is_variation(file):
        return changed(draft, file, own)
    draft = changed(draft, file, variation_of(file).changes, ("changes",), only_done=True)
    for key in ("title", "question"):
        if own.get(key):
            layer = Layer(file.name, {(key,): file.line((key,))})
            draft = Draft(draft.data | {key: own[key]}, (*draft.layers, layer))
    return draft


def _taken_back(files: Sequence[YamlFile]) -> Iterator[Mistake]:
    """Places of which two scenario files of one chain say different things."""
    said: dict[Place, tuple[object, str]] = {}
    for file in reversed(files):
        for place, value in _leaves(file.data.get("changes"), ()):
            if place in said and said[place][0] != value:
                text = f"{spelled(place)}: {said[place][1]} changes it too, and differently"
                remedy = "keep it in one of the two files, or make it a switch"
                yield Mistake(file.name, file.line(("changes", *place)), text, remedy)
            said[place] = (value, file.name)


def _leaves(data: object, place: Place) -> Iterator[tuple[Place, object]]:
    """Every value among the changes, with its place; a quantity is one value."""
    if isinstance(data, Mapping) and not is_believed(data):
        for key, value in data.items():
            yield from _leaves(value, (*place, key))
    elif place:
        yield place, data


def beside(chain: Chain, name: str, seen: Collector) -> YamlFile | None:
    """The file of this name in the folder of the scenario, or else of the one it extends."""
    for file in chain:
        if (file.path.parent / name).exists():
            return seen.attempt(partial(read_yaml, file.path.parent / name), None)
    return None
