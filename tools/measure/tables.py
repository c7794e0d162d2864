"""Lay out what was counted of one or several checkouts as Markdown tables, one column a checkout."""

import ast
from pathlib import Path

from . import figures
from .imports import build_graph, count_inline, find_cycles, find_imports
from .names import count_names
from .sources import find_apps, read_modules

Rows = dict[str, str]


def describe_checkouts(roots: list[Path]) -> str:
    """Return the table of measures and that of the lines of each app."""
    titles = [root.resolve().name for root in roots]
    measures = [measure_checkout(root) for root in roots]
    apps = [count_lines_per_app(root) for root in roots]
    return f"{join_columns('measure', titles, measures)}\n\n{join_columns('lines of', titles, apps)}"


def measure_checkout(root: Path) -> Rows:
    """Return {measure: value} of the product in this folder."""
    apps = find_apps(root)
    modules = read_modules(root, apps)
    functions = figures.find_functions(modules)
    sizes = [module.lines for module in modules]
    lines = sum(sizes)
    return {
        "files · lines": f"{len(modules)} · {lines:,}",
        "file median · p90 · max": figures.spread(sizes),
        f"files under {figures.SMALL_FILE} lines, not empty": str(sum(map(figures.is_small, modules))),
        "functions, methods too": f"{len(functions):,}",
        "function median · p90 · max": figures.spread([figures.length_of(each) for each in functions]),
        "functions with a docstring": _percent(sum(bool(ast.get_docstring(each)) for each in functions), functions),
        "docstrings that are not imperative (D401)": str(figures.count_d401(root, apps)),
        "comments a 100 lines": f"{100 * sum(map(figures.count_comments, modules)) / max(lines, 1):.1f}",
        "functions that say what they return": _percent(sum(each.returns is not None for each in functions), functions),
        "lines of tests : code": f"{figures.count_lines(root, ['tests']) / max(lines, 1):.2f}",
        "lines of tools": f"{figures.count_tool_lines(root):,}",
        "migrations": str(figures.count_migrations(root, apps)),
        f"template lines over {figures.LONG_LINE}": f"{figures.share_of_long_lines(root, apps):.1%}",
        **_measure_imports(modules, apps),
        **_measure_names(modules),
    }


def count_lines_per_app(root: Path) -> Rows:
    apps = find_apps(root)
    counted = dict.fromkeys(apps, 0)
    for module in read_modules(root, apps):
        counted[module.app] += module.lines
    return {app: f"{lines:,}" for app, lines in counted.items()}


def join_columns(heading: str, titles: list[str], columns: list[Rows]) -> str:
    """Lay these columns side by side; a row that one of them lacks is a dash there."""
    names = dict.fromkeys(name for column in columns for name in column)
    lines = [[heading, *titles], ["---"] * (len(titles) + 1)]
    lines += [[name, *(column.get(name, "–") for column in columns)] for name in names]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _measure_imports(modules, apps) -> Rows:
    imports = find_imports(modules)
    between_apps = find_cycles(build_graph(imports, inline=True, by_app=True))
    return {
        "import cycles (modules in the biggest)": _cycles(find_cycles(build_graph(imports, inline=False))),
        "with imports inside functions": _cycles(find_cycles(build_graph(imports, inline=True))),
        "imports inside functions": str(count_inline(modules)),
        "apps in a cycle": f"{sum(map(len, between_apps))} of {len(apps)}",
    }


def _measure_names(modules) -> Rows:
    counts = count_names(modules)
    return {
        "public names": f"{len(counts.defined_in):,}",
        "of them in 2 modules or more": f"{len(counts.homonyms)} ({counts.homonym_share:.1%})",
        "of them in 3 or more": f"{counts.in_three} ({counts.in_three / max(len(counts.defined_in), 1):.1%})",
        "functions of one word": f"{counts.one_word_share:.1%}",
        "words a function name": f"{counts.words_per_name:.2f}",
    }


def _cycles(cycles: list[set[str]]) -> str:
    return f"{len(cycles)} ({len(cycles[0])})" if cycles else "0"


def _percent(count: int, of: list) -> str:
    return f"{count / max(len(of), 1):.0%}"
