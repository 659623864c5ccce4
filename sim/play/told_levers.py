"""Levers, told: ultimatums that lapse, effects that begin and end, and buyers that comply or do not."""

from collections.abc import Iterator

from sim.language.tongue import with_percent_sign
from sim.play.glance import Glance, Words
from sim.play.story import Event
from sim.spec.lever import Lever


def levers(glance: Glance) -> Iterator[Event]:
    """What became of words and deeds this week."""
    for row, (key, lever) in enumerate(glance.scenario.levers.items()):
        words: Words = {"lever": lever.label, "target": glance.name(lever.target)}
        words["beneficiary"] = glance.name(lever.beneficiary)
        if glance.now("lever", "lapsed_word", row) > 0.0:
            left = (glance.before("lever", "threat_left", row), 0.0)
            what = f"threat_left/{key}"
            yield glance.event("ultimatum-lapsed", "ladder", what, left, lever.holder, **words)
        on, before = glance.now("lever", "weeks_on", row), glance.before("lever", "weeks_on", row)
        delay = glance.now("lever", "delay", row)
        if on > 0.0 and on >= delay and (before == 0.0 or before < delay):
            reach = glance.now("lever", "reach", row)
            numbers = (0.0, glance.now("lever", "bite", row))
            told = "bites-help" if helps(lever) else "bites" if lever.buyers else "bites-alone"
            yield glance.event(told, "pressure", f"bite/{key}", numbers, reach=_share(reach), **words)
        if on == 0.0 and before > 0.0:
            yield glance.event("runs-out", "pressure", f"executed/{key}", (1.0, 0.0), **words)


def helps(lever: Lever) -> bool:
    """True for a lever that gives its beneficiary something, rather than taking it away."""
    return bool(lever.beneficiary) and lever.beneficiary != lever.target


def buyers(glance: Glance) -> Iterator[Event]:
    """Who goes along with a lever: told when it is executed, and again when somebody changes."""
    space = glance.board.spaces["purchase"]
    for row in range(space.shape[0]):
        lever = int(space.links["lever"].index[row])
        if glance.now("lever", "weeks_on", lever) == 0.0:
            continue
        now, before = glance.now("purchase", "complies", row), glance.before("purchase", "complies", row)
        if now == before and glance.now("lever", "weeks_on", lever) > 1.0:
            continue
        key = glance.board.spaces["lever"].keys[lever]
        actor = glance.actors[int(space.links["buyer"].index[row])]
        words: Words = {"lever": glance.scenario.levers[key].label}
        told = "complied" if now > 0.0 else "not-complied"
        yield glance.event(told, "buyers", f"complies/{key}", (before, now), actor, **words)


def _share(value: float) -> str:
    return with_percent_sign(100.0 * value)
