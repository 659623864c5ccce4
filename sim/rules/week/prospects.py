"""The week, part 2: what meetings, concessions, offers and levers promise."""

from sim.rules import (
    compliance,
    dependence,
    lever_effects,
    lever_harm,
    mediator_prospect,
    own_proposal,
    readiness,
    reservation_value,
    ultimatum,
    waiting_agreement,
)
from sim.rules.moves import concede
from sim.rules.week.steps import BestPackage, Lookup, Reduce, Rule, Step

PROSPECTS: tuple[Step, ...] = (
    Rule(waiting_agreement.reopening, "world", "reopening"),
    Lookup("actor", "ready_surplus", "party_package.surplus", at="ready_at", group="disputant"),
    Rule(readiness.readiness_bonus, "actor", "readiness_bonus", group="disputant"),
    Rule(readiness.ready_signs, "side_package", "ready_signs"),
    Rule(mediator_prospect.others_accept_probability, "side_package", "others_accept"),
    Rule(readiness.hope_after_threat, "actor", "hope_if_threatened", group="disputant"),
    Rule(readiness.hope_after_execution, "actor", "hope_if_hit", group="disputant"),
    Rule(
        mediator_prospect.success_and_value,
        "side_package",
        ("success_of", "expected_value"),
        argument_names={"hope": "side_hope_chance"},
    ),
    BestPackage("prospect", "favourite", "expected_value"),
    Rule(
        mediator_prospect.value_alone, "side_package", "expected_value", argument_names={"hope": "hope_if_threatened"}
    ),
    BestPackage("prospect_threat", "", "expected_value"),
    Rule(mediator_prospect.value_alone, "side_package", "expected_value", argument_names={"hope": "hope_if_hit"}),
    BestPackage("prospect_execution", "", "expected_value"),
    Rule(mediator_prospect.floor_at_zero, "actor", "prospect", group="disputant"),
    Rule(
        mediator_prospect.floor_at_zero,
        "actor",
        "prospect_threat",
        group="disputant",
        argument_names={"prospect": "prospect_threat"},
    ),
    Rule(
        mediator_prospect.floor_at_zero,
        "actor",
        "prospect_execution",
        group="disputant",
        argument_names={"prospect": "prospect_execution"},
    ),
    Rule(waiting_agreement.talks_at_risk, "actor", "talks_at_risk", group="disputant"),
    Lookup("actor", "success", "side_package.success_of", at="favourite", group="disputant"),
    Lookup("actor", "favourite_surplus", "party_package.surplus", at="favourite", group="disputant"),
    Rule(
        mediator_prospect.envoy_expected_value,
        "side_package",
        "expected_value",
        argument_names={"hope": "side_hope_chance"},
    ),
    BestPackage("", "envoy_favourite", "expected_value"),
    Rule(own_proposal.all_others_accept, "side_package", "all_others_accept"),
    Rule(own_proposal.offer_value, "side_package", "expected_value"),
    BestPackage("counter_gain", "counter", "expected_value"),
    Rule(own_proposal.concession_score, "side_package", "expected_value"),
    BestPackage("", "concession", "expected_value"),
    Lookup("actor", "concession_surplus", "party_package.surplus", at="concession", group="disputant"),
    Lookup("actor", "concession_others", "side_package.all_others_accept", at="concession", group="disputant"),
    Rule(concede.relief, "actor", "relief", group="disputant"),
)
"""What meetings, concessions and offers promise."""

LEVER_EFFECTS: tuple[Step, ...] = (
    Rule(compliance.compliance_probability, "compliance", "would", random_keys=()),
    Rule(compliance.complies, "compliance", "complies", random_keys=()),
    Rule(
        compliance.reach_contribution,
        "compliance",
        ("complying_share", "would_share"),
        argument_names={"would_comply": "would"},
    ),
    Reduce("lever", "complying", "compliance.complying_share", by="lever"),
    Reduce("lever", "would", "compliance.would_share", by="lever"),
    Rule(compliance.reach, "lever", ("reach", "expected_reach")),
    Rule(lever_harm.balance_if_executed, "lever", "balance_after"),
    Rule(
        reservation_value.reservation_value,
        "lever",
        "target_after",
        argument_names={"balance": "balance_after"},
        via="target",
    ),
    Rule(
        reservation_value.reservation_value,
        "lever",
        "holder_after",
        argument_names={"balance": "balance_after"},
        via="holder",
    ),
    Rule(
        reservation_value.reservation_value,
        "lever",
        "beneficiary_after",
        argument_names={"balance": "balance_after"},
        via="beneficiary",
    ),
    Rule(dependence.help_at_stake, "lever", "help_at_stake_now"),
    Rule(lever_harm.harm_if_executed, "lever", "harm_if_executed"),
    Rule(lever_harm.gain_of_holder, "lever", "holder_gain"),
    Rule(ultimatum.count_down, "lever", ("threat_left", "lapsed_word")),
    Rule(ultimatum.ultimatum_stands, "lever", "standing"),
    Reduce("actor", "ultimatums", "lever.standing", by="holder"),
    Rule(
        lever_harm.deterred_harm,
        "deterrence",
        "averted",
        argument_names={
            "credibility_chance": "on_credibility_chance",
            "harm_if_executed": "on_harm_if_executed",
            "price": "on_price",
        },
    ),
    Rule(lever_effects.deters, "deterrence", "price_raised"),
    Reduce("lever", "harm_averted", "deterrence.averted", by="by"),
    Reduce("lever", "raised_price", "deterrence.price_raised", by="on"),
)
"""What levers would do."""
