"""Opening: the numbers with which runs begin - parameters drawn once, and what follows from them for good.

The opening is made with NumPy for any number of runs and handed to every engine, so that all start from the same bits.
"""

from collections.abc import Iterator

import numpy as np

from sim.evidence.quantity import Quantity
from sim.play.board import Board
from sim.play.draws import Draws, Runs, drawn_from
from sim.play.packages import alike, package_tables, worth_of
from sim.play.state import Array, State, variables_set
from sim.rules.words import power
from sim.spec.actor import Belligerent, Buyer, Consenter, Interests, Mediator
from sim.spec.lever import Lever

RENAMED = {
    "resilience": "resilience_start",
    "aid": "aid_start",
    "trust": "trust_given",
    "consents": "consents",
}
DERIVED = ("optimism_lean", "annuity")
"""Actor variables that follow from quantities."""

UNDATED = -999
"""Week of what is not dated."""

LEVER_QUANTITIES = ("price", "deadline", "delay", "lasts", "works_alone", "stress", "push", "aid_change", "clash")
LEVER_FACTS = ("decided_week", "threatens", "executes", "against", "aid_against", "presses", "helps", "cuts", "major")
WHOLE_WEEKS = ("deadline", "delay", "lasts")

WORLD_PARTS = ("contest", "choice", "protocol", "peace")
ENDS = {"first_prevails": "if_first", "stalemate": "if_stalemate", "second_prevails": "if_second"}


