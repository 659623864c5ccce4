"""Threat record: how many threats were carried out, and how many did their targets expect to be?

Read aloud
    Of all threats made in the weeks of the scenario, some are carried out before their deadline, some are withdrawn,
    the others lapse or end with a concession. When a threat is made, its target gives its execution some chance. The
    mean of these chances stands beside the share that was carried out: where it is far above, threats are emptier
    than anybody in the model believes.
"""

from dataclasses import dataclass

from sim.ensemble.results import ViewRuns


@dataclass(frozen=True)
class ThreatRecord:
    """Threats under one source's assumptions."""

    made: int
    """Threats made in all matching runs."""
    believed: float
    """Mean chance that their targets gave to an execution when they were made."""
    executed: float
    """Share that was carried out before the deadline."""
    dropped: float
    """Share that was withdrawn before the deadline."""


def compute_threat_record(view: ViewRuns) -> ThreatRecord | None:
    """The record of all threats; none where nobody threatened."""
    if "threats_believed" not in view.columns:
        return None
    made = view.columns["threats"].sum()
    if made == 0.0:
        return None
    shares = [float(view.columns[f"threats_{what}"].sum() / made) for what in ("believed", "executed", "dropped")]
    return ThreatRecord(int(made), *shares)
