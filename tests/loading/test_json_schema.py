"""JSON schema: schema.json says what the models say and fits the scenarios."""

import json

import jsonschema
import pytest
import yaml

from sim.loading.discovery import find_scenarios
from sim.loading.json_schema import build_json_schema
from sim.loading.strict_yaml import parse_yaml, read_yaml
from tests.architecture.tree import ROOT as CHECKOUT

WELL = CHECKOUT / "tests" / "loading" / "cases" / "well"
FILES = [WELL / "base.yaml", WELL / "words-only.yaml", *(found.path for found in find_scenarios())]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_schema_accepts_what_is_written(path):
    jsonschema.validate(read_yaml(path).data, build_json_schema())


@pytest.mark.parametrize("text", ["format: 1", "extends: base\nchange: {}", "extends: 1\nchanges: {a: 1}"])
def test_the_schema_refuses_what_is_wrong(text):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(parse_yaml(text, "test").data, build_json_schema())


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(json.loads(json.dumps(build_json_schema())))


def test_words_that_yaml_1_1_reads_alike_are_read_alike():
    text = (WELL / "words-only.yaml").read_text(encoding="utf-8")
    assert parse_yaml(text, "test").data == yaml.safe_load(text)
