"""The week, part 2: what meetings, concessions, offers and levers promise."""

from sim.rules import blow, buyers, ladder, pressure, promise, proposal, readiness, walkaway
from sim.rules.entry import Best, Entry, Pick, Rule, Total

PROSPECTS: tuple[Entry, ...] = (
    Pick("actor", "ready_surplus", "stake.surplus", at="ready_at", only="belligerent"),
    Rule(readiness.lift, "actor", "lift", only="belligerent"),
    Rule(readiness.ready_signs, "offer", "ready_signs"),
    Rule(promise.others_agree, "offer", "rest"),
    Rule(readiness.hope_after_threat, "actor", "hope_if_threatened", only="belligerent"),
    Rule(readiness.hope_after_deed, "actor", "hope_if_hit", only="belligerent"),
    Rule(promise.promise_of, "offer", ("success_of", "promise"), given={"hope": "side_hope_chance"}),
    Best("prospect", "favourite", "promise"),
    Rule(promise.promise_alone, "offer", "promise", given={"hope": "hope_if_threatened"}),
    Best("prospect_threat", "", "promise"),
    Rule(promise.promise_alone, "offer", "promise", given={"hope": "hope_if_hit"}),
    Best("prospect_deed", "", "promise"),
    Rule(promise.no_worse_than_nothing, "actor", "prospect", only="belligerent"),
    Rule(
        promise.no_worse_than_nothing,
        "actor",
        "prospect_threat",
        only="belligerent",
        given={"prospect": "prospect_threat"},
    ),
    Rule(
        promise.no_worse_than_nothing,
        "actor",
        "prospect_deed",
        only="belligerent",
        given={"prospect": "prospect_deed"},
    ),
    Pick("actor", "success", "offer.success_of", at="favourite", only="belligerent"),
    Pick("actor", "favourite_surplus", "stake.surplus", at="favourite", only="belligerent"),
    Rule(promise.envoy_promise, "offer", "promise", given={"hope": "side_hope_chance"}),
    Best("", "envoy_favourite", "promise"),
    Rule(proposal.everybody_else, "offer", "others"),
    Rule(proposal.offer_rank, "offer", "promise"),
    Best("counter_gain", "counter", "promise"),
    Rule(proposal.concession_rank, "offer", "promise"),
    Best("", "concession", "promise"),
    Pick("actor", "concession_surplus", "stake.surplus", at="concession", only="belligerent"),
    Pick("actor", "concession_others", "offer.others", at="concession", only="belligerent"),
)
"""What meetings, concessions and offers promise."""

FEARS: tuple[Entry, ...] = (
    Rule(buyers.would_comply, "purchase", "would", luck_by=()),
    Rule(buyers.complies, "purchase", "complies", luck_by=()),
    Rule(buyers.share_of, "purchase", ("complying_share", "would_share"), given={"would_comply": "would"}),
    Total("lever", "complying", "purchase.complying_share", by="lever"),
    Total("lever", "would", "purchase.would_share", by="lever"),
    Rule(buyers.reach, "lever", ("reach", "expected_reach")),
    Rule(blow.balance_if_executed, "lever", "balance_after"),
    Rule(
        walkaway.walk_away_value,
        "lever",
        "target_after",
        given={"balance": "balance_after"},
        seen_by="target",
    ),
    Rule(
        walkaway.walk_away_value,
        "lever",
        "holder_after",
        given={"balance": "balance_after"},
        seen_by="holder",
    ),
    Rule(blow.blow, "lever", "blow"),
    Rule(blow.gain_of_holder, "lever", "holder_gain"),
    Rule(ladder.runs_down, "lever", ("threat_left", "lapsed_word")),
    Rule(ladder.stands, "lever", "standing"),
    Total("actor", "ultimatums", "lever.standing", by="holder"),
    Rule(
        blow.averted_by_deterrence,
        "deterrence",
        "averted",
        given={"credibility_chance": "on_credibility_chance", "blow": "on_blow", "price": "on_price"},
    ),
    Rule(pressure.deters, "deterrence", "raising"),
    Total("lever", "averts", "deterrence.averted", by="by"),
    Total("lever", "raised_price", "deterrence.raising", by="on"),
)
"""What levers would do."""
