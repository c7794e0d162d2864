"""Count lines, functions, docstrings, comments and annotations of modules."""

import ast
import io
import re
import subprocess
import sys
import tokenize
from pathlib import Path
from statistics import quantiles

from .sources import FUNCTIONS, NOT_PRODUCT, Module

LONG_LINE = 160
SMALL_FILE = 20


def find_functions(modules: list[Module]) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return all functions, methods and nested ones too."""
    return [node for module in modules for node in ast.walk(module.tree) if isinstance(node, FUNCTIONS)]


def length_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return its lines from `def` to the end, decorators aside."""
    return function.end_lineno - function.lineno + 1


def is_small(module: Module) -> bool:
    """Return True for a file under SMALL_FILE lines that is not empty."""
    return 0 < module.lines < SMALL_FILE


def count_comments(module: Module) -> int:
    tokens = tokenize.generate_tokens(io.StringIO(module.text).readline)
    return sum(token.type == tokenize.COMMENT for token in tokens)


def count_lines(root: Path, folders: list[str] | set[str]) -> int:
    """Count the lines of all Python files in these folders."""
    files = [file for folder in folders for file in (root / folder).rglob("*.py")]
    return sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)


def count_tool_lines(root: Path) -> int:
    return count_lines(root, NOT_PRODUCT - {"tests"})


def count_migrations(root: Path, apps: list[str]) -> int:
    return sum(1 for app in apps for _file in (root / app / "migrations").glob("[0-9]*.py"))


def share_of_long_lines(root: Path, apps: list[str]) -> float:
    """Return the share of lines in HTML templates that are longer than LONG_LINE characters."""
    folders = [root / "templates", *(root / app / "templates" for app in apps)]
    files = [file for folder in folders for file in folder.rglob("*.html")]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return sum(len(line) > LONG_LINE for line in lines) / max(len(lines), 1)


def count_d401(root: Path, apps: list[str]) -> int:
    """Count the docstrings that ruff finds not to be imperative."""
    options = ["check", "--isolated", "--no-cache", "--select", "D401", "--exclude", "migrations", "--exit-zero"]
    command = [sys.executable, "-m", "ruff", *options, "--output-format", "concise", *apps]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    return len(re.findall(r": D401 ", done.stdout))


def spread(values: list[int]) -> str:
    """Return median, ninth decile and largest: "5 · 14 · 36"."""
    if len(values) < 2:
        return " · ".join(map(str, values * 3))
    deciles = quantiles(values, n=10, method="inclusive")
    return f"{deciles[4]:.0f} · {deciles[8]:.0f} · {max(values)}"
