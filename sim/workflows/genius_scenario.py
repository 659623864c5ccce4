"""GENIUS scenario: profiles of GENIUS become a scenario of zopa, with everything that had to be invented marked.

The first two profiles become the two sides, all others parties whose consent every agreement needs. What a profile
does not say - how a contest goes on, how talks run - is taken from a textbook case. So that having no agreement is
worth to each side what its profile says, the contest practically always ends in a stalemate, the Nash solution, and
costs each side what that is worth to it beyond its reservation value. In zopa a side can always give in, so no
agreement is never worth less to it than the outcome that is worst for it, which is what the other side's winning is.
"""

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from analysis.methods.bargaining import solve_bargaining
from sim.errors import UsageError
from sim.experiments.bargaining_problem import BargainingProblem, pose_profiles
from sim.loading.genius_files import GeniusDomain, GeniusProfile
from sim.loading.loader import load_case
from sim.schema.labels import LONGEST_KEY, LONGEST_LABEL

TEXTBOOK = "textbook/logrolling"
"""Case from which everything is taken that profiles do not say."""

MOST_NAMED = 40
"""Packages of the Pareto frontier that are put on the menu, at most."""

CERTAIN = 100_000_000
"""Sharpness of weights that are practically without spread."""

_TAUGHT = "teaching value: "
INVENTED = "invented for the import, as the files do not say: "
"""How the reason of an invented quantity begins."""

_SIDES = ("north", "south")
_KEY = re.compile(r"[^\W_]+")


def build_genius_scenario(domain: GeniusDomain) -> dict[str, Any]:
    """A whole scenario file as data.

    Args:
        domain: Issues, and the wishes of two parties or more.

    Raises:
        UsageError: a reservation value is above what any outcome could make up for.
    """
    data: dict[str, Any] = _mark_invented(deepcopy(dict(load_case(TEXTBOOK).text)))
    keys = make_keys([profile.name for profile in domain.profiles])
    names = {issue: key for issue, key in zip(domain.issues, make_keys(domain.issues), strict=True)}
    values = {issue: dict(zip(options, make_keys(options), strict=True)) for issue, options in domain.issues.items()}
    problem = pose_profiles(domain)
    found = solve_bargaining(problem.utilities, problem.disagreement, problem.discounts)
    best = found.chosen["nash"]
    best = int(found.pareto[0]) if best is None else best
    terms = [_list_terms(domain, names, values, at) for at in dict.fromkeys([best, *map(int, found.pareto)])]
    data["title"] = f"{domain.name} (GENIUS)"[:LONGEST_LABEL]
    data["question"] = "Which of the packages on the Pareto frontier do they agree on?"
    data["issues"] = _build_issues(domain, keys, names, values)
    data["actors"] = {
        key: _build_actor(data, number, profile, names, problem, best)
        for number, (key, profile) in enumerate(zip(keys, domain.profiles, strict=True))
    }
    data["actors"] |= _add_consents(data, keys[2:])
    data["menu"] = {"named": _name_terms(terms[:MOST_NAMED])}
    wins = [_list_terms(domain, names, values, int(problem.utilities[:, 1 - side].argmin())) for side in (0, 1)]
    data["contest"] |= {"first": keys[0], "second": keys[1], "stalemate": terms[0]}
    data["contest"] |= {"first_prevails": wins[0], "second_prevails": wins[1], "stalemate_margin": _ALWAYS_STALEMATE}
    data["beliefs"] = _rename_sides(data["beliefs"], dict(zip(_SIDES, keys[:2], strict=True)))
    data["protocol"]["ready_package"] = "nash"
    data["outcomes"] = _OUTCOMES
    return {part: told for part, told in data.items() if part not in _OF_THE_TEXTBOOK}


_OF_THE_TEXTBOOK = ("tracked_terms", "shows", "expected", "try", "words")
"""What that case says of itself."""

_ALWAYS_STALEMATE = {
    "unit": "logits",
    "value": 20,
    "assumed": f"{INVENTED}so wide that the contest always ends in a stalemate",
}
_OUTCOMES = {
    "agreement": {"label": "an agreement is in force", "when": {"in_force": True}, "agreement": True},
    "none": {"label": "no agreement in force", "when": {"otherwise": True}},
}


def list_invented(data: Any, place: str = "") -> Iterable[str]:
    """Places of all quantities that had to be invented."""
    if isinstance(data, Mapping):
        if str(data.get("assumed", "")).startswith(INVENTED):
            yield place
        for key, value in data.items():
            yield from list_invented(value, f"{place}.{key}" if place else str(key))


def make_keys(names: Iterable[str]) -> list[str]:
    """A key for every name: small letters and digits with hyphens between them, each once."""
    keys: list[str] = []
    for name in names:
        key = "-".join(_KEY.findall(name.lower()))[: LONGEST_KEY - 4].strip("-") or "unnamed"
        number = 2
        while key in keys:
            key = f"{key.removesuffix(f'-{number - 1}')}-{number}"
            number += 1
        keys.append(key)
    return keys


