"""Explain a rule: what is said of an argument is what the engines bind."""

import pytest

from sim import explain
from sim.workflows.explain_rule import UnknownRuleError, list_rules
from tests.cli.test_cli import expect_refusal, zopa

TOWNS = "textbook/two-towns"


def use(rule, case=TOWNS):
    return explain(rule, case).uses[0]


def sources(rule, case=TOWNS):
    return {argument.argument: argument for argument in use(rule, case).arguments}


def test_own_related_and_world_variables():
    found = sources("moves.lobby.worth", "alaska-budapest")
    assert found["favourite_party_package"].source == "own variable move.favourite_party_package, set by the week"
    assert found["target_success"].source == "target → actor.success, set by the week"
    assert sources("talks_stage.next_stage")["mediated"].source == "own variable world.mediated, set by the week"
    assert sources("truce.truce")["truce_breaks"].source.startswith("own variable world.truce_breaks, as the scenario")
    assert sources("signing.signature")["institution"].source.endswith(
        "worked out from the scenario at the start of a run"
    )


def test_a_parameter_has_its_place_its_value_and_its_reason():
    (parameter,) = sources("contest_balance.next_balance")["drift"].parameters
    assert (parameter.place, parameter.value) == ("contest.drift", "0 logits/week")
    assert parameter.assumed == "teaching value: time favours nobody"
    (balance,) = sources("contest_balance.next_balance")["balance"].parameters
    assert balance.place == "contest.balance"


def test_a_claim_is_cited_with_its_paragraph():
    uses = explain("contest_balance", "alaska-budapest", view="abt-2025").uses
    reasons = [p.because for one in uses for argument in one.arguments for p in argument.parameters]
    assert any("¶" in claim for because in reasons for claim in because)


def test_a_random_number_has_its_address():
    found = sources("signing.signature")["luck_envoy"].source
    assert found == "random stream 1 / run / north or south / luck_envoy / talks / draft"


def test_who_reads_what_a_rule_sets_in_the_order_of_the_week():
    held = use("summit.is_held")
    (summit,) = (one for one in held.sets if one.variable == "world.summit")
    numbers = [int(reader.split()[0]) for reader in summit.read_by]
    assert numbers == sorted(numbers)
    assert summit.read_by[0].split()[1] == "summit.drafted_package"


@pytest.mark.parametrize("name", ["summit", "summit.py", "moves/call.py", "call.worth", "choice", "choice.choose_move"])
def test_names_of_files_and_rules(name):
    assert explain(name, TOWNS).uses


@pytest.mark.parametrize("name", list_rules())
def test_every_rule_is_explained(name):
    found = explain(name, TOWNS)
    assert "Read aloud" in found.text
    assert all(use.rule == name and use.arguments is not None and use.sets for use in found.uses)
    assert f"step {found.uses[0].step} of the week: {name}" in str(found)


def test_an_unknown_rule_is_refused_with_the_nearest():
    with pytest.raises(UnknownRuleError, match=r"did you mean 'summit\.is_held'"):
        explain("summit.is_hold", TOWNS)
    assert "did you mean 'summit.is_held'" in expect_refusal(2, "explain", "summit.is_hold", "--case", TOWNS)


def test_the_command_prints_it():
    done = zopa("explain", "summit.is_held", "--case", TOWNS)
    assert done.exit_code == 0
    assert done.stdout.rstrip() == str(explain("summit.is_held", TOWNS))
    assert '"rule": "summit.is_held"' in zopa("explain", "summit.is_held", "--case", TOWNS, "--json").stdout
