"""JSON schema of scenario files: what editors need to complete and check while one is written."""

import json
from typing import Any

from pydantic.json_schema import models_json_schema

from sim.loading.schema_lookup import list_fields
from sim.schema.loaded_case import ScenarioChange
from sim.schema.scenario import Scenario

SCHEMA = "schema.json"
"""Its file beside the shipped cases."""


def build_json_schema() -> dict[str, Any]:
    """Build the JSON schema of a scenario file: whole, changing another one, or laid over common defaults.

    Returns:
        The schema as plain mappings, for editors and validators.
    """
    _, shared = models_json_schema([(Scenario, "validation"), (ScenarioChange, "validation")])
    definitions = shared["$defs"]
    properties = {key: {"description": field.description} for key, field in list_fields(Scenario).items()}
    definitions["OnDefaults"] = {
        "additionalProperties": False,
        "description": "A scenario file whose keys are laid over those of the file it extends.",
        "properties": {"extends": {"description": "The file it extends.", "type": "string"}} | properties,
        "required": ["extends"],
        "title": "OnDefaults",
        "type": "object",
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Scenario file",
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in ("Scenario", "ScenarioChange", "OnDefaults")],
        "$defs": definitions,
    }


def format_json_schema() -> str:
    """The schema as it is written to its file."""
    return json.dumps(build_json_schema(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"
