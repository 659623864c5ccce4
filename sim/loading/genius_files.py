"""GENIUS files: domains and profiles in the XML of the negotiation platform of TU Delft, read and written.

A profile gives every value of every issue an evaluation and every issue a weight. The utility of an outcome is the sum
of weights times evaluations, each divided by the largest of its issue; having no agreement is worth the reservation
value, 0 where there is none. NegMAS, which reads these files too, keeps raw evaluations, so on some domains it finds
another Pareto frontier. Only additive profiles over discrete issues are read. Whatever else stands in a file is named,
never guessed.

Sources
    Lin, Kraus, Baarslag, Tykhonov, Hindriks and Jonker (2014), Genius: an integrated environment for supporting the
    design of generic automated negotiators.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from sim.errors import display_path, stop
from sim.i18n.messages import message
from sim.loading.other_formats import GENIUS, IMPORTS, XML, find_other_format
from sim.loading.plain_file import read_plain_file

ROOTS = ("utility_space", "negotiation_template", "domain_template")
"""Names of the outermost element of a domain or a profile."""

SILENT_TAGS = frozenset({"agent", "similarity_function", "comparisons", "errors", "fixed_seed", "experimental"})
"""Elements that say nothing about utility: who plays, how alike values are, how unsure an agent is of its profile."""

READ_TAGS = frozenset({"objective", "issue", "item", "weight", "reservation", "discount_factor"})
"""Elements that are read; a discount factor only if it discounts nothing."""

KNOWN_TAGS = frozenset({*ROOTS, *SILENT_TAGS, *READ_TAGS, "criteria_function"})
"""All that a file may have; a criteria function stands in a similarity function."""

UNSUPPORTED = {
    "discount_factor": "a discount factor",
    "constraints": "constraints",
    "constraint": "constraints",
    "rules": "rules of a nonlinear space",
    "hyper_rectangle": "hyperrectangles of a nonlinear space",
    "hyperRectangle": "hyperrectangles of a nonlinear space",
    "ufun": "a nonlinear utility function",
    "preference_profile": "a profile of another kind",
}
"""Elements that change utility in ways that are not read, and what they are."""


@dataclass(frozen=True)
class GeniusProfile:
    """The wishes of one party."""

    name: str
    """Name of the file without its ending."""
    issues: Mapping[str, Mapping[str, float]]
    """Evaluation of every value by issue, each divided by the largest of its issue."""
    weights: Mapping[str, float]
    """Weight of every issue; they add up to 1."""
    reservation: float = 0.0
    """Worth of having no agreement."""


@dataclass(frozen=True)
class GeniusDomain:
    """What is negotiated about, and what each party wishes."""

    name: str
    """Name of the domain."""
    profiles: tuple[GeniusProfile, ...]
    """One profile a party, in the order of the files."""
    notes: tuple[str, ...] = ()
    """What was found in the files, each as a sentence."""

    @property
    def issues(self) -> dict[str, tuple[str, ...]]:
        """Values of every issue."""
        return {name: tuple(values) for name, values in self.profiles[0].issues.items()}


def read_genius(paths: Iterable[Path]) -> GeniusDomain:
    """A domain with its profiles.

    Args:
        paths: A folder with XML files, or the files: profiles, and the domain if there is one.

    Raises:
        ScenarioError: a file is none of GENIUS, damaged, dangerous, or has something that is not read.
    """
    files = list(_list_files(paths))
    parsed = [(path, _parse(path)) for path in files]
    profiles = [_read_profile(path, root) for path, root in parsed if _is_profile(root)]
    others = [(path, root) for path, root in parsed if not _is_profile(root)]
    if len(profiles) < 2:
        where = display_path(files[0].parent if files else Path(next(iter(paths), ".")))
        count = "is 1 profile" if len(profiles) == 1 else "are no profiles"
        raise stop(where, 0, f"there {count} of GENIUS, where two or more are needed")
    name, wanted = (others[0][0].stem, _list_values(*others[0])) if others else (files[0].parent.name, None)
    first = profiles[0][1].issues
    for path, profile in profiles:
        known = {issue: set(values) for issue, values in (wanted or first).items()}
        if {issue: set(values) for issue, values in profile.issues.items()} != known:
            text = "its issues or values are not those of the " + ("domain" if wanted else "first profile")
            raise stop(display_path(path), 0, text, "give the files of one domain")
    order = {issue: tuple(values) for issue, values in (wanted or first).items()}
    arranged = tuple(_arrange(profile, order) for _, profile in profiles)
    return GeniusDomain(name, arranged, tuple(_list_notes(parsed, len(profiles), len(order))))


def _list_notes(parsed: list[tuple[Path, Any]], parties: int, issues: int) -> Iterator[str]:
    """What was found, what was scaled, and what says nothing about utility and was left out."""
    yield message("genius.found", parties=parties, issues=issues)
    for path, root in parsed:
        shares = [_read_number(path, one, "value") for one in root.iter("weight")]
        if _is_profile(root) and abs(sum(shares) - 1.0) > 1e-6:
            yield message("genius.scaled", profile=path.stem)
        for tag in sorted({one.tag for one in root.iter()} & SILENT_TAGS):
            yield message("genius.silent", file=path.name, tag=tag)


def _list_files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(path.glob("*.xml"))
        else:
            yield path


def _parse(path: Path) -> Any:
    """The outermost element of a file, read so that nothing in it can harm or reach outside."""
    name = display_path(path)
    try:
        raw = read_plain_file(path)
    except OSError as error:
        raise stop(name, 0, f"cannot be read: {error.strerror}") from error
    try:
        root = fromstring(_decode(raw), forbid_dtd=True)
    except DefusedXmlException:
        raise stop(
            name, 0, "it declares a document type or entities, which are not read", "take the DOCTYPE out"
        ) from None
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        if (kind := find_other_format(raw)) not in ("", GENIUS, XML):
            raise stop(name, 0, f"this is {kind}, not a file of GENIUS", IMPORTS.get(kind, "")) from None
        line = getattr(error, "position", (0, 0))[0]
        raise stop(name, line, "it is no well-formed XML") from None
    if root.tag not in ROOTS:
        raise stop(name, 0, f"its outermost element is <{root.tag}>, so it is no file of GENIUS")
    _refuse_unsupported(name, root)
    return root


def _decode(raw: bytes) -> bytes | str:
    """The text of a file that names no encoding and is no UTF-8, as old versions of GENIUS write it; else its bytes."""
    if raw.lstrip().startswith((b"<?xml", b"\xff\xfe", b"\xfe\xff")):
        return raw
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
    return raw


def _refuse_unsupported(name: str, root: Any) -> None:
    """Name whatever would change utilities and is not read."""
    for one in root.iter():
        if one.tag == "discount_factor" and one.get("value") in ("1", "1.0", "0", "0.0", None):
            continue
        if one.tag in UNSUPPORTED:
            raise stop(name, 0, f"it has {UNSUPPORTED[one.tag]} (<{one.tag}>), which is not supported")
        kinds = [kind for key in ("vtype", "type", "etype") if (kind := one.get(key))] if one.tag == "issue" else []
        for kind in (kind for kind in kinds if kind != "discrete"):
            raise stop(name, 0, f"the issue {one.get('name')!r} is {kind}, and only discrete issues are supported")
        if one.tag == "objective" and any(child.tag == "objective" for child in one):
            raise stop(name, 0, "it has objectives inside an objective, which is not supported")
        if one.tag == "evaluator":
            raise stop(name, 0, f"it has an evaluator function ({one.get('ftype')}), which is not supported")
        if one.tag not in KNOWN_TAGS:
            raise stop(name, 0, f"it has an element <{one.tag}>, which is not known here")


def _is_profile(root: Any) -> bool:
    items = (item for issue in root.iter("issue") for item in issue.findall("item"))
    return any(True for _ in root.iter("weight")) or any(item.get("evaluation") for item in items)


def _list_values(path: Path, root: Any) -> dict[str, list[str]]:
    """Values of every issue of a domain."""
    found: dict[str, list[str]] = {}
    for issue in root.iter("issue"):
        name = issue.get("name") or ""
        values = [item.get("value") or "" for item in issue.findall("item")]
        wrong = (
            "an issue has no name" if not name
            else f"two issues are called {name!r}" if name in found
            else f"the issue {name!r} has no values" if not any(values)
            else f"a value of the issue {name!r} has no name" if not all(values)
            else f"the issue {name!r} has a value twice" if len(set(values)) < len(values)
            else ""
        )  # fmt: skip
        if wrong:
            raise stop(display_path(path), 0, wrong)
        found[name] = values
    if not found:
        raise stop(display_path(path), 0, "it has no issues")
    return found


def _read_profile(path: Path, root: Any) -> tuple[Path, GeniusProfile]:
    """Evaluations and weights of one party."""
    file, values = display_path(path), _list_values(path, root)
    _refuse_repeated(path, root)
    weights = {one.get("index"): _read_number(path, one, "value") for one in root.iter("weight")}
    issues, shares = dict[str, dict[str, float]](), dict[str, float]()
    for issue in root.iter("issue"):
        name = issue.get("name")
        evaluations = [_read_number(path, item, "evaluation") for item in issue.findall("item")]
        most = max(evaluations)
        issues[name] = {
            value: number / most if most else 0.0 for value, number in zip(values[name], evaluations, strict=True)
        }
        if issue.get("index") not in weights:
            raise stop(file, 0, f"the issue {name!r} has no weight")
        shares[name] = weights[issue.get("index")]
    total = sum(shares.values())
    if total <= 0.0:
        raise stop(file, 0, "every weight is 0")
    kept = next((_read_number(path, one, "value") for one in root.iter("reservation")), 0.0)
    if kept > 1.0:
        raise stop(file, 0, f"its reservation value {kept:g} is above 1, so nothing could be agreed upon")
    return path, GeniusProfile(path.stem, issues, {name: share / total for name, share in shares.items()}, kept)


def _refuse_repeated(path: Path, root: Any) -> None:
    """Refuse numbers of which only one could count, and weights of nothing."""
    places = {tag: [one.get("index") for one in root.iter(tag)] for tag in ("issue", "weight")}
    for tag, found in places.items():
        for index in (index for at, index in enumerate(found) if index in found[:at]):
            raise stop(display_path(path), 0, f"two <{tag}> have the index {index!r}")
    for index in (index for index in places["weight"] if index not in places["issue"]):
        raise stop(display_path(path), 0, f"there is a weight of index {index!r}, and no such issue")
    if sum(1 for _ in root.iter("reservation")) > 1:
        raise stop(display_path(path), 0, "it has two reservation values")


def _read_number(path: Path, element: Any, key: str) -> float:
    """A number in an attribute, 0 or more."""
    text = element.get(key)
    if text is None:
        raise stop(display_path(path), 0, f"the {element.tag} {element.get('value', '')!r} has no {key}")
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not 0.0 <= number < 1e9:
        where = element.get("value") if key == "evaluation" else f"<{element.tag}>"
        raise stop(display_path(path), 0, f"the {key} of {where!r} is {text!r}, which is no number of 0 or more")
    return number


def _arrange(profile: GeniusProfile, order: Mapping[str, Iterable[str]]) -> GeniusProfile:
    """The profile with issues and values in the order of the domain."""
    issues = {name: {value: profile.issues[name][value] for value in values} for name, values in order.items()}
    return GeniusProfile(profile.name, issues, {name: profile.weights[name] for name in order}, profile.reservation)


def format_domain(name: str, issues: Mapping[str, Iterable[str]]) -> str:
    """A domain as XML."""
    lines = [f'<negotiation_template><utility_space number_of_issues="{len(dict(issues))}">', _open_objective(name)]
    for number, (issue, values) in enumerate(issues.items(), 1):
        lines.append(_open_issue(number, issue))
        lines += [f'<item index="{at}" value={quoteattr(value)}/>' for at, value in enumerate(values, 1)]
        lines.append("</issue>")
    return "\n".join([*lines, "</objective>", "</utility_space></negotiation_template>", ""])


def format_profile(name: str, profile: GeniusProfile) -> str:
    """A profile as XML."""
    lines = [f'<utility_space type="any" number_of_issues="{len(profile.issues)}">', _open_objective(name)]
    for number, (issue, values) in enumerate(profile.issues.items(), 1):
        lines.append(_open_issue(number, issue))
        lines += [
            f'<item index="{at}" value={quoteattr(value)} evaluation="{evaluation!r}"/>'
            for at, (value, evaluation) in enumerate(values.items(), 1)
        ]
        lines.append("</issue>")
    lines += [
        f'<weight index="{number}" value="{share!r}"/>' for number, share in enumerate(profile.weights.values(), 1)
    ]
    reservation = f'<reservation value="{profile.reservation!r}"/>'
    return "\n".join([*lines, "</objective>", reservation, "</utility_space>", ""])


def _open_objective(name: str) -> str:
    return f'<objective index="0" etype="objective" type="objective" description="" name={quoteattr(name)}>'


def _open_issue(number: int, name: str) -> str:
    return f'<issue index="{number}" etype="discrete" type="discrete" vtype="discrete" name={quoteattr(name)}>'
