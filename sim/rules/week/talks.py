"""The week, part 4: the process takes at most one step."""

from sim.rules import (
    books,
    consultation,
    course,
    hardening,
    leaning,
    ministers,
    process,
    seat,
    signing,
    summit,
    table,
)
from sim.rules.entry import Entry, Pick, Rule, Total

PROTOCOL: tuple[Entry, ...] = (
    Rule(books.as_before, "world", "stage_before", given={"value": "stage"}),
    Rule(seat.claims, "actor", "claim", only="belligerent"),
    Rule(table.rebuffs, "actor", "rebuffs", only="belligerent"),
    Rule(seat.takes_seat, "actor", "at_table", only="belligerent"),
    Rule(table.tables, "actor", ("tabled", "fresh"), only="belligerent"),
    Rule(seat.opens, "world", ("opened", "process")),
    Rule(table.proposal, "actor", "proposal", only="belligerent", luck_by=("process",)),
    Rule(summit.is_held, "world", ("met", "fresh", "summit")),
    Rule(summit.drafted, "world", "draft"),
    Pick("actor", "draft_key", "stake.key", at="draft", only="party"),
    Pick("actor", "draft_needed", "stake.needed", at="draft", only="party"),
    Pick("actor", "draft_ratifies", "stake.ratifies", at="draft", only="party"),
    Pick("actor", "draft_surplus", "stake.surplus", at="draft", only="party"),
    Rule(signing.signature, "actor", "signs_draft", only="party", luck_by=("process", "draft")),
    Rule(summit.seat_signs, "world", "seat_signed"),
    Rule(ministers.news, "actor", "news", only="belligerent", luck_by=("process",)),
    Rule(consultation.refuses, "actor", "refuses", only="asked"),
    Rule(leaning.key_when_leaned_on, "actor", "yielding_key", only="asked"),
    Rule(
        signing.signature,
        "actor",
        "yielding_signature",
        only="asked",
        given={"draft_key": "yielding_key"},
        luck_by=("process", "draft"),
    ),
    Rule(
        signing.signs,
        "actor",
        "yielding_chance",
        only="asked",
        given={"key": "yielding_key", "ratifies": "draft_ratifies"},
    ),
    Rule(leaning.yields, "actor", ("holds_out", "yielding_chance"), only="asked"),
    Total("world", "refusals", "actor.refuses", only="asked"),
    Total("world", "holdouts", "actor.holds_out", only="asked"),
    Total("world", "all_yield", "actor.yielding_chance", only="asked", product=True),
    Rule(consultation.confirms, "actor", "confirms", only="mediator", luck_by=("process",)),
    Rule(consultation.confirmed, "world", "confirmed"),
    Rule(leaning.leans, "world", "leaning", luck_by=("process",)),
    Rule(consultation.passes, "world", "passed"),
    Rule(process.next_stage, "world", "stage"),
    Rule(course.happened, "world", ("failed", "cancelled", "lapsed_plan_now", "signed_now", "plan_now")),
    Rule(leaning.imposed, "world", "imposed"),
    Rule(books.why_lapsed, "world", ("by_refusal", "by_no_confirmation", "by_both")),
    Rule(books.mediation, "world", "mediated"),
    Rule(books.acts, "actor", "acts", only="mediator"),
    *(
        Rule(books.to_the_seat, "actor", f"seat_{what}", only="belligerent", given={"now": now})
        for what, now in (
            ("failed", "failed"),
            ("cancelled", "cancelled"),
            ("lapsed", "lapsed_plan_now"),
            ("plan", "plan_now"),
            ("signed", "signed_now"),
        )
    ),
    Rule(
        hardening.hardens,
        "actor",
        "hardening",
        only="belligerent",
        given={"hit": "seat_lapsed", "hardens_by_deeds": "hardens_by_lapse"},
    ),
)
"""The process takes at most one step."""
