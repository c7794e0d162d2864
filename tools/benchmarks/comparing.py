"""Two answers, compared field by field."""

from collections.abc import Iterator


def fields(node, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield (path, value) of every field at the bottom of a decoded answer; empty lists and objects are fields too."""
    if isinstance(node, dict) and node:
        for key, value in node.items():
            yield from fields(value, f"{path}.{key}")
    elif isinstance(node, list) and node:
        for at, value in enumerate(node):
            yield from fields(value, f"{path}[{at}]")
    else:
        yield path, node


def differences(one, other) -> list[str]:
    """List paths where they differ, or that only one of them has."""
    left, right = ({path: (type(value), value) for path, value in fields(each)} for each in (one, other))
    return sorted(path for path in left.keys() | right.keys() if left.get(path) != right.get(path))
