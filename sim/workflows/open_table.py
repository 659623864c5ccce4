"""Open table: is what was asked for a table of positions, a folder of GENIUS, or a scenario?"""

from pathlib import Path

from sim.errors import UsageError, display_path
from sim.loading.discovery import MAIN_FILES
from sim.loading.genius_files import GeniusDomain, read_genius
from sim.loading.tables.position_table import PositionTable
from sim.loading.tables.read_table import read_position_table
from sim.workflows.load_scenario import Case

TABLE_ENDINGS = frozenset({".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm"})
"""Endings of files that are taken for tables."""

TABLE_FILE = "table.csv"
"""The file of an imported table in its folder."""


def find_table(case: Case) -> PositionTable | None:
    """The table that was asked for; none if it is something else, such as a scenario.

    Args:
        case: A file or folder, or whatever names a scenario.

    Raises:
        ScenarioError: it is a file of a table's ending, but no such table.
        UsageError: there is no such file.
    """
    if not isinstance(case, str | Path):
        return None
    path = Path(case)
    if path.is_dir() and (path / TABLE_FILE).is_file():
        path = path / TABLE_FILE
    if path.suffix.lower() not in TABLE_ENDINGS or path.is_dir():
        return None
    if not path.exists():
        raise UsageError(f"there is no file {display_path(path)}")
    return read_position_table(path)


def find_profiles(case: Case) -> GeniusDomain | None:
    """The profiles of GENIUS in a folder that was asked for; none if it is something else.

    Raises:
        ScenarioError: there are XML files, but they are not what is needed.
    """
    if not isinstance(case, str | Path) or not Path(case).is_dir():
        return None
    folder = Path(case)
    if any((folder / name).exists() for name in (*MAIN_FILES, TABLE_FILE)) or not any(folder.glob("*.xml")):
        return None
    return read_genius([folder])
