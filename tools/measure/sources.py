"""Read the Python files of a checkout: which apps there are, and their modules parsed."""

import ast
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

NOT_PRODUCT = {"tests", "tools", "benchmarks", "audit"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Module:
    """One Python file: its dotted name, its app, its text and its syntax tree."""

    name: str
    path: Path
    text: str

    @property
    def app(self) -> str:
        return self.name.partition(".")[0]

    @property
    def is_package(self) -> bool:
        return self.path.name == "__init__.py"

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=str(self.path))


def find_apps(root: Path) -> list[str]:
    """Return the top-level packages of the product: folders with an apps.py, and the roots of import-linter."""
    found = {file.parent.name for file in root.glob("*/apps.py")}
    project = root / "pyproject.toml"
    if project.exists():
        linter = tomllib.loads(project.read_text()).get("tool", {}).get("importlinter", {})
        found |= {name for name in linter.get("root_packages", []) if (root / name).is_dir()}
    return sorted(found - NOT_PRODUCT)


def read_modules(root: Path, packages: list[str]) -> list[Module]:
    """Read all modules of these packages, without migrations."""
    files = [file for package in packages for file in sorted((root / package).rglob("*.py"))]
    return [
        Module(_dotted(file.relative_to(root)), file, file.read_text(encoding="utf-8"))
        for file in files
        if "migrations" not in file.relative_to(root).parts
    ]


def _dotted(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
