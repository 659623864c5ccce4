"""Consents: whose consent does which package of the menu need? Read from the scenario, whatever is drawn."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.export.tables import list_menu_packages
from sim.narrative.names import join_words
from sim.narrative.week_view import WeekView
from sim.schema.scenario import Scenario
from sim.workflows.seat.wording import say


def must_consent(scenario: Scenario, key: str) -> bool:
    """Whether an actor is a third party whose consent some agreement needs.

    Args:
        scenario: The scenario.
        key: The actor.
    """
    player = scenario.actors[key].veto_player
    return player is not None and player.must_consent is not None


def list_consents(view: WeekView) -> Iterator[str]:
    """Sentences that say who must consent to what.

    Args:
        view: The run, in any week.
    """
    scenario, layout = view.scenario, view.layout
    needed = _find_needed(view)
    vetoes = [must_consent(scenario, key) for key in layout.parties]
    everywhere = [row for row, is_veto in enumerate(vetoes) if needed[row].all() and not is_veto]
    yield say("consent-always", who=join_words([scenario.actors[layout.parties[row]].label for row in everywhere]))
    for row, key in enumerate(layout.parties):
        if row not in everywhere and needed[row].any():
            who, many, count = scenario.actors[key].label, needed.shape[1], int(needed[row].sum())
            if count == many:
                yield say("consent-all", who=who, many=many)
            else:
                yield say("consent-some", who=who, many=many, count=count, when=_say_when(scenario, needed[row]))


def _find_needed(view: WeekView) -> NDArray[np.bool_]:
    """Whether the consent of a party is needed to a package: (parties, packages)."""
    found = view.engine.read_variable("party_package", "needed")[: len(view.layout.parties), :, 0]
    return np.asarray(found > 0.0)


def _say_when(scenario: Scenario, needed: NDArray[np.bool_]) -> str:
    """The answers to one question by which such packages can be told, if there is one."""
    packages = [options for _, _, options in list_menu_packages(scenario)]
    for name, issue in scenario.issues.items():
        asked = {options[name] for options, is_so in zip(packages, needed, strict=True) if is_so}
        free = {options[name] for options, is_so in zip(packages, needed, strict=True) if not is_so}
        if not asked & free:
            labels = [option.label for key, option in issue.options.items() if key in asked]
            return say("consent-when", issue=issue.label, options="; ".join(labels))
    return ""
