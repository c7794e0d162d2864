import json

import pytest

from tools.audit.data import faults

PLACE = {"@context": "https://schema.org", "@type": "Event", "name": "A day", "startDate": "2026-01-31"}


def test_what_schema_org_knows_has_no_faults():
    nested = {"location": {"@type": "Place", "name": "Hong Kong"}, "organizer": {"@id": "https://example.org/"}}
    assert faults(json.dumps(PLACE | nested)) == []


def test_a_node_need_not_say_its_type_where_it_can_be_one():
    assert faults(json.dumps(PLACE | {"organizer": {"name": "Somebody"}})) == []
    assert faults(json.dumps(PLACE | {"organizer": {"promised": "Somebody"}})) != []


def test_what_an_action_asks_for_is_no_property():
    asked = {"@type": "SearchAction", "target": "https://example.org/?q={q}", "query-input": "required name=q"}
    assert faults(json.dumps(PLACE | {"potentialAction": asked})) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"@type": "Promise"},
        {"@context": "https://example.org"},
        {"startDate": "in January"},
        {"promised": "2026"},
        {"location": {"@type": "Place", "promised": "2026"}},
    ],
)
def test_what_it_does_not_know_is_a_fault(wrong):
    assert len(faults(json.dumps(PLACE | wrong))) >= 1


@pytest.mark.parametrize("text", ["{", '{"a": NaN}', '{"a": 1, "a": 1}'])
def test_what_is_no_strict_json_is_a_fault(text):
    assert [each[:8] for each in faults(text)] == ["not JSON"]
