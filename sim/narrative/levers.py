"""Levers, narrated: ultimatums that lapse, effects that begin and end, and who complies or does not."""

from collections.abc import Iterator

from sim.i18n.messages import format_percent
from sim.narrative.story import Event
from sim.narrative.week_view import WeekView, Words
from sim.schema.lever import Lever


def narrate_levers(week_view: WeekView) -> Iterator[Event]:
    """What became of ultimatums and executed levers this week."""
    for row, (key, lever) in enumerate(week_view.scenario.levers.items()):
        words: Words = {"lever": lever.label, "target": week_view.name_actor(lever.target)}
        words["beneficiary"] = week_view.name_actor(lever.beneficiary)
        if week_view.current("lever", "lapsed_word", row) > 0.0:
            left = (week_view.previous("lever", "threat_left", row), 0.0)
            what = f"threat_left/{key}"
            yield week_view.make_event("ultimatum-lapsed", "ultimatum", what, left, lever.holder, **words)
        if _is_met(week_view, row):
            yield week_view.make_event("ultimatum-met", "ultimatum", f"met/{key}", (0.0, 1.0), lever.holder, **words)
        on, before = week_view.current("lever", "weeks_on", row), week_view.previous("lever", "weeks_on", row)
        delay = week_view.current("lever", "delay", row)
        if on > 0.0 and on >= delay and (before == 0.0 or before < delay):
            reach = week_view.current("lever", "reach", row)
            numbers = (0.0, week_view.current("lever", "effect_share", row))
            sentence = (
                "effect-begins-help" if helps(lever) else "effect-begins" if lever.compliers else "effect-begins-alone"
            )
            yield week_view.make_event(
                sentence, "lever_effects", f"effect_share/{key}", numbers, reach=_format_share(reach), **words
            )
        if on == 0.0 and before > 0.0:
            yield week_view.make_event("effect-ends", "lever_effects", f"executed/{key}", (1.0, 0.0), **words)


def _is_met(week_view: WeekView, row: int) -> bool:
    """True if an ultimatum ended this week because what it demands has come."""
    left, threatened = week_view.current("lever", "threat_left", row), week_view.current("lever", "threatened_now", row)
    ends = ("executed_now",) if threatened > 0.0 else ("lapsed_word", "executed_now", "withdrawn_word")
    otherwise = any(week_view.current("lever", name, row) > 0.0 for name in ends)
    return left == 0.0 and not otherwise and (week_view.previous("lever", "threat_left", row) > 1.0 or threatened > 0.0)


def helps(lever: Lever) -> bool:
    """True for a lever that gives its beneficiary something, rather than taking it away."""
    return bool(lever.beneficiary) and lever.beneficiary != lever.target


def narrate_compliance(week_view: WeekView) -> Iterator[Event]:
    """Who goes along with a lever: narrated when it is executed, and again when somebody changes."""
    space = week_view.layout.spaces["compliance"]
    for row in range(space.shape[0]):
        lever = int(space.relations["lever"].index[row])
        if week_view.current("lever", "weeks_on", lever) == 0.0:
            continue
        now, before = (
            week_view.current("compliance", "complies", row),
            week_view.previous("compliance", "complies", row),
        )
        if now == before and week_view.current("lever", "weeks_on", lever) > 1.0:
            continue
        key = week_view.layout.spaces["lever"].keys[lever]
        actor = week_view.actors[int(space.relations["complier"].index[row])]
        words: Words = {"lever": week_view.scenario.levers[key].label}
        sentence = "complied" if now > 0.0 else "not-complied"
        yield week_view.make_event(sentence, "compliance", f"complies/{key}", (before, now), actor, **words)


def _format_share(value: float) -> str:
    return format_percent(100.0 * value)
