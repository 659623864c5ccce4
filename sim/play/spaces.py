"""Spaces: the board of a scenario is laid out - every space with its links and groups."""

from collections.abc import Sequence

import numpy as np

from sim.play.board import Board, Index, Link, Move, Space
from sim.play.packages import Content, all_contents, setbacks_of
from sim.spec.scenario import Scenario


def moves_of(s: Scenario) -> tuple[Move, ...]:
    """Every move of every actor, in file order."""
    moves: list[Move] = []
    sides = s.with_role("belligerent")
    for key, actor in s.actors.items():
        if not (
            actor.belligerent or actor.mediator or actor.consenter or any(v.holder == key for v in s.levers.values())
        ):
            continue
        moves.append(Move(key, "wait"))
        if actor.mediator:
            moves += [Move(key, "engage", target=side) for side in sides]
        if actor.belligerent:
            rival = sides[1] if key == sides[0] else sides[0]
            moves += [Move(key, kind, target=rival) for kind in ("call", "symbolic", "concede", "offer", "strike")]
        if actor.consenter and actor.consenter.presses and s.mediator:
            moves.append(Move(key, "lobby", target=actor.consenter.presses))
        for name, lever in s.levers.items():
            if lever.holder == key:
                if lever.threatens:
                    moves.append(Move(key, "threaten", lever=name, target=lever.target))
                if lever.executes:
                    moves.append(Move(key, "execute", lever=name, target=lever.target))
        if actor.mediator:
            moves.append(Move(key, "leave"))
    return tuple(moves)


