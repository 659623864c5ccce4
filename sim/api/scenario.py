"""Loaded: a scenario at a Python prompt, which shows in a few lines who takes part and over what."""

from dataclasses import dataclass

from sim.api.text_table import TextTable, format_html, format_text
from sim.i18n.messages import get_language, message
from sim.loading.translations import translate_case
from sim.schema.loaded_case import LoadedCase
from sim.schema.scenario import Scenario


@dataclass(frozen=True, repr=False)
class LoadedScenario:
    """A scenario, checked, through one source view or as it is written."""

    case: LoadedCase
    """The scenario with its view, its claims and its sources."""
    views: tuple[str, ...]
    """Source views that it has."""
    changes: tuple[str, ...]
    """Values that were set, each as path=value."""
    answers: tuple[str, ...]
    """Answers that were given, each as name=answer."""

    @property
    def scenario(self) -> Scenario:
        """The nouns: actors, issues, levers and all the rest, with a reason for every number."""
        return self.case.scenario

    @property
    def views_asked(self) -> tuple[str, ...]:
        """The source view through which it was loaded, if there is one."""
        return (self.case.view.view,) if self.case.view else ()

    def __repr__(self) -> str:
        return format_text(self._build_text_table())

    def _repr_html_(self) -> str:
        return format_html(self._build_text_table())

    def _build_text_table(self) -> TextTable:
        case, _ = translate_case(self.case, get_language())
        s = case.scenario
        parts = {
            "actors": [actor.label for actor in s.actors.values()],
            "issues": [issue.label for issue in s.issues.values()],
            "levers": [lever.label for lever in s.levers.values()],
            "sequences": [sequence.label for sequence in s.sequences.values()],
            "outcomes": [outcome.label for outcome in s.outcomes.values()],
            "views": list(self.views),
            "changes": [*self.changes, *self.answers],
        }
        rows = tuple((message(f"api.{name}"), "; ".join(found)) for name, found in parts.items() if found)
        view = case.view.label if case.view else message("api.as-written")
        return TextTable(
            before=(f"{s.title} ({case.name}): {s.question}",),
            head=(message("api.view"), view),
            rows=rows,
        )
