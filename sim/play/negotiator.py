"""Negotiator: one actor in the Mesa reader; it looks at its moves and chooses."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import mesa

if TYPE_CHECKING:
    from sim.play.negotiation import Negotiation


@dataclass(frozen=True)
class Considered:
    """A move that was open, and what it was worth."""

    row: int
    worth: float


class Negotiator(mesa.Agent):  # type: ignore[misc]
    """One actor. `actor["walk_away"]` is the present value of a variable."""

    def __init__(self, model: "Negotiation", row: int, key: str, label: str) -> None:
        super().__init__(model)
        self.row = row
        self.key = key
        self.label = label
        moves = model.board.moves
        self.rows = [i for i, move in enumerate(moves) if move.actor == key]
        self.deeds = [moves[i].deed for i in self.rows]
        self.luck_of_moves = [moves[i].key for i in self.rows]
        self.considered: tuple[Considered, ...] = ()
        self.chosen = -1

    def __getitem__(self, name: str) -> float:
        """Present value of one of the actor's variables."""
        return float(self.model.table["actor"][name][self.row])

    def choose(self) -> None:
        """Choose one move and remember what else was considered."""
        table: dict[str, list[Any]] = self.model.table["move"]
        made = self.model.choice_of(self.rows, self.deeds, self.luck_of_moves)
        for row, value in zip(self.rows, made, strict=True):
            table["chosen"][row] = value
        opened = [Considered(row, table["worth"][row]) for row in self.rows if table["open"][row] > 0.0]
        self.considered = tuple(sorted(opened, key=lambda move: -move.worth))
        self.chosen = next((row for row, value in zip(self.rows, made, strict=True) if value > 0.0), self.rows[0])
