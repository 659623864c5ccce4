"""The week, part 3: third parties, mediator and both sides choose, and their words and deeds take hold."""

from sim.rules import agenda, blow, books, buyers, hardening, ladder, support
from sim.rules.entry import Choose, Entry, Pick, Rule, Total
from sim.rules.moves import call, concede, engage, execute, leave, lobby, offer, strike, symbolic, threaten

THIRD_PARTIES: tuple[Entry, ...] = (
    Rule(books.nothing_chosen, "move", "chosen"),
    Pick("move", "favourite_stake", "stake.surplus", at="target_favourite", only="lobby"),
    Rule(lobby.worth, "move", "worth", only="lobby"),
    Rule(lobby.is_open, "move", "open", only="lobby"),
    Rule(threaten.worth, "move", "worth", only="threaten"),
    Rule(threaten.is_open, "move", "open", only="threaten"),
    Rule(execute.worth, "move", "worth", only="execute"),
    Rule(execute.is_open, "move", "open", only="execute"),
    Choose("consenter"),
    Rule(lobby.pushes, "move", "lobbying", only="lobby"),
    Total("actor", "lobbied", "move.lobbying", by="target", only="lobby"),
    Total("actor", "lobby_rounds", "move.chosen", by="target", only="lobby"),
    Rule(threaten.worth, "move", "worth", only="threaten"),
    Rule(execute.worth, "move", "worth", only="execute"),
    Rule(engage.worth, "move", "worth", only="engage"),
    Rule(engage.is_open, "move", "open", only="engage"),
    Rule(leave.worth, "move", "worth", only="leave"),
    Rule(leave.is_open, "move", "open", only="leave"),
    Choose("mediator"),
    Total("world", "left_now", "move.chosen", only="leave"),
    Rule(agenda.departure, "world", "left_now"),
    Total("actor", "engaged", "move.chosen", by="target", only="engage"),
)
"""Third parties choose first, then the mediator."""


def climbing(group: str) -> tuple[Entry, ...]:
    """What becomes of the levers of one group of holders after they have chosen."""
    return (
        Total("lever", "threatened_now", "move.chosen", by="lever", only="threaten", to=group),
        Total("lever", "executing_now", "move.chosen", by="lever", only="execute", to=group),
        Rule(agenda.deed, "lever", ("executing_now", "vetoed"), only=group),
        Rule(ladder.deed_done, "lever", "done", only=group),
        Rule(ladder.climbs, "lever", ("threat_left", "executed", "ever", "kept_word"), only=group),
    )


LADDER: tuple[Entry, ...] = (
    Rule(buyers.vetoes, "membership", "vetoing", luck_by=()),
    Total("lever", "vetoing", "membership.vetoing", by="lever"),
    Rule(ladder.is_vetoed, "lever", "vetoed"),
    *climbing("held_by_third"),
    Rule(blow.fear, "lever", ("feared_now", "looming_now")),
    Rule(ladder.stands, "lever", "standing"),
    Total("actor", "feared", "lever.feared_now", by="target"),
    Total("actor", "looming", "lever.looming_now", by="target"),
    Total("actor", "threatening", "lever.standing", by="target"),
)
"""Words and deeds of third parties and mediator take hold."""

BELLIGERENTS: tuple[Entry, ...] = (
    Rule(concede.may_table, "actor", "may_table", only="belligerent"),
    Rule(call.worth, "move", "worth", only="call"),
    Rule(call.is_open, "move", "open", only="call"),
    Rule(symbolic.worth, "move", "worth", only="symbolic"),
    Rule(symbolic.is_open, "move", "open", only="symbolic"),
    Rule(concede.worth, "move", "worth", only="concede"),
    Rule(offer.is_open, "move", "open", only="concede"),
    Rule(offer.worth, "move", "worth", only="offer"),
    Rule(offer.is_open, "move", "open", only="offer"),
    Rule(strike.worth, "move", "worth", only="strike"),
    Rule(strike.is_open, "move", "open", only="strike"),
    Choose("belligerent"),
    Total("actor", "called", "move.chosen", by="actor", only="call"),
    Total("actor", "symbolic", "move.chosen", by="actor", only="symbolic"),
    Total("actor", "conceded", "move.chosen", by="actor", only="concede"),
    Total("actor", "offered", "move.chosen", by="actor", only="offer"),
    Total("actor", "struck", "move.chosen", by="actor", only="strike"),
    *climbing("held_by_belligerent"),
    Rule(ladder.spared, "lever", "threat_left"),
    Rule(support.struck, "actor", "resilience", only="belligerent"),
)
"""Both sides choose at the same time."""

EVIDENCE: tuple[Entry, ...] = (
    Rule(hardening.kinds_of_deed, "lever", ("pressing_deed", "helping_deed", "cutting_deed")),
    Total("actor", "threatened", "lever.threatened_now", by="target"),
    Total("actor", "hit", "lever.done", by="target"),
    Total("actor", "pressed", "lever.pressing_deed", by="target"),
    Total("actor", "helped", "lever.helping_deed", by="beneficiary"),
    Total("actor", "cut", "lever.cutting_deed", by="beneficiary"),
    Total("actor", "kept", "lever.kept_word", by="holder"),
    Total("actor", "lapsed", "lever.lapsed_word", by="holder"),
    Rule(hardening.hardens, "actor", "hardening", only="belligerent", given={"hit": "pressed"}),
    Rule(books.words_spoken, "actor", ("spoke", "spoke_up"), only="belligerent"),
)
"""What was said and done this week, by whom and to whom."""
