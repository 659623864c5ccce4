"""Doubts: which choices of ours decide much in a case, the largest first, and how much as it was measured."""

from collections.abc import Mapping
from pathlib import Path

from sim.errors import ErrorCollector
from sim.loading.extends import find_sibling, resolve_extends
from sim.loading.layered_data import layer_from_file
from sim.loading.validation import validate
from sim.schema.doubt import Doubt

DOUBTS = "doubts.yaml"


def read_doubts(path: Path) -> Mapping[str, Doubt]:
    """The doubts of a case, the largest first; none if it has no such file.

    Args:
        path: The scenario file; the doubts stand beside it, or beside the one it extends.

    Raises:
        ScenarioError: the file is not well written.
    """
    seen = ErrorCollector()
    file = find_sibling(resolve_extends(path), DOUBTS, seen)
    seen.stop_if_any()
    return {} if file is None else validate(dict[str, Doubt], file.data, layer_from_file(file))


def describe_largest_doubt(path: Path, lang: str) -> str:
    """The first of them as a sentence in a language, or in the first that there is; empty without one.

    Args:
        path: The scenario file.
        lang: The language.

    Raises:
        ScenarioError: the file is not well written.
    """
    for doubt in read_doubts(path).values():
        return doubt.said.get(lang) or next(iter(doubt.said.values()))
    return ""
