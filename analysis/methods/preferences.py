"""Preferences: what is each option of each issue worth to each actor, and how much does the issue weigh?

Read aloud
    Read straight from the scenario, as one source view sets it: the worth of every option from 0 to 1, and the mean
    share of the issue in the worth of an agreement. No arithmetic is done here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sim.schema.scenario import Scenario


@dataclass(frozen=True)
class OptionWorth:
    """One answer to the question of an issue."""

    label: str
    """Name for readers."""
    holds_while_open: bool
    """True for the option that holds while the issue is open."""
    worth: Mapping[str, float]
    """Worth by actor, from 0 to 1."""


@dataclass(frozen=True)
class IssueWorth:
    """One issue."""

    label: str
    """Name for readers."""
    asks: str
    """The question."""
    weights: Mapping[str, float]
    """Mean share of the issue in the worth of an agreement, by actor."""
    options: tuple[OptionWorth, ...]
    """Answers, from best for the second side to best for the first."""


@dataclass(frozen=True)
class Preferences:
    """All issues, as the actors with interests value them."""

    view_label: str
    """Name of the source view for readers; empty for the scenario's own numbers."""
    actors: Mapping[str, str]
    """Keys and labels of the actors with interests, in file order."""
    issues: tuple[IssueWorth, ...]
    """Issues, in file order."""

    def has_same_worths(self, other: "Preferences") -> bool:
        """True if options are worth the same to the same actors, so that only weights can differ."""
        ours, theirs = ([[option.worth for option in issue.options] for issue in one.issues] for one in (self, other))
        return dict(self.actors) == dict(other.actors) and ours == theirs


def read_preferences(scenario: Scenario, view_label: str = "") -> Preferences:
    """What the actors of a scenario want; `view` names the source view for readers."""
    weights = {key: actor.interests.weights.shares for key, actor in scenario.actors.items() if actor.interests}
    issues = tuple(
        IssueWorth(
            label=issue.label,
            asks=issue.asks,
            weights={actor: shares.get(name, 0.0) for actor, shares in weights.items()},
            options=tuple(
                OptionWorth(
                    label=option.label,
                    holds_while_open=key == issue.unresolved,
                    worth={actor: option.worth[actor] for actor in weights},
                )
                for key, option in issue.options.items()
            ),
        )
        for name, issue in scenario.issues.items()
    )
    return Preferences(view_label, {key: scenario.actors[key].label for key in weights}, issues)
