"""The week, part 5: agreements and truces, rare events, and what experience does to beliefs."""

from sim.rules import agreement, breakdown, hope, ledger, persuasion, process, rare, truce
from sim.rules.entry import Entry, Pick, Rule, Total

PEACE: tuple[Entry, ...] = (
    Pick("world", "draft_weeks", "package.weeks", at="draft"),
    Pick("world", "draft_fights_on", "package.fights_on", at="draft"),
    Pick("world", "draft_settles", "package.settles", at="draft"),
    Pick("world", "draft_guarantee", "package.guarantee", at="draft"),
    Pick("world", "draft_settling_chance", "package.settling_chance", at="draft"),
    Rule(breakdown.hazard, "world", "hazard", luck_by=("process",)),
    Rule(agreement.stage_of_agreement, "world", ("stage", "broke")),
    Rule(agreement.settlement, "world", "settled_now"),
    Rule(agreement.completes, "world", ("completed", "settled")),
    Rule(agreement.weeks_of_deal, "world", "deal_weeks"),
    Total("world", "truces_begun", "actor.symbolic", only="belligerent"),
    Rule(
        truce.truce,
        "world",
        ("truce_left", "truce_violated", "truce_kept"),
        given={"symbolic": "truces_begun"},
    ),
    Rule(process.waits, "world", "idle_weeks"),
    Rule(process.clears, "actor", ("at_table", "tabled"), only="belligerent"),
    Rule(breakdown.scar, "world", "broken"),
)
"""What becomes of agreements and truces."""

RARE: tuple[Entry, ...] = (
    Rule(rare.collapses, "actor", "collapsed", only="belligerent"),
    Rule(rare.ends, "world", "ended"),
    Rule(rare.still_fighting, "world", "fighting"),
)
"""Collapse and clash."""

LEDGERS: tuple[Entry, ...] = (
    Rule(ledger.credibility, "dyad", ("good_now", "bad_now"), only="credibility"),
    Rule(ledger.sincerity, "dyad", ("good_now", "bad_now"), only="sincerity"),
    Rule(ledger.commitment, "dyad", ("good_now", "bad_now"), only="commitment"),
    Rule(ledger.honour, "dyad", ("good_now", "bad_now"), only="honour"),
    Rule(ledger.trust, "dyad", ("good_now", "bad_now"), only="trust"),
    Rule(ledger.experience, "dyad", ("good", "bad", "chance"), only="ledger"),
    Rule(
        hope.odds_factor,
        "dyad",
        "factor",
        only="hope_of_mediator",
        given={
            "words_heard": "about_spoke",
            "sincerity": "sincerity_chance",
            "struck": "about_struck",
            "lobbied": "about_lobbied",
            "news": "about_news",
            "failed": "about_seat_failed",
            "lapsed": "about_seat_lapsed",
        },
    ),
    Rule(
        persuasion.persuasion,
        "dyad",
        "persuaded",
        only="hope_of_mediator",
        given={
            "threatened": "about_threatened",
            "hit": "about_hit",
            "threat_persuades": "holder_threat_persuades",
            "deed_persuades": "holder_deed_persuades",
        },
    ),
    Rule(
        hope.rival_factor,
        "dyad",
        "factor",
        only="hope_of_rival",
        given={"words_heard": "about_spoke_up", "sincerity": "honour_chance", "struck": "about_struck"},
    ),
    Rule(hope.hope_moves, "dyad", "chance", only="hope"),
)
"""Experience moves beliefs."""
