"""Initial state: the numbers with which runs begin - parameters drawn once, and what follows from them for good.

It is made with NumPy for any number of runs and handed to every engine, so that all start from the same bits.
"""

import numpy as np

from sim.model.layout import Layout
from sim.model.packages import broadcast_over_runs, build_package_tables, terms_value
from sim.model.parameters import Draws, Runs, sample_parameters
from sim.model.state import Array, State, list_week_variables
from sim.rules.numerics import log, power
from sim.rules.week.moves import WAIT
from sim.schema.actor import Complier, Disputant, Interests, Mediator, VetoPlayer
from sim.schema.lever import Lever
from sim.schema.quantity import Quantity

VARIABLE_NAMES = {
    ("actor", "resilience"): "resilience_start",
    ("actor", "aid"): "aid_start",
    ("actor", "trust"): "trust_given",
    ("lever", "aid"): "aid_change",
}
"""Variables that have another name than the quantity they are drawn from, by space and quantity."""

DERIVED = (
    "optimism_lean",
    "annuity",
    "prize_weight",
    "giving_in",
    "awaited_gain",
    "awaited_week",
    "bargaining_power",
    "half_round",
)
"""Actor variables that follow from quantities."""

NEVER = -1e9
"""Worth of giving in for actors that cannot."""

UNSCHEDULED = -999
"""Week of what is not scheduled."""

LEVER_QUANTITIES = (
    "price",
    "deadline",
    "delay",
    "lasts",
    "share_without_compliers",
    "stress",
    "push",
    "aid_change",
    "clash",
)
LEVER_FACTS = ("scheduled_week", "threatens", "executes", "against", "aid_against", "presses", "helps", "cuts", "major")
WHOLE_WEEKS = (("lever", "deadline"), ("lever", "delay"), ("lever", "lasts"), ("world", "truce_weeks"))
"""Variables that are rounded up to whole weeks, by space and name."""

WORLD_PARTS = ("contest", "choice", "protocol", "agreement_durability")
CONTEST_END_VARIABLES = {"first_prevails": "if_first", "stalemate": "if_stalemate", "second_prevails": "if_second"}


