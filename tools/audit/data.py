"""JSON-LD: strict JSON, and every node what schema.org says it may be."""

import json
from collections.abc import Iterable
from datetime import date, datetime

import schema_org
from pydantic import ValidationError

from .reading import Answer
from .results import Fault, Result, counted

CONTEXTS = {"https://schema.org", "https://schema.org/"}


def checked(answers: list[Answer]) -> Result:
    """Check what these pages hold; the goal is missed where they hold nothing."""
    blocks = [(answer.path, block) for answer in answers for block in answer.page.data]
    found = (Fault(path, what) for path, block in blocks for what in faults(block))
    result = counted("JSON-LD: faults", f"{len(blocks)} blocks", found)
    result.met &= bool(blocks)
    return result


def faults(block: str) -> Iterable[str]:
    try:
        told = json.loads(block, object_pairs_hook=_once, parse_constant=_no_constant)
    except ValueError as error:
        return [f"not JSON: {error}"]
    found = []
    for node in told if isinstance(told, list) else [told]:
        if not isinstance(node, dict) or node.get("@context") not in CONTEXTS:
            found.append("no @context of schema.org")
        else:
            for each in node.get("@graph", [node]):
                _model(each, found)
    return found


def _once(pairs: list[tuple]) -> dict:
    names = [name for name, _value in pairs]
    if len(set(names)) < len(names):
        raise ValueError(f"a name twice among {names}")
    return dict(pairs)


def _no_constant(name: str):
    raise ValueError(f"{name} is no JSON")


def _model(node: dict, found: list[str]):
    """Return the library's model of a node; None, and why in `found`, where it refuses it."""
    kind = getattr(schema_org, str(node.get("@type")), None)
    if kind is None:
        found.append(f"schema.org knows no type {node.get('@type')}")
        return None
    ranges = {each.schema_name: each.ranges for each in kind.SCHEMA_PROPERTIES}
    values = {name: _value(node[name], ranges.get(name, ()), found) for name in node if _is_property(name)}
    try:
        return kind(**{name: each for name, each in values.items() if each is not None})
    except ValidationError as error:
        found += [f"{node['@type']}.{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()]
    return None


def _is_property(name: str) -> bool:
    """Tell if it is neither the name of something JSON-LD's own, nor of what an action asks for ("query-input")."""
    return not name.startswith("@") and not name.endswith(("-input", "-output"))


def _value(told, ranges: tuple[str, ...], found: list[str]):
    """Convert to what the models want: days as dates, nodes as models; a mere reference ({"@id": …}) is left out."""
    if isinstance(told, list):
        return [each for each in (_value(one, ranges, found) for one in told) if each is not None]
    if isinstance(told, dict):
        if "@value" in told:
            return told["@value"]
        return None if set(told) == {"@id"} else _node(told, ranges, found)
    if isinstance(told, str) and {"Date", "DateTime"} & set(ranges):
        return _moment(told)
    return told


def _node(told: dict, ranges: tuple[str, ...], found: list[str]):
    """Take a node that does not say what it is for the first type it can be."""
    if "@type" not in told:
        for name in ranges:
            if hasattr(schema_org, name) and (made := _model(told | {"@type": name}, [])):
                return made
    return _model(told, found)


def _moment(told: str) -> date | datetime | str:
    try:
        return datetime.fromisoformat(told) if "T" in told else date.fromisoformat(told)
    except ValueError:
        return told
