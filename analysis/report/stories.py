"""Stories: the typical run of each frequent outcome, as a picture and told week by week."""

from dataclasses import dataclass

from analysis.figures import event_tracks
from analysis.figures.words import listed, percent
from analysis.questions.medoid import Typical
from analysis.questions.tracks import Tracks
from analysis.report.section import Folded, Panel, Section
from sim.language.tongue import number, say


@dataclass(frozen=True)
class Told:
    """A typical run that was played again and told."""

    typical: Typical
    """Which run it is, and of what."""
    tracks: Tracks
    """Its events, for the picture."""
    weeks: tuple[tuple[str, tuple[str, ...]], ...]
    """Its weeks, each with a heading and the sentences of the week."""


def stories(told: tuple[Told, ...], not_told: tuple[str, ...]) -> list[Section]:
    """The section, if any run is told."""
    if not told:
        return []
    said = [say("report.stories-said"), say("report.stories-how"), event_tracks.how()]
    said += [say("report.stories-left-out", outcomes=listed(list(not_told)))] if not_told else []
    return [Section("stories", say("report.stories"), tuple(said), folded=tuple(_folded(one) for one in told))]


def _folded(told: Told) -> Folded:
    run = told.typical
    share = percent(run.share.share)
    title = say("report.story", outcome=run.outcome_label, view=run.label, run=number(run.run))
    return Folded(
        title=title,
        sentences=(say("report.story-of", runs=number(run.runs), share=share, view=run.label),),
        parts=told.weeks,
        panels=(Panel(event_tracks.figure(told.tracks), event_tracks.in_words(told.tracks)),),
    )
