"""Roles: who may be what to whom. What no negotiation could mean is refused with place and remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from sim.schema.labels import imitate

if TYPE_CHECKING:
    from sim.schema.lever import Lever
    from sim.schema.scenario import Scenario


def find_role_conflicts(s: Scenario) -> Iterator[str]:
    """Every role that contradicts another one, as sentences that begin with the place."""
    yield from _check_actors(s)
    for key, lever in s.levers.items():
        yield from _check_lever(f"levers.{key}", key, lever, s)
    yield from _check_beliefs(s)
    yield from _check_repeats(s)
    yield from _check_labels(s)


def _check_actors(s: Scenario) -> Iterator[str]:
    if s.contest.first == s.contest.second:
        yield f"contest.second: {s.contest.second} is the first side, too; name the other disputant"
    addresses: dict[str, str] = {}
    for key, address in s.actor_ids.items():
        if (found := addresses.setdefault(address, key)) != key:
            place = f"actors.{key if s.actors[key].id else found}.id"
            yield f"{place}: {address} is the address of the luck of {found} and {key}; give each its own"
    for key, actor in s.actors.items():
        side = "disputant" if actor.disputant else "mediator" if actor.mediator else ""
        if actor.disputant and actor.mediator:
            yield f"actors.{key}.mediator: {key} is a disputant, and nobody mediates an own quarrel; keep one role"
        for role, what in (("veto_player", "a veto player"), ("complier", "a complier")):
            if side and getattr(actor, role):
                yield f"actors.{key}.{role}: {key} is the {side}, and {what} is a third party; keep one role"
        player = actor.veto_player
        wanted = ("lobby_price", "lobby_push", "minds_bad_deals", "wants_pressure")
        lacking = [name for name in wanted if player and getattr(player, name) is None]
        if player and player.lobbies_against and lacking:
            yield f"actors.{key}.veto_player: lobbies_against goes with {', '.join(wanted)}; give {', '.join(lacking)}"


def _check_lever(place: str, key: str, lever: Lever, s: Scenario) -> Iterator[str]:
    if lever.holder == lever.target:
        yield f"{place}.target: {lever.target} holds the lever and cannot be moved by it; name the other disputant"
    for field in ("compliers", "vetoed_by"):
        for name in (lever.holder, lever.target):
            if name in getattr(lever, field):
                role = "holds it" if name == lever.holder else "is its target"
                yield f"{place}.{field}: {name} {role}, and only third parties stand here; leave {name} out"
    if key in lever.effects.deters:
        yield f"{place}.effects.deters.{key}: a lever cannot deter itself; leave it out"
    if key == "major":
        yield f"{place}: `major` stands for every major lever in conditions; give it another key"
    aid = lever.effects.aid
    if aid is None:
        return
    own, numbers = lever.beneficiary == lever.target, aid.numbers if aid.form == "uniform" else aid.numbers[:1]
    if own and min(numbers) > 0:
        yield f"{place}.beneficiary: aid for {lever.target} does not press it; name the other disputant, or cut aid"
    if not own and max(numbers) < 0:
        yield f"{place}.beneficiary: less aid for {lever.beneficiary} does not press {lever.target}; name the target"


def _check_beliefs(s: Scenario) -> Iterator[str]:
    held: dict[tuple[str, str, str], str] = {}
    for key, belief in s.beliefs.items():
        if belief.holder == belief.about:
            yield f"beliefs.{key}.about: {belief.holder} has no belief about itself; name somebody else"
        found = held.setdefault((belief.kind, belief.holder, belief.about), key)
        if found != key:
            said = f"the belief `{belief.kind}` of {belief.holder} about {belief.about}"
            yield f"beliefs.{key}: {said} stands in beliefs.{found} already; keep one"


def _check_repeats(s: Scenario) -> Iterator[str]:
    """What stands twice in a list."""
    lists: dict[str, Iterable[str]] = {f"levers.{key}.vetoed_by": lever.vetoed_by for key, lever in s.levers.items()}
    lists |= {f"run_up.accounts.{key}.executed": found.executed for key, found in s.run_up.accounts.items()}
    lists["menu.nash"] = s.menu.nash
    for place, names in lists.items():
        seen = set[str]()
        for name in names:
            if name in seen:
                yield f"{place}: {name!r} stands here twice; keep one"
            seen.add(name)


def _check_labels(s: Scenario) -> Iterator[str]:
    """Two pieces of one kind that readers could not tell apart."""
    kinds: dict[str, Mapping[str, object]] = {
        "actors": s.actors,
        "issues": s.issues,
        "sequences": s.sequences,
        "levers": s.levers,
        "menu.named": s.menu.named,
        "outcomes": s.outcomes,
        "run_up.accounts": s.run_up.accounts,
        "contest.shifts": s.contest.shifts,
    }
    kinds |= {f"issues.{key}.options": issue.options for key, issue in s.issues.items()}
    for place, pieces in kinds.items():
        first, alike, keys = dict[str, str](), dict[str, str](), dict[str, str]()
        for key, piece in pieces.items():
            label = str(getattr(piece, "label", "")).strip()
            found = first.setdefault(label.casefold(), key)
            if found != key:
                yield f"{place}.{key}.label: {label!r} is the label of {place}.{found}, too; give each its own"
            elif (found := alike.setdefault(imitate(label).casefold(), key)) != key:
                yield f"{place}.{key}.label: {label!r} looks like the label of {place}.{found}; give each its own"
            if (found := keys.setdefault(imitate(key), key)) != key:
                yield f"{place}.{key}: this key looks like {found!r} and is another; give each its own"
