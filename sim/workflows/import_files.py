"""Import: what other programs wrote becomes a scenario, or a table for baselines and solve."""

import io
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.errors import OptionError, UsageError, display_path, require_known
from sim.export.csv_file import make_csv_writer
from sim.i18n.messages import message, use_language
from sim.loading.genius_files import GeniusDomain, read_genius
from sim.loading.tables.formula_guard import guard_text
from sim.loading.tables.position_table import PositionTable
from sim.loading.tables.read_table import read_position_table
from sim.workflows.arguments import OneOrMany, check_language
from sim.workflows.display import TextDisplay, make_frame
from sim.workflows.genius_scenario import build_genius_scenario, list_invented, make_keys
from sim.workflows.new_case.case_folder import find_free_folder, unfinished_folder, write_case
from sim.workflows.new_case.scenario_writer import format_scenario
from sim.workflows.open_table import TABLE_FILE

KINDS = ("genius", "table")
"""What can be imported."""

HEAD = """\
{title}

Made by `zopa import genius` from profiles of GENIUS. Issues, options, worths and weights stand in the files. Every
quantity whose reason begins with "invented" had to be made up; replace them before you believe what a run says."""

COLUMNS = ("issue", "actor", "position", "salience", "power", "low", "high", "outcome")
"""Columns of an imported table."""


@dataclass(frozen=True, repr=False)
class ImportedFiles(TextDisplay):
    """What was made of files of another program."""

    kind: str
    """`genius` or `table`."""
    folder: Path
    """The new folder, as other commands take it."""
    path: Path
    """The file in it."""
    notes: tuple[str, ...]
    """What was recognised, assumed and left out, each as a sentence."""
    assumed: tuple[str, ...]
    """Places of quantities that had to be invented; none for a table."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            "kind": self.kind,
            "folder": display_path(self.folder),
            "file": display_path(self.path),
            "notes": list(self.notes),
            "assumed": list(self.assumed),
        }

    def to_frame(self) -> Any:
        """One row per note and per invented quantity, as a pandas data frame; `pip install pandas` first.

        Raises:
            MissingPartError: pandas is not installed.
        """
        rows = [("note", note) for note in self.notes] + [("assumed", place) for place in self.assumed]
        return make_frame(({"kind": kind, "text": text} for kind, text in rows), ("kind", "text"))

    def __str__(self) -> str:
        return "\n".join([display_path(self.path), *self.notes, *(f"assumed: {place}" for place in self.assumed)])


def import_files(
    kind: str, files: OneOrMany | Path, *, name: str | None = None, folder: str | Path = ".", lang: str = "en"
) -> ImportedFiles:
    """Import what people have: profiles of GENIUS as a scenario, or a table of positions.

    Args:
        kind: `genius` for XML profiles with or without their domain; `table` for CSV, TSV or XLSX.
        files: A folder or files; one file for a table.
        name: Name of the new folder; taken from the files if left out.
        folder: Folder in which the new one is made.
        lang: Language of the notes, such as en or de.

    Returns:
        Where it is, what was recognised, and what had to be assumed.

    Raises:
        ScenarioError: a file is not what was said, is damaged, or holds what is not supported.
        UsageError: the name is taken, or there is no such kind.
        MissingPartError: it is a workbook, and the library that reads them is not installed.
    """
    require_known(kind, KINDS, "kind of import")
    check_language(lang)
    paths = [Path(one) for one in ([files] if isinstance(files, str | Path) else files)]
    for path in paths:
        if not path.exists():
            raise UsageError(f"there is no file or folder {display_path(path)}")
    with use_language(lang):
        if kind == "genius":
            return _import_genius(read_genius(paths), name, Path(folder))
        if len(paths) != 1 or paths[0].is_dir():
            raise OptionError("files", "must be one file, where a table is imported")
        return _import_table(read_position_table(paths[0]), name, Path(folder))


def _import_genius(domain: GeniusDomain, name: str | None, parent: Path) -> ImportedFiles:
    """Write the scenario of a domain."""
    place = find_free_folder(name or make_keys([domain.name])[0], parent)
    data = build_genius_scenario(domain)
    path = write_case(place, format_scenario(data, HEAD.format(title=data["title"])))
    sides, others = domain.profiles[:2], domain.profiles[2:]
    notes = [*domain.notes, message("genius.sides", first=sides[0].name, second=sides[1].name)]
    notes += [message("genius.giving-in")]
    notes += [message("genius.consents", names=", ".join(one.name for one in others))] if others else []
    return ImportedFiles("genius", place, path, tuple(notes), tuple(list_invented(data)))


def _import_table(table: PositionTable, name: str | None, parent: Path) -> ImportedFiles:
    """Write a table in the one form that every command knows."""
    place = find_free_folder(name or make_keys([table.name])[0], parent)
    with unfinished_folder(place) as making:
        (making / TABLE_FILE).write_text(_format_table(table), encoding="utf-8", newline="\n")
        read_position_table(making / TABLE_FILE)
        os.rename(making, place)
    said = message("tables.case", actors=len(table.actors), issues=len(table.issues), folder=display_path(place))
    return ImportedFiles("table", place, place / TABLE_FILE, (*table.notes, said), ())


def _format_table(table: PositionTable) -> str:
    """One row an actor and issue; what is missing is empty."""
    text = io.StringIO()
    writer = make_csv_writer(text)
    writer.writerow(COLUMNS)
    outcomes = table.outcomes if table.outcomes is not None else [float("nan")] * len(table.issues)
    for issue, label in enumerate(table.issues):
        ends = (table.low[issue], table.high[issue], outcomes[issue])
        for actor, who in enumerate(table.actors):
            parts = (part[actor, issue] for part in (table.positions, table.salience, table.power))
            writer.writerow([guard_text(label), guard_text(who), *_list_cells([*parts, *ends])])
    return text.getvalue()


def _list_cells(numbers: Iterable[float]) -> list[str]:
    return ["" if number != number else repr(float(number)) for number in numbers]
