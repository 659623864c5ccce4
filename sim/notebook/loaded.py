"""Loaded: a scenario at a Python prompt, which shows in a few lines who takes part and over what."""

from dataclasses import dataclass

from sim.language.tongue import language, say
from sim.notebook.page import Grid, html_of, text_of
from sim.spec.case import Case
from sim.spec.scenario import Scenario
from sim.spec.texts import case_in


@dataclass(frozen=True, repr=False)
class LoadedScenario:
    """A scenario, checked, through one source view or as it is written."""

    case: Case
    """The scenario with its view, its claims and its sources."""
    views: tuple[str, ...]
    """Source views that it has."""
    changes: tuple[str, ...]
    """Values that were set, each as path=value."""
    switches: tuple[str, ...]
    """Answers that were given, each as name=answer."""

    @property
    def scenario(self) -> Scenario:
        """The nouns: actors, issues, levers and all the rest, with a reason for every number."""
        return self.case.scenario

    @property
    def lenses_asked(self) -> tuple[str, ...]:
        """The source view through which it was loaded, if there is one."""
        return (self.case.lens.lens,) if self.case.lens else ()

    def __repr__(self) -> str:
        return text_of(self._grid())

    def _repr_html_(self) -> str:
        return html_of(self._grid())

    def _grid(self) -> Grid:
        case, _ = case_in(self.case, language())
        s = case.scenario
        parts = {
            "actors": [actor.label for actor in s.actors.values()],
            "issues": [issue.label for issue in s.issues.values()],
            "levers": [lever.label for lever in s.levers.values()],
            "paths": [path.label for path in s.paths.values()],
            "outcomes": [outcome.label for outcome in s.outcomes.values()],
            "views": list(self.views),
            "changes": [*self.changes, *self.switches],
        }
        rows = tuple((say(f"notebook.{name}"), "; ".join(found)) for name, found in parts.items() if found)
        view = case.lens.label if case.lens else say("notebook.as-written")
        return Grid(
            before=(f"{s.title} ({case.name}): {s.question}",),
            head=(say("notebook.view"), view),
            rows=rows,
        )
