"""Codebook: in which outcome is a run now? The first line that fits, asked on plain numbers or arrays."""

from collections.abc import Callable
from typing import Any

import numpy as np

from sim.play.board import Board
from sim.play.terms import fits
from sim.rules.rare import CLASH, FIRST_PREVAILS, SECOND_PREVAILS
from sim.rules.words import Number, flag, where
from sim.spec.condition import Situation

Look = Callable[[str, str, int], Number]
"""Value of a variable: space, name, row."""

ENDS = {"first_prevails": FIRST_PREVAILS, "second_prevails": SECOND_PREVAILS, "clash": CLASH}
IN_FORCE = 6.0


class Codebook:
    """Looks up outcomes for a board."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.outcomes = board.scenario.outcomes

    def outcome(self, look: Look) -> Number:
        """Number of the first outcome that fits."""
        found: Number = float(len(self.outcomes) - 1)
        for row, outcome in reversed(list(enumerate(self.outcomes.values()))):
            found = where(self.holds(outcome.when, look) > 0.0, float(row), found)
        return found

    def holds(self, situation: Situation, look: Look) -> Number:
        """1 where the situation holds."""
        agreed = flag(look("world", "stage", 0) == IN_FORCE) * flag(look("world", "ended", 0) == 0.0)
        answer: Number = agreed * 0.0 + 1.0
        for part in self._parts(situation, look, agreed):
            answer = answer * part
        return answer

    def _parts(self, s: Situation, look: Look, agreed: Number) -> list[Number]:
        wanted: list[tuple[bool | None, Number]] = [
            (s.in_force, agreed),
            (s.settled, agreed * look("world", "settled", 0)),
            (s.imposed, agreed * look("world", "imposed", 0)),
            (s.broken, flag(look("world", "broken", 0) > 0.0) * (1.0 - agreed)),
            (s.truce, flag(look("world", "truce_left", 0) > 0.0) * (1.0 - agreed)),
            (
                s.mediator_gone,
                1.0 - look("world", "mediated", 0) if self.board.scenario.mediator else agreed * 0.0,
            ),
            (s.otherwise, agreed * 0.0 + 1.0),
        ]
        parts = [value if wish else 1.0 - value for wish, value in wanted if wish is not None]
        if s.ended is not None:
            parts.append(flag(look("world", "ended", 0) == ENDS[s.ended]))
        if s.terms is not None:
            issues = self.board.scenario.issues
            contents = [float(fits(s.terms, content, issues)) for _, content in self.board.contents]
            parts.append(agreed * self._of_draft(np.repeat(contents, len(self.board.paths)), look))
        if s.path:
            named = [float(path in s.path) for path in self.board.paths]
            parts.append(agreed * self._of_draft(np.tile(named, len(self.board.contents)), look))
        if s.executed:
            parts.append(self._executed(s.executed, look))
        parts += [self._any(s.any_of, look)] if s.any_of else []
        parts += [1.0 - self.holds(inner, look) for inner in s.none_of]
        return parts

    def _of_draft(self, table: Any, look: Look) -> Number:
        draft = look("world", "draft", 0)
        return table[draft.astype(np.int64)] if isinstance(draft, np.ndarray) else float(table[int(draft)])

    def _executed(self, names: tuple[str, ...], look: Look) -> Number:
        total: Number = 0.0
        for row, (key, lever) in enumerate(self.board.scenario.levers.items()):
            if key in names or (lever.major and "major" in names):
                total = total + look("lever", "ever", row)
        return flag(total > 0.0)

    def _any(self, situations: tuple[Situation, ...], look: Look) -> Number:
        total: Number = 0.0
        for situation in situations:
            total = total + self.holds(situation, look)
        return flag(total > 0.0)
