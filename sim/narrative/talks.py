"""Talks: seat, ministers, summit, plan, consultation, agreement and truce."""

from collections.abc import Iterator

from sim.narrative.story import Event
from sim.narrative.week_view import WeekView, Words
from sim.narrative.wording import format_duration, format_rounded, message
from sim.rules.stages import CONTACT, IDLE, IN_FORCE, MINISTERS, PLAN, SIGNED, SUMMIT_DUE

LAPSES = {
    "by_refusal": "lapsed-refused",
    "by_no_confirmation": "lapsed-unconfirmed",
    "by_both": "lapsed-both",
}
HAPPENED = (0.0, 1.0)
"""Before and after of something that happened this week."""


def narrate_talks(week_view: WeekView) -> Iterator[Event]:
    """What happened at the table this week."""
    stages = (week_view.world("stage_before"), week_view.world("stage"))
    yield from _narrate_opening(week_view, stages)
    yield from _narrate_contacts(week_view, stages)
    yield from _narrate_summit(week_view, stages)
    if stages[0] == PLAN and week_view.world("tabled_now") == 0.0:
        yield from _narrate_consultation(week_view)
    yield from _narrate_agreement(week_view, stages)
    yield from _narrate_truce(week_view)


def _narrate_opening(week_view: WeekView, stages: tuple[float, float]) -> Iterator[Event]:
    if week_view.world("opened") == 0.0 or week_view.seat < 0:
        return
    seat = week_view.name_row(week_view.seat)
    if all(week_view.current("actor", "claim", row) > 0.0 for row in week_view.sides):
        yield week_view.make_event(
            "seat", "negotiating_seat", "at_table", HAPPENED, week_view.actors[week_view.seat], seat=seat
        )
    yield week_view.make_event("opened", "negotiating_seat", "stage", stages, seat=seat)


def _narrate_contacts(week_view: WeekView, stages: tuple[float, float]) -> Iterator[Event]:
    """Contacts that nobody follows up, and ministers."""
    before, after = stages
    if before not in (CONTACT, MINISTERS) or week_view.seat < 0:
        return
    seat = week_view.name_row(week_view.seat)
    if before == MINISTERS:
        signal = week_view.current("actor", "signal", week_view.seat)
        key = "ministers-good" if signal > 1.0 else "ministers-bad" if signal < 1.0 else "ministers-none"
        yield week_view.make_event(key, "ministerial_signal", "signal", (1.0, signal), seat=seat)
    if after == IDLE:
        key = "talks-ended" if week_view.world("left_now") > 0.0 else "contact-lapsed"
        yield week_view.make_event(key, "talks_stage", "stage", stages, seat=seat)


def _narrate_summit(week_view: WeekView, stages: tuple[float, float]) -> Iterator[Event]:
    before, after = stages
    if week_view.seat < 0:
        return
    seat: Words = {"seat": week_view.name_row(week_view.seat)}
    if after == SUMMIT_DUE and before != SUMMIT_DUE:
        yield week_view.make_event("summit-due", "talks_stage", "stage", stages, **seat)
    if week_view.world("failed") > 0.0:
        words = {**seat, **week_view.describe_package(week_view.world("draft"))}
        yield week_view.make_event(
            "summit-failed", "summit", "failed", HAPPENED, reasons=_explain_surplus(week_view, week_view.seat), **words
        )
    if week_view.world("cancelled") > 0.0:
        yield week_view.make_event("summit-cancelled", "talks_events", "cancelled", HAPPENED, **seat)
    if week_view.world("plan_now") > week_view.world("plan_due"):
        words = {**seat, **week_view.describe_package(week_view.world("draft")), "whose": _describe_origin(week_view)}
        key = "plan" if week_view.world("summit") > 0.0 else "plan-tabled"
        yield week_view.make_event(key, "tabled_proposal", "draft", (None, week_view.world("draft")), **words)


def _describe_origin(week_view: WeekView) -> str:
    """Whose package the draft is."""
    row, draft = week_view.seat, week_view.world("draft")
    words = {"seat": week_view.name_row(row), "mediator": week_view.name_actor(week_view.mediator)}
    if week_view.current("actor", "tabled", row) > 0.0:
        return message("whose-seat", **words)
    return message(
        "whose-mediator" if draft == week_view.current("actor", "favourite", row) else "whose-envoy", **words
    )


