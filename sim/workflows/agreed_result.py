"""Agreed result: what was agreed and when, as a table at a prompt, rows for more, and a figure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from analysis.figures import agreed_terms
from analysis.figures.agreed_terms import name_issue
from analysis.methods.agreed_terms import AgreedTerms
from sim.i18n.messages import message
from sim.workflows.display import TableDisplay, TextTable, make_frame


@dataclass(frozen=True)
class AgreedRow:
    """One answer to one question under one source view."""

    view: str
    """Name of the source view."""
    issue: str
    """Key of the issue; `sequence` for the order of steps."""
    issue_label: str
    """The issue for readers."""
    option: str
    """Key of the answer."""
    label: str
    """The answer for readers."""
    runs: int
    """Runs in which it is agreed and in force."""
    of: int
    """Runs with an agreement in force."""
    share: float
    """Share of these, from 0 to 1."""
    low: float
    """Lower end of its interval, which is about the limited number of runs only."""
    high: float
    """Upper end."""


@dataclass(frozen=True, repr=False)
class AgreedResult(TableDisplay):
    """What was agreed, among agreements in force at the horizon."""

    views: Mapping[str, AgreedTerms]
    """What was agreed and when, by source view."""

    def build_table(self) -> list[AgreedRow]:
        """One row per source view, issue and answer; none for views without an agreement in force."""
        return [
            AgreedRow(
                *(name, key, name_issue(key, issue), option, one.label, one.runs, view.in_force),
                *(one.share.share, one.share.low, one.share.high),
            )
            for name, view in self.views.items()
            for key, issue in view.issues.items()
            for option, one in issue.options.items()
        ]

    def to_frame(self) -> Any:
        """The rows of `build_table` as a pandas data frame; pandas is no part of zopa: `pip install pandas`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        return make_frame((asdict(row) for row in self.build_table()), [one.name for one in fields(AgreedRow)])

    def figure(self) -> Any:
        """Answers as bars by issue and source view, below the weeks; a Plotly figure."""
        return agreed_terms.draw_figure(self.views)

    def build_text_table(self) -> TextTable:
        """Agreements, weeks, and the share of every answer."""
        table = agreed_terms.build_table(self.views)
        return TextTable((message("api.caution"), table.caption), table.head, table.rows)
