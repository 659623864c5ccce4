"""Register: reads the list of what the texts of a case say, and all files that may use a row of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sim.errors import ErrorCollector
from sim.evidence.history import numbers_to_text, read_history, read_history_file
from sim.loading.case_evidence import read_case_evidence
from sim.loading.discovery import find_scenarios
from sim.loading.extends import Chain, merge_chain
from sim.loading.layered_data import layer_from_file
from sim.loading.resolve_questions import CONTRADICTIONS, read_contradictions
from sim.loading.strict_yaml import YamlFile, read_yaml
from sim.loading.validation import validate
from sim.schema.claim import Claim
from sim.schema.evidence_row import EvidenceRow, HistoricalEvent
from sim.schema.open_question import Contradiction
from sim.schema.source import Source
from sim.schema.source_view import SourceView

FOLDER = "entries"
VIEWS = "views"


@dataclass(frozen=True)
class EvidenceRegister:
    """The list of a case and everything that may use one of its rows."""

    lists: Mapping[str, YamlFile]
    """Files of the list, by kind."""
    rows: Mapping[str, Mapping[str, EvidenceRow]]
    """Rows by id, by kind."""
    sources: Mapping[str, Source]
    """Texts, by key."""
    claims: Mapping[str, Claim]
    """Our readings, by key."""
    claims_file: YamlFile | None
    """Where the claims stand."""
    contradictions: Mapping[str, Contradiction]
    """Contradictions, by key."""
    contradictions_file: YamlFile | None
    """Where the contradictions stand."""
    events: Mapping[str, HistoricalEvent]
    """The history, by id."""
    history_file: YamlFile | None
    """Where the history stands."""
    scenarios: tuple[YamlFile, ...]
    """The base and the scenario files."""
    view_files: Mapping[str, YamlFile]
    """Files of the source views, by name."""
    views: Mapping[str, SourceView]
    """The source views, by name."""
    base: dict[str, Any]
    """The base as plain data."""

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id of the list."""
        return tuple(key for rows in self.rows.values() for key in rows)

    @property
    def citing_files(self) -> tuple[YamlFile, ...]:
        """Files in which a claim may be used."""
        others = (self.contradictions_file, self.history_file)
        return (*self.scenarios, *self.view_files.values(), *(file for file in others if file is not None))


def read_register(chain: Chain) -> EvidenceRegister | None:
    """The list that stands beside a scenario; None if there is none."""
    seen = ErrorCollector()
    folder = chain[0].path.parent
    lists = _read_all(sorted((folder / FOLDER).glob("*.yaml")), seen)
    views = _read_all(sorted((folder / VIEWS).glob("*.yaml")), seen)
    history = read_history_file(folder, seen)
    grounds = read_case_evidence(chain, seen)
    listed = EvidenceRegister(
        lists=lists,
        rows={
            kind: seen.attempt(partial(_validate_rows, file), dict[str, EvidenceRow]()) for kind, file in lists.items()
        },
        sources=grounds.sources,
        claims=grounds.claims,
        claims_file=_read(folder / "claims.yaml", seen),
        contradictions=seen.attempt(lambda: read_contradictions(chain), dict[str, Contradiction]()),
        contradictions_file=_read(folder / CONTRADICTIONS, seen),
        events=seen.attempt(lambda: read_history(history), dict[str, HistoricalEvent]()),
        history_file=history,
        scenarios=tuple(_read_scenarios(chain, folder)),
        view_files=views,
        views={name: seen.attempt(partial(_validate_view, file), _NO_VIEW) for name, file in views.items()},
        base=merge_chain(chain[-1:]).data,
    )
    seen.stop_if_any()
    return listed if lists else None


_NO_VIEW = SourceView(view="", label="none", summary="none")


def _validate_view(file: YamlFile) -> SourceView:
    return validate(SourceView, file.data, layer_from_file(file))


def _validate_rows(file: YamlFile) -> dict[str, EvidenceRow]:
    return validate(dict[str, EvidenceRow], numbers_to_text(file.data), layer_from_file(file))


def _read_scenarios(chain: Chain, folder: Path) -> Collection[YamlFile]:
    """The files of the chain and the other scenario files of the folder that can be read, the base first."""
    paths, mistakes_of_neighbours = [file.path for file in reversed(chain)], ErrorCollector()
    paths += [found.path.absolute() for found in find_scenarios(folder)]
    return [file for path in dict.fromkeys(paths) if (file := _read(path, mistakes_of_neighbours)) is not None]


def _read_all(paths: Collection[Path], seen: ErrorCollector) -> dict[str, YamlFile]:
    return {path.stem: file for path in paths if (file := _read(path, seen)) is not None}


def _read(path: Path, seen: ErrorCollector) -> YamlFile | None:
    return seen.attempt(lambda: read_yaml(path), None) if path.exists() else None
