"""The week, part 3: third parties, mediator and both sides choose, and their threats and executions take hold."""

from sim.rules import (
    aid_and_resilience,
    bookkeeping,
    call_memory,
    compliance,
    hardening,
    lever_harm,
    scheduled_events,
    threat_record,
    ultimatum,
)
from sim.rules.moves import concede, execute, lobby, threaten
from sim.rules.week.moves import count_own_moves, weigh_again, weigh_moves
from sim.rules.week.steps import ChooseMove, Lookup, Reduce, Rule, Step

THIRD_PARTIES: tuple[Step, ...] = (
    Rule(bookkeeping.reset_choices, "move", "chosen"),
    Lookup("move", "favourite_party_package", "party_package.surplus", at="target_favourite", group="lobby"),
    *weigh_moves("veto_player", "lever_holder"),
    Reduce("lever", "execution_worth", "move.worth", by="lever", group="execute"),
    Rule(execute.resolve, "lever", "resolve"),
    Rule(threaten.worth, "move", "worth", group="threaten"),
    ChooseMove("veto_player"),
    Rule(lobby.lobbying_pressure, "move", "lobbying", group="lobby"),
    Reduce("actor", "lobbied", "move.lobbying", by="target", group="lobby"),
    Reduce("actor", "lobby_rounds", "move.chosen", by="target", group="lobby"),
    *weigh_again("lever_holder"),
    *weigh_moves("mediator"),
    ChooseMove("mediator"),
    Reduce("world", "left_now", "move.chosen", group="leave"),
    Rule(scheduled_events.scheduled_departure, "world", "left_now"),
    Reduce("actor", "engaged", "move.chosen", by="target", group="engage"),
)
"""Third parties choose first, then the mediator."""


def ultimatum_steps(group: str) -> tuple[Step, ...]:
    """What becomes of the levers of one group of holders after they have chosen."""
    return (
        Reduce("lever", "threatened_now", "move.chosen", by="lever", group="threaten", receivers=group),
        Reduce("lever", "dropping_now", "move.chosen", by="lever", group="drop", receivers=group),
        Reduce("lever", "executing_now", "move.chosen", by="lever", group="execute", receivers=group),
        Rule(scheduled_events.scheduled_execution, "lever", ("executing_now", "vetoed"), group=group),
        Rule(ultimatum.is_executed_now, "lever", "executed_now", group=group),
        Rule(
            ultimatum.update_ultimatum,
            "lever",
            ("threat_left", "executed", "ever", "kept_word", "withdrawn_word"),
            group=group,
        ),
    )


ULTIMATUMS: tuple[Step, ...] = (
    Rule(compliance.vetoes, "veto", "vetoing", random_keys=()),
    Reduce("lever", "vetoing", "veto.vetoing", by="lever"),
    Rule(ultimatum.is_vetoed, "lever", "vetoed"),
    *ultimatum_steps("held_by_others"),
    Rule(lever_harm.expected_harm, "lever", "threatened_harm_now"),
    Rule(ultimatum.ultimatum_stands, "lever", "standing"),
    Reduce("actor", "threatened_harm", "lever.threatened_harm_now", by="target"),
    Reduce("actor", "help_at_stake", "lever.help_at_stake_now", by="beneficiary"),
    Reduce("actor", "threatening", "lever.standing", by="target"),
    Reduce("actor", "threatened", "lever.threatened_now", by="target"),
)
"""Threats and executions of third parties and mediator take hold."""

DISPUTANTS: tuple[Step, ...] = (
    Rule(concede.may_table, "actor", "may_table", group="disputant"),
    Rule(call_memory.remember_answer, "actor", "answered", group="disputant"),
    Rule(call_memory.remember_call, "actor", "call_memory", group="disputant"),
    *weigh_moves("disputant"),
    ChooseMove("disputant"),
    *count_own_moves("disputant"),
    *ultimatum_steps("held_by_disputant"),
    Rule(ultimatum.cancel_by_concession, "lever", "threat_left"),
    Rule(concede.remember_concession, "actor", "last_conceded", group="disputant"),
    Rule(aid_and_resilience.resilience_after_strike, "actor", "resilience", group="disputant"),
    Rule(aid_and_resilience.means_left, "actor", "strike_means", group="disputant"),
)
"""Both sides choose at the same time."""

OBSERVED_MOVES: tuple[Step, ...] = (
    Rule(hardening.execution_kinds, "lever", ("pressing_execution", "helping_execution", "cutting_execution")),
    Rule(threat_record.believed_when_set, "lever", "believed_now"),
    Reduce("world", "threats_believed_now", "lever.believed_now"),
    Reduce("world", "threats_executed_now", "lever.kept_word"),
    Reduce("actor", "threatened", "lever.threatened_now", by="target"),
    Reduce("actor", "dropped", "lever.withdrawn_word", by="target"),
    Reduce("actor", "hit", "lever.executed_now", by="target"),
    Reduce("actor", "pressed", "lever.pressing_execution", by="target"),
    Reduce("actor", "helped", "lever.helping_execution", by="beneficiary"),
    Reduce("actor", "cut", "lever.cutting_execution", by="beneficiary"),
    Reduce("actor", "kept", "lever.kept_word", by="holder"),
    Reduce("actor", "lapsed", "lever.lapsed_word", by="holder"),
    Reduce("actor", "withdrawn", "lever.withdrawn_word", by="holder"),
    Rule(hardening.raise_reservation_value, "actor", "hardening", group="disputant", argument_names={"hit": "pressed"}),
    Rule(bookkeeping.words_spoken, "actor", ("spoke", "spoke_up"), group="disputant"),
)
"""What was said and done this week, by whom and to whom."""
