"""Typical stories: the typical run of each frequent outcome, as a picture and narrated week by week."""

from dataclasses import dataclass

from analysis.figures import event_timeline
from analysis.figures.number_text import format_list, format_share
from analysis.figures.registry import FIGURES
from analysis.methods.event_timeline import Timeline
from analysis.methods.typical_runs import TypicalRun
from analysis.report.section import Collapsible, Panel, Section
from sim.i18n.messages import format_number, message


@dataclass(frozen=True)
class TypicalStory:
    """A typical run that was played again and narrated."""

    run: TypicalRun
    """Which run it is, and of what."""
    timeline: Timeline
    """Its events, for the picture."""
    weeks: tuple[tuple[str, tuple[str, ...]], ...]
    """The weeks of its turning points, each with a heading and the sentences of the week."""


def build_stories_sections(
    case: str, stories: tuple[TypicalStory, ...], omitted_outcomes: tuple[str, ...]
) -> list[Section]:
    """The section, if any run is narrated."""
    if not stories:
        return []
    first = stories[0].run
    whole = message("report.story-whole", case=case, run=first.run, view=first.view)
    said = [message("report.stories-said"), message("report.stories-how"), whole, FIGURES.event_timeline.how_to_read()]
    said += (
        [message("report.stories-omitted", outcomes=format_list(list(omitted_outcomes)))] if omitted_outcomes else []
    )
    return [
        Section(
            "stories",
            message("report.stories"),
            tuple(said),
            collapsibles=tuple(_build_collapsible(one) for one in stories),
        )
    ]


def _build_collapsible(story: TypicalStory) -> Collapsible:
    run = story.run
    share = format_share(run.share.share)
    title = message("report.story", outcome=run.outcome_label, view=run.label, run=format_number(run.run))
    return Collapsible(
        title=title,
        sentences=(message("report.story-of", runs=format_number(run.runs), share=share, view=run.label),),
        parts=story.weeks,
        panels=(_build_panel(story.timeline),),
    )


def _build_panel(timeline: Timeline) -> Panel:
    """The picture; how often each event is drawn is said to those who do not see it."""
    figure = FIGURES.event_timeline
    below = event_timeline.describe_states(timeline) if timeline.events else None
    return Panel(figure.draw_figure(timeline), figure.summary_text(timeline), caption=below)
