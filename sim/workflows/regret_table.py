"""Regret table: worth and regret of scenario files as policies, in words."""

from analysis.methods.regret import AGREEMENT, Regret
from sim.ensemble.manifest import Manifest
from sim.i18n.messages import format_number, message
from sim.workflows.display import TextTable


def build_regret_table(found: Regret, manifest: Manifest) -> TextTable:
    """Policies down, source views across; in each cell the share and the regret, both in percentage points."""
    what = message("regret.agreement") if found.outcome == AGREEMENT else manifest.outcomes[found.outcome]
    names = list(next(iter(found.views.values())))
    rows = tuple(
        (
            policy,
            *(_format_cell(found, policy, view) for view in names),
            _points(found.largest[policy][0]),
            message("regret.best-in", n=found.count_best(policy), all=len(found.counted)),
        )
        for policy in found.views
    )
    largest, view = found.largest[found.minimax]
    after = message("regret.minimax", policy=found.minimax, regret=_points(largest), view=view)
    head = (message("regret.policy"), *names, message("regret.largest"), message("regret.best"))
    how = message("regret.how", views=", ".join(found.counted))
    return TextTable((message("regret.title", what=what), how), head, rows, (after, message("regret.caution")))


def _format_cell(found: Regret, policy: str, view: str) -> str:
    one = found.views[policy][view]
    error = format_number(50 * (one.high - one.low), 1)
    return f"{_points(one.reference)}; {_points(max(one.difference, 0.0))} ± {error}"


def _points(share: float) -> str:
    return format_number(100 * share, 1)
