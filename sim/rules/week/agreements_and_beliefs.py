"""The week, part 5: agreements and truces, rare events, and what experience does to beliefs."""

from sim.rules import (
    agreement,
    belief_update,
    bookkeeping,
    breakdown,
    collapse,
    contest_end,
    hardening,
    persuasion,
    readiness_belief,
    repudiation,
    signing,
    talks_stage,
    threat_record,
    truce,
    waiting_agreement,
)
from sim.rules.week.steps import Lookup, Reduce, Rule, Step

AGREEMENTS: tuple[Step, ...] = (
    Lookup("world", "draft_weeks", "package.weeks", at="draft"),
    Lookup("world", "draft_fights_on", "package.fights_on", at="draft"),
    Lookup("world", "draft_settles", "package.settles", at="draft"),
    Lookup("world", "draft_guarantee", "package.guarantee", at="draft"),
    Lookup("world", "draft_settling_chance", "package.settling_chance", at="draft"),
    Lookup("world", "draft_unravelling_chance", "package.unravelling_chance", at="draft"),
    Lookup("world", "draft_breakdown_factor", "package.breakdown_factor", at="draft"),
    Rule(waiting_agreement.met_by_signature, "lever", "threat_left"),
    Rule(repudiation.pressed_worth, "actor", "pressed_worth", group="disputant"),
    Rule(waiting_agreement.worth_once_crossed, "party_package", "kept_worth", group="disputant"),
    Lookup("actor", "kept_worth", "party_package.kept_worth", at="draft", group="disputant"),
    *(
        Rule(repudiation.at_signature, "actor", kept, group="disputant", argument_names={"now": now, "kept": kept})
        for kept, now in (
            ("held_by", "pressed_worth"),
            ("forgone", "continuation"),
            ("signed_worth", "kept_worth"),
        )
    ),
    Rule(repudiation.standing_approval, "actor", "standing_approval", group="disputant"),
    Rule(bookkeeping.keep_previous, "actor", "stood_by", group="disputant", argument_names={"value": "stands_by"}),
    Rule(
        signing.signature,
        "actor",
        "stands_by",
        group="disputant",
        argument_names={"draft_approval": "standing_approval"},
        random_keys=("talks", "draft"),
    ),
    Rule(repudiation.repudiates, "actor", "repudiated", group="disputant"),
    Reduce("world", "repudiations", "actor.repudiated", group="disputant"),
    Rule(repudiation.backs_out, "actor", ("refused", "backed_out"), group="disputant"),
    Rule(
        hardening.raise_reservation_value,
        "actor",
        "hardening",
        group="disputant",
        argument_names={"hit": "other_repudiated", "hardens_by_executions": "hardens_by_lapse"},
    ),
    Rule(breakdown.hazard, "world", "hazard", random_keys=("talks",)),
    Rule(agreement.stage_of_agreement, "world", ("stage", "broke")),
    Rule(agreement.settlement, "world", "settled_now"),
    Rule(agreement.completes, "world", ("completed", "settled")),
    Rule(agreement.weeks_of_deal, "world", "deal_weeks"),
    Reduce("world", "truces_begun", "actor.symbolic", group="disputant"),
    Rule(
        truce.truce,
        "world",
        ("truce_left", "truce_violated", "truce_kept"),
        argument_names={"symbolic": "truces_begun"},
    ),
    Rule(talks_stage.count_idle_weeks, "world", "idle_weeks"),
    Rule(talks_stage.clear_table, "actor", ("at_table", "tabled"), group="disputant"),
    Rule(breakdown.has_ever_broken, "world", "broken"),
)
"""What becomes of agreements and truces."""

CONTEST_END: tuple[Step, ...] = (
    Rule(collapse.collapses, "actor", "collapsed", group="disputant"),
    Rule(contest_end.contest_outcome, "world", "ended"),
    Rule(contest_end.still_fighting, "world", "fighting"),
)
"""Collapse and clash."""

BELIEFS: tuple[Step, ...] = (
    Rule(belief_update.credibility, "belief", ("good_now", "bad_now"), group="credibility"),
    Rule(belief_update.sincerity, "belief", ("good_now", "bad_now"), group="sincerity"),
    Rule(belief_update.commitment, "belief", ("good_now", "bad_now"), group="commitment"),
    Rule(belief_update.honour, "belief", ("good_now", "bad_now"), group="honour"),
    Rule(belief_update.trust, "belief", ("good_now", "bad_now"), group="trust"),
    Rule(belief_update.update_beta_belief, "belief", ("good", "bad", "chance"), group="by_experience"),
    Rule(threat_record.update_record, "belief", ("good", "bad", "chance"), group="credibility"),
    Rule(
        readiness_belief.mediator_likelihood_ratio,
        "belief",
        "factor",
        group="hope_of_mediator",
        argument_names={
            "words_heard": "about_spoke",
            "sincerity": "sincerity_chance",
            "struck": "about_struck",
            "lobbied": "about_lobbied",
            "signal": "about_signal",
            "failed": "about_seat_failed",
            "lapsed": "about_backed_out",
        },
    ),
    Rule(
        persuasion.persuasion,
        "belief",
        "persuaded",
        group="hope_of_mediator",
        argument_names={
            "threatened": "about_threatened",
            "hit": "about_hit",
            "threat_persuades": "holder_threat_persuades",
            "execution_persuades": "holder_execution_persuades",
        },
    ),
    Rule(
        readiness_belief.rival_likelihood_ratio,
        "belief",
        "factor",
        group="hope_of_rival",
        argument_names={
            "words_heard": "about_spoke_up",
            "sincerity": "honour_chance",
            "struck": "about_struck",
            "refused": "about_refused",
        },
    ),
    Rule(readiness_belief.update_readiness_belief, "belief", "chance", group="hope"),
)
"""Experience moves beliefs."""
