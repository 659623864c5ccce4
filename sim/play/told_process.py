"""Process, told: seat, ministers, summit, plan, consultation, agreement and truce."""

from collections.abc import Iterator

from sim.play.glance import Glance, Words
from sim.play.phrases import number, say, weeks
from sim.play.story import Event

IDLE, CONTACT, MINISTERS, SUMMIT, PLAN, SIGNED, IN_FORCE = (float(stage) for stage in range(7))
"""Stages of a process, as rule `process` counts them."""

LAPSES = {
    "by_refusal": "lapsed-refused",
    "by_no_confirmation": "lapsed-unconfirmed",
    "by_both": "lapsed-both",
}
HAPPENED = (0.0, 1.0)
"""Before and after of something that happened this week."""


def process(glance: Glance) -> Iterator[Event]:
    """What happened at the table this week."""
    stages = (glance.world("stage_before"), glance.world("stage"))
    yield from _begins(glance, stages)
    yield from _contacts(glance, stages)
    yield from _summit(glance, stages)
    if stages[0] == PLAN and glance.world("fresh") == 0.0:
        yield from _consultation(glance)
    yield from _agreement(glance, stages)
    yield from _truce(glance)


def _begins(glance: Glance, stages: tuple[float, float]) -> Iterator[Event]:
    if glance.world("opened") == 0.0 or glance.seat < 0:
        return
    seat = glance.at(glance.seat)
    if all(glance.now("actor", "claim", row) > 0.0 for row in glance.sides):
        yield glance.event("seat", "seat", "at_table", HAPPENED, glance.actors[glance.seat], seat=seat)
    yield glance.event("opened", "seat", "stage", stages, seat=seat)


def _contacts(glance: Glance, stages: tuple[float, float]) -> Iterator[Event]:
    """Contacts that nobody follows up, and ministers."""
    before, after = stages
    if before not in (CONTACT, MINISTERS) or glance.seat < 0:
        return
    seat = glance.at(glance.seat)
    if before == MINISTERS:
        news = glance.now("actor", "news", glance.seat)
        key = "ministers-good" if news > 1.0 else "ministers-bad" if news < 1.0 else "ministers-none"
        yield glance.event(key, "ministers", "news", (1.0, news), seat=seat)
    if after == IDLE:
        key = "process-ended" if glance.world("left_now") > 0.0 else "contact-lapsed"
        yield glance.event(key, "process", "stage", stages, seat=seat)


def _summit(glance: Glance, stages: tuple[float, float]) -> Iterator[Event]:
    before, after = stages
    if glance.seat < 0:
        return
    seat: Words = {"seat": glance.at(glance.seat)}
    if after == SUMMIT and before != SUMMIT:
        yield glance.event("summit-due", "process", "stage", stages, **seat)
    if glance.world("failed") > 0.0:
        words = {**seat, **glance.package(glance.world("draft"))}
        yield glance.event(
            "summit-failed", "summit", "failed", HAPPENED, reasons=_surplus(glance, glance.seat), **words
        )
    if glance.world("cancelled") > 0.0:
        yield glance.event("summit-cancelled", "course", "cancelled", HAPPENED, **seat)
    if glance.world("plan_now") > glance.world("plan_due"):
        words = {**seat, **glance.package(glance.world("draft")), "whose": _whose(glance)}
        key = "plan" if glance.world("summit") > 0.0 else "plan-tabled"
        yield glance.event(key, "table", "draft", (None, glance.world("draft")), **words)


def _whose(glance: Glance) -> str:
    """Whose package the draft is."""
    row, draft = glance.seat, glance.world("draft")
    words = {"seat": glance.at(row), "mediator": glance.name(glance.mediator)}
    if glance.now("actor", "tabled", row) > 0.0:
        return say("whose-seat", **words)
    return say("whose-mediator" if draft == glance.now("actor", "favourite", row) else "whose-envoy", **words)


def _surplus(glance: Glance, row: int) -> tuple[str, ...]:
    """What the draft was worth to a party over fighting on, if it has interests."""
    if glance.now("actor", "institution", row) > 0.0:
        return ()
    return (say("why-surplus", surplus=number(glance.now("actor", "draft_surplus", row))),)


def _consultation(glance: Glance) -> Iterator[Event]:
    """Who refuses, whether the mediator's principal confirms and leans, and what becomes of the plan."""
    refusing = glance.group("asked", "refuses")
    for row in refusing:
        yield glance.event("refused", "consultation", "refuses", HAPPENED, glance.actors[row], _surplus(glance, row))
    if glance.world("mediated") > 0.0:
        row, confirmed = glance.actors.index(glance.mediator), glance.world("confirmed")
        key = "confirmed" if confirmed > 0.0 else "not-confirmed"
        reasons = _surplus(glance, row)
        yield glance.event(key, "consultation", "confirmed", (0.0, confirmed), glance.mediator, reasons)
    if glance.world("leaning") > 0.0:
        holding = glance.group("asked", "holds_out")
        words: Words = {"members": glance.names(refusing), "holdouts": glance.names(holding) if holding else ""}
        key = "leaned-hold" if holding else "leaned-yield"
        yield glance.event(key, "leaning", "leaning", HAPPENED, glance.mediator, **words)
    if glance.world("signed_now") > 0.0:
        due = glance.world("draft_weeks")
        words = {**glance.package(glance.world("draft")), "weeks": weeks(due)}
        key = "signed" if due > 1.0 else "signed-at-once"
        yield glance.event(key, "consultation", "stage", (PLAN, SIGNED), **words)
    if glance.world("signed_now") > 0.0 and glance.world("imposed") > 0.0:
        yield glance.event("imposed", "leaning", "imposed", HAPPENED)
    for name, key in LAPSES.items():
        if glance.world(name) > 0.0:
            yield glance.event(key, "books", name, HAPPENED)


def _agreement(glance: Glance, stages: tuple[float, float]) -> Iterator[Event]:
    """What becomes of an agreement that is signed or in force."""
    before, after = stages
    signed = before == SIGNED or glance.world("signed_now") > 0.0
    if signed and after == IN_FORCE:
        words = glance.package(glance.world("draft"))
        yield glance.event("in-force", "agreement", "stage", (SIGNED, after), **words)
    if signed and after == IDLE:
        age = glance.before("world", "deal_weeks") if before == SIGNED else 0.0
        due = age + 1.0 >= glance.world("draft_weeks") and glance.world("draft_fights_on") > 0.0
        yield glance.event("no-settlement" if due else "unravelled", "agreement", "stage", (SIGNED, after))
    if glance.world("broke") > 0.0:
        age = glance.before("world", "deal_weeks") + 1.0
        yield glance.event("broken", "breakdown", "broke", HAPPENED, weeks=weeks(age))
    if glance.world("completed") > 0.0:
        yield glance.event("settled", "agreement", "settled", HAPPENED)


def _truce(glance: Glance) -> Iterator[Event]:
    before, left = glance.before("world", "truce_left"), glance.world("truce_left")
    if glance.world("truces_begun") > 0.0 and left > 0.0:
        yield glance.event("truce-begun", "truce", "truce_left", (before, left), weeks=weeks(left))
    if glance.world("truce_violated") > 0.0:
        yield glance.event("truce-violated", "truce", "truce_left", (before, left))
    if glance.world("truce_kept") > 0.0:
        yield glance.event("truce-kept", "truce", "truce_left", (before, left))
