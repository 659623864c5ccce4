"""Reporter: whom a workflow tells how far it is, and shows what it has found.

A workflow prints nothing. The command line, a notebook and a page each bring a reporter of their own; the default one
keeps silent.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from analysis.report.overview import Batch
    from sim.ensemble.results import Results
    from sim.schema.scenario import Scenario
    from sim.workflows.save_results import SavedResults

ProgressCallback = Callable[[str, int, int], None] | None
"""Called with a name, what is done and what is wanted; none if nobody looks."""

CountsCallback = Callable[[str, "NDArray[np.int64]"], None] | None
"""Called with a source view and its matching runs so far by week and outcome; none if nobody looks."""


class Reporter(Protocol):
    """Whom a workflow tells what happens."""

    def note(self, text: str) -> None:
        """Say something that is not the result."""

    def warn(self, text: str) -> None:
        """Say what went wrong, though something was kept."""

    def show_progress(self) -> AbstractContextManager[ProgressCallback]:
        """Show how far something is while it goes on."""

    def show_live_shares(
        self, outcomes: Mapping[str, str], agreements: Collection[str], views: Mapping[str, str]
    ) -> AbstractContextManager[tuple[ProgressCallback, CountsCallback]]:
        """Show shares while runs come in: labels of outcomes, keys of agreements, labels of source views."""

    def show_shares(self, results: "Results", scenarios: Mapping[str, "Scenario"]) -> None:
        """Show the shares of a scenario as soon as its runs are played; the scenario as each source view sees it."""

    def show_results(self, saved: "SavedResults") -> None:
        """Show what else was found as soon as the runs are kept."""

    def show_place(self, kind: str, place: str) -> None:
        """Say where something was written: its kind, such as `Report`, and the path."""

    def show_overview(self, batch: "Batch", data: Mapping[str, Any]) -> None:
        """Show a batch of scenario files side by side; `data` holds the same for machines."""


class SilentReporter:
    """A reporter that says nothing."""

    def note(self, text: str) -> None:
        """Say nothing."""

    def warn(self, text: str) -> None:
        """Say nothing."""

    @contextmanager
    def show_progress(self) -> Iterator[ProgressCallback]:
        """Show nothing."""
        yield None

    @contextmanager
    def show_live_shares(
        self, outcomes: Mapping[str, str], agreements: Collection[str], views: Mapping[str, str]
    ) -> Iterator[tuple[ProgressCallback, CountsCallback]]:
        """Show nothing."""
        yield None, None

    def show_shares(self, results: "Results", scenarios: Mapping[str, "Scenario"]) -> None:
        """Show nothing."""

    def show_results(self, saved: "SavedResults") -> None:
        """Show nothing."""

    def show_place(self, kind: str, place: str) -> None:
        """Show nothing."""

    def show_overview(self, batch: "Batch", data: Mapping[str, Any]) -> None:
        """Show nothing."""


SILENT = SilentReporter()
"""The reporter of those who look at results only."""
