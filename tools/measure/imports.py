"""Find the cycles among imports of the product's modules."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from .sources import FUNCTIONS, Module

Graph = dict[str, set[str]]


@dataclass(frozen=True)
class Import:
    """One import statement's effect: `importer` needs `imported`. inline: it stands inside a function."""

    importer: str
    imported: str
    line: int
    inline: bool


def find_imports(modules: list[Module]) -> list[Import]:
    """Return what the modules import of each other."""
    known = {module.name for module in modules}
    return [
        Import(module.name, name, node.lineno, inline)
        for module in modules
        for node, inline in _statements(module.tree)
        for name in sorted(_targets(module, node, known) - {module.name})
    ]


def count_inline(modules: list[Module]) -> int:
    """Count import statements inside functions, whatever they import."""
    return sum(inline for module in modules for _node, inline in _statements(module.tree))


def build_graph(imports: list[Import], *, inline: bool, by_app: bool = False) -> Graph:
    """Return {importer: imported}, between modules or between apps. inline: with imports inside functions."""
    graph: Graph = {}
    for each in imports:
        one, other = each.importer, each.imported
        if by_app:
            one, other = one.partition(".")[0], other.partition(".")[0]
        if one != other and (inline or not each.inline):
            graph.setdefault(one, set()).add(other)
            graph.setdefault(other, set())
    return graph


def find_cycles(graph: Graph) -> list[set[str]]:
    """Return the strongly connected components of two nodes or more, largest first.

    A node and one that reaches it and is reached by it are in one component: quadratic, and fast enough for 500.
    """
    reached = {node: _reachable(graph, node) for node in graph}
    cycles, seen = [], set()
    for node in graph:
        if node not in seen and node in reached[node]:
            cycles.append({other for other in reached[node] if node in reached[other]})
            seen |= cycles[-1]
    return sorted(cycles, key=len, reverse=True)


def _reachable(graph: Graph, start: str) -> set[str]:
    found, waiting = set(), [*graph[start]]
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += graph[node]
    return found


def _statements(node: ast.AST, inline: bool = False) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool]]:
    """Yield every import statement, and whether it stands inside a function."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.Import, ast.ImportFrom)):
            yield child, inline
        elif isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case):
            yield from _statements(child, inline or isinstance(child, FUNCTIONS))


def _targets(module: Module, node: ast.Import | ast.ImportFrom, known: set[str]) -> set[str]:
    """Return the known modules that this statement names; `from package import name` names a submodule if it is one."""
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names} & known
    base = node.module or ""
    if node.level:
        parts = module.name.split(".")
        package = parts[: len(parts) - node.level + module.is_package]
        base = ".".join([*package, *([node.module] if node.module else [])])
    named = {f"{base}.{alias.name}" for alias in node.names}
    inside = named & known
    return inside | ({base} & known if named - known else set())
