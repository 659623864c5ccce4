"""Registry: what every figure offers, and all the figures that there are."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol, TypeVar

import plotly.graph_objects as go

from analysis.figures import (
    agreed_terms,
    agreement_differences,
    agreement_zone,
    attribution,
    attribution_pairs,
    bargaining_solutions,
    beliefs,
    contradiction_tornado,
    event_timeline,
    joint_worths,
    matching_share,
    off_menu,
    outcome_shares,
    parameter_sweep,
    preferences,
    scenario_differences,
    scenario_grid,
    scenario_outcomes,
    screened_quantities,
    sensitivity_indices,
    states_by_week,
    talks_funnel,
    varied_shares,
    view_differences,
    zone_shares,
)
from analysis.figures.figure_table import Table
from analysis.methods.agreed_terms import AgreedTerms
from analysis.methods.agreement_zone import AgreementZone
from analysis.methods.beliefs import Beliefs
from analysis.methods.contradiction_ranking import NamedRanking
from analysis.methods.event_timeline import Timeline
from analysis.methods.joint_worths import JointWorths
from analysis.methods.labelled_sensitivity import LabelledEffects, LabelledIndices
from analysis.methods.named_attribution import NamedAttribution
from analysis.methods.parameter_sweep import LabelledSweep
from analysis.methods.preferences import Preferences
from analysis.methods.scenario_differences import ComparedScenario, Comparison
from analysis.methods.scenario_grid import ScenarioGrid
from analysis.methods.shares import Shares
from analysis.methods.solved_pair import SolvedPair
from analysis.methods.states_by_week import StatesByWeek
from analysis.methods.talks_funnel import TalksFunnel
from analysis.methods.varied_shares import VariedShares
from analysis.methods.view_comparison import NamedPair

Shown = TypeVar("Shown", contravariant=True)
"""What a figure shows: the result of a method."""


class Figure(Protocol[Shown]):
    """What a module of this folder has if it is a figure; all texts are in the language in use."""

    def title(self) -> str:
        """Heading of the figure."""

    def how_to_read(self) -> str:
        """One or two sentences on its marks, axes and bands."""

    def draw_figure(self, shown: Shown, /) -> go.Figure:
        """The picture, readable without colour and on a narrow page."""

    def summary_text(self, shown: Shown, /) -> str:
        """What it shows in sentences; a screen reader says it instead of the picture."""

    def build_table(self, shown: Shown, /) -> Table:
        """Every number in it."""


class WideAndNarrow(Figure[Shown], Protocol[Shown]):
    """A figure that is another one on a narrow page."""

    def draw_figure(self, shown: Shown, /, *, narrow: bool = False) -> go.Figure:
        """The picture for a wide or for a narrow page."""


class Figures(NamedTuple):
    """All figures, each under the name of its module."""

    agreed_terms: Figure[Mapping[str, AgreedTerms]]
    agreement_differences: WideAndNarrow[Comparison]
    agreement_zone: Figure[AgreementZone]
    attribution: Figure[NamedAttribution]
    attribution_pairs: WideAndNarrow[Sequence[NamedAttribution]]
    bargaining_solutions: Figure[SolvedPair]
    beliefs: Figure[Beliefs]
    contradiction_tornado: Figure[NamedRanking]
    event_timeline: Figure[Timeline]
    joint_worths: Figure[JointWorths]
    matching_share: Figure[Shares]
    off_menu: Figure[Shares]
    outcome_shares: WideAndNarrow[Shares]
    parameter_sweep: WideAndNarrow[LabelledSweep]
    preferences: WideAndNarrow[Preferences]
    scenario_differences: Figure[ComparedScenario]
    scenario_grid: Figure[ScenarioGrid]
    scenario_outcomes: Figure[ScenarioGrid]
    screened_quantities: Figure[LabelledEffects]
    sensitivity_indices: Figure[LabelledIndices]
    states_by_week: Figure[StatesByWeek]
    talks_funnel: WideAndNarrow[Mapping[str, TalksFunnel]]
    varied_shares: Figure[VariedShares]
    view_differences: Figure[Sequence[NamedPair]]
    zone_shares: Figure[Mapping[str, AgreementZone]]


FIGURES = Figures(
    agreed_terms=agreed_terms,
    agreement_differences=agreement_differences,
    agreement_zone=agreement_zone,
    attribution=attribution,
    attribution_pairs=attribution_pairs,
    bargaining_solutions=bargaining_solutions,
    beliefs=beliefs,
    contradiction_tornado=contradiction_tornado,
    event_timeline=event_timeline,
    joint_worths=joint_worths,
    matching_share=matching_share,
    off_menu=off_menu,
    outcome_shares=outcome_shares,
    parameter_sweep=parameter_sweep,
    preferences=preferences,
    scenario_differences=scenario_differences,
    scenario_grid=scenario_grid,
    scenario_outcomes=scenario_outcomes,
    screened_quantities=screened_quantities,
    sensitivity_indices=sensitivity_indices,
    states_by_week=states_by_week,
    talks_funnel=talks_funnel,
    varied_shares=varied_shares,
    view_differences=view_differences,
    zone_shares=zone_shares,
)
"""Where pages take figures from."""


def find_section_key(figure: object) -> str:
    """Name of a figure in addresses of a page: that of its module, with hyphens, such as `agreement-zone`."""
    return next(name for name, one in FIGURES._asdict().items() if one is figure).replace("_", "-")
