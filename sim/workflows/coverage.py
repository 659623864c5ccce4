"""Coverage: what the texts say, what the model does with it, and what is left out with a reason."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import sim.rules
from analysis.methods.event_shares import EVENT_COUNTS
from sim.errors import UsageError
from sim.evidence.coverage import RegisterUse, RowUse, find_register_use
from sim.evidence.usage import KINDS
from sim.rules.week import EVENT_TALLIES, MOVE_TALLIES
from sim.schema.claim import Claim

AUTHOR = "the author of the text"


def find_coverage(case: str) -> RegisterUse:
    """Every row of what the texts of a case say, with what uses it or the reason why nothing does.

    Args:
        case: Name, file or folder of the scenario.

    Raises:
        UsageError: the case keeps no list of what its texts say.
    """
    found = find_register_use(case, list_known_places())
    if found is None:
        raise UsageError(f"{case} keeps no list of what its texts say (a folder `entries` beside the scenario)")
    return found


def list_known_places() -> dict[str, set[str]]:
    """Names that a row may give and no case holds: files of rules, and columns of the results."""
    folder = Path(next(iter(sim.rules.__path__)))
    files = (path.relative_to(folder).with_suffix("") for path in folder.rglob("*.py") if path.stem != "__init__")
    return {"rules": {".".join(file.parts) for file in files}, "tags": {*EVENT_COUNTS, *MOVE_TALLIES, *EVENT_TALLIES}}


def count_kind(accounts: RegisterUse, kind: str) -> dict[str, Any]:
    """The counts of one list."""
    rows = [row for row in accounts.rows if row.kind == kind]
    by = Counter(name for row in rows for name in {use.kind for use in row.citations})
    return {
        "rows": len(rows),
        "in_the_model": sum(1 for row in rows if row.user),
        "only_in_history": sum(1 for row in rows if row.is_only_in_history),
        "used_by": {name: by[name] for name in KINDS},
        "only_told": sum(1 for row in rows if row.is_only_without_effect),
        "with_a_reason": sum(1 for row in rows if row.user is None and row.evidence.not_used),
        "left_out": sum(1 for row in rows if row.is_left_out),
    }


def count_sides(accounts: RegisterUse) -> dict[str, int]:
    """How many contradictions have a switch, and how many say why they make no difference."""
    told = sum(1 for contradiction in accounts.contradictions.values() if contradiction.no_difference)
    return {
        "all": len(accounts.contradictions),
        "with_a_switch": len(accounts.contradictions) - told,
        "without_effect": told,
    }


def count_claims(accounts: RegisterUse) -> dict[str, Any]:
    """How many claims there are, by source, kind and speaker."""
    claims = accounts.claims.values()
    return {
        "all": len(accounts.claims),
        "unused": list(accounts.unused_claims),
        "by_source": _find_most_used(claim.source for claim in claims),
        "by_kind": _find_most_used(claim.kind for claim in claims),
        "by_speaker": {source: _count_speakers(claims, source) for source in dict.fromkeys(c.source for c in claims)},
    }


def _count_speakers(claims: Iterable[Claim], source: str) -> dict[str, int]:
    return _find_most_used(claim.speaker or AUTHOR for claim in claims if claim.source == source)


def _find_most_used(names: Iterable[str]) -> dict[str, int]:
    """How often each name occurs, the most frequent first."""
    return dict(Counter(names).most_common())


def coverage_as_json(accounts: RegisterUse, *, ids: bool) -> dict[str, Any]:
    """The counts as plain data, with every row if it was asked for."""
    data: dict[str, Any] = {
        "kinds": {kind: count_kind(accounts, kind) for kind in accounts.kinds},
        "contradictions": count_sides(accounts),
        "claims": count_claims(accounts),
        "mistakes": [{"file": m.file, "line": m.line, "text": m.text, "remedy": m.remedy} for m in accounts.problems],
    }
    return data | ({"rows": {row.key: _make_row(row) for row in accounts.rows}} if ids else {})


def _make_row(row: RowUse) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "gist": row.evidence.gist,
        "passages": [f"{passage.source} ¶{passage.at}" for passage in row.evidence.passages],
        "claims": list(row.claims),
        "uses": [{"by": use.kind, "where": use.where} for use in row.citations],
        "not_used": row.evidence.not_used,
    }