def _mark_invented(data: Any) -> Any:
    """The same, every reason saying that the number had to be invented."""
    if isinstance(data, Mapping):
        return {
            key: INVENTED + value.removeprefix(_TAUGHT)
            if key == "assumed" and isinstance(value, str)
            else _mark_invented(value)
            for key, value in data.items()
        }
    return [_mark_invented(one) for one in data] if isinstance(data, list) else data


def _list_terms(
    domain: GeniusDomain, names: Mapping[str, str], values: Mapping[str, Mapping[str, str]], package: int
) -> dict[str, str]:
    """Options of a package, by the number it has among all outcomes."""
    found: dict[str, str] = {}
    for issue in reversed(list(domain.issues)):
        package, at = divmod(package, len(domain.issues[issue]))
        found[names[issue]] = values[issue][domain.issues[issue][at]]
    return dict(reversed(found.items()))


def _name_terms(terms: list[dict[str, str]]) -> dict[str, Any]:
    """Terms under names, the Nash solution first."""
    found = {"nash": {"label": "the Nash solution", "options": terms[0]}}
    for number, options in enumerate(terms[1:], 1):
        found[f"frontier-{number}"] = {"label": f"package {number} of the Pareto frontier", "options": options}
    return found


def _build_issues(
    domain: GeniusDomain, keys: list[str], names: Mapping[str, str], values: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    """Issues with their options, from best for the second side to best for the first."""
    first, second = domain.profiles[:2]
    found = {}
    for issue, options in domain.issues.items():
        order = sorted(options, key=lambda value: first.issues[issue][value] - second.issues[issue][value])
        found[names[issue]] = {
            "label": _cut(issue),
            "asks": f"Which value of {_cut(issue)}?",
            "unresolved": values[issue][order[0]],
            "settled_by_ceasefire": True,
            "assumed": "evaluations of the profiles, each divided by the largest of its issue",
            "options": {
                values[issue][value]: {
                    "label": _cut(value),
                    "worth": {key: one.issues[issue][value] for key, one in zip(keys, domain.profiles, strict=True)},
                }
                for value in order
            },
        }
    return found


def _build_actor(
    data: Mapping[str, Any],
    number: int,
    profile: GeniusProfile,
    names: Mapping[str, str],
    problem: BargainingProblem,
    best: int,
) -> dict[str, Any]:
    """One party: a side if it is among the first two, else somebody who must consent."""
    weights = {
        "shares": {names[issue]: weight for issue, weight in profile.weights.items()},
        "sharpness": CERTAIN,
        "assumed": f"weights of {profile.name}, practically without spread",
    }
    actor: dict[str, Any] = {"label": _cut(profile.name), "about": f"The party of the profile {_cut(profile.name)}."}
    kept = {"unit": "worth", "value": profile.reservation, "assumed": f"reservation value of {profile.name}, 0 if none"}
    if number > 1:
        discount = data["actors"]["north"]["interests"]["weekly_discount"]
        return actor | {"interests": {"weights": weights, "weekly_discount": discount, "no_deal": kept}}
    side = deepcopy(data["actors"][_SIDES[number]])
    side.pop("name", None)
    cost = float(problem.utilities[best, number]) - profile.reservation
    if cost < 0.0:
        raise UsageError(f"{profile.name}: no outcome is worth its reservation value to it and to the others")
    reason = f"{INVENTED}so that no agreement is worth {profile.reservation:g} to {profile.name}"
    side["interests"] |= {
        "weights": weights,
        "conflict_cost": {"unit": "worth/week", "value": cost, "assumed": reason},
    }
    return actor | {"interests": side["interests"], "disputant": side["disputant"]}


def _add_consents(data: Mapping[str, Any], others: list[str]) -> dict[str, Any]:
    """Those who are no sides, with a say in every agreement."""
    issue, told = next(iter(data["issues"].items()))
    always = {"issue": issue, "at_least": next(iter(told["options"]))}
    return {key: data["actors"][key] | {"veto_player": {"must_consent": always}} for key in others}


def _rename_sides(data: Any, names: Mapping[str, str]) -> Any:
    """The same with the sides' keys in place of those of the textbook."""
    if isinstance(data, Mapping):
        return {_rename(key, names): _rename_sides(value, names) for key, value in data.items()}
    return names.get(data, data) if isinstance(data, str) else data


def _rename(key: str, names: Mapping[str, str]) -> str:
    first, _, last = key.rpartition("-")
    return f"{first}-{names[last]}" if last in names and first else names.get(key, key)


def _cut(text: str) -> str:
    """A name as a label: one line, not too long."""
    return " ".join(text.split())[: LONGEST_LABEL - 40] or "unnamed"
