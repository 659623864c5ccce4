"""Parameter sweep: the draws of every source view played again with other magnitudes, to see what depends on them.

Read aloud
    Half and double magnitudes: all effects of all levers, whatever they are, at half and at double size. A factor on
    a hazard is halved and doubled as an effect, by its square root and its square; changes of aid stay within ±1.
    Sharpness: the precision of choice at a quarter, half, twice and four times.
    Menu: the named terms alone, without those that a rule has added.
    Every variant is played with the same luck, in the run-up too.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.block import Block
from sim.ensemble.dispatcher import Progress
from sim.ensemble.process_pool import ignore_interrupts, open_executor
from sim.ensemble.worker import BLOCK, simulate_view_blocks
from sim.schema.lever import Effects, Lever
from sim.schema.quantity import Quantity
from sim.schema.scenario import Scenario

VariantKind = Literal["effects", "precision", "named"]
"""What a variant changes."""

EFFECT_FACTORS = (0.5, 2.0)
PRECISION_FACTORS = (0.25, 0.5, 2.0, 4.0)


@dataclass(frozen=True)
class Variant:
    """One change of magnitudes."""

    kind: VariantKind
    """What it changes."""
    factor: float = 1.0
    """By how much; 1 for the menu."""

    @property
    def name(self) -> str:
        """A short name for files."""
        return self.kind if self.factor == 1.0 else f"{self.kind}-{self.factor:g}"

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario with this change, in the run-up too."""
        before = scenario.in_run_up
        changed = _CHANGES[self.kind](scenario, self.factor)
        return changed if before is scenario else changed.with_run_up(_CHANGES[self.kind](before, self.factor))


@dataclass(frozen=True)
class VariantOutcomes:
    """How the draws of one source view end in one variant."""

    draws: int
    """Draws 0 to draws - 1 were played."""
    runs: NDArray[np.float64]
    """Numbers of those that match the reported run-up."""
    outcome: NDArray[np.float64]
    """Their outcomes, as places in the scenario."""


def list_variants(scenario: Scenario) -> tuple[Variant, ...]:
    """All variants that change something in this scenario."""
    found = [Variant("effects", factor) for factor in EFFECT_FACTORS if scenario.levers]
    found += [Variant("precision", factor) for factor in PRECISION_FACTORS]
    return (*found, Variant("named")) if scenario.menu.nash else tuple(found)


def sweep(
    views: Mapping[str, Scenario],
    seed: int,
    horizon: int,
    workers: int | None = None,
    progress: Progress | None = None,
) -> dict[Variant, dict[str, VariantOutcomes]]:
    """The first draws of every source view, in every variant; the same for any number of workers.

    Args:
        views: The scenario through each source view, by name.
        seed: Seed of all luck.
        horizon: Weeks to play.
        workers: Processes; one per core if left out.
        progress: Called after each variant of a view.

    Returns:
        How the draws of every view end, by variant.
    """
    asked = {
        f"{variant.name} {name}": (variant, name)
        for variant in list_variants(next(iter(views.values())))
        for name in views
    }
    if not asked:
        return {}
    found: dict[Variant, dict[str, VariantOutcomes]] = {}
    with open_executor({key: variant.apply(views[name]) for key, (variant, name) in asked.items()}, workers) as pool:
        playing = {key: _submit(pool, key, seed, horizon) for key in asked}
        for done, (key, (variant, name)) in enumerate(asked.items(), start=1):
            columns = playing[key].result()[key].columns
            found.setdefault(variant, {})[name] = VariantOutcomes(BLOCK, columns["run"], columns["outcome"])
            if progress is not None:
                progress("other magnitudes", done, len(asked))
    return found


def _submit(pool: Executor, key: str, seed: int, horizon: int) -> "Future[dict[str, Block]]":
    with ignore_interrupts():
        return pool.submit(simulate_view_blocks, (key,), seed, 0, horizon)


def scale(quantity: Quantity, factor: float) -> Quantity:
    """A magnitude times a factor; a factor to the power of it, since 1 is a factor without effect."""
    if quantity.unit == "factor":
        return _transform(quantity, lambda number: number**factor, ("value", "low", "high", "mean", "median", "spread"))
    times = _transform(quantity, lambda number: number * factor, ("value", "low", "high", "mean", "sd", "median"))
    if quantity.unit != "share":
        return times
    return _transform(times, lambda number: max(-1.0, min(1.0, number)), ("value", "low", "high", "mean", "median"))


def _transform(quantity: Quantity, function: Callable[[float], float], names: tuple[str, ...]) -> Quantity:
    known = {name: getattr(quantity, name) for name in names}
    return quantity.model_copy(update={name: function(number) for name, number in known.items() if number is not None})


def _scale_all_effects(scenario: Scenario, factor: float) -> Scenario:
    levers = {key: _scale_effects(lever, factor) for key, lever in scenario.levers.items()}
    return scenario.model_copy(update={"levers": levers})


def _scale_effects(lever: Lever, factor: float) -> Lever:
    """The lever with all its effects scaled."""
    found: dict[str, object] = {}
    for name in Effects.model_fields:
        effect = getattr(lever.effects, name)
        if isinstance(effect, Quantity):
            found[name] = scale(effect, factor)
        elif isinstance(effect, Mapping):
            found[name] = {key: scale(inner, factor) for key, inner in effect.items()}
    return lever.model_copy(update={"effects": lever.effects.model_copy(update=found)})


def _scale_precision(scenario: Scenario, factor: float) -> Scenario:
    choice = scenario.choice.model_copy(update={"precision": multiply(scenario.choice.precision, factor)})
    return scenario.model_copy(update={"choice": choice})


def multiply(quantity: Quantity, factor: float) -> Quantity:
    """Any quantity times a factor, as the change `place=*factor` does it."""
    return _transform(quantity, lambda number: number * factor, ("value", "low", "high", "mean", "sd", "median"))


def _restrict_to_named_terms(scenario: Scenario, _: float) -> Scenario:
    return scenario.model_copy(update={"menu": scenario.menu.model_copy(update={"nash": ()})})


_CHANGES: dict[VariantKind, Callable[[Scenario, float], Scenario]] = {
    "effects": _scale_all_effects,
    "precision": _scale_precision,
    "named": _restrict_to_named_terms,
}
