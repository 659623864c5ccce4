"""Many actors: the flagship with more actors, and with shorter and longer lists of packages.

Further actors are copies of its third parties in turn - one with interests of its own that lobbies, an institution,
compliers, and a member whose veto counts - each with moves, stakes, compliances and beliefs like the actor it is copied
from. Shares of compliers add up to what they were.
"""

from collections import Counter
from copy import deepcopy
from itertools import product
from typing import Any

from sim.loading.loader import load_case
from sim.schema.scenario import Scenario

Text = dict[str, Any]


def with_actors(case: str, view: str, actors: int) -> Scenario:
    """The case with so many actors, those it has among them."""
    loaded = load_case(case, view=view)
    text: Text = deepcopy(dict(loaded.text))
    own = loaded.scenario.actors
    third = [key for key, actor in own.items() if not (actor.disputant or actor.mediator)]
    copies = [(third[at % len(third)], f"copy-{at}") for at in range(actors - len(own))]
    for model, name in copies:
        _copy_actor(text, model, name)
    _share_out(text, Counter(model for model, _ in copies), dict((name, model) for model, name in copies))
    return Scenario.model_validate(text)


def _copy_actor(text: Text, model: str, name: str) -> None:
    text["actors"][name] = deepcopy(text["actors"][model]) | {"label": name}
    for issue in text["issues"].values():
        for option in issue["options"].values():
            if model in option["worth"]:
                option["worth"][name] = option["worth"][model]
    for key, belief in list(text["beliefs"].items()):
        if belief["holder"] == model:
            text["beliefs"][f"{key}-{name}"] = {**deepcopy(belief), "holder": name}
    for lever in text["levers"].values():
        if model in lever.get("vetoed_by", ()):
            lever["vetoed_by"] = [*lever["vetoed_by"], name]


def _share_out(text: Text, copied: Counter[str], model_of: dict[str, str]) -> None:
    """Compliers share with their copies what they took up."""
    for lever in text["levers"].values():
        bought = lever.get("compliers", {})
        shares = {complier: share / (1 + copied[complier]) for complier, share in bought.items()}
        shares |= {name: shares[model] for name, model in model_of.items() if model in bought}
        if shares:
            lever["compliers"] = shares


def with_packages(scenario: Scenario, packages: int) -> Scenario:
    """The scenario with so many packages on its menu: the named contents, its own others, then any there could be."""
    named = {" ".join(content.options[issue] for issue in scenario.issues) for content in scenario.menu.named.values()}
    further = (" ".join(options) for options in product(*(issue.options for issue in scenario.issues.values())))
    listed = dict.fromkeys((*scenario.menu.nash, *(row for row in further if row not in named)))
    rows = tuple(listed)[: packages // len(scenario.sequences) - len(named)]
    return scenario.model_copy(update={"menu": scenario.menu.model_copy(update={"nash": rows})})