def _explain_surplus(week_view: WeekView, row: int) -> tuple[str, ...]:
    """What the draft was worth to a party over fighting on, if it has interests."""
    if week_view.current("actor", "institution", row) > 0.0:
        return ()
    worth = format_rounded(week_view.current("actor", "draft_surplus", row))
    surplus = message("why-surplus", case=week_view.things, surplus=worth)
    later = week_view.current("actor", "continuation", row)
    return (surplus, message("why-continuation", worth=format_rounded(later))) if later > 0.0 else (surplus,)


def _narrate_consultation(week_view: WeekView) -> Iterator[Event]:
    """Who refuses, whether the mediator's principal confirms and leans, and what becomes of the plan."""
    refusing = week_view.find_members("consulted", "refuses")
    for row in refusing:
        yield week_view.make_event(
            "refused", "consultation", "refuses", HAPPENED, week_view.actors[row], _explain_surplus(week_view, row)
        )
    if week_view.world("mediated") > 0.0:
        row, confirmed = week_view.actors.index(week_view.mediator), week_view.world("confirmed")
        key = "confirmed" if confirmed > 0.0 else "not-confirmed"
        reasons = _explain_surplus(week_view, row)
        yield week_view.make_event(key, "consultation", "confirmed", (0.0, confirmed), week_view.mediator, reasons)
    if week_view.world("leaning") > 0.0:
        holding = week_view.find_members("consulted", "holds_out")
        words: Words = {
            "members": week_view.name_rows(refusing),
            "holdouts": week_view.name_rows(holding) if holding else "",
        }
        key = "leaned-hold" if holding else "leaned-yield"
        yield week_view.make_event(key, "mediator_pressure", "leaning", HAPPENED, week_view.mediator, **words)
    if week_view.world("signed_now") > 0.0:
        due = week_view.world("draft_weeks")
        words = {**week_view.describe_package(week_view.world("draft")), "weeks": format_duration(due)}
        key = "signed" if due > 1.0 else "signed-at-once"
        yield week_view.make_event(key, "consultation", "stage", (PLAN, SIGNED), **words)
    if week_view.world("signed_now") > 0.0 and week_view.world("imposed") > 0.0:
        yield week_view.make_event("imposed", "mediator_pressure", "imposed", HAPPENED)
    for name, key in LAPSES.items():
        if week_view.world(name) > 0.0:
            yield week_view.make_event(key, "bookkeeping", name, HAPPENED)


def _narrate_agreement(week_view: WeekView, stages: tuple[float, float]) -> Iterator[Event]:
    """What becomes of an agreement that is signed or in force."""
    before, after = stages
    signed = before == SIGNED or week_view.world("signed_now") > 0.0
    if signed and after == IN_FORCE:
        words = week_view.describe_package(week_view.world("draft"))
        yield week_view.make_event("in-force", "agreement", "stage", (SIGNED, after), **words)
    for row in week_view.find_members("disputant", "repudiated"):
        yield week_view.make_event(
            "repudiated",
            "repudiation",
            "repudiated",
            HAPPENED,
            week_view.actors[row],
            _explain_surplus(week_view, row),
        )
    if signed and after == IDLE and not week_view.world("repudiations"):
        age = week_view.previous("world", "deal_weeks") if before == SIGNED else 0.0
        due = age + 1.0 >= week_view.world("draft_weeks") and week_view.world("draft_fights_on") > 0.0
        yield week_view.make_event("no-settlement" if due else "unravelled", "agreement", "stage", (SIGNED, after))
    if week_view.world("broke") > 0.0:
        age = week_view.previous("world", "deal_weeks") + 1.0
        yield week_view.make_event("broken", "breakdown", "broke", HAPPENED, weeks=format_duration(age))
    if week_view.world("completed") > 0.0:
        yield week_view.make_event("settled", "agreement", "settled", HAPPENED)


def _narrate_truce(week_view: WeekView) -> Iterator[Event]:
    before, left = week_view.previous("world", "truce_left"), week_view.world("truce_left")
    if week_view.world("truces_begun") > 0.0 and left > 0.0:
        yield week_view.make_event("truce-begun", "truce", "truce_left", (before, left), weeks=format_duration(left))
    if week_view.world("truce_violated") > 0.0:
        yield week_view.make_event("truce-violated", "truce", "truce_left", (before, left))
    if week_view.world("truce_kept") > 0.0:
        yield week_view.make_event("truce-kept", "truce", "truce_left", (before, left))
