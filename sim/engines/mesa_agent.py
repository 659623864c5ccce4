"""Negotiator: one actor in the Mesa reader; it looks at its moves and chooses."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import mesa

if TYPE_CHECKING:
    from sim.engines.mesa_engine import NegotiationModel


@dataclass(frozen=True)
class OpenMove:
    """A move that was open, and what it was worth."""

    row: int
    worth: float


class NegotiatorAgent(mesa.Agent):  # type: ignore[misc]
    """One actor. `actor["reservation"]` is the present value of a variable."""

    def __init__(self, model: "NegotiationModel", row: int, key: str, label: str) -> None:
        super().__init__(model)
        self.row = row
        self.key = key
        self.label = label
        moves = model.layout.moves
        self.rows = [i for i, move in enumerate(moves) if move.actor == key]
        self.need_second_key = [moves[i].needs_second_key for i in self.rows]
        self.move_keys = [moves[i].key for i in self.rows]
        self.open_moves: tuple[OpenMove, ...] = ()
        self.chosen = -1

    def __getitem__(self, name: str) -> float:
        """Present value of one of the actor's variables."""
        return float(self.model.table["actor"][name][self.row])

    def choose(self) -> None:
        """Choose one move and remember what else was considered."""
        table: dict[str, list[Any]] = self.model.table["move"]
        made = self.model.choose_among(self.rows, self.need_second_key, self.move_keys)
        for row, value in zip(self.rows, made, strict=True):
            table["chosen"][row] = value
        opened = [OpenMove(row, table["worth"][row]) for row in self.rows if table["open"][row] > 0.0]
        self.open_moves = tuple(sorted(opened, key=lambda move: -move.worth))
        self.chosen = next((row for row, value in zip(self.rows, made, strict=True) if value > 0.0), self.rows[0])
