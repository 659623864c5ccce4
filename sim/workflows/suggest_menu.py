"""Suggest menu: which terms, besides the named ones, belong on the table of a scenario?"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.experiments import nash_menu
from sim.loading.loader import list_views, load_case


@dataclass(frozen=True)
class SuggestedMenu:
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

    def __str__(self) -> str:
        """The rows as they stand in a scenario file."""
        rows = [f"    - {row}" for row in self.nash]
        return "\n".join(["menu:", "  nash:" if rows else "  nash: []", *rows])


def suggest_menu(
    case: str | Path, *, draws: int = 1000, rows: int = 20, seed: int | None = None, changes: Sequence[str] = ()
) -> SuggestedMenu:
    """Terms that are most often the best Nash package in the widest view.

    Args:
        case: Name, file or folder of the scenario.
        draws: Draws over which the best terms are counted.
        rows: Rows at most.
        seed: Seed of the draws; the scenario's without one.
        changes: Values to set, each as path=value.

    Raises:
        ScenarioError: something in the scenario or in what was asked for does not fit.
    """
    view = next(iter(list_views(case)), None)
    loaded = load_case(case, view=view, changes=changes)
    chosen = loaded.scenario.defaults.seed if seed is None else seed
    found = nash_menu.suggest_menu(loaded.scenario, chosen, draws, rows)
    return SuggestedMenu(loaded.name, loaded.title, view, chosen, draws, tuple(found))
