"""Suggest menu: which terms, besides the named ones, belong on the table of a scenario?"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.experiments import nash_menu
from sim.loading.discovery import find_default_case
from sim.loading.loader import list_views, load_case
from sim.workflows.arguments import OneOrMany, check_range, list_words, parse_seed
from sim.workflows.display import TextDisplay, make_frame


@dataclass(frozen=True, repr=False)
class SuggestedMenu(TextDisplay):
    """Rows for `menu.nash`."""

    scenario: str
    """Name of the scenario."""
    title: str
    """Its title."""
    view: str | None
    """Source view over whose spreads terms were counted; none for the scenario as it is written."""
    seed: int
    """Seed of the draws."""
    draws: int
    """Number of draws."""
    nash: tuple[str, ...]
    """Terms as option keys in the order of the issues, those most often best first."""

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            "scenario": self.scenario,
            "view": self.view,
            "seed": self.seed,
            "draws": self.draws,
            "nash": list(self.nash),
        }

    def to_frame(self) -> Any:
        """One row per package, as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame(({"terms": row} for row in self.nash), ("terms",))

    def __str__(self) -> str:
        """The rows as they stand in a scenario file."""
        rows = [f"    - {row}" for row in self.nash]
        return "\n".join(["menu:", "  nash:" if rows else "  nash: []", *rows])


def suggest_menu(
    case: str | Path | None = None,
    *,
    draws: int = 1000,
    rows: int = 20,
    seed: int | str | None = None,
    changes: OneOrMany = (),
) -> SuggestedMenu:
    """Terms that are most often the best Nash package in the widest view.

    Args:
        case: Name, file or folder of the scenario; the default case if left out.
        draws: Draws over which the best terms are counted, 1 to 1,000,000.
        rows: Rows at most, 1 to 1,000.
        seed: Seed of the draws, or `random`; the scenario's if left out.
        changes: Values to set, each as path=value.

    Returns:
        The rows; `print` shows them as they stand in a scenario file.

    Raises:
        ScenarioError: something in the scenario or in what was asked for does not fit.
        UsageError: an argument is out of its bounds.
    """
    check_range("draws", draws, 1, 1_000_000)
    check_range("rows", rows, 1, 1000)
    asked, case = parse_seed(seed), find_default_case() if case is None else case
    view = next(iter(list_views(case)), None)
    loaded = load_case(case, view=view, changes=list_words(changes))
    chosen = loaded.scenario.defaults.seed if asked is None else asked
    found = nash_menu.suggest_menu(loaded.scenario, chosen, draws, rows)
    return SuggestedMenu(loaded.name, loaded.title, view, chosen, draws, tuple(found))