class _Builder:
    """Builds the spaces one after another; keeps the row numbers of names."""

    def __init__(self, s: Scenario, contents: Sequence[tuple[str, Content]]) -> None:
        self.s = s
        self.actors = list(s.actors)
        self.sides = list(s.with_role("belligerent"))
        self.parties = list(s.with_role("party"))
        self.levers = list(s.levers)
        self.beliefs = list(s.beliefs.values())
        self.moves = moves_of(s)
        self.paths = list(s.paths)
        self.contents = contents
        self.packages = [(c, p) for c in range(len(self.contents)) for p in range(len(self.paths))]

    def rows(self, names: list[str], known: list[str]) -> Index:
        """Row of each name; the row of nobody for names that are not there."""
        return np.array([known.index(name) if name in known else len(known) for name in names], dtype=np.int64)

    def actor(self, names: list[str], **options: bool) -> Link:
        """Link to actors by name."""
        return Link("actor", self.rows(names, self.actors), **options)

    def dyad(self, kind: str, pairs: list[tuple[str, str]]) -> Link:
        """Link to beliefs of a kind by holder and subject."""
        held = [(b.kind, b.holder, b.about) for b in self.beliefs]
        found = [held.index((kind, *pair)) if (kind, *pair) in held else len(held) for pair in pairs]  # type: ignore[arg-type]
        return Link("dyad", np.array(found, dtype=np.int64))

    def rival(self, name: str) -> str:
        """The other belligerent, or nobody."""
        return {self.sides[0]: self.sides[1], self.sides[1]: self.sides[0]}.get(name, "")

    def world(self) -> Space:
        """The world, linked to the two sides and the mediator."""
        names = {"first": self.sides[0], "second": self.sides[1], "mediator": self.s.mediator}
        return Space("world", ("world",), (1,), {key: self.actor([name]) for key, name in names.items()})

    def actor_space(self) -> Space:
        """Everybody who takes part."""
        names, third = self.actors, self.s.mediator
        links = {
            "other": self.actor([self.rival(n) for n in names]),
            "hope": self.dyad("hope", [(third, n) for n in names]),
            "rival_hope": self.dyad("hope", [(n, self.rival(n)) for n in names]),
            "honour": self.dyad("honour", [(n, self.rival(n)) for n in names]),
            "credibility": self.dyad("credibility", [(n, third) for n in names]),
            "trust": self.dyad("trust", [(n, third) for n in names]),
            "stake": Link("stake", self.rows(names, self.parties)),
            "offer": Link("offer", self.rows(names, self.sides)),
        }
        parties = set(self.parties)
        bearers = [n for n in names if (i := self.s.actors[n].interests) and i.war_cost]
        groups = {
            "belligerent": self.sides,
            "mediator": [third] if third else [],
            "party": [n for n in names if n in parties],
            "bearer": bearers,
            "third": [n for n in names if n in parties and n not in self.sides],
            "asked": [n for n in names if n in parties and n != third],
            "consenter": [n for n in names if n not in self.sides and n != third and self._has_moves(n)],
        }
        return Space("actor", tuple(names), (len(names),), links, {k: self.rows(v, names) for k, v in groups.items()})

    def _has_moves(self, name: str) -> bool:
        return any(move.actor == name and move.kind != "wait" for move in self.moves)

    def dyads(self) -> Space:
        """Beliefs."""
        b, third = self.beliefs, self.s.mediator
        links = {
            "holder": self.actor([x.holder for x in b]),
            "about": self.actor([x.about for x in b]),
            "sincerity": self.dyad("sincerity", [(x.holder, x.about) for x in b]),
            "honour": self.dyad("honour", [(x.holder, x.about) for x in b]),
            "credibility": self.dyad("credibility", [(x.about, x.holder) for x in b]),
        }
        kinds = ("credibility", "sincerity", "commitment", "honour", "trust", "hope")
        groups = {kind: [i for i, x in enumerate(b) if x.kind == kind] for kind in kinds}
        groups["ledger"] = [i for i, x in enumerate(b) if x.kind != "hope"]
        groups["hope_of_mediator"] = [i for i in groups["hope"] if b[i].holder == third]
        groups["hope_of_rival"] = [i for i in groups["hope"] if b[i].holder != third]
        named = {k: np.array(v, dtype=np.int64) for k, v in groups.items()}
        return Space("dyad", tuple(f"{x.holder}>{x.about}:{x.kind}" for x in b), (len(b),), links, named)

    def lever_spaces(self) -> list[Space]:
        """Levers, their buyers, members who can veto them, and deterrence of one by another."""
        s, v = self.s, list(self.s.levers.values())
        third = [i for i, x in enumerate(v) if x.holder not in self.sides]
        groups = {"held_by_third": third, "held_by_belligerent": [i for i in range(len(v)) if i not in third]}
        links = {
            "holder": self.actor([x.holder for x in v]),
            "target": self.actor([x.target for x in v]),
            "beneficiary": self.actor([x.beneficiary for x in v]),
            "credibility": self.dyad("credibility", [(x.target, x.holder) for x in v]),
        }
        named = {k: np.array(g, dtype=np.int64) for k, g in groups.items()}
        spaces = [Space("lever", tuple(self.levers), (len(v),), links, named)]
        buyers = [(k, b) for k, x in s.levers.items() for b in x.buyers]
        members = [(k, m) for k, x in s.levers.items() for m in x.unanimity_of]
        for name, pairs in (("purchase", buyers), ("membership", members)):
            held = [(b, s.levers[k].holder) for k, b in pairs]
            links = {
                "lever": Link("lever", self.rows([k for k, _ in pairs], self.levers)),
                "buyer": self.actor([b for _, b in pairs]),
                "credibility": self.dyad("credibility", held),
            }
            spaces.append(Space(name, tuple(f"{b}/{k}" for k, b in pairs), (len(pairs),), links))
        deterred = [(k, on) for k, x in s.levers.items() for on in x.effects.deters]
        links = {
            "by": Link("lever", self.rows([k for k, _ in deterred], self.levers)),
            "on": Link("lever", self.rows([on for _, on in deterred], self.levers)),
        }
        spaces.append(Space("deterrence", tuple(f"{k}/{on}" for k, on in deterred), (len(deterred),), links))
        return spaces

    def move_space(self) -> Space:
        """What each actor can do."""
        m, third = self.moves, self.s.mediator
        side = [x.actor if x.actor in self.sides else x.target for x in m]
        links = {
            "actor": self.actor([x.actor for x in m]),
            "target": self.actor([x.target for x in m]),
            "lever": Link("lever", self.rows([x.lever for x in m], self.levers)),
            "stake": Link("stake", self.rows([x.actor for x in m], self.parties)),
            "hope": self.dyad("hope", [(third, n) for n in side]),
            "sincerity": self.dyad("sincerity", [(third, n) for n in side]),
            "commitment": self.dyad("commitment", [(n, third) for n in side]),
            "credibility": self.dyad("credibility", [(x.target, x.actor) for x in m]),
        }
        kinds = {x.kind for x in m} | {"lobby", "threaten", "execute", "engage", "leave"}
        groups = {k: np.array([i for i, x in enumerate(m) if x.kind == k], dtype=np.int64) for k in kinds}
        return Space("move", tuple(x.key for x in m), (len(m),), links, groups)

    def package_spaces(self) -> list[Space]:
        """Paths, packages and setbacks, and contents, too, as parties and sides see them."""
        paths, n, each = np.arange(len(self.paths)), len(self.packages), len(self.paths)
        of_content, by_path = np.repeat(np.arange(len(self.contents)), each), np.tile(paths, len(self.contents))
        setbacks = setbacks_of(self.s, [content for _, content in self.contents])
        falls_back = setbacks.kinds[of_content] * each + by_path
        party, parties = self.actor(self.parties, default=True), tuple(self.parties)
        stake = {
            "party": party,
            "package": Link("package", np.arange(n), axis=1, default=True),
            "road": Link("road", by_path, axis=1, default=True),
            "bundle": Link("bundle", of_content, axis=1, default=True),
            "fallback": Link("fallback", falls_back, axis=1, default=True),
        }
        setback = Link("setback", np.arange(setbacks.firsts.size * each), axis=1, default=True)
        road = {"party": party, "path": Link("path", paths, axis=1, default=True)}
        groups = self._groups_of_parties()
        packages = tuple(f"{self.contents[c][0]} by {self.paths[p]}" for c, p in self.packages)
        like = tuple(f"like {packages[first * each + path]}" for first in setbacks.firsts for path in paths)
        back = {"path": Link("path", np.tile(paths, setbacks.firsts.size), default=True)}
        return [
            Space("path", tuple(self.paths), (each,)),
            Space("package", packages, (n,)),
            Space("setback", like, (len(like),), back),
            Space("road", parties, (len(parties), each), road, groups),
            Space("bundle", parties, (len(parties), len(self.contents)), {"party": party}),
            Space("fallback", parties, (len(parties), len(like)), {"party": party, "setback": setback}, groups),
            Space("stake", parties, (len(parties), n), stake, groups),
            Space("offer", tuple(self.sides), (2, n), self._offer_links(n)),
        ]

    def _groups_of_parties(self) -> dict[str, Index]:
        """Parties beside the sides and the mediator, those that weigh what they get, and institutions."""
        outside = np.array([name not in (*self.sides, self.s.mediator) for name in self.parties])
        own = np.array([self.s.actors[name].interests is not None for name in self.parties])
        found = {"chorus": outside, "interested": own, "institution": ~own}
        return {name: np.flatnonzero(holds) for name, holds in found.items()}

    def _offer_links(self, packages: int) -> dict[str, Link]:
        """How the two sides see packages."""
        ours = self.rows(self.sides, self.parties)
        return {
            "side": self.actor(self.sides, default=True),
            "package": Link("package", np.arange(packages), axis=1, default=True),
            "mine": Link("stake", ours),
            "across": Link("stake", ours[::-1].copy()),
            "broker": Link("stake", self.rows([self.s.mediator] * 2, self.parties)),
            "rival": Link("offer", np.array([1, 0])),
        }


MOST = 64
_boards: dict[tuple[int, bool], Board] = {}
"""Boards laid out before, by scenario and by whether they hold every content; MOST of them at a time."""


def board_of(scenario: Scenario, *, every: bool = False) -> Board:
    """The board of a scenario, with the contents of its menu or with every content there could be."""
    found = _boards.get((id(scenario), every))
    if found is None or found.scenario is not scenario:
        if len(_boards) >= MOST:
            _boards.clear()
        found = _boards[id(scenario), every] = _laid_out(scenario, every)
    return found


def _laid_out(scenario: Scenario, every: bool) -> Board:
    b = _Builder(scenario, all_contents(scenario) if every else scenario.contents())
    spaces = [b.world(), b.actor_space(), b.dyads(), *b.lever_spaces(), b.move_space(), *b.package_spaces()]
    return Board(
        scenario,
        {space.name: space for space in spaces},
        b.moves,
        tuple(b.contents),
        tuple(b.paths),
        tuple(b.parties),
    )
