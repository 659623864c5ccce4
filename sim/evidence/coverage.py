"""Coverage: what became of each row of the list of what the texts say?

Read aloud
    entries/<kind>.yaml holds the rows of one kind under their ids. A row is used if a claim that names it is used,
    if `used_by` names a place that exists, or if contradictions.yaml or history.yaml has it. A row that nothing uses
    says why under `not_used`. One that is both or neither is a mistake; so is an id that no list holds. What only the
    history has, or only a contradiction without effect, is counted apart.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.errors import Problem
from sim.evidence.history import HISTORY as HISTORY_FILE
from sim.evidence.register import EvidenceRegister, read_register
from sim.evidence.register_checks import check_register
from sim.evidence.usage import HISTORY, WITHOUT_EFFECT, Citation, classify_contradiction, find_citation, find_citations
from sim.loading.discovery import find_scenario
from sim.loading.extends import resolve_extends
from sim.loading.resolve_questions import CONTRADICTIONS
from sim.schema.claim import Claim
from sim.schema.evidence_row import EvidenceRow
from sim.schema.open_question import Contradiction


@dataclass(frozen=True)
class RowUse:
    """What became of one row."""

    kind: str
    """Name of the list it stands in."""
    key: str
    """Its id."""
    evidence: EvidenceRow
    """The row."""
    claims: tuple[str, ...]
    """Claims that name it."""
    citations: tuple[Citation, ...]
    """What uses it."""

    @property
    def user(self) -> Citation | None:
        """The first thing in the model that uses it; the history and contradictions without effect are not in it."""
        return next((use for use in self.citations if use.kind not in (HISTORY, WITHOUT_EFFECT)), None)

    @property
    def is_only_in_history(self) -> bool:
        """True if nothing in the model uses it, but a comparison with runs may."""
        outside = any(use.kind == HISTORY for use in self.citations)
        return outside and self.user is None and not self.evidence.not_used

    @property
    def is_only_without_effect(self) -> bool:
        """True if nothing but contradictions without effect has it, which say why they have none."""
        told = {use.kind for use in self.citations} == {WITHOUT_EFFECT}
        return told and not self.evidence.not_used

    @property
    def is_left_out(self) -> bool:
        """True if nothing has it and nobody says why."""
        return not self.citations and not self.evidence.not_used


@dataclass(frozen=True)
class RegisterUse:
    """The whole list of a case, with everything that is wrong in it."""

    rows: tuple[RowUse, ...]
    """What became of each row, list by list."""
    claims: Mapping[str, Claim]
    """The claims of the case."""
    unused_claims: tuple[str, ...]
    """Claims that nothing uses."""
    contradictions: Mapping[str, Contradiction]
    """The contradictions of the case."""
    problems: tuple[Problem, ...]
    """What is wrong, with file and line."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """Names of the lists, in their order."""
        return tuple(dict.fromkeys(row.kind for row in self.rows))


def find_register_use(case: str | Path, known: Mapping[str, Collection[str]]) -> RegisterUse | None:
    """The list of a case; None if it keeps none. `known` holds names that no case holds: `rules` and `tags`."""
    listed = read_register(resolve_extends(find_scenario(case)))
    if listed is None:
        return None
    places = dict(known) | {
        "scenarios": [file.path.stem for file in listed.scenarios],
        "views": list(listed.view_files),
        "tags": [*known["tags"], *(f"executed_{lever}" for lever in listed.base.get("levers") or {})],
    }
    used = find_citations(listed.citing_files, listed.contradictions)
    rows = tuple(_find_row_uses(listed, used, places))
    problems = [*check_register(listed, places), *(one for row in rows for one in _check_row(listed, row))]
    unused = tuple(key for key in listed.claims if key not in used)
    return RegisterUse(rows, listed.claims, unused, listed.contradictions, tuple(problems))


def _find_row_uses(
    register: EvidenceRegister, citations: Mapping[str, list[Citation]], known: Mapping[str, Collection[str]]
) -> Iterator[RowUse]:
    for kind, rows in register.rows.items():
        for key, entry in rows.items():
            claims = tuple(name for name, claim in register.claims.items() if key in claim.entries)
            carried = [use for claim in claims for use in citations.get(claim, ())]
            uses = (*carried, *_find_direct_citations(register, key, entry, known))
            yield RowUse(kind, key, entry, claims, tuple(dict.fromkeys(uses)))


def _find_direct_citations(
    register: EvidenceRegister, key: str, entry: EvidenceRow, known: Mapping[str, Collection[str]]
) -> Iterator[Citation]:
    """What uses a row without a claim."""
    for place in entry.used_by:
        if isinstance(use := find_citation(place, register.base, known), Citation):
            yield use
    for name, contradiction in register.contradictions.items():
        if key == name or key in contradiction.entries:
            yield Citation(classify_contradiction(contradiction), f"{CONTRADICTIONS}: {name}")
    if key in register.events:
        yield Citation(HISTORY, f"{HISTORY_FILE}: {key}")


def _check_row(register: EvidenceRegister, row: RowUse) -> Iterator[Problem]:
    """A row that is used and said not to be, or neither."""
    file = register.lists[row.kind]
    if row.is_left_out:
        carried = f" (no file uses {', '.join(row.claims)})" if row.claims else ""
        remedy = "let a claim carry it, name what uses it under `used_by`, or say under `not_used` why nothing does"
        yield Problem(file.name, file.find_line((row.key,)), f"{row.key}: nothing uses it{carried}", remedy)
    if row.user and row.evidence.not_used:
        text = f"{row.key}: {row.user.where} uses it, yet `not_used` says why nothing does"
        yield Problem(file.name, file.find_line((row.key, "not_used")), text, "leave `not_used` out")
