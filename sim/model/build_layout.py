"""Build layout: the spaces of a scenario, one after another, with their relations and groups."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import numpy as np

from sim.model.layout import EntitySet, Index, Layout, Move, Relation
from sim.model.packages import Terms, find_breakdown_classes, list_all_terms
from sim.rules.week.moves import MOVE_KINDS, WAIT, MoveKind
from sim.schema.scenario import Scenario


def list_moves(s: Scenario) -> tuple[Move, ...]:
    """Every move of every actor, in file order."""
    return tuple(move for key in s.actors for move in _list_moves_of_actor(s, key))


def _list_moves_of_actor(s: Scenario, key: str) -> Iterator[Move]:
    """Moves of one actor, in the order of their kinds; of what it can do with levers, lever by lever."""
    actor, levers = s.actors[key], [name for name, lever in s.levers.items() if lever.holder == key]
    roles = {"mediator": actor.mediator, "disputant": actor.disputant, "veto_player": actor.veto_player}
    acts_as = {role for role, part in roles.items() if part} | ({"lever_holder"} if levers else set())
    acts_as |= {"everybody"} if acts_as else set()
    for who, kinds in groupby(MOVE_KINDS, key=lambda kind: kind.who):
        if who == "lever_holder":
            listed = list(kinds)
            yield from (move for name in levers for kind in listed for move in _aim_lever(s, name, kind))
        elif who in acts_as:
            yield from (Move(key, kind.key, target=target) for kind in kinds for target in _find_targets(s, key, kind))


def _aim_lever(s: Scenario, name: str, kind: MoveKind) -> Iterator[Move]:
    lever = s.levers[name]
    if lever.threatens if kind.aim == "threatening_levers" else lever.executes:
        yield Move(lever.holder, kind.key, lever=name, target=lever.target)


def _find_targets(s: Scenario, key: str, kind: MoveKind) -> list[str]:
    """At whom an actor can aim a move of some kind; an empty name for nobody in particular."""
    sides, veto_player = s.find_by_role("disputant"), s.actors[key].veto_player
    if kind.aim == "disputants":
        return list(sides)
    if kind.aim == "opponent":
        return [side for side in sides if side != key]
    if kind.aim == "lobbied":
        return [veto_player.lobbies_against] if veto_player and veto_player.lobbies_against and s.mediator else []
    return [""]


class _LayoutBuilder:
    """Builds the spaces one after another; keeps the row numbers of names."""

    def __init__(self, s: Scenario, terms: Sequence[tuple[str, Terms]]) -> None:
        self.s = s
        self.actors, self.ids = list(s.actors), s.actor_ids
        self.sides = list(s.find_by_role("disputant"))
        self.parties = list(s.find_by_role("party"))
        self.levers = list(s.levers)
        self.beliefs = list(s.beliefs.values())
        self.moves = list_moves(s)
        self.sequences = list(s.sequences)
        self.terms = terms
        self.packages = [(c, p) for c in range(len(self.terms)) for p in range(len(self.sequences))]

    def name_streams(self, actors: Iterable[str]) -> tuple[str, ...]:
        """Addresses of the luck of actors."""
        return tuple(self.ids[name] for name in actors)

    def find_rows(self, names: list[str], known: list[str]) -> Index:
        """Row of each name; the row of nobody for names that are not there."""
        return np.array([known.index(name) if name in known else len(known) for name in names], dtype=np.int64)

    def relate_to_actors(self, names: list[str], **options: bool) -> Relation:
        """Link to actors by name."""
        return Relation("actor", self.find_rows(names, self.actors), **options)

    def relate_to_beliefs(self, kind: str, pairs: list[tuple[str, str]]) -> Relation:
        """Link to beliefs of a kind by holder and subject."""
        held = [(b.kind, b.holder, b.about) for b in self.beliefs]
        found = [held.index((kind, *pair)) if (kind, *pair) in held else len(held) for pair in pairs]  # type: ignore[arg-type]
        return Relation("belief", np.array(found, dtype=np.int64))

    def find_rival(self, name: str) -> str:
        """The other disputant, or nobody."""
        return {self.sides[0]: self.sides[1], self.sides[1]: self.sides[0]}.get(name, "")

    def build_world(self) -> EntitySet:
        """The world, linked to the two sides and the mediator."""
        names = {"first": self.sides[0], "second": self.sides[1], "mediator": self.s.mediator}
        return EntitySet("world", ("world",), (1,), {key: self.relate_to_actors([name]) for key, name in names.items()})

    def build_actors(self) -> EntitySet:
        """Everybody who takes part."""
        names, mediator = self.actors, self.s.mediator
        links = {
            "other": self.relate_to_actors([self.find_rival(n) for n in names]),
            "hope": self.relate_to_beliefs("hope", [(mediator, n) for n in names]),
            "rival_hope": self.relate_to_beliefs("hope", [(n, self.find_rival(n)) for n in names]),
            "honour": self.relate_to_beliefs("honour", [(n, self.find_rival(n)) for n in names]),
            "credibility": self.relate_to_beliefs("credibility", [(n, mediator) for n in names]),
            "trust": self.relate_to_beliefs("trust", [(n, mediator) for n in names]),
            "party_package": Relation("party_package", self.find_rows(names, self.parties)),
            "side_package": Relation("side_package", self.find_rows(names, self.sides)),
        }
        parties = set(self.parties)
        bearers = [n for n in names if (i := self.s.actors[n].interests) and i.conflict_cost]
        groups = {
            "disputant": self.sides,
            "mediator": [mediator] if mediator else [],
            "party": [n for n in names if n in parties],
            "bears_conflict": bearers,
            "non_disputants": [n for n in names if n in parties and n not in self.sides],
            "consulted": [n for n in names if n in parties and n != mediator],
            "veto_player": [n for n in names if n not in self.sides and n != mediator and self._has_moves(n)],
        }
        rows = {k: self.find_rows(v, names) for k, v in groups.items()}
        return EntitySet("actor", tuple(names), (len(names),), links, rows, self.name_streams(names))

    def _has_moves(self, name: str) -> bool:
        return any(move.actor == name and move.kind != WAIT.key for move in self.moves)

    def build_beliefs(self) -> EntitySet:
        """Beliefs."""
        b, mediator = self.beliefs, self.s.mediator
        links = {
            "holder": self.relate_to_actors([x.holder for x in b]),
            "about": self.relate_to_actors([x.about for x in b]),
            "sincerity": self.relate_to_beliefs("sincerity", [(x.holder, x.about) for x in b]),
            "honour": self.relate_to_beliefs("honour", [(x.holder, x.about) for x in b]),
            "credibility": self.relate_to_beliefs("credibility", [(x.about, x.holder) for x in b]),
        }
        kinds = ("credibility", "sincerity", "commitment", "honour", "trust", "hope")
        groups = {kind: [i for i, x in enumerate(b) if x.kind == kind] for kind in kinds}
        groups["by_experience"] = [i for i, x in enumerate(b) if x.kind not in ("hope", "credibility")]
        groups["hope_of_mediator"] = [i for i in groups["hope"] if b[i].holder == mediator]
        groups["hope_of_rival"] = [i for i in groups["hope"] if b[i].holder != mediator]
        named = {k: np.array(v, dtype=np.int64) for k, v in groups.items()}
        names = tuple(f"{x.holder}>{x.about}:{x.kind}" for x in b)
        addresses = tuple(f"{self.ids[x.holder]}>{self.ids[x.about]}:{x.kind}" for x in b)
        return EntitySet("belief", names, (len(b),), links, named, addresses)

    def build_levers(self) -> list[EntitySet]:
        """Levers, their compliers, members who can veto them, and deterrence of one by another."""
        s, v = self.s, list(self.s.levers.values())
        held_by_others = [i for i, x in enumerate(v) if x.holder not in self.sides]
        groups = {
            "held_by_others": held_by_others,
            "held_by_disputant": [i for i in range(len(v)) if i not in held_by_others],
        }
        links = {
            "holder": self.relate_to_actors([x.holder for x in v]),
            "target": self.relate_to_actors([x.target for x in v]),
            "beneficiary": self.relate_to_actors([x.beneficiary for x in v]),
            "credibility": self.relate_to_beliefs("credibility", [(x.target, x.holder) for x in v]),
            "dependence": self.relate_to_beliefs("credibility", [(x.beneficiary, x.holder) for x in v]),
        }
        named = {k: np.array(g, dtype=np.int64) for k, g in groups.items()}
        spaces = [EntitySet("lever", tuple(self.levers), (len(v),), links, named)]
        spaces += self._relate_third_parties()
        deterred = [(k, on) for k, x in s.levers.items() for on in x.effects.deters]
        links = {
            "by": Relation("lever", self.find_rows([k for k, _ in deterred], self.levers)),
            "on": Relation("lever", self.find_rows([on for _, on in deterred], self.levers)),
        }
        spaces.append(EntitySet("deterrence", tuple(f"{k}/{on}" for k, on in deterred), (len(deterred),), links))
        return spaces

    def _relate_third_parties(self) -> list[EntitySet]:
        """Those whose compliance a lever needs, and members who can veto it."""
        levers, spaces = self.s.levers, []
        compliers = [(k, b) for k, x in levers.items() for b in x.compliers]
        members = [(k, m) for k, x in levers.items() for m in x.vetoed_by]
        for name, relation, pairs in (("compliance", "complier", compliers), ("veto", "member", members)):
            held = [(b, levers[k].holder) for k, b in pairs]
            links = {
                "lever": Relation("lever", self.find_rows([k for k, _ in pairs], self.levers)),
                relation: self.relate_to_actors([b for _, b in pairs]),
                "credibility": self.relate_to_beliefs("credibility", held),
            }
            names = tuple(f"{b}/{k}" for k, b in pairs)
            addresses = tuple(f"{self.ids[b]}/{k}" for k, b in pairs)
            spaces.append(EntitySet(name, names, (len(pairs),), links, {}, addresses))
        return spaces

    def build_moves(self) -> EntitySet:
        """What each actor can do."""
        m, mediator = self.moves, self.s.mediator
        side = [x.actor if x.actor in self.sides else x.target for x in m]
        links = {
            "actor": self.relate_to_actors([x.actor for x in m]),
            "target": self.relate_to_actors([x.target for x in m]),
            "lever": Relation("lever", self.find_rows([x.lever for x in m], self.levers)),
            "party_package": Relation("party_package", self.find_rows([x.actor for x in m], self.parties)),
            "hope": self.relate_to_beliefs("hope", [(mediator, n) for n in side]),
            "sincerity": self.relate_to_beliefs("sincerity", [(mediator, n) for n in side]),
            "commitment": self.relate_to_beliefs("commitment", [(n, mediator) for n in side]),
            "credibility": self.relate_to_beliefs("credibility", [(x.target, x.actor) for x in m]),
        }
        kinds = [kind.key for kind in MOVE_KINDS]
        groups = {k: np.array([i for i, x in enumerate(m) if x.kind == k], dtype=np.int64) for k in kinds}
        addresses = tuple(x.name_by(self.ids) for x in m)
        return EntitySet("move", tuple(x.key for x in m), (len(m),), links, groups, addresses)

    def build_packages(self) -> list[EntitySet]:
        """Sequences, packages and breakdown classes, and terms, too, as parties and sides see them."""
        sequences, n, each = np.arange(len(self.sequences)), len(self.packages), len(self.sequences)
        by_sequence = np.tile(sequences, len(self.terms))
        classes = find_breakdown_classes(self.s, [terms for _, terms in self.terms])
        party, parties = {"party": self.relate_to_actors(self.parties, default=True)}, tuple(self.parties)
        names = tuple(f"{self.terms[c][0]} by {self.sequences[p]}" for c, p in self.packages)
        like = tuple(f"like {names[first * each + one]}" for first in classes.firsts for one in sequences)
        back = {"sequence": Relation("sequence", np.tile(sequences, classes.firsts.size), default=True)}
        seen = {
            "package": np.arange(n),
            "party_sequence": by_sequence,
            "party_terms": np.repeat(np.arange(len(self.terms)), each),
            "party_breakdown": classes.kinds[np.repeat(np.arange(len(self.terms)), each)] * each + by_sequence,
        }
        kinds = {
            "party_sequence": (each, _relate_columns({"sequence": sequences})),
            "party_breakdown": (len(like), _relate_columns({"breakdown_class": np.arange(len(like))})),
            "party_package": (n, _relate_columns(seen)),
        }
        groups = self._group_parties()
        luck, sides = self.name_streams(self.parties), self.name_streams(self.sides)
        return [
            EntitySet("sequence", tuple(self.sequences), (each,)),
            EntitySet("package", names, (n,)),
            EntitySet("breakdown_class", like, (len(like),), back),
            EntitySet("party_terms", parties, (len(parties), len(self.terms)), party, {}, luck),
            *(EntitySet(k, parties, (len(parties), m), party | links, groups, luck) for k, (m, links) in kinds.items()),
            EntitySet("side_package", tuple(self.sides), (2, n), self._relate_sides(n), {}, sides),
        ]

    def _group_parties(self) -> dict[str, Index]:
        """Parties beside the sides and the mediator, those that weigh what they get, and institutions."""
        outside = np.array([name not in (*self.sides, self.s.mediator) for name in self.parties])
        own = np.array([self.s.actors[name].interests is not None for name in self.parties])
        side = np.array([name in self.sides for name in self.parties])
        found = {"outside_parties": outside, "has_interests": own, "institution": ~own}
        found |= {"disputant": side, "third_parties": own & ~side}
        return {name: np.flatnonzero(holds) for name, holds in found.items()}

    def _relate_sides(self, packages: int) -> dict[str, Relation]:
        """How the two sides see packages."""
        ours = self.find_rows(self.sides, self.parties)
        return {
            "side": self.relate_to_actors(self.sides, default=True),
            "package": Relation("package", np.arange(packages), axis=1, default=True),
            "own": Relation("party_package", ours),
            "opponent": Relation("party_package", ours[::-1].copy()),
            "mediator": Relation("party_package", self.find_rows([self.s.mediator] * 2, self.parties)),
            "rival": Relation("side_package", np.array([1, 0])),
        }


def _relate_columns(rows: dict[str, Index]) -> dict[str, Relation]:
    """Relations of what is seen of packages: for every column, the row of each space that stands behind it."""
    return {name: Relation(name, index, axis=1, default=True) for name, index in rows.items()}


MAX_LAYOUTS = 64
MENU, EVERY, CLASSES = "menu", "every", "classes"
_layouts: dict[tuple[int, str], Layout] = {}
"""Layouts built before, by scenario and by which terms they hold; MAX_LAYOUTS at a time."""


def build_layout(scenario: Scenario, *, every: bool = False) -> Layout:
    """The layout of a scenario, with the terms of its menu or with all terms there could be."""
    return _find_layout(scenario, EVERY if every else MENU)


def build_layout_of_classes(scenario: Scenario) -> Layout:
    """The layout with the terms of the menu, and after them the first of each breakdown class of all there could be."""
    return _find_layout(scenario, CLASSES)


def _find_layout(scenario: Scenario, held: str) -> Layout:
    """A layout built before, or a new one."""
    found = _layouts.get((id(scenario), held))
    if found is None or found.scenario is not scenario:
        if len(_layouts) >= MAX_LAYOUTS:
            _layouts.clear()
        found = _layouts[id(scenario), held] = _build(scenario, _list_terms(scenario, held))
    return found


def _list_terms(scenario: Scenario, held: str) -> Sequence[tuple[str, Terms]]:
    """The terms that a layout holds."""
    if held == EVERY:
        return list_all_terms(scenario)
    if held == MENU:
        return scenario.list_terms()
    every = build_layout(scenario, every=True)
    firsts = every.terms_table.breakdown_classes.firsts
    return [*scenario.list_terms(), *(every.terms[first] for first in firsts)]


def _build(scenario: Scenario, terms: Sequence[tuple[str, Terms]]) -> Layout:
    b = _LayoutBuilder(scenario, terms)
    spaces = [
        b.build_world(),
        b.build_actors(),
        b.build_beliefs(),
        *b.build_levers(),
        b.build_moves(),
        *b.build_packages(),
    ]
    return Layout(
        scenario,
        {space.name: space for space in spaces},
        b.moves,
        tuple(b.terms),
        tuple(b.sequences),
        tuple(b.parties),
    )
