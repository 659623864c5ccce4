"""Zone page: what every package is worth to both sides under the assumptions that Explore has set."""

from typing import Any

from analysis.figures.joint_worths import build_table, how_to_read, summary_text
from sim.web.explore_page import explorer
from sim.web.page_state import PageState
from sim.web.zone_chart import draw_zone
from sim.workflows.explored_zone import weigh_explored


def build_zone(state: PageState) -> dict[str, Any]:
    """The zone of every source view that is shown: a chart, a sentence and a table.

    Args:
        state: What the address asks for.

    Raises:
        ScenarioError: something in it does not fit the case.
        NoMatchError: hardly any draw matches the reported run-up.
    """
    results = explorer.play(state.exploration)
    joint = weigh_explored(results, state.lang)
    return {
        "state": state,
        "title": results.manifest.title,
        "how": how_to_read(),
        "zones": [(one.view_label, draw_zone(one), summary_text(one), build_table(one)) for one in joint.values()],
    }
