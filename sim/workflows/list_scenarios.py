"""List scenarios: which scenarios are there, and which source views has each?"""

from dataclasses import asdict, dataclass
from typing import Any

from sim.errors import ScenarioError
from sim.loading.discovery import ShadowedScenario, find_scenarios, find_shadowed
from sim.loading.loader import list_views
from sim.workflows.display import TableDisplay, TextTable, make_frame


@dataclass(frozen=True)
class ScenarioRow:
    """One scenario of the list."""

    scenario: str
    """Its name, as every workflow takes it."""
    title: str
    """Its title."""
    source_views: list[str]
    """Names of its source views; empty if it has none, or if they cannot be read."""
    shows: str
    """What it is there to show; empty if its own file does not say."""


@dataclass(frozen=True, repr=False)
class ScenarioList(TableDisplay):
    """All scenarios that can be asked for by a name."""

    rows: tuple[ScenarioRow, ...]
    """One for each, textbook cases last."""
    shadowed: tuple[ShadowedScenario, ...]
    """Names that two folders of scenarios know; the first one has them."""
    mistakes: tuple[str, ...]
    """What is wrong with source views that cannot be read."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {"scenarios": [asdict(row) for row in self.rows]}

    def to_frame(self) -> Any:
        """One row per scenario, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame(asdict(row) for row in self.rows)

    def build_text_table(self) -> TextTable:
        """Names, titles, source views, and what they show."""
        rows = tuple((row.scenario, row.title, ", ".join(row.source_views), row.shows) for row in self.rows)
        return TextTable((), ("scenario", "title", "source views", "shows"), rows, self.mistakes)


def list_scenarios() -> ScenarioList:
    """Every scenario in ZOPA_SCENARIOS, in folders here, in `./scenarios` and among those that come with zopa.

    Returns:
        The scenarios, textbook cases last.

    Raises:
        ScenarioError: ZOPA_SCENARIOS names something that is no folder.
    """
    rows, mistakes = [], []
    for found in find_scenarios():
        views: list[str] = []
        try:
            views = list_views(found.path)
        except ScenarioError as error:
            mistakes.append(str(error))
        rows.append(ScenarioRow(found.name, found.title, views, found.shows))
    return ScenarioList(tuple(rows), tuple(find_shadowed()), tuple(mistakes))
