"""Entries: what became of each row of the list of what the texts say?

Read aloud
    entries/<kind>.yaml holds the rows of one kind under their ids. A row is used if a claim that names it is used,
    if `used_by` names a place that exists, or if contradictions.yaml or history.yaml has it. A row that nothing uses
    says why under `not_used`. One that is both or neither is a mistake; so is an id that no list holds. What only the
    history has, or only a contradiction without effect, is counted apart.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.evidence.claim import Claim
from sim.evidence.entry import Entry
from sim.spec.chain import chain_of
from sim.spec.find import find_scenario
from sim.spec.listed import HISTORY as HISTORY_FILE
from sim.spec.listed import Listed, read_list
from sim.spec.mistake import Mistake
from sim.spec.omissions import omissions
from sim.spec.switch import Contradiction
from sim.spec.switching import CONTRADICTIONS
from sim.spec.uses import HISTORY, TOLD, Use, kind_of_contradiction, use_at, uses_of_claims


@dataclass(frozen=True)
class Account:
    """What became of one row."""

    kind: str
    """Name of the list it stands in."""
    key: str
    """Its id."""
    entry: Entry
    """The row."""
    claims: tuple[str, ...]
    """Claims that name it."""
    uses: tuple[Use, ...]
    """What uses it."""

    @property
    def user(self) -> Use | None:
        """The first thing in the model that uses it; the history and contradictions without effect are not in it."""
        return next((use for use in self.uses if use.by not in (HISTORY, TOLD)), None)

    @property
    def is_only_in_history(self) -> bool:
        """True if nothing in the model uses it, but a comparison with runs may."""
        outside = any(use.by == HISTORY for use in self.uses)
        return outside and self.user is None and not self.entry.not_used

    @property
    def is_only_told(self) -> bool:
        """True if nothing but contradictions without effect has it, which say why they have none."""
        told = {use.by for use in self.uses} == {TOLD}
        return told and not self.entry.not_used

    @property
    def is_left_out(self) -> bool:
        """True if nothing has it and nobody says why."""
        return not self.uses and not self.entry.not_used


@dataclass(frozen=True)
class Accounts:
    """The whole list of a case, with everything that is wrong in it."""

    rows: tuple[Account, ...]
    """What became of each row, list by list."""
    claims: Mapping[str, Claim]
    """The claims of the case."""
    unused_claims: tuple[str, ...]
    """Claims that nothing uses."""
    sides: Mapping[str, Contradiction]
    """The contradictions of the case."""
    mistakes: tuple[Mistake, ...]
    """What is wrong, with file and line."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """Names of the lists, in their order."""
        return tuple(dict.fromkeys(row.kind for row in self.rows))


def accounts_of(case: str | Path, known: Mapping[str, Collection[str]]) -> Accounts | None:
    """The list of a case; None if it keeps none. `known` holds names that no case holds: `rules` and `tags`."""
    listed = read_list(chain_of(find_scenario(case)))
    if listed is None:
        return None
    places = dict(known) | {
        "scenarios": [file.path.stem for file in listed.scenarios],
        "lenses": list(listed.views),
        "tags": [*known["tags"], *(f"executed_{lever}" for lever in listed.base.get("levers") or {})],
    }
    used = uses_of_claims(listed.using, listed.sides)
    rows = tuple(_accounts(listed, used, places))
    mistakes = [*omissions(listed, places), *(one for row in rows for one in _wrong(listed, row))]
    unused = tuple(key for key in listed.claims if key not in used)
    return Accounts(rows, listed.claims, unused, listed.sides, tuple(mistakes))


def _accounts(listed: Listed, used: Mapping[str, list[Use]], known: Mapping[str, Collection[str]]) -> Iterator[Account]:
    for kind, rows in listed.rows.items():
        for key, entry in rows.items():
            claims = tuple(name for name, claim in listed.claims.items() if key in claim.entries)
            carried = [use for claim in claims for use in used.get(claim, ())]
            uses = (*carried, *_named(listed, key, entry, known))
            yield Account(kind, key, entry, claims, tuple(dict.fromkeys(uses)))


def _named(listed: Listed, key: str, entry: Entry, known: Mapping[str, Collection[str]]) -> Iterator[Use]:
    """What uses a row without a claim."""
    for place in entry.used_by:
        if isinstance(use := use_at(place, listed.base, known), Use):
            yield use
    for name, contradiction in listed.sides.items():
        if key == name or key in contradiction.entries:
            yield Use(kind_of_contradiction(contradiction), f"{CONTRADICTIONS}: {name}")
    if key in listed.events:
        yield Use(HISTORY, f"{HISTORY_FILE}: {key}")


def _wrong(listed: Listed, row: Account) -> Iterator[Mistake]:
    """A row that is used and said not to be, or neither."""
    file = listed.lists[row.kind]
    if row.is_left_out:
        carried = f" (no file uses {', '.join(row.claims)})" if row.claims else ""
        remedy = "let a claim carry it, name what uses it under `used_by`, or say under `not_used` why nothing does"
        yield Mistake(file.name, file.line((row.key,)), f"{row.key}: nothing uses it{carried}", remedy)
    if row.user and row.entry.not_used:
        text = f"{row.key}: {row.user.where} uses it, yet `not_used` says why nothing does"
        yield Mistake(file.name, file.line((row.key, "not_used")), text, "leave `not_used` out")
