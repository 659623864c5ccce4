"""Moves, told: what every actor did this week, what it was worth, and what else it could have done."""

from collections.abc import Iterator

from sim.play.board import Move
from sim.play.glance import Glance, Words
from sim.play.negotiator import Negotiator
from sim.play.phrases import listed, number, say, weeks
from sim.play.story import Event, spelled
from sim.play.told_levers import helps

ORDER = ("consenter", "mediator", "belligerent")
"""Groups of actors in the order in which they choose."""

ALTERNATIVES = 2
"""Other moves that are told with a move."""

TABLED = {"offer": "counter", "concede": "concession"}
"""Moves that table a package, and the variable that holds its number."""


class Moves:
    """Tells every move other than waiting; a package that is tabled again is not spelled out again."""

    def __init__(self) -> None:
        self.tabled: dict[tuple[str, str], tuple[float, int]] = {}

    def __call__(self, glance: Glance) -> Iterator[Event]:
        """The moves of the week."""
        negotiators = glance.model.negotiators
        for group in ORDER:
            for row in glance.board.spaces["actor"].groups[group]:
                negotiator = negotiators[glance.actors[int(row)]]
                if negotiator.chosen >= 0 and glance.board.moves[negotiator.chosen].kind != "wait":
                    yield self._told(glance, negotiator)

    def _told(self, glance: Glance, negotiator: Negotiator) -> Event:
        move = glance.board.moves[negotiator.chosen]
        others = [other for other in negotiator.considered if other.row != negotiator.chosen]
        worth = next(own.worth for own in negotiator.considered if own.row == negotiator.chosen)
        words, again = _words(glance, move), ""
        if move.kind in TABLED:
            package = glance.now("actor", TABLED[move.kind], negotiator.row)
            again, words = self._tabled(glance, move, package)
        what = f"{move.kind}/{move.lever}" if move.lever else move.kind
        numbers = (others[0].worth if others else None, worth)
        reasons = tuple(_reasons(glance, negotiator, worth))
        key = _key(glance, move) + again
        return glance.event(key, f"moves.{move.kind}", what, numbers, move.actor, reasons, **words)

    def _tabled(self, glance: Glance, move: Move, package: float) -> tuple[str, Words]:
        """Words about the package; which sentence, if the same one was tabled before."""
        before, first = self.tabled.get((move.actor, move.kind), (-1.0, 0))
        if before == package:
            return "-again", {"first": spelled(first)}
        self.tabled[move.actor, move.kind] = (package, glance.week)
        return "", glance.package(package)


def _reasons(glance: Glance, negotiator: Negotiator, worth: float) -> Iterator[str]:
    """What the move was worth, the best other moves, and whether luck decided."""
    others = [other for other in negotiator.considered if other.row != negotiator.chosen][:ALTERNATIVES]
    yield say("why-worth", worth=number(worth))
    if others:
        names = [_short(glance, glance.board.moves[other.row]) for other in others]
        told = [f"{name} {number(other.worth)}" for name, other in zip(names, others, strict=True)]
        yield say("why-next", moves=", ".join(told))
        if others[0].worth > worth:
            yield say("why-luck", move=names[0])


def _short(glance: Glance, move: Move) -> str:
    return say(f"name-{move.kind}", **_named(glance, move))


def _named(glance: Glance, move: Move) -> Words:
    """Target and lever of a move, by label."""
    lever = glance.scenario.levers[move.lever].label if move.lever else ""
    return {"target": glance.name(move.target), "lever": lever}


def _key(glance: Glance, move: Move) -> str:
    """Which sentence tells the move."""
    stage = glance.world("stage_before")
    if move.kind == "engage" and stage > 0.0:
        return "engage-contact" if stage < 2.0 else "engage-summit"
    if move.kind == "offer":
        across = [row for row in glance.sides if glance.actors[row] != move.actor]
        return "counter-offer" if any(glance.before("actor", "at_table", row) for row in across) else "offer"
    if move.kind == "execute":
        return _key_of_deed(glance, move)
    return move.kind


def _key_of_deed(glance: Glance, move: Move) -> str:
    row = _lever(glance, move)
    if glance.now("lever", "vetoed", row) > 0.0:
        return "vetoed"
    if helps(glance.scenario.levers[move.lever]):
        return "execute-help"
    return "execute" if glance.now("lever", "kept_word", row) > 0.0 else "execute-unannounced"


def _words(glance: Glance, move: Move) -> Words:
    """Words about a move."""
    words = _named(glance, move)
    if move.kind == "threaten":
        words["weeks"] = weeks(glance.now("lever", "deadline", _lever(glance, move)))
    if move.kind == "execute":
        words["members"] = _members(glance, move)
        words["beneficiary"] = glance.name(glance.scenario.levers[move.lever].beneficiary)
    return words


def _lever(glance: Glance, move: Move) -> int:
    return glance.board.spaces["lever"].keys.index(move.lever)


def _members(glance: Glance, move: Move) -> str:
    """Members that vetoed a deed."""
    space = glance.board.spaces["membership"]
    lever = _lever(glance, move)
    rows = [row for row in range(space.shape[0]) if space.links["lever"].index[row] == lever]
    vetoing = [row for row in rows if glance.now("membership", "vetoing", row) > 0.0]
    return listed([glance.at(int(space.links["buyer"].index[row])) for row in vetoing]) if vetoing else ""