class Opening:
    """Opening of a set of runs: the board, the draws and the state before the first week."""

    def __init__(self, board: Board, seed: int, runs: Runs, drawn: Draws | None = None) -> None:
        self.board = board
        self.seed = seed
        self.runs = runs
        self.drawn = drawn_from(board.sheet, seed, runs) if drawn is None else drawn
        self.state: State = {name: {} for name in board.spaces}
        for build in (self._world, self._agenda, self._actors, self._dyads, self._levers, self._moves, self._packages):
            build()
        for space, name in variables_set():
            if name not in self.state[space]:
                self.state[space][name] = self._zeros(space)

    def _zeros(self, space: str) -> Array:
        """Zeros for everybody in a space, and nobody; what is seen of packages takes no room before it is set."""
        first, *further = self.board.spaces[space].shape
        if further:
            return alike(np.zeros((first + 1, *further)), self.runs.size)
        return np.zeros((first + 1, self.runs.size))

    def _set(self, space: str, name: str, row: int, value: Array | float) -> None:
        table = self.state[space]
        if name not in table:
            table[name] = self._zeros(space)
        table[name][row] = value

    def _given(self, part: object, place: str) -> Iterator[tuple[str, Array]]:
        """Draws of the quantities directly inside a part of the scenario."""
        for name in type(part).model_fields:  # type: ignore[attr-defined]
            if isinstance(getattr(part, name), Quantity):
                yield name, self.drawn[f"{place}.{name}"]

    def _world(self) -> None:
        s = self.board.scenario
        for part in WORLD_PARTS:
            for name, value in self._given(getattr(s, part), part):
                self._set("world", name, 0, value)
        self._set("world", "ready_at", 0, self._number_of(s.protocol.ready_package, s.protocol.ready_path))
        self._set("world", "asks_others", 0, float(s.protocol.asks_others))
        self._set("world", "needs_confirmation", 0, float(s.protocol.needs_confirmation))
        self._set("world", "mediated", 0, 1.0 if s.mediator else 0.0)
        for name, start in {"fighting": 1.0, "week": 0.0, "outcome": -1.0, "since_week": 0.0}.items():
            self._set("world", name, 0, start)
        self._set("world", "truce_weeks", 0, np.ceil(self.state["world"]["truce_weeks"][0]))

    def _number_of(self, content: str, path: str) -> float:
        """Number of a package of the menu on this board."""
        place = self.board.place_of(self.board.scenario.menu.focal[content].options)
        return float(place * len(self.board.paths) + self.board.paths.index(path))

    def _agenda(self) -> None:
        s, agenda = self.board.scenario, self.board.scenario.agenda
        dated = {"summit": agenda.summit, "plan": agenda.plan}
        weeks = {"leaving": agenda.mediator_leaves_in_week}
        weeks |= {name: found.week if found else None for name, found in dated.items()}
        for name, week in weeks.items():
            self._set("world", f"{name}_week", 0, float(UNDATED if week is None else week))
        plan = agenda.plan
        self._set("world", "plan_number", 0, self._number_of(plan.content, plan.path) if plan else 0.0)
        self._set("world", "plan_confirmed", 0, float(plan is not None and plan.confirmed))
        self._absent("actor", ["summit_guest", "plan_guest"])
        for name, found in dated.items():
            if found is not None:
                self._set("actor", f"{name}_guest", list(s.actors).index(found.side), 1.0)

    def _actors(self) -> None:
        s = self.board.scenario
        for row, (key, actor) in enumerate(s.actors.items()):
            for role in ("interests", "belligerent", "mediator", "consenter", "buyer"):
                part = getattr(actor, role)
                if part is not None:
                    for name, value in self._given(part, f"actors.{key}.{role}"):
                        self._set("actor", RENAMED.get(name, name), row, value)
            flags = {
                "mediates": actor.mediator is not None,
                "acts": True,
                "institution": actor.interests is None and actor.consenter is not None,
                "bears_contest": actor.interests is not None and actor.interests.war_cost is not None,
                "keeps_trust": any(b.kind == "trust" and b.holder == key for b in s.beliefs.values()),
            }
            for name, holds in flags.items():
                self._set("actor", name, row, float(holds))
            if actor.interests is not None:
                self._interests(row, key)
        table = self.state["actor"]
        self._absent("actor", sorted({*ACTOR_NAMES, *DERIVED} - table.keys()))
        for name in ("resilience", "aid"):
            table[name] = table[f"{name}_start"].copy()

    def _absent(self, space: str, names: list[str]) -> None:
        for name in names:
            self.state[space][name] = self._zeros(space)

    def _interests(self, row: int, key: str) -> None:
        """Annuity, direction of optimism and worth of the ends of the contest."""
        interests = self.board.scenario.actors[key].interests
        assert interests is not None
        table = self.state["actor"]
        discount, horizon = table["weekly_discount"][row], table["planning_horizon"][row]
        self._set("actor", "annuity", row, (1.0 - power(discount, horizon)) / (1.0 - discount))
        if interests.optimism is not None:
            lean = 1.0 if interests.optimism_favours == "first" else -1.0
            self._set("actor", "optimism_lean", row, lean * table["optimism"][row])
        for end, name in ENDS.items():
            self._set("actor", name, row, worth_of(self.board, self.drawn, key, self.board.table.ends[end])[0])

    def _dyads(self) -> None:
        for row, (key, belief) in enumerate(self.board.scenario.beliefs.items()):
            chance = np.clip(self.drawn[f"beliefs.{key}.chance"], 0.001, 0.999)
            self._set("dyad", "chance", row, chance)
            if belief.weight is not None:
                weight = self.drawn[f"beliefs.{key}.weight"]
                for name, value in {"good": chance * weight, "bad": (1.0 - chance) * weight}.items():
                    self._set("dyad", name, row, value)
                    self._set("dyad", f"{name}_start", row, value)
        self._absent(
            "dyad",
            [n for n in ("chance", "good", "bad", "good_start", "bad_start") if n not in self.state["dyad"]],
        )

    def _levers(self) -> None:
        s = self.board.scenario
        self._absent("lever", [*LEVER_QUANTITIES, *LEVER_FACTS])
        for row, (key, lever) in enumerate(s.levers.items()):
            place = f"levers.{key}"
            for name, value in self._given(lever, place):
                self._set("lever", name, row, np.ceil(value) if name in WHOLE_WEEKS else value)
            for name, value in self._given(lever.effects, f"{place}.effects"):
                self._set("lever", "aid_change" if name == "aid" else name, row, value)
            if lever.works_alone is None:
                self._set("lever", "works_alone", row, 1.0)
            self._lever_facts(row, lever)
        pairs = [(k, b) for k, x in s.levers.items() for b in x.buyers]
        self._absent("purchase", ["share"])
        for row, (key, buyer) in enumerate(pairs):
            self._set("purchase", "share", row, s.levers[key].buyers[buyer])
        self._absent("deterrence", ["raised_by"])
        deterred = [(k, on) for k, x in s.levers.items() for on in x.effects.deters]
        for row, (key, on) in enumerate(deterred):
            self._set("deterrence", "raised_by", row, self.drawn[f"levers.{key}.effects.deters.{on}"])
        self.state["deterrence"]["raised_by"][len(deterred)] = 1.0

    def _lever_facts(self, row: int, lever: Lever) -> None:
        """What a lever is, besides its numbers: whom it favours, whether it presses, helps or cuts."""
        aid = self.state["lever"]["aid_change"][row]
        own = bool(lever.beneficiary) and lever.beneficiary == lever.target
        week = lever.decided_in_week
        facts = {
            "decided_week": float(UNDATED if week is None else week),
            "threatens": lever.threatens,
            "executes": lever.executes,
            "major": lever.major,
            "against": 1.0 if lever.target == self.board.scenario.contest.second else -1.0,
            "aid_against": -aid if own else aid,
            "presses": lever.effects.stress is not None or lever.effects.push is not None or own,
            "helps": bool(lever.beneficiary) and not own,
            "cuts": own,
        }
        for name, fact in facts.items():
            self._set("lever", name, row, fact)

    def _moves(self) -> None:
        self._absent("move", ["worth"])
        for row, move in enumerate(self.board.moves):
            self._set("move", "open", row, 1.0 if move.kind == "wait" else 0.0)

    def _packages(self) -> None:
        self.state.update(package_tables(self.board, self.drawn, self.state["world"]["settling_weeks"][0]))


def _field_names() -> list[str]:
    """Names of all actor quantities, so that rules may ask for those that an actor does not have."""
    names: list[str] = []
    for part in (Interests, Belligerent, Mediator, Consenter, Buyer):
        for name, info in part.model_fields.items():
            if "Quantity" in str(info.annotation):
                names.append(RENAMED.get(name, name))
    return names


ACTOR_NAMES = tuple(_field_names())
