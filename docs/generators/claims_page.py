"""The catalogue of claims: what each source says in our words, where it says so, and what rests on it."""

import re
from collections.abc import Mapping
from pathlib import Path

from sim.errors import Place
from sim.evidence.usage import list_named_claims
from sim.loading.loader import load_case
from sim.loading.strict_yaml import read_yaml
from sim.schema.claim import Claim
from sim.schema.source import Source

CLAIMS = "claims.yaml"
GROUNDS = frozenset({CLAIMS, "sources.yaml"})

_INTRODUCTION = """\
# {title}: what the sources say, claim by claim

Made by `python -m docs.generators.build` from `claims.yaml`, `sources.yaml` and every file that names a claim; a test
compares. Do not edit.

Every claim is our reading, in our words, of one place of one source. It records that the source says something, not
that it is so. ¶ counts the non-empty lines of the source from 1, if nothing else is written. The last column names the
places that rest on the claim: the file, then the place in it; in a source view, the theme comes first. `zopa cite`
shows the numbers there. How the texts were coded, and where coders doubted, is in CODING.md.

{count} claims from {sources} sources. Checked by a second coder: {checked}. Named in no other file: {unused}.
"""


def find_folders_with_claims(root: Path) -> list[Path]:
    """Folders of cases that have claims."""
    return sorted(path.parent for path in root.rglob(CLAIMS))


def claims_markdown(folder: Path) -> str:
    """The catalogue of a case."""
    case = load_case(folder)
    uses = _format_uses(folder)
    unused = sum(1 for key in case.claims if key not in uses)
    checked = sum(1 for claim in case.claims.values() if claim.checked_by)
    head = _INTRODUCTION.format(
        title=case.title, count=len(case.claims), sources=len(case.sources), checked=checked, unused=unused
    )
    parts = [_format_source(key, source, case.claims, uses) for key, source in case.sources.items()]
    return "\n".join([head, *(part for part in parts if part)])


def _format_source(key: str, source: Source, known: Mapping[str, Claim], uses: Mapping[str, list[str]]) -> str:
    """The claims of one source in the order of its paragraphs."""
    own = {name: claim for name, claim in known.items() if claim.source == key}
    rows = [
        f"| {claim.at} | `{name}` | {claim.kind} | {format_cell(claim.speaker)} | {format_cell(claim.we_read)} |"
        f" {format_cell('; '.join(uses.get(name, ['–'])))} |"
        for name, claim in sorted(own.items(), key=lambda item: _format_numbers(item[1].at))
    ]
    about = f"{source.author}, “{source.title}” ({source.published}){source.extent and ', '}{source.extent}."
    table = ["| ¶ | claim | kind | speaker | our reading | rests on it |", "|---|---|---|---|---|---|", *rows]
    return "\n".join([f"## {key}", "", about, "", *(table if rows else ["No claims."]), ""])


def _format_numbers(at: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", at))


def format_cell(text: str) -> str:
    """A text as it stands in a table."""
    return " ".join(text.split()).replace("|", "\\|")


def _format_uses(folder: Path) -> dict[str, list[str]]:
    """Where each claim is named: file and place, each place once."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*.yaml")):
        if path.name not in GROUNDS:
            for place, claim in list_named_claims(read_yaml(path).data):
                said = f"{path.relative_to(folder).with_suffix('').as_posix()}: {format_rest(place)}".rstrip(": ")
                if said not in found.setdefault(claim, []):
                    found[claim].append(said)
    return found


def format_rest(place: Place) -> str:
    """What rests on a claim that is named at a place: what all scenario files and views have on top is left out."""
    inner = place[1:-2] if place[0] in ("changes", "assumes") else place[:-2]
    return ".".join(map(str, inner))
