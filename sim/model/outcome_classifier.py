"""Outcome classifier: in which outcome is a run now? The first line that fits, asked on plain numbers or arrays."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from sim.model.layout import Layout
from sim.rules.contest_end import CLASH, FIRST_PREVAILS, SECOND_PREVAILS
from sim.rules.numerics import Number, flag, where
from sim.rules.stages import IN_FORCE, SIGNED
from sim.schema.conditions import RunCondition
from sim.schema.term_matching import satisfies

Read = Callable[[str, str, int], Number]
"""Value of a variable: space, name, row."""

CONTEST_END_CODES = {"first_prevails": FIRST_PREVAILS, "second_prevails": SECOND_PREVAILS, "clash": CLASH}


class OutcomeClassifier:
    """Looks up outcomes for a layout."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.outcomes = layout.scenario.outcomes
        self._has_mediator = bool(layout.scenario.mediator)
        self._tables: dict[int, tuple[RunCondition, list[Any]]] = {}

    def classify(self, read: Read) -> Number:
        """Number of the first outcome that fits."""
        found: Number = float(len(self.outcomes) - 1)
        for row, outcome in reversed(list(enumerate(self.outcomes.values()))):
            found = where(self.evaluate(outcome.when, read) > 0.0, float(row), found)
        return found

    def evaluate(self, condition: RunCondition, read: Read) -> Number:
        """1 where the condition holds."""
        agreed = flag(read("world", "stage", 0) == IN_FORCE) * flag(read("world", "ended", 0) == 0.0)
        answer: Number = agreed * 0.0 + 1.0
        for part in self._evaluate_parts(condition, read, agreed):
            answer = answer * part
        return answer

    def _evaluate_parts(self, s: RunCondition, read: Read, agreed: Number) -> list[Number]:
        wanted: list[tuple[bool | None, Number]] = [
            (s.signed, flag(read("world", "stage", 0) == SIGNED) * flag(read("world", "ended", 0) == 0.0)),
            (s.in_force, agreed),
            (s.settled, agreed * read("world", "settled", 0)),
            (s.imposed, agreed * read("world", "imposed", 0)),
            (s.broken, flag(read("world", "broken", 0) > 0.0) * (1.0 - agreed)),
            (s.truce, flag(read("world", "truce_left", 0) > 0.0) * (1.0 - agreed)),
            (
                s.mediator_gone,
                1.0 - read("world", "mediated", 0) if self._has_mediator else agreed * 0.0,
            ),
            (s.otherwise, agreed * 0.0 + 1.0),
        ]
        parts = [value if wish else 1.0 - value for wish, value in wanted if wish is not None]
        if s.ended is not None:
            parts.append(flag(read("world", "ended", 0) == CONTEST_END_CODES[s.ended]))
        parts += [agreed * self._look_up_draft(table, read) for table in self._find_package_tables(s)]
        if s.executed:
            parts.append(self._evaluate_executed(s.executed, read))
        parts += [self._evaluate_any(s.any_of, read)] if s.any_of else []
        parts += [1.0 - self.evaluate(inner, read) for inner in s.none_of]
        return parts

    def _find_package_tables(self, s: RunCondition) -> list[Any]:
        """By package, 1 where it has the terms and where it has the sequence asked for; made once per condition.

        The condition is kept beside its tables, so that no other one can ever have its identity.
        """
        if id(s) not in self._tables:
            self._tables[id(s)] = s, list(self._make_package_tables(s))
        return self._tables[id(s)][1]

    def _make_package_tables(self, s: RunCondition) -> Iterator[Any]:
        if s.terms is not None:
            issues = self.layout.scenario.issues
            fitting = [float(satisfies(s.terms, terms, issues)) for _, terms in self.layout.terms]
            yield np.repeat(fitting, len(self.layout.sequences))
        if s.sequence:
            named = [float(sequence in s.sequence) for sequence in self.layout.sequences]
            yield np.tile(named, len(self.layout.terms))

    def _look_up_draft(self, table: Any, read: Read) -> Number:
        draft = read("world", "draft", 0)
        return table[draft.astype(np.int64)] if isinstance(draft, np.ndarray) else float(table[int(draft)])

    def _evaluate_executed(self, names: tuple[str, ...], read: Read) -> Number:
        total: Number = 0.0
        for row, (key, lever) in enumerate(self.layout.scenario.levers.items()):
            if key in names or (lever.major and "major" in names):
                total = total + read("lever", "ever", row)
        return flag(total > 0.0)

    def _evaluate_any(self, conditions: tuple[RunCondition, ...], read: Read) -> Number:
        total: Number = 0.0
        for condition in conditions:
            total = total + self.evaluate(condition, read)
        return flag(total > 0.0)
