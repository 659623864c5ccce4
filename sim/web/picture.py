"""Picture: what a chart says of itself once it has left its page - as the report says it, in the language in use."""

import json
import re
from collections.abc import Sequence

from analysis.report.image_text import describe_runs
from sim.ensemble.manifest import Manifest
from sim.i18n.messages import message


def describe_picture(manifest: Manifest, changed: Sequence[str] = (), *, title: str = "", more: str = "") -> str:
    """Case, changes, horizon, runs and source views below a chart that is saved alone, for the script that saves it.

    Args:
        manifest: How the runs were made, with its names in the language of the page.
        changed: What was changed, in words.
        title: Heading of the picture, where the chart has none on its page.
        more: What else must be known, such as the number of the run.
    """
    said = message("changes.changed", changes="; ".join(changed)) if changed else ""
    return write_picture(manifest.source, [manifest.title, said, more, describe_runs(manifest)], title)


def write_picture(case: str, lines: Sequence[str], title: str = "") -> str:
    """The same of a chart whose lines are known, with the line that it is no forecast.

    Args:
        case: Name of the scenario, or a path to it.
        lines: What stands below it; empty ones are left out.
        title: Heading of the picture, where the chart has none on its page.
    """
    stem = case.removesuffix(".yaml").removesuffix("/base").rsplit("/", 1)[-1]
    name = re.sub(r"[^\w-]+", "-", stem, flags=re.ASCII).strip("-") or "zopa"
    kept = [line for line in (*lines, message("report.footer")) if line]
    return json.dumps({"name": name, "title": title, "lines": kept}, ensure_ascii=False)
