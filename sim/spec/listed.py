"""Listed: reads the list of what the texts of a case say, and all files that may use a row of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sim.evidence.claim import Claim
from sim.evidence.entry import Entry, Event
from sim.evidence.source import Source
from sim.spec.chain import Chain, merged
from sim.spec.complaint import checked
from sim.spec.draft import drafted
from sim.spec.find import find_scenarios
from sim.spec.grounds import grounds_of
from sim.spec.lens import Lens
from sim.spec.mistake import Collector
from sim.spec.switch import Contradiction
from sim.spec.switching import CONTRADICTIONS, contradictions_of
from sim.spec.yaml_file import YamlFile, read_yaml

FOLDER, HISTORY = "entries", "history.yaml"
VIEWS = "lenses"


@dataclass(frozen=True)
class Listed:
    """The list of a case and everything that may use one of its rows."""

    lists: Mapping[str, YamlFile]
    """Files of the list, by kind."""
    rows: Mapping[str, Mapping[str, Entry]]
    """Rows by id, by kind."""
    sources: Mapping[str, Source]
    """Texts, by key."""
    claims: Mapping[str, Claim]
    """Our readings, by key."""
    claims_file: YamlFile | None
    """Where the claims stand."""
    sides: Mapping[str, Contradiction]
    """Contradictions, by key."""
    sides_file: YamlFile | None
    """Where the contradictions stand."""
    events: Mapping[str, Event]
    """The history, by id."""
    history_file: YamlFile | None
    """Where the history stands."""
    scenarios: tuple[YamlFile, ...]
    """The base and the scenario files."""
    views: Mapping[str, YamlFile]
    """Files of the source views, by name."""
    lenses: Mapping[str, Lens]
    """The source views, by name."""
    base: dict[str, Any]
    """The base as plain data."""

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id of the list."""
        return tuple(key for rows in self.rows.values() for key in rows)

    @property
    def using(self) -> tuple[YamlFile, ...]:
        """Files in which a claim may be used."""
        others = (self.sides_file, self.history_file)
        return (*self.scenarios, *self.views.values(), *(file for file in others if file is not None))


def read_list(chain: Chain) -> Listed | None:
    """The list that stands beside a scenario; None if there is none."""
    seen = Collector()
    folder = chain[0].path.parent
    lists = _read_all(sorted((folder / FOLDER).glob("*.yaml")), seen)
    views = _read_all(sorted((folder / VIEWS).glob("*.yaml")), seen)
    history = _read(folder / HISTORY, seen)
    grounds = grounds_of(chain, seen)
    listed = Listed(
        lists=lists,
        rows={kind: seen.attempt(partial(_rows, file), dict[str, Entry]()) for kind, file in lists.items()},
        sources=grounds.sources,
        claims=grounds.claims,
        claims_file=_read(folder / "claims.yaml", seen),
        sides=seen.attempt(lambda: contradictions_of(chain), dict[str, Contradiction]()),
        sides_file=_read(folder / CONTRADICTIONS, seen),
        events=seen.attempt(lambda: read_history(history), dict[str, Event]()),
        history_file=history,
        scenarios=tuple(_scenarios(chain, folder, seen)),
        views=views,
        lenses={name: seen.attempt(partial(_lens, file), _NO_LENS) for name, file in views.items()},
        base=merged(chain[-1:]).data,
    )
    seen.stop_if_any()
    return listed if lists else None


def read_history(file: YamlFile | None) -> dict[str, Event]:
    """The dated events of a case, by id."""
    return {} if file is None else checked(dict[str, Event], _with_text(file.data), drafted(file))


_NO_LENS = Lens(lens="", label="", in_a_sentence="")


def _lens(file: YamlFile) -> Lens:
    return checked(Lens, file.data, drafted(file))


def _rows(file: YamlFile) -> dict[str, Entry]:
    return checked(dict[str, Entry], _with_text(file.data), drafted(file))


def _scenarios(chain: Chain, folder: Path, seen: Collector) -> Collection[YamlFile]:
    """The files of the chain and the other scenario files of the folder, the base first."""
    paths = [*(file.path for file in reversed(chain)), *(found.path.absolute() for found in find_scenarios(folder))]
    return [file for path in dict.fromkeys(paths) if (file := _read(path, seen)) is not None]


def _read_all(paths: Collection[Path], seen: Collector) -> dict[str, YamlFile]:
    return {path.stem: file for path in paths if (file := _read(path, seen)) is not None}


def _read(path: Path, seen: Collector) -> YamlFile | None:
    return seen.attempt(lambda: read_yaml(path), None) if path.exists() else None


def _with_text(data: Any) -> Any:
    """The data, with a bare number under `at` or `date` (a paragraph, a year) taken as text."""
    if isinstance(data, list):
        return [_with_text(one) for one in data]
    if not isinstance(data, dict):
        return data
    return {
        key: str(value) if key in ("at", "date") and type(value) is int else _with_text(value)
        for key, value in data.items()
    }