class InitialState:
    """A set of runs before its first week: the layout, the draws and the state."""

    def __init__(self, layout: Layout, seed: int, runs: Runs, draws: Draws | None = None) -> None:
        self.layout = layout
        self.seed = seed
        self.runs = runs
        self.draws = sample_parameters(layout.sampling_plan, seed, runs) if draws is None else draws
        self.state: State = {name: {} for name in layout.spaces}
        self.places: dict[tuple[str, str, int], str] = {}
        """Place in the scenario of the quantity that a variable of an entity is drawn from, by space, name and row."""
        for build in (
            self._set_world,
            self._set_schedule,
            self._set_actors,
            self._set_beliefs,
            self._set_levers,
            self._set_moves,
            self._set_packages,
        ):
            build()
        for space, name in list_week_variables():
            if name not in self.state[space]:
                self.state[space][name] = self._make_zeros(space)

    def _make_zeros(self, space: str) -> Array:
        """Zeros for everybody in a space, and nobody; what is seen of packages takes no room before it is set."""
        first, *further = self.layout.spaces[space].shape
        if further:
            return broadcast_over_runs(np.zeros((first + 1, *further)), self.runs.size)
        return np.zeros((first + 1, self.runs.size))

    def _set(self, space: str, name: str, row: int, value: Array | float) -> None:
        table = self.state[space]
        if name not in table:
            table[name] = self._make_zeros(space)
        table[name][row] = value

    def _set_quantities(self, space: str, row: int, part: object, place: str) -> None:
        """Draws of the quantities directly inside a part of the scenario."""
        for field in type(part).model_fields:  # type: ignore[attr-defined]
            if isinstance(getattr(part, field), Quantity):
                name, value = VARIABLE_NAMES.get((space, field), field), self.draws[f"{place}.{field}"]
                self._set(space, name, row, np.ceil(value) if (space, name) in WHOLE_WEEKS else value)
                self.places[space, name, row] = f"{place}.{field}"

    def _set_world(self) -> None:
        s = self.layout.scenario
        for part in WORLD_PARTS:
            self._set_quantities("world", 0, getattr(s, part), part)
        self._set(
            "world", "ready_at", 0, self._find_package_number(s.protocol.ready_package, s.protocol.ready_sequence)
        )
        self._set("world", "asks_others", 0, float(s.protocol.asks_others))
        self._set("world", "needs_confirmation", 0, float(s.protocol.needs_confirmation))
        self._set("world", "mediated", 0, 1.0 if s.mediator else 0.0)
        for name, start in {"fighting": 1.0, "week": 0.0, "outcome": -1.0, "since_week": 0.0}.items():
            self._set("world", name, 0, start)

    def _find_package_number(self, terms: str, sequence: str) -> float:
        """Number of a package of the menu in this layout."""
        place = self.layout.find_terms(self.layout.scenario.menu.named[terms].options)
        return float(place * len(self.layout.sequences) + self.layout.sequences.index(sequence))

    def _set_schedule(self) -> None:
        s, schedule = self.layout.scenario, self.layout.scenario.schedule
        scheduled = {"summit": schedule.summit, "plan": schedule.plan}
        weeks = {"leaving": schedule.mediator_leaves_in_week}
        weeks |= {name: found.week if found else None for name, found in scheduled.items()}
        for name, week in weeks.items():
            self._set("world", f"{name}_week", 0, float(UNSCHEDULED if week is None else week))
        plan = schedule.plan
        self._set("world", "plan_number", 0, self._find_package_number(plan.terms, plan.sequence) if plan else 0.0)
        self._set("world", "plan_confirmed", 0, float(plan is not None and plan.confirmed))
        self._fill_absent("actor", ["summit_guest", "plan_guest"])
        for name, found in scheduled.items():
            if found is not None:
                self._set("actor", f"{name}_guest", list(s.actors).index(found.side), 1.0)

    def _set_actors(self) -> None:
        s = self.layout.scenario
        for row, (key, actor) in enumerate(s.actors.items()):
            for role in ("interests", "disputant", "mediator", "veto_player", "complier"):
                part = getattr(actor, role)
                if part is not None:
                    self._set_quantities("actor", row, part, f"actors.{key}.{role}")
            facts = {
                "mediates": actor.mediator is not None,
                "can_act": True,
                "institution": actor.interests is None and actor.veto_player is not None,
                "bears_contest": actor.interests is not None and actor.interests.conflict_cost is not None,
                "side_sign": float(key == s.contest.first) - float(key == s.contest.second),
                "keeps_trust": any(b.kind == "trust" and b.holder == key for b in s.beliefs.values()),
            }
            for name, holds in facts.items():
                self._set("actor", name, row, float(holds))
            if actor.interests is not None:
                self._set_interests(row, key)
        table = self.state["actor"]
        self._fill_absent("actor", sorted({*ACTOR_QUANTITIES, *DERIVED} - table.keys()))
        self._set_bargaining()
        for name in ("resilience", "aid"):
            table[name] = table[f"{name}_start"].copy()
        table["strike_means"] = np.ones_like(table["resilience"])

    def _set_bargaining(self) -> None:
        """What the patience of the two sides makes of them at the table, and what giving in is worth."""
        s, table = self.layout.scenario, self.state["actor"]
        keys = (s.contest.first, s.contest.second)
        rows = [list(s.actors).index(key) for key in keys]
        impatience = [-log(table["weekly_discount"][row]) for row in rows]
        for own, other, lost in ((0, 1, "if_second"), (1, 0, "if_first")):
            row = rows[own]
            self._set("actor", "bargaining_power", row, impatience[other] / (impatience[own] + impatience[other]))
            self._set("actor", "half_round", row, power(table["weekly_discount"][row], 0.5))
            self._set("actor", "giving_in", row, table[lost][row])

    def _fill_absent(self, space: str, names: list[str]) -> None:
        for name in names:
            self.state[space][name] = self._make_zeros(space)

    def _set_interests(self, row: int, key: str) -> None:
        """Annuity, direction of optimism and worth of the ends of the contest."""
        s = self.layout.scenario
        interests = s.actors[key].interests
        assert interests is not None
        table = self.state["actor"]
        discount, duration = table["weekly_discount"][row], self.state["world"]["duration"][0]
        annuity = 1.0 / (1.0 - discount * (1.0 - 1.0 / duration))
        self._set("actor", "annuity", row, annuity)
        self._set("actor", "prize_weight", row, annuity / duration)
        if interests.awaits is not None:
            self._set("actor", "awaited_gain", row, self.draws[f"actors.{key}.interests.awaits.gain"])
            self._set("actor", "awaited_week", row, float((interests.awaits.date - s.calendar.starts).days // 7 + 1))
        if interests.optimism is not None:
            lean = 1.0 if interests.optimism_favours == "first" else -1.0
            self._set("actor", "optimism_lean", row, lean * table["optimism"][row])
        for end, name in CONTEST_END_VARIABLES.items():
            self._set("actor", name, row, terms_value(s.issues, self.draws, key, self.layout.terms_table.ends[end])[0])
        self._set("actor", "giving_in", row, NEVER)

    def _set_beliefs(self) -> None:
        for row, (key, belief) in enumerate(self.layout.scenario.beliefs.items()):
            chance = np.clip(self.draws[f"beliefs.{key}.chance"], 0.001, 0.999)
            self._set("belief", "chance", row, chance)
            self.places["belief", "chance", row] = f"beliefs.{key}.chance"
            if belief.weight is not None:
                weight = self.draws[f"beliefs.{key}.weight"]
                for name, value in {"good": chance * weight, "bad": (1.0 - chance) * weight}.items():
                    self._set("belief", name, row, value)
                    self._set("belief", f"{name}_start", row, value)
        self._fill_absent(
            "belief",
            [n for n in ("chance", "good", "bad", "good_start", "bad_start") if n not in self.state["belief"]],
        )

    def _set_levers(self) -> None:
        s = self.layout.scenario
        self._fill_absent("lever", [*LEVER_QUANTITIES, *LEVER_FACTS])
        for row, (key, lever) in enumerate(s.levers.items()):
            place = f"levers.{key}"
            self._set_quantities("lever", row, lever, place)
            self._set_quantities("lever", row, lever.effects, f"{place}.effects")
            if lever.share_without_compliers is None:
                self._set("lever", "share_without_compliers", row, 1.0)
            self._set_lever_facts(row, lever)
        pairs = [(k, b) for k, x in s.levers.items() for b in x.compliers]
        self._fill_absent("compliance", ["share"])
        for row, (key, complier) in enumerate(pairs):
            self._set("compliance", "share", row, s.levers[key].compliers[complier])
        self._fill_absent("deterrence", ["raised_by"])
        deterred = [(k, on) for k, x in s.levers.items() for on in x.effects.deters]
        for row, (key, on) in enumerate(deterred):
            self._set("deterrence", "raised_by", row, self.draws[f"levers.{key}.effects.deters.{on}"])
        self.state["deterrence"]["raised_by"][len(deterred)] = 1.0

    def _set_lever_facts(self, row: int, lever: Lever) -> None:
        """What a lever is, besides its numbers: whom it favours, whether it presses, helps or cuts."""
        aid = self.state["lever"]["aid_change"][row]
        own = bool(lever.beneficiary) and lever.beneficiary == lever.target
        week = lever.scheduled_week
        facts = {
            "scheduled_week": float(UNSCHEDULED if week is None else week),
            "threatens": lever.threatens,
            "executes": lever.executes,
            "major": lever.major,
            "against": 1.0 if lever.target == self.layout.scenario.contest.second else -1.0,
            "aid_against": -aid if own else aid,
            "presses": lever.effects.stress is not None or lever.effects.push is not None or own,
            "helps": bool(lever.beneficiary) and not own,
            "cuts": own,
        }
        for name, fact in facts.items():
            self._set("lever", name, row, fact)

    def _set_moves(self) -> None:
        self._fill_absent("move", ["worth"])
        for row, move in enumerate(self.layout.moves):
            self._set("move", "open", row, 1.0 if move.kind == WAIT.key else 0.0)

    def _set_packages(self) -> None:
        for row, key in enumerate(self.layout.sequences):
            for name in ("weeks", "settles", "breakdown_factor"):
                self.places["sequence", name, row] = f"sequences.{key}.{name}"
        scenario, table = self.layout.scenario, self.layout.terms_table
        self.state.update(build_package_tables(scenario, table, self.draws, self.state["world"]["settling_weeks"][0]))


def _list_actor_quantities() -> list[str]:
    """Names of all actor quantities, so that rules may ask for those that an actor does not have."""
    names: list[str] = []
    for part in (Interests, Disputant, Mediator, VetoPlayer, Complier):
        for name, info in part.model_fields.items():
            if "Quantity" in str(info.annotation):
                names.append(VARIABLE_NAMES.get(("actor", name), name))
    return names


ACTOR_QUANTITIES = tuple(_list_actor_quantities())
