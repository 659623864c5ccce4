"""Console reporter: what a workflow tells, on the terminal - the result on stdout, all else on stderr."""

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.cli.console import print_changed, print_error, print_json, print_note, print_result, print_table
from sim.cli.options import use_option_names
from sim.cli.progress import show_live_shares, show_progress
from sim.workflows.reporter import CountsCallback, ProgressCallback

if TYPE_CHECKING:
    from analysis.report.overview import Batch
    from sim.ensemble.results import Results
    from sim.schema.scenario import Scenario
    from sim.workflows.save_results import SavedResults


@dataclass(frozen=True)
class ConsoleReporter:
    """A reporter that writes to the terminal."""

    as_json: bool = False
    """True if the result is one JSON object."""
    quiet: bool = False
    """True if nothing but the result and mistakes is said."""

    def note(self, text: str) -> None:
        """Say something that is not the result."""
        print_note(use_option_names(text), quiet=self.quiet)

    def warn(self, text: str) -> None:
        """Say what went wrong, though something was kept."""
        print_error(f"zopa: {use_option_names(text)}")

    def show_progress(self) -> AbstractContextManager[ProgressCallback]:
        """A bar for each name."""
        return show_progress(quiet=self.quiet)

    def show_live_shares(
        self, outcomes: Mapping[str, str], agreements: Collection[str], views: Mapping[str, str]
    ) -> AbstractContextManager[tuple[ProgressCallback, CountsCallback]]:
        """Bars, and shares with intervals that hold at every look."""
        return show_live_shares(outcomes, agreements, views, quiet=self.quiet)

    def show_shares(self, results: "Results", scenarios: Mapping[str, "Scenario"]) -> None:
        """The table of shares."""
        from analysis.methods.late_outcomes import find_late_outcomes_of_all
        from analysis.methods.shares import compute_shares
        from sim.cli.shares_table import show_shares

        if not self.as_json:
            late = find_late_outcomes_of_all(scenarios, results.manifest.horizon_weeks)
            show_shares(results, compute_shares(results), late)

    def show_results(self, saved: "SavedResults") -> None:
        """What a change moves, what was agreed, and what must be known to read the table of shares."""
        from analysis.methods.late_outcomes import find_late_sequences_of_all
        from sim.cli.agreed_table import show_agreed
        from sim.cli.lesson import show_lesson
        from sim.cli.shares_table import show_notes, show_paired_change

        if self.as_json:
            print_json(saved.summary)
        else:
            show_paired_change(saved)
            horizon = saved.results.manifest.horizon_weeks
            show_agreed(saved.agreed, find_late_sequences_of_all(saved.scenarios, horizon))
            show_lesson(saved)
        show_notes(saved.results, saved.shares, quiet=self.quiet)

    def show_place(self, kind: str, place: str) -> None:
        """Where something was written."""
        if not self.as_json:
            print_result(f"{kind}: {place}")

    def show_overview(self, batch: "Batch", data: Mapping[str, Any]) -> None:
        """The table of all scenario files."""
        from analysis.figures import scenario_grid
        from analysis.methods.change_words import describe_changes

        if self.as_json:
            print_json(data)
        else:
            print_changed(describe_changes(batch.reference.manifest))
            print_table(scenario_grid.build_table(batch.build_grid()))
            self._show_changes(batch)

    def _show_changes(self, batch: "Batch") -> None:
        """What was set or answered moves in every scenario file."""
        from analysis.report.paired_change import build_batch_change_table, list_paired_change_notes

        if changes := batch.list_changes():
            print_table(build_batch_change_table(changes))
            for text in dict.fromkeys(text for made, one in changes for text in list_paired_change_notes(made, one)):
                print_result(text)
