"""Stream names: the name by which a parameter's random stream is addressed, whatever the parameter is called today.

A stream's address is part of every result. When a field of the schema gets a better name, its stream keeps the old
address, so that no run is drawn anew; the names on the right are addresses and nothing else. A key that an author
chooses (a lever, a sequence) is its own address: renaming it is a new draw. An actor may have an `id`, which stays.
"""

from collections.abc import Mapping

FIELD_STREAMS = {
    ("sequences",): "paths",
    ("agreement_durability",): "peace",
    ("actors", "*", "disputant"): "belligerent",
    ("actors", "*", "veto_player"): "consenter",
    ("actors", "*", "complier"): "buyer",
    ("actors", "*", "interests", "conflict_cost"): "war_cost",
    ("actors", "*", "interests", "conflict_cost_growth"): "war_cost_growth",
    ("actors", "*", "interests", "value_of_any_deal"): "prize",
    ("actors", "*", "disputant", "words_credibility"): "words_avert",
    ("actors", "*", "disputant", "hardens_by_executions"): "hardens_by_deeds",
    ("actors", "*", "mediator", "execution_persuades"): "deed_persuades",
    ("actors", "*", "mediator", "execution_disturbs"): "deed_disturbs",
    ("actors", "*", "mediator", "ignores_others"): "neglects_others",
    ("levers", "*", "share_without_compliers"): "works_alone",
}
"""Address of a field that was renamed, by its place in the scenario; `*` stands for a key that an author chose."""

_CHOSEN = 1
"""Position of the author's key in a place such as `actors.mediator.interests.conflict_cost`."""


def find_stream_name(place: str, actor_ids: Mapping[str, str]) -> str:
    """The place of a parameter with every renamed field under its address, such as `actors.a.interests.war_cost`.

    Args:
        place: The place in the scenario.
        actor_ids: Address of each actor's luck, by its key.

    Returns:
        The name by which the parameter's stream is addressed.
    """
    parts = place.split(".")
    if parts[0] == "actors":
        parts[_CHOSEN] = actor_ids.get(parts[_CHOSEN], parts[_CHOSEN])
    general = tuple("*" if at == _CHOSEN else part for at, part in enumerate(parts))
    return ".".join(FIELD_STREAMS.get(general[: at + 1], part) for at, part in enumerate(parts))
