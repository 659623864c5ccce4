"""Step dispatch: which part of an engine simulates which kind of step of the week."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from sim.rules.week.steps import (
    BestPackage,
    ChooseMove,
    ClassifyOutcome,
    Lookup,
    ProductOverParties,
    Reduce,
    Rule,
    Step,
)

Made = TypeVar("Made")
"""What an engine makes of a step: a function to be called each week, or parts of a compiled program."""


class StepDispatch(ABC, Generic[Made]):
    """Makes of every step of the week what an engine needs to simulate it."""

    def make_step(self, step: Step) -> Made:
        """What is made of a step, by its kind."""
        makers: dict[type, Callable[[Any], Made]] = {
            Rule: self._make_rule,
            Reduce: self._make_reduction,
            BestPackage: self._make_best_package,
            ProductOverParties: self._make_product,
            Lookup: self._make_lookup,
            ChooseMove: self._make_choice,
            ClassifyOutcome: self._make_classification,
        }
        return makers[type(step)](step)

    @abstractmethod
    def _make_rule(self, rule: Rule) -> Made: ...

    @abstractmethod
    def _make_reduction(self, reduction: Reduce) -> Made: ...

    @abstractmethod
    def _make_best_package(self, best: BestPackage) -> Made: ...

    @abstractmethod
    def _make_product(self, product: ProductOverParties) -> Made: ...

    @abstractmethod
    def _make_lookup(self, lookup: Lookup) -> Made: ...

    @abstractmethod
    def _make_choice(self, choose: ChooseMove) -> Made: ...

    @abstractmethod
    def _make_classification(self, classify: ClassifyOutcome) -> Made: ...
