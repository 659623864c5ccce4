"""Stored results: which folder of results is meant."""

from pathlib import Path

from sim.errors import ScenarioError
from sim.loading.discovery import derive_name, find_default_case, find_scenario
from sim.storage.results_folder import find_latest

LATEST = "latest"
"""Stands for the newest results of a case."""


def find_results(folder: str | Path = LATEST, case: str | None = None, out: Path = Path("outputs")) -> Path:
    """The folder of results that is meant.

    Args:
        folder: The folder itself, or `latest` for the newest of a case.
        case: Name, file or folder of the scenario; the default case if left out.
        out: Folder in which results are kept.

    Raises:
        ResultsError: there are none.
    """
    if folder != LATEST:
        return Path(folder)
    name = case or find_default_case()
    try:
        name = derive_name(find_scenario(name))
    except ScenarioError:
        if case is None:
            raise
    return find_latest(name, out)
